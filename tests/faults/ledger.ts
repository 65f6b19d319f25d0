/** Holds what a run claims against what its steps wrote on the host. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Recorded} from '../../src/run/event.ts';
import type {Verdict} from '../../src/run/outcome.ts';
import type {Problem} from './tally.ts';

/** `times`: how often what was asked for took effect. `may`: the verdicts that are true of what happened. */
export type Held = {verdict: Verdict; times?: number; may: readonly Verdict['kind'][]; whole?: boolean};

/** One claim held against what happened. `unknown` where an end was there to be seen is lost; any other is a wrong claim. */
export function held(what: string, {verdict, times = 0, may, whole = true}: Held): readonly Problem[] {
  const said = `${what}: ${verdict.kind} (${verdict.because})`;
  return [
    ...(times > 1 ? [{kind: 'twice', what: `${said}, and it took effect ${times} times`} as const] : []),
    ...(may.includes(verdict.kind)
      ? []
      : [{kind: verdict.kind === 'unknown' ? 'lost' : 'wrong', what: `${said}, true is ${may.join(' or ')}`} as const]),
    ...(whole ? [] : [{kind: 'lost', what: `${said}, and its output is not whole`} as const]),
  ];
}

type Finished = Extract<Recorded, {type: 'step-finished'}>;
type Attempt = {mark: string; stepId: string; finished: Finished | undefined};
type Truth = {begun: number; ended: number; status: number | undefined};

export type Claims = {
  events: readonly Recorded[];
  ledger: readonly string[];
  /** A step that did not end when told to may be left as `unknown`. */
  mayAbandon?: boolean;
  /** The record, when it was written. */
  report?: string;
};

/** Every difference between the two, each named. */
export function examine({events, ledger, mayAbandon = false, report}: Claims): readonly Problem[] {
  const attempts = attemptsOf(events);
  const marks = new Set([...ledger.map(line => line.split(' ')[0] ?? ''), ...attempts.map(({mark}) => mark)]);
  const problems = [...marks].flatMap(mark => examineMark(mark, truthOf(mark, ledger), attempts, mayAbandon));
  return [...problems, ...examineEnd(events), ...examineRollback(events), ...examineBoxes(events, report)];
}

/** The same for the newest run of a directory. */
export function examineRun(
  directory: string,
  events: readonly Recorded[],
  ledger: readonly string[],
  mayAbandon = false,
) {
  const path = join(directory, 'report.md');
  const report = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  return examine({events, ledger, mayAbandon, ...(report === undefined ? {} : {report})});
}

function attemptsOf(events: readonly Recorded[]): readonly Attempt[] {
  return events.flatMap(event => {
    if (event.type !== 'step-started') return [];
    const mark = /mark\.sh (\w+)/.exec((event.commands ?? []).join('\n'))?.[1];
    if (mark === undefined) return [];
    const {stepId, attempt} = event;
    const finished = events.find(
      (one): one is Finished => one.type === 'step-finished' && one.stepId === stepId && one.attempt === attempt,
    );
    return [{mark, stepId, finished}];
  });
}

function truthOf(mark: string, ledger: readonly string[]): Truth {
  const ends = ledger.filter(line => line.startsWith(`${mark} end`));
  const status = ends.map(line => Number(line.split(' ')[2])).at(-1);
  return {begun: ledger.filter(line => line === `${mark} begin`).length, ended: ends.length, status};
}

function examineMark(
  mark: string,
  truth: Truth,
  attempts: readonly Attempt[],
  mayAbandon: boolean,
): readonly Problem[] {
  const own = attempts.filter(attempt => attempt.mark === mark);
  const problems: Problem[] = [];
  if (truth.begun > 1) problems.push({kind: 'twice', what: `${mark} ran ${truth.begun} times`});
  if (truth.begun > 0 && own.length === 0)
    problems.push({kind: 'wrong', what: `${mark} ran and the journal does not know it`});
  return [...problems, ...own.flatMap(attempt => examineAttempt(attempt, truth, mayAbandon))];
}

