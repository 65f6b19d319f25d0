/** The facts that a newcomer needs during an incident, as coloured lines in two columns. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {mended, NO_TROUBLE, troubles} from '../../run/wording/troubles.ts';
import {localClock} from '../../text/times.ts';
import {cut, wrap} from '../../text/width.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

const TIMELINE_ROWS = 14;
/** The most rows for one error line. */
const ERROR_ROWS_MAX = 3;

/** Each trouble with the evidence below it. */
export function troubleLines(plan: Plan, state: RunState, writer: TextWriter): string[] {
  const found = troubles(plan, state).flatMap(({at, text, evidence, source, tone}) => [
    ...writer.rows(tone, `${writer.glyphs.alert} ${localClock(at)} ${text}`),
    ...(evidence === '' ? [] : writer.rows('text', evidence, '  ')),
    ...(source === undefined ? [] : writer.rows('muted', source, '  ')),
  ]);
  const quiet = found.length > 0 ? [] : [writer.write('good', NO_TROUBLE)];
  return [writer.write('title', 'What is wrong'), ...found, ...quiet, ...mendedLines(plan, state, writer)];
}

function mendedLines(plan: Plan, state: RunState, writer: TextWriter): string[] {
  const known = mended(plan, state);
  if (known === undefined) return [];
  const before = known.before.flatMap(text => writer.rows('text', text, '  '));
  return [
    ...writer.rows('good', known.back),
    ...(before.length === 0 ? [] : [writer.write('muted', 'before the rollback:'), ...before]),
  ];
}

/** `room`: rows that there are; where they are not enough for every entry as a whole, each has one row. */
export function timelineLines(
  state: RunState,
  writer: TextWriter,
  {most = TIMELINE_ROWS, room = 0}: {most?: number; room?: number} = {},
): string[] {
  const {theme} = writer;
  const newest = withoutRepeats(state.timeline).slice(-most);
  const whole = newest.flatMap(entry => entryRows(entry, ENTRY_ROWS_MAX, writer));
  const entries = whole.length < room ? whole : newest.flatMap(entry => entryRows(entry, 1, writer));
  return [theme.paint('title', 'Timeline'), ...(entries.length > 0 ? entries : [theme.paint('muted', 'nothing yet')])];
}

/** The most rows for one entry of the timeline, and the columns of its time. */
const ENTRY_ROWS_MAX = 4;
const TIME_COLUMNS = 9;

function entryRows({at, text, tone, times}: Repeated, most: number, writer: TextWriter): string[] {
  const tokens = {plain: 'text', good: 'good', bad: 'bad', warn: 'warn'} as const;
  const count = times > 1 ? ` (${times} times)` : '';
  const width = writer.width - TIME_COLUMNS;
  // Words that are not broken leave the ends of rows free.
  const columns = width * Math.max(1, most - 1) - count.length;
  const said = cut(writer.plain(text), columns, writer.glyphs.ellipsis) + count;
  return (most === 1 ? [said] : wrap(said, width)).map((row, index) => {
    const lead = index === 0 ? `${writer.theme.paint('log.time', localClock(at))} ` : ' '.repeat(TIME_COLUMNS);
    return lead + writer.theme.paint(tokens[tone], row);
  });
}

type Repeated = RunState['timeline'][number] & {times: number};

/** The newest rows. An event that is repeated directly is listed once, with its last time. */
function withoutRepeats(timeline: RunState['timeline']): Repeated[] {
  const rows: Repeated[] = [];
  for (const entry of timeline) {
    const last = rows.at(-1);
    if (last?.text === entry.text) rows[rows.length - 1] = {...entry, times: last.times + 1};
    else rows.push({...entry, times: 1});
  }
  return rows.slice(-TIMELINE_ROWS);
}

/** The newest error lines of every log, from `errors`. */
export function errorLines(errors: readonly {source: string; text: string}[], writer: TextWriter): string[] {
  const {theme, width, glyphs} = writer;
  // The end of an error line often says what is wrong, so a long line is wrapped first and cut only after some rows.
  const found = errors.flatMap(({source, text}, index) => {
    const all = wrap(writer.plain(text), Math.max(1, width - 2));
    const shown = all.slice(0, ERROR_ROWS_MAX);
    if (all.length > shown.length) shown.push(`${cut(shown.pop() ?? '', width - 4, '')} ${glyphs.ellipsis}`);
    const heading = errors[index - 1]?.source === source ? [] : [writer.write('muted', source)];
    return [...heading, ...shown.map(row => `  ${theme.paint('log.error', row)}`)];
  });
  return [theme.paint('title', 'Error lines'), ...(found.length > 0 ? found : [theme.paint('muted', 'none')])];
}

/** A number to call stands at the beginning; what else the document says of somebody is left to it. */
const CONTACT_ROWS_MAX = 2;

export function contactLines(plan: Plan, writer: TextWriter, title = 'Contacts'): string[] {
  const contacts = plan.contacts.flatMap(({role, name, blank}) =>
    blank
      ? writer.rows('warn', `${role}: not filled in`)
      : writer.rowsWithin('text', `${role}: ${name}`, CONTACT_ROWS_MAX),
  );
  return [writer.write('title', title), ...(contacts.length > 0 ? contacts : [writer.write('muted', 'none named')])];
}
