/** The rollback, from its countdown to its end. */
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';
import {rollbackLines} from './rollback-text.ts';

const WIDTH = 96;

/** Countdown, exact commands, each step as it goes, and the end of it. */
export function RollbackOverlay({
  session,
  top,
  now,
  ...style
}: OverlayStyle & {session: Session; top: number; now: Now}) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  const at = useSecond(now);
  const width = innerWidth(columns, WIDTH);
  const lines = rollbackLines(session.plan, state, {width, glyphs, theme, now: at});
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  return (
    <Frame title={titleOf(state)} right={right} width={WIDTH} border={borderOf(state)} {...style}>
      {shown}
    </Frame>
  );
}

function titleOf({rollback}: RunState): string {
  if (rollback.status === 'counting') return 'ROLL BACK?';
  if (rollback.status !== 'finished') return 'ROLLBACK';
  return rollback.result === 'rolled-back' ? 'ROLLED BACK' : 'ROLLBACK FAILED';
}

function borderOf({rollback}: RunState): ThemeToken {
  return rollback.status === 'finished' && rollback.result === 'rolled-back' ? 'border.focused' : 'border.danger';
}
