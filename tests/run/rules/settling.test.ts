import {describe, expect, test} from 'vitest';
import type {Plan, SignalSource} from '../../../src/plan/plan.ts';
import {verdictLines} from '../../../src/run/wording/verdict-lines.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from '../build.ts';

const http: SignalSource = {kind: 'http', unit: 'ms', everyMs: 2000, what: 'GET', servedBy: 'vps'};
const errorRate = {statistic: 'error-rate', value: 5, unit: '%', samples: 10, windowMs: 120_000} as const;

const plan: Plan = smallPlan({
  steps: [
    step('review', 'prepare', 'manual'),
    script('restart', 'deploy', [commands('git pull', 'sudo systemctl restart app')], {title: 'Restart it', line: 95}),
    step('look', 'verify', 'manual'),
    script('back', 'rollback', [commands('sudo systemctl restart app')]),
  ],
  rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['back'], doesNotUndo: []},
  rules: [rule('errors', errorRate), rule('other errors', {...errorRate, signal: 'shop'})],
  signals: {chat: http, shop: {...http, servedBy: 'elsewhere'}, memory: {kind: 'rss', what: '', on: 'vps'}},
});

/** The step that restarts runs; the old version has answered well before. */
function restarting(more: Partial<Plan> = {}, how: ConstructorParameters<typeof Run>[1] = {}): Run {
  const run = new Run({...plan, ...more}, how).intend({type: 'tick', stepId: 'review'}).ready();
  measure(run, 'gggggggggggg');
  return run.intend({type: 'run-step', stepId: 'restart'});
}

/** An answer every two seconds: `g` is a good one, `b` a bad one. */
function measure(run: Run, answers: string, ...signals: readonly string[]): Run {
  for (const answer of answers) {
    run.at += 2000;
    const read = answer === 'g' ? {value: 100} : {error: 'status 500, expected 200'};
    const named = signals.length === 0 ? ['chat'] : signals;
    run.report({type: 'samples-reported', samples: named.map(signal => ({signal, at: run.at, ...read}))});
  }
  return run;
}

const lineOf = (run: Run) => verdictLines(run.situation.plan, run.state).find(({rule: {id}}) => id === 'errors');
const standing = (run: Run) => lineOf(run)?.assessment.standing.kind;
const textOf = (run: Run) => lineOf(run)?.text;

