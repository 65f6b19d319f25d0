/** The top of the output of a step that failed: what failed, its error line, where the rest is, and the keys. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {isRollbackOn} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {lastPrinted} from '../../run/wording/last-printed.ts';
import {isErrorLine} from '../../text/error-words.ts';
import {plural} from '../../text/figures.ts';
import {namesException} from '../logs/errors-by-kind.ts';
import {cleanLine, plainText} from '../logs/log-line.ts';
import {TRACEBACK_HEAD} from '../logs/newest-errors.ts';
import {advisedAction, alarmOf} from '../rules/alarm.ts';
import {oldWasBad} from '../rules/tripped-values.ts';
import {keyOf} from '../view/keymap.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {failureRows} from './output-record.ts';
import type {Subject} from './output-subject.ts';

type Facts = {
  plan: Plan;
  state: RunState;
  writer: TextWriter;
  /** The newest error line of a kind that is new in a log, and the title of that log. */
  logged: {text: string; log: string} | undefined;
  read(from: number, count: number): readonly string[];
};

/** How many of the last lines of the output are searched. */
const LOOK_BACK = 500;
const ERROR_ROWS_MAX = 3;
/** Fewer rows than this show the output alone better. */
const ROOM_MIN = 8;

/** No rows for any other step, and at most half of `room`. */
export function failedHead(subject: Subject, facts: Facts, room: number): string[] {
  if (subject.kind !== 'record') return [];
  const {state: own, from, to} = subject;
  if (own.status !== 'failed' && own.status !== 'unknown') return [];
  const {writer} = facts;
  const lines = facts.read(Math.max(from, to - LOOK_BACK), Math.min(LOOK_BACK, to - from)).map(textOf);
  const error = printedError(lines);
  const said = own.verdict.because;
  const last = error === undefined ? lastPrinted(own.outcome)?.trim() : undefined;
  const [first = '', ...more] = failureRows(own, writer);
  const errors = [
    ...(error === undefined || said.includes(error) ? [] : errorRows(error, '', writer)),
    ...(last === undefined || said.includes(last) ? [] : errorRows(last, 'it printed last', writer)),
    ...(facts.logged === undefined ? [] : errorRows(facts.logged.text, facts.logged.log, writer)),
  ];
  const below =
    room < ROOM_MIN
      ? []
      : [
          restRow(to - from - lines.filter(isHeading).length, facts),
          ...keysRows(facts),
          ...(to > from ? [writer.rule('output')] : []),
        ];
  const most = Math.max(1, Math.floor(room / 2) - below.length);
  // Where there is little room, the error itself says more than the rest of what failed.
  const isShort = 1 + more.length + errors.length > most;
  return [...(isShort ? [first, ...errors, ...more].slice(0, most) : [first, ...more, ...errors]), ...below];
}

function textOf(line: string): string {
  return plainText(cleanLine(line));
}

/** The title of the step and its commands, which it did not print. */
function isHeading(line: string): boolean {
  return /^(?:── |\$ )/.test(line);
}

/** The last line that names an exception, else the last error line. */
function printedError(lines: readonly string[]): string | undefined {
  const found = lines.map(line => line.trim()).filter(line => isErrorLine(line, true) && !TRACEBACK_HEAD.test(line));
  return found.findLast(namesException) ?? found.at(-1);
}

function errorRows(text: string, log: string, writer: TextWriter): string[] {
  const said = log === '' ? text : `${log}: ${text}`;
  return writer.rowsWithin('log.error', said, ERROR_ROWS_MAX);
}

function restRow(lines: number, {logged, writer}: Facts): string {
  const output = lines <= 0 ? [] : [`${plural(lines, 'line')} of output below`];
  const log = logged === undefined ? [] : [`${keyOf('new-errors')} lists the new errors of the logs`];
  return writer.write('muted', [...output, ...log].join(` ${writer.glyphs.separator} `) || 'it printed nothing');
}

type Key = readonly [key: string, does: string];

/** The key that the alert advises comes first here, too. None helps while a rollback counts down or is under way. */
function keysRows({plan, state, writer}: Facts): string[] {
  // What was rolled back is neither retried nor skipped.
  if (isRollbackOn(state) || state.rollback.status === 'finished') return [];
  const keys = keysFor(plan, state).map(([key, does]) => `${writer.write('key', key)} ${writer.write('muted', does)}`);
  return [keys.join('  ')];
}

function keysFor(plan: Plan, state: RunState): readonly Key[] {
  const again: readonly Key[] = [
    [keyOf('retry'), 'retry'],
    [keyOf('skip'), 'skip with a reason'],
  ];
  if (alarmOf(plan, state) === 'none') return again;
  const look: Key = [keyOf('incident'), 'look'];
  const back: readonly Key[] = plan.rollback === null ? [] : [['R', 'roll back']];
  switch (advisedAction(plan, state)) {
    case 'roll-back':
      return [...back, look, ...again];
    case 'retry':
      return [...again, look, ...back];
    case 'incident':
    case 'wait':
      return [look, ...again, ...(oldWasBad(plan, state) ? [] : back)];
  }
}
