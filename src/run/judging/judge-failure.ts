/** Steps whose failure is the success: "Should be refused without a token", "relation does not exist". */
import type {Check, Expectation, Step} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {commandsIn} from '../operations.ts';
import type {Outcome} from '../outcome.ts';

export function expectsFailure(expectations: readonly Expectation[]): boolean {
  return expectations.some(({check}) => check?.kind === 'fails');
}

/** It is the last thing of the step that failed: had another, what should fail would not have been tried. */
export function failedLast(step: Step, {commands}: Outcome & {kind: 'exited'}): boolean {
  const failed = commands.find(({code}) => code !== undefined && code !== 0);
  if (step.action.kind === 'sql') {
    const {statements} = step.action;
    return statements.length === 1 || failed?.line === statements.at(-1)?.line;
  }
  if (step.action.kind !== 'script' || step.action.stages.at(-1)?.kind === 'http') return false;
  const all = commandsIn(step.action.stages);
  return all.length === 1 || (failed !== undefined && failed.line === all.at(-1)?.line);
}

export type Failure = {status?: number; code?: number; text: string};

/** `unsure`: it said what was wanted, and yet did not end as a failure. */
export function failureHolds(
  {text}: Check & {kind: 'fails'},
  {status, code, text: printed}: Failure,
): {met: boolean; actual: string; unsure?: true} {
  const isSaid = text === undefined || saysSo(printed, text);
  if (status !== undefined) {
    const isRefused = status >= CLIENT_ERROR_MIN && status < SERVER_ERROR_MIN;
    const unsure = isRefused !== isSaid && text !== undefined ? {unsure: true as const} : {};
    return {met: isRefused && isSaid, actual: `status ${status}`, ...unsure};
  }
  if (code === undefined) return {met: false, actual: 'an answer'};
  if (code === 0)
    return compact({met: false, actual: 'exit 0', unsure: text !== undefined && isSaid ? true : undefined});
  // A command that is not there was never tried.
  if (NOT_STARTED.includes(code) && text === undefined) return {met: false, actual: `exit ${code}: it never ran`};
  return {met: isSaid, actual: `exit ${code}${isSaid ? '' : ' with another message'}`};
}

/** Whether something that could not even be asked failed as expected: only where the document says how. */
export function refusedAsExpected(expectations: readonly Expectation[], detail: string): boolean {
  return expectations.some(
    ({check}) => check?.kind === 'fails' && check.text !== undefined && saysSo(withWords(detail), check.text),
  );
}

/** What the network says in letters is also said in words. */
function withWords(detail: string): string {
  return detail.replace(/ECONNREFUSED/g, 'connection refused').replace(/ECONNRESET/g, 'connection reset');
}

const CLIENT_ERROR_MIN = 400;
const SERVER_ERROR_MIN = 500;
/** The exit codes for "not executable" and "not found". */
const NOT_STARTED: readonly number[] = [126, 127];

/** Quotes around names are written as it comes. */
function saysSo(printed: string, wanted: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/["'`“”]/g, '')
      .replaceAll(/\s+/g, ' ');
  return bare(printed).includes(bare(wanted));
}