describe('a step that restarts what a probe looks at', () => {
  test('is known to interrupt it: a short outage is downtime, and judged by no rule', () => {
    const run = measure(restarting(), 'bbbb');
    expect(standing(run)).toBe('warming');
    expect(textOf(run)).toBe('response time not judged yet: settling, outage 6 s, 4 requests');
    measure(run.ends(exited(0)), 'bbbgg');
    expect(run.state.downtimes).toBeUndefined();
    measure(run, 'gggggggggggg');
    expect(run.state.downtimes).toMatchObject([{signal: 'chat', stepId: 'restart', n: 7}]);
    const [{outFrom = 0, to = 0} = {}] = run.state.downtimes ?? [];
    expect(to - outFrom).toBe(14_000);
    expect(run.state.rules['errors']).toMatchObject({standing: {kind: 'ok'}});
    expect(run.state.tripped).toEqual([]);
    expect(run.state.phase).toBe('running');
  });

  test('is judged by all samples already taken when the time runs out, and the step is named', () => {
    const run = measure(restarting().ends(exited(0)), 'b'.repeat(30));
    expect(run.state.tripped).toEqual([]);
    measure(run, 'bbb');
    expect(run.state.tripped).toMatchObject([
      {ruleId: 'errors', evidence: expect.stringContaining('not well 60 s after "Restart it" (line 95) restarted it')},
    ]);
    expect(run.state.phase).toBe('held');
  });

  test('and answers once, then fails: it trips within the time and three evaluations', () => {
    const run = restarting().ends(exited(0));
    const startedAt = run.at;
    measure(run, 'g');
    while (run.state.tripped.length === 0 && run.at < startedAt + 300_000) measure(run, 'b');
    expect(run.at - startedAt).toBeLessThanOrEqual(60_000 + 3 * 2000);
    expect(run.state.tripped).toMatchObject([{ruleId: 'errors'}]);
  });

  test('and flaps is not well until three answers in a row are good', () => {
    const run = measure(restarting().ends(exited(0)), 'bggbggbggb');
    expect(standing(run)).toBe('warming');
    expect(run.state.downtimes).toBeUndefined();
    measure(run, 'ggg');
    expect(run.state.downtimes).toMatchObject([{signal: 'chat', n: 10}]);
    const flapping = measure(restarting().ends(exited(0)), 'bgg'.repeat(11));
    expect(flapping.state.downtimes).toBeUndefined();
    expect(flapping.state.tripped).toMatchObject([{ruleId: 'errors'}]);
  });

  test('does other things first for longer than that: until the outage it is judged as always', () => {
    const run = measure(restarting(), 'g'.repeat(60));
    expect(standing(run)).toBe('ok');
    measure(run, 'bbbb');
    expect(standing(run)).toBe('warming');
    measure(run.ends(exited(0)), 'bbggg');
    expect(run.state.downtimes).toMatchObject([{n: 6}]);
    expect(run.state.tripped).toEqual([]);
  });

  test('leaves probes alone that look at something else', () => {
    const run = restarting();
    measure(run, 'gggggggggg', 'shop');
    measure(run, 'bbbbb', 'shop', 'chat');
    expect(run.state.tripped).toMatchObject([{ruleId: 'other errors'}]);
    expect(standing(run)).toBe('warming');
    expect(Object.keys(run.state.settling ?? {}).toSorted()).toEqual(['chat', 'memory']);
  });

  test('settles each probe by its own answers', () => {
    const both = {signals: {...plan.signals, shop: http}};
    const run = restarting(both);
    measure(run, 'gggggggggg', 'shop');
    measure(run.ends(exited(0)), 'bb', 'shop', 'chat');
    measure(run, 'ggg', 'shop');
    measure(run, 'b'.repeat(9), 'chat');
    expect(run.state.downtimes).toMatchObject([{signal: 'shop', n: 2}]);
    expect(Object.keys(run.state.settling ?? {})).toContain('chat');
    expect(standing(run)).toBe('warming');
  });

  test('settles as long as the bindings say', () => {
    const run = measure(restarting({settleMs: 20_000}).ends(exited(0)), 'b'.repeat(13));
    expect(run.state.tripped).toMatchObject([{evidence: expect.stringContaining('not well 20 s after')}]);
  });

  test('which reloads gracefully, or runs dry, interrupts nothing', () => {
    const steps = plan.steps.map(one =>
      one.id === 'restart' ? script('restart', 'deploy', [commands('sudo systemctl reload nginx')]) : one,
    );
    expect(restarting({steps}).state.settling).toBeUndefined();
    expect(restarting({}, {dryRun: true}).state.settling).toBeUndefined();
  });
});

describe('while it settles', () => {
  test('a run that is held goes on settling, and R is taken', () => {
    const run = measure(restarting().intend({type: 'hold', on: true}), 'bb').ends(exited(0));
    expect(run.state.phase).toBe('held');
    measure(run, 'bb').intend({type: 'roll-back'});
    expect(run.refusal).toBeUndefined();
    expect(run.types()).toContain('rollback-requested');
    measure(run, 'b');
    expect(textOf(run)).toContain('settling, outage');
  });

  test('the restart of the rollback settles likewise', () => {
    const run = measure(restarting(), 'b').ends(exited(1));
    run
      .intend({type: 'roll-back'})
      .intend({type: 'roll-back'})
      .ready([{stepId: 'back'}]);
    expect(run.status('back')).toBe('running');
    measure(run, 'bbb');
    expect(run.state.settling?.['chat']).toMatchObject({stepId: 'back', n: 4});
    measure(run.ends(exited(0)), 'bggg');
    expect(run.state.downtimes).toMatchObject([{signal: 'chat', stepId: 'back', n: 5}]);
  });
});