function examineAttempt({mark, finished}: Attempt, truth: Truth, mayAbandon: boolean): readonly Problem[] {
  if (finished === undefined) {
    const what = `${mark} has no end in the journal`;
    return [truth.ended > 0 ? {kind: 'lost', what} : {kind: 'broken', what}];
  }
  const {outcome, verdict} = finished;
  const said = `${mark}: ${verdict.kind} (${verdict.because})`;
  switch (verdict.kind) {
    case 'passed':
      if (outcome.kind !== 'exited' || outcome.code !== 0 || truth.status !== 0)
        return [{kind: 'wrong', what: `${said}, on the host ${truth.status}`}];
      return outputProblems(mark, outcome.output);
    case 'failed':
      if (outcome.kind === 'refused' && truth.begun > 0) return [{kind: 'wrong', what: `${said}, but it ran`}];
      if (outcome.kind === 'exited' && truth.status === 0) return [{kind: 'wrong', what: `${said}, on the host 0`}];
      return outcome.kind === 'lost' ? [{kind: 'wrong', what: said}] : [];
    case 'unknown':
      if (mayAbandon) return [];
      return [
        truth.ended > 0 ? {kind: 'lost', what: `${said}, on the host ${truth.status}`} : {kind: 'broken', what: said},
      ];
    case 'cancelled':
      return mayAbandon ? [] : [{kind: 'wrong', what: `${said}, which nobody asked for`}];
    case 'judge':
      // Put to a person, with why.
      return mayAbandon ? [] : [{kind: 'wrong', what: said}];
  }
}

function outputProblems(mark: string, output: string): readonly Problem[] {
  const times = output.split(`output of ${mark}\n`).length - 1;
  return times === 1 ? [] : [{kind: 'lost', what: `output of ${mark} is there ${times} times`}];
}

function examineEnd(events: readonly Recorded[]): readonly Problem[] {
  const closed = events.findLast(event => event.type === 'run-closed');
  if (closed?.status !== 'succeeded') return [];
  const bad = events.filter(event => event.type === 'step-finished' && event.verdict.kind !== 'passed');
  return bad.length === 0
    ? []
    : [{kind: 'wrong', what: `closed as succeeded with ${bad.length} steps that did not pass`}];
}

/** Only what was verified after the rollback began is rolled back. */
function examineRollback(events: readonly Recorded[]): readonly Problem[] {
  return events.flatMap((event, index): Problem[] => {
    if (event.type !== 'rollback-finished' || event.result !== 'rolled-back') return [];
    const from = events.findLastIndex(
      (one, at) => at < index && one.type === 'phase-changed' && one.phase === 'rolling-back',
    );
    const since = from < 0 ? [] : events.slice(from, index);
    const passed = since.filter(one => one.type === 'step-finished' && one.verdict.kind === 'passed');
    const verified = passed.some(one => one.type === 'step-finished' && isVerification(one));
    if (!verified) return [{kind: 'wrong', what: 'rolled back, and nothing verified it'}];
    const unpassed = since.find(one => one.type === 'step-finished' && one.verdict.kind !== 'passed');
    return unpassed === undefined
      ? []
      : [{kind: 'wrong', what: `rolled back although a step did not pass: ${JSON.stringify(unpassed)}`}];
  });
}

function isVerification({outcome}: Finished): boolean {
  const answers =
    outcome.kind === 'answered' ? outcome.answers : outcome.kind === 'exited' ? (outcome.answers ?? []) : [];
  return answers.length > 0 && answers.every(({status}) => status === 200);
}

/** A box needs somebody, or something that passed, behind it. */
function examineBoxes(events: readonly Recorded[], report: string | undefined): readonly Problem[] {
  const [document = ''] = (report ?? '').split('\n# T-Minus record');
  return document.split('\n').flatMap((line, index): Problem[] => {
    if (!/^\s*[-*+] \[[xX]\]/.test(line)) return [];
    const stepId = `L${index + 1}`;
    const behind = events.some(
      event =>
        (event.type === 'step-ticked' && event.stepId === stepId) ||
        (event.type === 'step-finished' && event.stepId === stepId && event.verdict.kind === 'passed'),
    );
    return behind ? [] : [{kind: 'wrong', what: `ticked without evidence: ${line.trim()}`}];
  });
}
