/** The dialog of the rollback: while it counts down in a few rows, then with each command and how it goes. */
import {useState} from 'react';
import {useStore} from 'zustand';
import {rollbackHeadline} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {newestErrors} from '../logs/newest-errors.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {textWriter} from '../widgets/themed-text.ts';
import {type Aside, asideOf, atEnd, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';
import {rollbackLines} from './rollback-text.ts';
import {isShort, shortRollbackLines} from './short-rollback.ts';
import {whyRollBack} from './why-roll-back.ts';

const ROLLBACK_WIDTH = 96;

export function RollbackOverlay({
  session,
  top,
  now,
  ...style
}: OverlayStyle & {session: Session; top: number; now: Now}) {
  const {columns, glyphs, theme} = style;
  const {plan} = session;
  const state = useStore(session.run);
  const at = useSecond(now);
  const [lastError] = useState(() => newestErrors(session.spool, 1)[0]);
  const frame = {title: titleOf(state), width: ROLLBACK_WIDTH, border: borderOf(state), ...style};
  if (isShort(plan, state, top)) {
    const linesIn = ({columns}: Aside, rows: number) => {
      const writer = textWriter(theme, glyphs, columns);
      const why = whyRollBack(plan, state, lastError, writer, true);
      return shortRollbackLines(plan, state, writer, at, {why, rows});
    };
    const column = asideOf(style);
    const aside = linesIn(column, Infinity).length <= column.rows ? column : atEnd(style);
    return (
      <Frame aside={aside} {...frame}>
        {linesIn(aside, aside.rows)}
      </Frame>
    );
  }
  const writer = textWriter(theme, glyphs, innerWidth(columns, ROLLBACK_WIDTH));
  const lines = rollbackLines(plan, state, writer, at, {why: whyRollBack(plan, state, lastError, writer)});
  // From the short form, the first row that is scrolled opens the list.
  const from = isShort(plan, state, 0) ? Math.max(0, top - 1) : top;
  const {shown, right} = scrolled(lines, from, innerHeight(style));
  return (
    <Frame right={right} {...frame}>
      {shown}
    </Frame>
  );
}

function titleOf({rollback}: RunState): string {
  if (rollback.status === 'counting') return 'ROLL BACK?';
  if (rollback.status !== 'finished') return 'ROLLBACK';
  return rollbackHeadline(rollback);
}

function borderOf({rollback}: RunState): ThemeToken {
  return rollback.status === 'finished' && rollback.result === 'rolled-back' ? 'border.focused' : 'border.danger';
}
