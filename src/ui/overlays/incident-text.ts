/** The facts that a newcomer needs during an incident, as coloured lines in two columns. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {NO_TROUBLE, troubles} from '../../run/wording/troubles.ts';
import {localClock} from '../../text/times.ts';
import {cut, wrap} from '../../text/width.ts';
import type {Pen} from '../widgets/pen.ts';

const TIMELINE_ROWS = 14;
/** The most rows for one error line. */
const ERROR_ROWS_MAX = 3;

/** Each trouble with the evidence below it. */
export function troubleLines(plan: Plan, state: RunState, pen: Pen): string[] {
  const found = troubles(plan, state).flatMap(({at, text, evidence, tone}) => [
    ...pen.rows(tone, `${pen.glyphs.alert} ${localClock(at)} ${text}`),
    ...(evidence === '' ? [] : pen.rows('text', evidence, '  ')),
  ]);
  return [pen.write('title', 'What is wrong'), ...(found.length > 0 ? found : [pen.write('good', NO_TROUBLE)])];
}

export function timelineLines(state: RunState, pen: Pen, most = TIMELINE_ROWS): string[] {
  const {theme, width, glyphs} = pen;
  const tokens = {plain: 'text', good: 'good', bad: 'bad', warn: 'warn'} as const;
  const entries = withoutRepeats(state.timeline)
    .slice(-most)
    .map(({at, text, tone, times}) => {
      const count = times > 1 ? ` (${times} times)` : '';
      const shown = cut(pen.plain(text), width - 9 - count.length, glyphs.ellipsis) + count;
      return `${theme.paint('log.time', localClock(at))} ${theme.paint(tokens[tone], shown)}`;
    });
  return [theme.paint('title', 'Timeline'), ...(entries.length > 0 ? entries : [theme.paint('muted', 'nothing yet')])];
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
export function errorLines(errors: readonly {source: string; text: string}[], pen: Pen): string[] {
  const {theme, width, glyphs} = pen;
  // The end of an error line often says what is wrong, so a long line is wrapped first and cut only after some rows.
  const found = errors.flatMap(({source, text}, index) => {
    const all = wrap(pen.plain(text), Math.max(1, width - 2));
    const shown = all.slice(0, ERROR_ROWS_MAX);
    if (all.length > shown.length) shown.push(`${cut(shown.pop() ?? '', width - 4, '')} ${glyphs.ellipsis}`);
    const heading = errors[index - 1]?.source === source ? [] : [pen.write('muted', source)];
    return [...heading, ...shown.map(row => `  ${theme.paint('log.error', row)}`)];
  });
  return [theme.paint('title', 'Error lines'), ...(found.length > 0 ? found : [theme.paint('muted', 'none')])];
}

export function contactLines(plan: Plan, pen: Pen, title = 'Contacts'): string[] {
  const contacts = plan.contacts.flatMap(({role, name, blank}) =>
    blank ? pen.rows('warn', `${role}: not filled in`) : pen.rows('text', `${role}: ${name}`),
  );
  return [pen.write('title', title), ...(contacts.length > 0 ? contacts : [pen.write('muted', 'none named')])];
}
