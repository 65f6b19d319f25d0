/** The incident layout: what happened, since when, whom to call, and what the rollback will do. */
import {useStore} from 'zustand';
import {fitTo} from '../../text/width.ts';
import {newestErrors} from '../logs/newest-errors.ts';
import {useSpoolTick} from '../logs/use-lines.ts';
import type {Session} from '../session.ts';
import type {Now} from '../terminal/clock.ts';
import {keyOf} from '../view/keymap.ts';
import {textWriter} from '../widgets/themed-text.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';
import {contactLines, errorLines, timelineLines, troubleLines} from './incident-text.ts';
import {rollbackLines} from './rollback-text.ts';

const ERRORS_MAX = 12;
/** On a low screen the timeline must not be pushed out of sight. */
const errorsMax = (rows: number) => Math.min(ERRORS_MAX, Math.max(2, Math.floor(rows / 4) - 3));
/** From this width on there are two columns: what happened, and what can be done. */
const TWO_COLUMNS_MIN = 110;

/** One screen for all: what happened, since when, whom to call, and what `R` will do. */
export function IncidentOverlay({
  session,
  top,
  now,
  ...style
}: OverlayStyle & {session: Session; top: number; now: Now}) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  useSpoolTick(session.spool);
  const width = innerWidth(columns, columns);
  const two = width >= TWO_COLUMNS_MIN;
  const half = two ? Math.floor((width - 3) / 2) : width;
  const writer = textWriter(theme, glyphs, half);
  const {plan} = session;
  const wrong = [
    ...troubleLines(plan, state, writer),
    '',
    ...errorLines(newestErrors(session.spool, errorsMax(style.rows)), writer),
    '',
  ];
  const most = Math.max(6, Math.floor(style.rows / 3) - 2);
  // In one column, what can be done stands below, and would be pushed out of sight.
  const room = two ? innerHeight(style) - wrong.length : 0;
  const happened = [...wrong, ...timelineLines(state, writer, {most, room})];
  const drafts = `${theme.paint('key', keyOf('incident-drafts'))} ${theme.paint('muted', 'writes the report, an issue and a message')}`;
  const todo = [
    ...contactLines(plan, writer),
    ...(session.drafts === undefined ? [] : [drafts]),
    '',
    theme.paint('title', 'Rollback'),
    ...rollbackLines(plan, state, writer, now(), {isQuoted: true}),
  ];
  const lines = two
    ? beside(happened, todo, half, theme.paint('border', glyphs.vertical), glyphs.ellipsis)
    : [...happened, '', ...todo];
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  while (shown.length < innerHeight(style)) shown.push('');
  return (
    <Frame title="Incident" right={right} width={columns} border="border.danger" {...style}>
      {shown}
    </Frame>
  );
}

function beside(
  left: readonly string[],
  right: readonly string[],
  width: number,
  line: string,
  ellipsis: string,
): string[] {
  return Array.from(
    {length: Math.max(left.length, right.length)},
    (_, row) => `${fitTo(left[row] ?? '', width, ellipsis)} ${line} ${right[row] ?? ''}`,
  );
}
