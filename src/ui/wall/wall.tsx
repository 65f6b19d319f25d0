/** The wall screen, for the display that everybody looks at. It takes no key but the one that leaves. */
import {useInput, usePaste, useWindowSize} from 'ink';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {whoText} from '../bars/rules-row.tsx';
import type {ConsoleContext} from '../keys/console-context.ts';
import {newestErrors} from '../logs/newest-errors.ts';
import {useSpoolTick} from '../logs/use-lines.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {glyphsFor} from '../terminal/glyphs.ts';
import {splitKeys} from '../terminal/terminal-input.ts';
import type {Theme} from '../terminal/theme.ts';
import type {ViewState} from '../view/view-state.ts';
import {RowColumn} from '../widgets/panel.tsx';
import {wallRows} from './wall-rows.ts';

type WallProps = {
  session: Session;
  view: StoreApi<ViewState>;
  context: Pick<ConsoleContext, 'leave'>;
  theme: Theme;
  now: Now;
};

const ERRORS_MAX = 12;

export function Wall({session, view, context, theme, now}: WallProps) {
  const glyphs = glyphsFor(useStore(view, ({settings}) => settings.now.ascii === 'on'));
  const lost = useStore(view, state => state.lost);
  const trouble = useStore(session.trouble, ({text}) => text);
  const state = useStore(session.run);
  const at = useSecond(now);
  const {columns, rows} = useWindowSize();
  useSpoolTick(session.spool);
  useInput((input, key) => {
    if (!splitKeys(input, key).some(({name}) => name === 'q' || name === 'ctrl+c')) return;
    context.leave(
      lost === null ? {kind: state.closed === null ? 'detached' : 'closed'} : {kind: 'lost', detail: lost.detail},
    );
  });
  usePaste(() => {});
  const who = whoText(state, session.consoleId, glyphs);
  const errors = newestErrors(session.spool, ERRORS_MAX);
  const style = {columns, rows, glyphs, theme, now: at, lost, trouble, errors, who, program: session.program};
  return <RowColumn rows={wallRows(session.plan, state, style)} />;
}
