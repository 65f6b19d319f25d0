/** What the review asks about the section, and what each key will do: the lower part of the pane of commands. Pure. */
import type {Doubt, DoubtCode, Use} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {sectionById} from '../../run/plan-index.ts';
import {readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {localClock} from '../../text/times.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {keyOfAction, USE_OF_KEY} from '../view/review-key-table.ts';
import type {ReviewView} from '../view/review-view.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {titleOf} from './document-position.ts';
import {broken} from './document-text.ts';
import {placeLabel} from './place-choices.ts';
import {alikeTo, focusedQuestion, isToConfirm, nextToConfirm, questionsOf, standOf} from './review-questions.ts';
import {runLines} from './run-rows.ts';
import {placeWords, type ReviewStyle} from './section-rows.ts';

/** `next`: the command that comes after the review; absent in a run. `isDriver`: the keys of this console count. */
export type AskedStyle = ReviewStyle & {next?: string | undefined; isDriver: boolean};

/** The greatest share of the pane, unless the commands leave more. */
const SHARE = 0.65;
const ROWS_MIN = 4;
/** The question itself comes before all commands but this many rows: they can be scrolled. */
const COMMAND_ROWS_MIN = 2;
const SETTLE_ROWS_MAX = 4;
const QUOTE_ROWS_MAX = 2;
const KEY_WIDTH = 6;
/** In a lower pane the keys stand beside each other. */
const LOW_HEIGHT = 14;

/** The last rows are the keys: they are always shown. `commandRows`: how many rows all of the commands take. */
export function askedRows(
  plan: Plan,
  state: RunState,
  view: ReviewView,
  {commandRows, ...style}: AskedStyle & {commandRows: number},
): string[] {
  const {height} = style;
  const most = Math.max(ROWS_MIN, Math.floor(height * SHARE), height - commandRows - 1);
  const question = focusedQuestion(plan, state, view);
  const place = state.review?.places?.[view.section];
  if (place !== undefined) return placedRows(place, style).slice(0, most);
  if (question === undefined) return standRows(plan, state, view, style).slice(0, most);
  const own = questionsOf(plan, state, view.section);
  const count = own.length === 1 ? 'one question here' : `question ${own.indexOf(question) + 1} of ${own.length} here`;
  const answers = style.isDriver ? answersOf(plan, state, view, question) : [];
  const keys = style.height < LOW_HEIGHT ? keysInLine(answers, style) : keyRows(answers, style);
  const above = 1 + keys.length;
  const told = toldRows(plan, question, style, {
    room: Math.max(1, most - above),
    most: Math.max(1, most - above, height - COMMAND_ROWS_MIN - above),
  });
  return [rule(`${count}, line ${question.line}`, style), ...told, ...keys];
}

/** `room`: rows that are free. `most`: rows that the question itself may take. */
type Room = {room: number; most: number};

/** The question itself, the line it is about, and what else settles it; the last is left out first. */
function toldRows(plan: Plan, {message, line, settle}: Doubt, style: ReviewStyle, {room, most}: Room): string[] {
  const {width, glyphs, theme} = style;
  const rows = (text: string, count: number) => {
    const all = broken(plainFor(text, glyphs).trim(), width - 2);
    return all.length <= count
      ? all
      : [...all.slice(0, count - 1), cut(all.slice(count - 1).join(' '), width - 2, glyphs.ellipsis)];
  };
  const asked = rows(message, most);
  const quoted = rows(plan.source[line - 1] ?? '', QUOTE_ROWS_MAX);
  const more = rows(settle, SETTLE_ROWS_MAX);
  const shown = [
    ...asked.map((row, at) => theme.paint('warn', `${at === 0 ? '? ' : '  '}${row}`)),
    ...(asked.length + quoted.length > room
      ? []
      : quoted.map(row => theme.paint('border', `${glyphs.vertical} `) + theme.paint('text', row))),
  ];
  return shown.length + more.length > room ? shown : [...shown, ...more.map(row => theme.paint('muted', `  ${row}`))];
}

type KeyRow = readonly [key: string, does: string, short?: string];

function answersOf(plan: Plan, state: RunState, view: ReviewView, question: Doubt): readonly KeyRow[] {
  const {proposed, steps, code, section} = question;
  const others = alikeTo(plan, state, question).length - 1;
  const isLast = questionsOf(plan, state, section).length === 1;
  const enter = isLast ? 'yes, and confirms the section' : 'yes, and shows the next question';
  const isOfUse = code === 'role-assumed' && steps.length === 0;
  const use = sectionUse(plan, state, section);
  return [
    ['y', isOfUse ? `yes: ${USE_WORDS[use]}` : proposed === undefined ? lookedAt(question) : `yes: ${proposed}`],
    ...(isOfUse ? usesBut(use) : []),
    ...(code === 'place-assumed' ? [['p', 'it runs elsewhere: choose the place', 'elsewhere'] as const] : []),
    ...(steps.length > 0 ? [['h', 'a person does it', 'by hand'] as const, ['m', 'leave it out'] as const] : []),
    ...(others > 0
      ? [['Y', `see ${plural(others, 'other line')} that ${others === 1 ? 'asks' : 'ask'} the same`] as const]
      : []),
    ...(proposed === undefined || !isToConfirm(plan, state, view.section) ? [] : [['Enter', enter] as const]),
  ];
}

/** What was read into no step runs nothing, so the answer changes nothing there. */
const RUNS_NOTHING: ReadonlySet<DoubtCode> = new Set(['not-read', 'note-assumed', 'expectation-assumed']);

function lookedAt({code, steps}: Doubt): string {
  return steps.length === 0 && RUNS_NOTHING.has(code)
    ? 'I have looked at it: nothing runs for it'
    : 'I have looked at it: it is right as it stands';
}

/** What a use means for the section, as an answer. */
const USE_WORDS: Readonly<Record<Use, string>> = {
  run: 'the run works through it',
  watch: 'the run watches it after the deploy',
  rollback: 'it is part of the rollback',
  triggers: 'it says when to roll back',
  criteria: 'it says what must hold in the end',
  record: 'people fill it in, and nothing of it runs',
  other: 'it is another procedure, and does not run',
  reference: 'nothing of it runs',
};

/** The keys that give the section one of the other uses, as far as these are mistaken for each other. */
function usesBut(use: Use): readonly KeyRow[] {
  return USE_KEYS.flatMap(([id, of]) => (of === use ? [] : [[keyOfAction(id), USE_WORDS[of], SHORT_USES[of] ?? of]]));
}

const USE_KEYS = (['use-run', 'use-rollback', 'use-other', 'use-never'] as const).map(
  id => [id, USE_OF_KEY[id]] as const,
);
const SHORT_USES: Partial<Record<Use, string>> = {other: 'other procedure', reference: 'never runs'};

function keyRows(keys: readonly KeyRow[], {width, glyphs, theme}: ReviewStyle): string[] {
  return keys.flatMap(([key, does]) =>
    broken(plainFor(does, glyphs), width - KEY_WIDTH).map(
      (row, at) => theme.paint('key', fitTo(at === 0 ? key : '', KEY_WIDTH)) + theme.paint('text', row),
    ),
  );
}

/** `y yes: it is here   p elsewhere   h by hand`, in as many rows as it takes. */
function keysInLine(keys: readonly KeyRow[], {width, glyphs, theme}: ReviewStyle): string[] {
  const rows: string[] = [];
  for (const [key, does, short = does] of keys) {
    const words = cut(plainFor(short, glyphs), width - key.length - 1, glyphs.ellipsis);
    const shown = `${theme.paint('key', key)} ${theme.paint('text', words)}`;
    const last = rows.at(-1);
    if (last !== undefined && displayWidth(last) + GAP.length + displayWidth(shown) <= width)
      rows[rows.length - 1] = last + GAP + shown;
    else rows.push(shown);
  }
  return rows;
}

const GAP = '   ';

/** In a run: another place was set, which the reading of this run does not have. */
function placedRows(place: string, style: AskedStyle): string[] {
  const {width, glyphs, theme} = style;
  const told = `it is to run on ${placeLabel(place)}: this run does not run it, open the run again for that`;
  const keys: readonly KeyRow[] = [
    ['u', 'takes it back'],
    ['Enter', 'goes on to what is left'],
  ];
  return [
    rule('set for the next run', style),
    ...broken(plainFor(told, glyphs), width).map(row => theme.paint('warn', row)),
    ...(style.isDriver ? keyRows(keys, style) : []),
  ];
}

/** The section asks nothing more: how it stands, and what Enter does. */
function standRows(plan: Plan, state: RunState, view: ReviewView, style: AskedStyle): string[] {
  const {width, glyphs, theme} = style;
  const {section} = view;
  const {passed, separator} = glyphs;
  const rows = (token: 'good' | 'warn' | 'muted' | 'text' | 'command', text: string) =>
    broken(plainFor(text, glyphs), width).map(row => theme.paint(token, row));
  const confirmed = state.review?.confirmed[section];
  const stand = standOf(plan, state, section);
  const next = nextToConfirm(plan, state, section);
  const then = next === undefined ? undefined : nextText(plan, next, glyphs);
  const lines: string[] = [];
  if (confirmed !== undefined) {
    const how = confirmed.unseen === true ? 'accepted unseen' : 'confirmed';
    const token = confirmed.unseen === true ? 'warn' : 'good';
    lines.push(...rows(token, `${passed} ${how} by ${confirmed.by} ${separator} ${localClock(confirmed.at)}`));
  }
  if (stand === 'idle') lines.push(...rows('muted', 'nothing to confirm here'));
  const isAsked = stand === 'open' || stand === 'again';
  if (isAsked && style.isDriver)
    lines.push(...keyRows([['Enter', `confirms ${holds(plan, state, section)}; it runs nothing`]], style));
  if (then !== undefined)
    lines.push(
      ...(isAsked || !style.isDriver ? rows('muted', `then: ${then}`) : keyRows([['Enter', `to ${then}`]], style)),
    );
  else if (!isAsked) lines.push(...doneRows(style, rows));
  return [rule(isAsked ? 'no question here' : '', style), ...lines];
}

/** All is confirmed: what comes after the review. */
function doneRows({next, glyphs}: AskedStyle, rows: (token: 'good' | 'command', text: string) => string[]): string[] {
  if (next === undefined) return rows('good', `${glyphs.passed} everything is confirmed: Esc returns to the run`);
  return [...rows('good', `${glyphs.passed} everything is confirmed: q leaves, then`), ...rows('command', `$ ${next}`)];
}

/** `3 commands on vps`, `what people do`. */
function holds(plan: Plan, state: RunState, section: string): string {
  const commands = runLines(plan, state, section).filter(({isCommand}) => isCommand === true).length;
  if (commands === 0) return 'the section';
  return `${plural(commands, 'command')} on ${placeWords(readingOf(plan, section)?.place)}`;
}

/** `"4. Backup" (line 42)`. */
function nextText(plan: Plan, id: string, glyphs: Glyphs): string {
  return `"${titleOf(plan, id, glyphs)}" (line ${sectionById(plan, id)?.line ?? 1})`;
}

function rule(title: string, {width, glyphs, theme}: ReviewStyle): string {
  const words = title === '' ? '' : ` ${title} `;
  const tail = glyphs.horizontal.repeat(Math.max(0, width - displayWidth(words) - 2));
  return theme.paint('border', glyphs.horizontal.repeat(2)) + theme.paint('warn', words) + theme.paint('border', tail);
}
