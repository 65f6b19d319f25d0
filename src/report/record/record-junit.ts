/** The record as JUnit XML, for build servers: a suite for each section, and one for the rules. */
import type {Step} from '../../plan/plan.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {measuredText, type RuleVerdict, ruleVerdicts, standingText} from '../rule-text.ts';
import {statusText} from '../run-status.ts';
import {type Attempt, attempts, transcriptLines} from './attempt-transcripts.ts';
import {escapeHtml} from './html-text.ts';
import type {RecordSource} from './record-source.ts';

type Case = {
  name: string;
  seconds: number;
  end?: {tag: 'failure' | 'error' | 'skipped'; message: string};
  output: string;
};

/** Steps that were not reached are skipped; those whose end nobody saw are errors. */
export function recordJunit(source: RecordSource): string {
  const {plan, state, events} = source;
  const tried = lastAttempts(attempts(plan, events));
  const suites = plan.sections.flatMap(({id, title}) => {
    const steps = plan.steps.filter(step => step.section === id);
    return steps.length === 0
      ? []
      : [
          suite(
            title,
            steps.map(step => stepCase(state, step, tried.get(step.id))),
          ),
        ];
  });
  const rules = ruleVerdicts(plan, state).map(ruleCase);
  const all = rules.length === 0 ? suites : [...suites, suite('Rules', rules)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escapeHtml(plan.title)}">
<properties>
<property name="run" value="${escapeHtml(state.run.id)}"/>
<property name="result" value="${escapeHtml(statusText(state))}"/>
</properties>
${all.join('\n')}
</testsuites>
`;
}

function lastAttempts(all: readonly Attempt[]): ReadonlyMap<string, Attempt> {
  return new Map(all.map(attempt => [attempt.stepId, attempt]));
}

function suite(name: string, cases: readonly Case[]): string {
  const count = (tag: string) => cases.filter(({end}) => end?.tag === tag).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const body = cases.map(one => caseText(name, one)).join('\n');
  return `<testsuite name="${escapeHtml(name)}" ${counts} time="${seconds.toFixed(3)}">\n${body}\n</testsuite>`;
}

function caseText(className: string, {name, seconds, end, output}: Case): string {
  const inner = [
    ...(end === undefined ? [] : [`<${end.tag} message="${escapeHtml(end.message)}"/>`]),
    ...(output === '' ? [] : [`<system-out>${escapeHtml(output)}</system-out>`]),
  ];
  const open = `<testcase classname="${escapeHtml(className)}" name="${escapeHtml(name)}" time="${seconds.toFixed(3)}"`;
  return inner.length === 0 ? `${open}/>` : `${open}>\n${inner.join('\n')}\n</testcase>`;
}

function stepCase(state: RunState, {id, title, line}: Step, tried: Attempt | undefined): Case {
  return {
    name: `${title} (line ${line})`,
    seconds: (tried?.outcome.durationMs ?? 0) / 1000,
    output: tried === undefined ? '' : transcriptLines(tried).join('\n'),
    ...endOf(stepState(state, id)),
  };
}

function endOf(step: StepState): Pick<Case, 'end'> {
  switch (step.status) {
    case 'passed':
      return {};
    case 'failed':
      return {end: {tag: 'failure', message: step.verdict.because}};
    case 'unknown':
    case 'cancelled':
      return {end: {tag: 'error', message: `${step.status}: ${step.verdict.because}`}};
    case 'skipped':
      return {end: {tag: 'skipped', message: `${step.by}: ${step.reason}`}};
    case 'not-applicable':
      return {end: {tag: 'skipped', message: step.because}};
    case 'waiting':
      return {end: {tag: 'skipped', message: `waits for a person: ${step.for}`}};
    case 'pending':
    case 'running':
      return {end: {tag: 'skipped', message: step.status === 'running' ? 'still running' : 'not reached'}};
  }
}

/** A rule fails when it tripped, or stood past its bound at the end. What was not judged is skipped. */
function ruleCase({rule, assessment, tripped}: RuleVerdict): Case {
  const name = `${measuredText(rule)} (line ${rule.line})`;
  const message = standingText(rule, assessment);
  const {kind} = assessment.standing;
  if (tripped !== undefined || kind === 'tripped' || kind === 'breached') {
    return {name, seconds: 0, output: '', end: {tag: 'failure', message: tripped?.because ?? message}};
  }
  const isJudged = kind === 'ok' || kind === 'grey';
  return {name, seconds: 0, output: '', ...(isJudged ? {} : {end: {tag: 'skipped' as const, message}})};
}
