/** The hand-over as coloured lines: as it was written, held against how things stand now. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {bringsBaton, driverOf} from '../../run/deciding/baton.ts';
import type {HandOver, HandOverSummary, OpenItem} from '../../run/events/people-events.ts';
import {handOverSummary} from '../../run/people/hand-over.ts';
import {BY_HAND} from '../../run/people/hand-over-rollback.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {localClock, stretchText, utcDate, utcMinute} from '../../text/times.ts';
import {cut, fitTo, wrap} from '../../text/width.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {contactLines, timelineLines} from './incident-text.ts';

/** From this width on open things and the rollback stand side by side. */
const TWO_COLUMNS_MIN = 110;
const TONES = {bad: 'bad', warn: 'warn', plain: 'text'} as const;

type Reader = {
  writer: TextWriter;
  /** Now, epoch ms. */
  at: number;
  /** Rows; what is less urgent is cut to them. */
  room: number;
  consoleId: string;
};

/** What changed since it was written is marked. */
export function handOverLines(plan: Plan, state: RunState, written: HandOver, reader: Reader): string[] {
  const {writer, at, room} = reader;
  const now = handOverSummary(plan, state, at, written.note);
  const head = [
    ...(written.note === undefined ? [] : pair('NOTE', 'accent', `"${written.note}"`, writer)),
    ...pair('YOU', 'text', youText(state, written, reader.consoleId), writer),
    ...pair('TIME', 'text', timesText(written, at), writer),
    ...pair('NEXT', 'title', now.next, writer),
  ];
  const where = pair('WHERE', 'text', now.where, writer);
  if (writer.width < TWO_COLUMNS_MIN) return [...head, ...narrowLines(plan, written, now, writer, where)];
  const own = textWriter(writer.theme, writer.glyphs, Math.floor((writer.width - 3) / 2));
  const left = [...openLines(written, now, own, WIDE_ROWS_MAX), '', ...lookLines(written, now, own, WIDE_ROWS_MAX)];
  const contacts = plan.contacts.length === 0 ? [] : [...contactLines(plan, own, 'WHOM TO CALL'), ''];
  const right = [...contacts, own.write('title', 'R, THE WAY BACK'), ...backLines(now, own), ...commandLines(now, own)];
  const columns = beside(left, right, writer, own.width);
  // A gap above it, and its heading.
  const events = Math.min(EVENTS_MAX, room - head.length - where.length - columns.length - 3);
  const last = events > 0 ? ['', ...timelineLines(withoutBaton(state, written), writer, {most: events})] : [];
  return [...head, ...where, '', ...columns, ...last];
}

const WIDE_ROWS_MAX = 3;
const NARROW_ROWS_MAX = 2;
const EVENTS_MAX = 14;

/** What is needed at once comes first; the commands of the rollback, and contacts that were cut, come last. */
function narrowLines(
  plan: Plan,
  written: HandOver,
  now: HandOverSummary,
  writer: TextWriter,
  where: readonly string[],
): string[] {
  const {ready, text, does} = now.rollback;
  const call = wrap(contactsText(plan, writer), writer.width - LEAD);
  const isCut = call.length > CALL_ROWS_MAX;
  const commands = does.length === 0 ? [] : [writer.write('title', 'R WOULD RUN'), ...commandLines(now, writer)];
  return [
    ...where,
    ...openLines(written, now, writer, NARROW_ROWS_MAX),
    ...(plan.contacts.length === 0
      ? []
      : pair('CALL', 'text', firstRows(call, CALL_ROWS_MAX, writer.width - LEAD, writer).join(' '), writer)),
    ...pair('BACK', ready ? 'good' : 'bad', [text, ...doesText(does)].join(' '), writer),
    ...lookLines(written, now, writer, NARROW_ROWS_MAX),
    ...commands,
    ...(isCut ? contactLines(plan, writer, 'WHOM TO CALL') : []),
  ];
}

/** `On-Call: Ana · Developer, DevOps: Bo`: whoever is named for several things is named once. */
function contactsText(plan: Plan, writer: TextWriter): string {
  const named = plan.contacts.filter(({blank}) => !blank);
  if (named.length === 0 && plan.contacts.length > 0) return 'no contact is filled in';
  const people = [...Map.groupBy(named, ({name}) => name)];
  const texts = people.map(([name, as]) => `${as.map(({role}) => role).join(', ')}: ${name}`);
  return writer.plain(texts.join(` ${writer.glyphs.separator} `));
}

const CALL_ROWS_MAX = 2;

/** `R runs 10 commands; 4 things are left to people.` */
function doesText(does: readonly string[]): readonly string[] {
  const byHand = does.filter(text => text.startsWith(BY_HAND)).length;
  const runs = does.length - byHand;
  if (does.length === 0) return [];
  return [
    `R runs ${plural(runs, 'command')}${byHand === 0 ? '' : `; ${plural(byHand, 'thing is', 'things are')} left to people`}.`,
  ];
}

export function writtenText({by, taken}: HandOver): string {
  return taken === undefined ? by : `${by}; taken over by ${taken.by} ${minuteText(taken.at)}`;
}

/** A clock time in a note is of one of these two clocks, and lies before or after now. */
function timesText({at}: HandOver, now: number): string {
  const day = utcDate(at) === utcDate(now) ? '' : `${utcDate(at)} `;
  return `written ${day}${minuteText(at)}, ${stretchText(Math.max(0, now - at))} ago; it is ${minuteText(now)} now`;
}

