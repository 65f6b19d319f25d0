/** Fills the blanks of the checklist with what the run knows. */
import {type Blank, type MetaEntry, type Plan, unreachable} from '../../plan/plan.ts';
import {rollbackEnd} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {durationText, utcDate, utcMinuteBeside, utcTime} from '../../text/times.ts';
import {markdownText} from './markdown-text.ts';

/** The values of the blanks of a line, in their order; undefined leaves a blank as it is. */
type Values = readonly (string | undefined)[];

/** Values by line: for blanks of steps, of the document's head and notes, and of its contacts. */
export function blankValues(plan: Plan, state: RunState): ReadonlyMap<number, Values> {
  const values = new Map<number, (string | undefined)[]>();
  for (const {role: _, name, line} of plan.contacts) if (name !== '') values.set(line, [name]);
  for (const entry of plan.meta) if (entry.blank) values.set(entry.line, [metaValue(plan, state, entry)]);
  const stepBlanks = plan.steps.flatMap(({action}) => (action.kind === 'input' ? action.blanks : []));
  for (const line of new Set(stepBlanks.map(blank => blank.line))) {
    const own = stepBlanks.filter(blank => blank.line === line).map(blank => blankValue(state, blank));
    // A key of the head may also be a step: a value from a person wins over one that the run knows.
    const known = values.get(line) ?? [];
    values.set(
      line,
      own.map((value, index) => value ?? known[index]),
    );
  }
  return values;
}

/** Puts values where the blanks of a line are: `_____`, `[timestamp]`. */
export function fillBlanks(line: string, values: Values): string {
  if (values.every(value => value === undefined)) return line;
  const blanks = blanksOf(line, values.length);
  let filled = '';
  let from = 0;
  for (const [index, blank] of blanks.entries()) {
    const value = values[index];
    if (value === undefined) continue;
    filled += line.slice(from, blank.index) + markdownText(value);
    from = blank.index + blank[0].length;
  }
  return filled + line.slice(from);
}

/** The notes of the run replace a line that only invites notes. */
export function notesAt(plan: Plan, state: RunState, line: number): readonly string[] {
  if (plan.notesInvited?.includes(line) !== true) return [];
  return state.notes.map(({at, by, text}) => markdownText(`${utcMinuteBeside(state.run.openedAt, at)} ${by}: ${text}`));
}

const UNDERSCORES = /(?:\\?_){3,}/g;
/** Not a tick box, and not the text of a link. */
const BRACKETS = /\[(?![ xX]\])[^[\]]+\](?![([:])/g;

/** The ways to write a blank that occur in the line as often as it has values. */
function blanksOf(line: string, count: number): readonly RegExpExecArray[] {
  const underscores = [...line.matchAll(UNDERSCORES)];
  const brackets = [...line.matchAll(BRACKETS)];
  const both = [...underscores, ...brackets].sort((a, b) => a.index - b.index);
  const fitting = [both, underscores, brackets].find(blanks => blanks.length === count);
  return fitting ?? (underscores.length > 0 ? underscores : brackets);
}

function blankValue(state: RunState, {id, computed, asks}: Blank): string | undefined {
  const filled = state.blanks[id];
  const {rollback} = state;
  // A status that somebody wrote before the rollback is not how it ended.
  if (asks === 'status' && filled !== undefined && rollback.status === 'finished' && filled.at < rollback.at)
    return `${rollbackEnd(rollback)} (before it: ${filled.value})`;
  return filled?.value ?? knownTime(state, computed);
}

/** A time of the run. A date, time or name of a blank means the moment and the person of the filling instead. */
function knownTime(state: RunState, computed: Blank['computed']): string | undefined {
  switch (computed) {
    case 'start':
      return startTime(state);
    case 'end':
      return endTime(state);
    case 'duration':
      return duration(state);
    case 'start-date':
      return startDate(state);
    case 'date':
    case 'time':
    case 'timestamp':
    case 'user':
    case 'signer':
    case undefined:
      return undefined;
    default:
      return unreachable(computed);
  }
}

/** Facts of the run under the names that checklists use for them. */
function metaValue(plan: Plan, state: RunState, {computed, line}: MetaEntry): string | undefined {
  if (state.run.openedAt === 0) return undefined;
  if (computed === 'signer') return state.signOff?.name;
  if (computed === 'user') return state.run.user;
  if (computed === 'date') return isOfHead(plan, line) ? startDate(state) : undefined;
  return knownTime(state, computed);
}

/** Only there is "Date" the date of the run; further down it belongs to a signature. */
function isOfHead(plan: Plan, line: number): boolean {
  const first = plan.steps.find(({action}) => action.kind !== 'input');
  return first === undefined || line < first.line;
}

function startDate({deployStartedAt, run}: RunState): string | undefined {
  const at = deployStartedAt ?? run.openedAt;
  return at === 0 ? undefined : utcDate(at);
}

function startTime({deployStartedAt}: RunState): string | undefined {
  return deployStartedAt === undefined ? undefined : utcTime(deployStartedAt);
}

function endTime(state: RunState): string | undefined {
  const at = endedAt(state);
  return at === undefined ? undefined : utcTime(at);
}

function duration(state: RunState): string | undefined {
  const at = endedAt(state);
  return at === undefined || state.deployStartedAt === undefined ? undefined : durationText(at - state.deployStartedAt);
}

function endedAt({deployStartedAt, deployEndedAt, rollback, closed}: RunState): number | undefined {
  if (deployStartedAt === undefined) return undefined;
  return deployEndedAt ?? (rollback.status === 'finished' ? rollback.at : closed?.at);
}