/** `07:22Z`; where this machine has another time `02:22 local (07:22Z)`. */
function minuteText(at: number): string {
  const [local, utc] = [localClock(at).slice(0, 5), utcMinute(at)];
  return local === utc ? `${utc}Z` : `${local} local (${utc}Z)`;
}

/** Who reads it, who drives, and what Enter does because of that. */
function youText(state: RunState, written: HandOver, reader: string): string {
  const own = state.consoles[reader];
  const driver = driverOf(state);
  const waits = written.taken === undefined && written.consoleId !== reader && own?.observer === false;
  const you = own === undefined ? 'You' : `You are ${personOf(own)}.`;
  if (driver?.id === reader) return `${you} You drive${waits ? ': Enter says that you have read this' : ''}.`;
  const drives = driver === undefined ? 'Nobody drives' : `You observe, ${personOf(driver)} drives`;
  if (!waits) return `${you} ${drives}.`;
  const enter = bringsBaton(state, written)
    ? 'Enter takes the run over, then you drive'
    : 'Enter says that you have read this';
  return `${you} ${drives}: ${enter}.`;
}

/** Who drives is said above; since the hand-over the timeline need not tell it. */
function withoutBaton(state: RunState, {at}: HandOver): RunState {
  return {...state, timeline: state.timeline.filter(entry => entry.type !== 'baton-passed' || entry.at < at)};
}

function pair(name: string, token: ThemeToken, text: string, writer: TextWriter): string[] {
  const lead = name.padEnd(LEAD);
  return writer
    .rows(token, text, ' '.repeat(LEAD))
    .map((row, index) => (index === 0 ? writer.write('key', lead) + row.slice(LEAD) : row));
}

const LEAD = 7;

function openLines(written: HandOver, now: HandOverSummary, writer: TextWriter, most: number): string[] {
  const {open, look} = now;
  const ids = new Set([...open, ...look].map(({id}) => id));
  const isSettled = ({id}: OpenItem) => !ids.has(id);
  // What was only worth a look comes and goes with every reading.
  const seen = written.summary.look.filter(isSettled).length;
  const settled = [
    ...written.summary.open.filter(isSettled).map(({text}) => text),
    ...(seen === 0 ? [] : [`${plural(seen, 'thing')} to look at`]),
  ];
  return [
    writer.write('title', open.length === 0 ? 'OPEN: nothing' : `OPEN (${open.length})`),
    ...open.flatMap(item => itemLines(item, written, writer, most)),
    ...settled.flatMap(text =>
      marked(`settled since: ${text}`, {sign: writer.glyphs.passed, token: 'muted'}, writer, 1),
    ),
  ];
}

function lookLines(written: HandOver, summary: HandOverSummary, writer: TextWriter, most: number): string[] {
  const {errors = []} = written;
  // A document may state one bound several times.
  const look = summary.look.filter(({text}, index, all) => all.findIndex(other => other.text === text) === index);
  const count = look.length + errors.length;
  if (count === 0) return [writer.write('title', 'LOOK AT: no rule is near its bound, no error line')];
  return [
    writer.write('title', `LOOK AT (${count})`),
    ...look.flatMap(item => itemLines(item, written, writer, most)),
    ...errors.flatMap(text =>
      marked(`log: ${text}`, {sign: writer.glyphs.alert, token: 'log.error'}, writer, most - 1),
    ),
  ];
}

function itemLines({id, tone, text}: OpenItem, {summary}: HandOver, writer: TextWriter, most: number): string[] {
  const isKnown = [...summary.open, ...summary.look].some(item => item.id === id);
  const sign = tone === 'plain' ? writer.glyphs.pending : writer.glyphs.alert;
  return marked(isKnown ? text : `NEW: ${text}`, {sign, token: TONES[tone]}, writer, most);
}

/** In at most `most` rows. */
function marked(
  text: string,
  {sign, token}: {sign: string; token: ThemeToken},
  writer: TextWriter,
  most: number,
): string[] {
  return firstRows(wrap(writer.plain(text), writer.width - 2), most, writer.width - 2, writer).map(
    (row, index) => `${index === 0 ? writer.theme.paint(token, sign) : ' '} ${writer.theme.paint(token, row)}`,
  );
}

function firstRows(all: readonly string[], most: number, width: number, {glyphs}: TextWriter): readonly string[] {
  if (all.length <= most) return all;
  return [...all.slice(0, most - 1), cut(`${all[most - 1] ?? ''} ${all[most] ?? ''}`, width, glyphs.ellipsis)];
}

function backLines({rollback: {ready, text}}: HandOverSummary, writer: TextWriter): string[] {
  return writer.rows(ready ? 'good' : 'bad', text, '  ');
}

function commandLines({rollback: {does}}: HandOverSummary, writer: TextWriter): string[] {
  return does.map(
    line =>
      `  ${writer.write(line.startsWith(BY_HAND) ? 'muted' : 'command', cut(writer.plain(line), writer.width - 2, writer.glyphs.ellipsis))}`,
  );
}

function beside(left: readonly string[], right: readonly string[], writer: TextWriter, width: number): string[] {
  const line = writer.write('border', writer.glyphs.vertical);
  return Array.from(
    {length: Math.max(left.length, right.length)},
    (_, row) => `${fitTo(left[row] ?? '', width, writer.glyphs.ellipsis)} ${line} ${right[row] ?? ''}`,
  );
}
