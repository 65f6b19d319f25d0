import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../src/plan/plan.ts';
import {decide} from '../../src/run/decide.ts';
import {evolve} from '../../src/run/evolve.ts';
import type {Sample} from '../../src/run/outcome.ts';
import {exited, Run, rule, smallPlan, step} from './build.ts';

const HOUR_MS = 3_600_000;

/** Deployed and watched, with a rule step in the monitoring section that is open for an hour. */
function watched(own: Partial<Rule> = {}): Run {
  const rules = [rule('P95 <850ms', {role: 'target', op: '<', value: 850, section: 'monitor', ...own})];
  const plan = smallPlan({rules});
  const steps = [...plan.steps, step('watch', 'monitor', 'rule', {action: {kind: 'rule', rules: ['P95 <850ms']}})];
  const sections = plan.sections.map(one =>
    one.id === 'monitor' ? {...one, window: {fromMs: 0, toMs: HOUR_MS}} : one,
  );
  return deploy(new Run({...plan, steps, sections})).intend({type: 'tick', stepId: 'look'});
}

function deploy(run: Run): Run {
  run.intend({type: 'tick', stepId: 'review'}).ready();
  return run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
}

/** One evaluation a second. */
function measure(run: Run, ...values: readonly (number | undefined)[]): Run {
  for (const value of values) {
    run.at += 1000;
    const read = value === undefined ? {error: 'connection refused'} : {value};
    run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, ...read}]});
  }
  return run;
}

const times = (count: number, value: number) => Array.from({length: count}, () => value);
const standing = (run: Run, id = 'P95 <850ms') => run.state.rules[id]?.standing;

describe('a rule that tripped in its window and recovered', () => {
  const recovered = () => {
    const run = measure(watched({windowMs: 10_000}), ...times(8, 2000), ...times(20, 600));
    expect(standing(run)).toEqual({kind: 'ok'});
    return run;
  };

  test('keeps its step open, with when and what, and the run ends with 3', () => {
    const run = recovered();
    expect(run.state.rules['P95 <850ms']?.tripped).toMatchObject({
      value: 2000,
      because: 'past <850 ms, 3 times in a row',
    });
    run.after(HOUR_MS);
    expect(run.status('watch')).toBe('pending');
    expect(run.state.closed).toMatchObject({status: 'failed', exitCode: 3});
  });

  test('counts no more once a person ticks its step with a reason, or dismisses it', () => {
    const ticked = recovered().intend({type: 'tick', stepId: 'watch', reason: 'the cache was cold'}).after(HOUR_MS);
    expect(ticked.state.closed).toMatchObject({status: 'succeeded', exitCode: 0});
    const dismissed = recovered().intend({type: 'dismiss', ruleId: 'P95 <850ms', reason: 'the cache was cold'});
    expect(dismissed.state.dismissals).toMatchObject([
      {ruleId: 'P95 <850ms', value: 2000, reason: 'the cache was cold'},
    ]);
    expect(measure(dismissed, ...times(5, 600)).after(HOUR_MS).state.closed).toMatchObject({exitCode: 0});
  });

  test('is another thing than one that was grey, or breached for a moment', () => {
    const run = measure(watched({statistic: 'last', samples: 1}), 600, 600, 600, 2000, 2000, ...times(20, 600));
    expect(run.state.rules['P95 <850ms']?.tripped).toBeUndefined();
    measure(run.after(HOUR_MS - 60_000), ...times(5, 600)).after(60_000);
    expect(run.status('watch')).toBe('passed');
    expect(run.state.closed).toMatchObject({exitCode: 0});
  });
});

describe('a rule outside its window', () => {
  test('is not judged before it opens, and says when that is', () => {
    const run = measure(watched({opens: {fromMs: 900_000, toMs: HOUR_MS}}), ...times(9, 2000));
    expect(standing(run)).toBeUndefined();
    run.after(900_000);
    expect(measure(run, ...times(7, 2000)).state.rules['P95 <850ms']?.standing).toEqual({kind: 'tripped'});
  });

  test('keeps the standing that it closed with', () => {
    const run = measure(watched({opens: {fromMs: 0, toMs: 60_000}}), ...times(9, 600)).after(60_000);
    expect(standing(measure(run, ...times(9, 9000)))).toEqual({kind: 'ok'});
  });
});

describe('a source that is silent', () => {
  const plan = (own: Partial<Rule> = {}): Plan =>
    smallPlan({
      rules: [rule('slow', {windowMs: 300_000, ...own})],
      signals: {chat: {kind: 'http', everyMs: 2000, what: 'GET /'}},
    });

  test('leaves its rules without a verdict, and they say for how long and why', () => {
    const run = measure(deploy(new Run(plan())), ...times(9, 600));
    expect(standing(run, 'slow')).toEqual({kind: 'ok'});
    measure(run, ...Array.from({length: 42}, () => undefined));
    expect(run.state.rules['slow']).toMatchObject({
      standing: {kind: 'warming'},
      because: 'no answer for 21 s, 21 of 21 failed: connection refused',
    });
    expect(run.state.tripped).toEqual([]);
  });

  test('does not let failures count as evaluations past the bound', () => {
    const run = measure(deploy(new Run(plan({consecutive: 4}))), ...times(7, 2000), undefined, undefined, undefined);
    expect(standing(run, 'slow')).toEqual({kind: 'breached', times: 3});
    expect(standing(measure(run, 2000), 'slow')).toEqual({kind: 'tripped'});
  });
});

describe('a part of a request', () => {
  test('is judged like a signal of its own', () => {
    const run = deploy(new Run(smallPlan({rules: [rule('slow', {signal: 'chat.first-byte', value: 500})]})));
    for (let second = 0; second < 8; second += 1) {
      run.at += 1000;
      const sample: Sample = {signal: 'chat', at: run.at, value: 400, parts: {dns: 1, 'first-byte': 900}};
      run.report({type: 'samples-reported', samples: [sample]});
    }
    expect(run.state.tripped).toMatchObject([{ruleId: 'slow', value: 900}]);
    expect(run.state.rules['slow']).toMatchObject({standing: {kind: 'tripped'}, value: 900});
  });
});

describe('a dismissed trigger', () => {
  const fired = () => measure(deploy(new Run(smallPlan({rules: [rule('slow', {windowMs: 6000})]}))), ...times(7, 2000));

  test('keeps silent until it has recovered, also over a gap in the data, and then may fire again', () => {
    const run = fired().intend({type: 'dismiss', ruleId: 'slow', reason: 'one slow query'});
    expect(measure(run, ...times(9, 2000)).state.tripped).toEqual([]);
    run.after(20_000);
    expect(standing(run, 'slow')?.kind).toBe('warming');
    expect(measure(run, ...times(9, 2000)).state.tripped).toEqual([]);
    expect(standing(run, 'slow')).toEqual({kind: 'tripped'});
    expect(standing(measure(run, ...times(12, 600)), 'slow')).toEqual({kind: 'ok'});
    expect(measure(run, ...times(9, 2000)).state.tripped).toMatchObject([{ruleId: 'slow'}]);
  });

  test('is in the ledger with its evidence', () => {
    const {state} = fired().intend({type: 'dismiss', ruleId: 'slow', reason: 'one slow query'});
    expect(state.dismissals).toEqual([
      {
        ruleId: 'slow',
        at: state.lastAt,
        by: 'ana',
        reason: 'one slow query',
        value: 2000,
        evidence: state.dismissals?.[0]?.evidence,
      },
    ]);
    expect(state.dismissals?.[0]?.evidence).toBe('2000 ms, past >1500 ms, 3 times in a row, 7 readings in 6 s');
  });
});

describe('whatever is measured', () => {
  const sample = fc.record({
    value: fc.option(fc.integer({min: 0, max: 4000}), {nil: undefined}),
    waitMs: fc.integer({min: 1, max: 20_000}),
  });
  const rules = [
    rule('p95', {samples: 20}),
    rule('rate', {statistic: 'error-rate', unit: '%', value: 5, samples: 20}),
    rule('target', {role: 'target', op: '<', value: 850, target: 600, section: 'monitor', samples: 5}),
  ];
  const given = (samples: readonly {value?: number | undefined; waitMs: number}[], run: Run, after: () => void) => {
    for (const {value, waitMs} of samples) {
      run.at += waitMs;
      const read = value === undefined ? {error: 'refused'} : {value};
      run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, ...read}]});
      after();
    }
  };

  test('nothing is judged under its minimum sample, and nothing without data is ok or breached', () => {
    fc.assert(
      fc.property(fc.array(sample, {maxLength: 80}), samples => {
        const run = deploy(new Run(smallPlan({rules})));
        given(samples, run, () => {
          for (const own of rules) {
            const from = Math.max(run.at - own.windowMs, run.state.deployStartedAt ?? 0);
            const recent = run.state.signals['chat']?.samples.filter(({at}) => at >= from) ?? [];
            const n =
              own.statistic === 'error-rate' ? recent.length : recent.filter(({value}) => value !== undefined).length;
            if (n < own.samples) expect(['warming', undefined]).toContain(standing(run, own.id)?.kind);
          }
        });
      }),
      {numRuns: 60},
    );
  });

  test('nothing fires before the deploy, nor after the rollback', () => {
    fc.assert(
      fc.property(fc.array(sample, {maxLength: 60}), samples => {
        const run = new Run(smallPlan({rules}));
        const isQuiet = () => {
          expect(run.state.tripped).toEqual([]);
          for (const own of rules) expect([undefined, 'disarmed']).toContain(standing(run, own.id)?.kind);
        };
        given(samples, run, isQuiet);
        deploy(run);
        run.given({type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: []});
        run.given({type: 'phase-changed', phase: 'rolled-back', because: 'verified'});
        given(samples, run, isQuiet);
        expect(run.state.rollback.status).toBe('finished');
      }),
      {numRuns: 40},
    );
  });

  test('the same course gives the same facts and the same state', () => {
    fc.assert(
      fc.property(fc.array(sample, {maxLength: 50}), samples => {
        const play = () => {
          const run = deploy(new Run(smallPlan({rules})));
          const events: unknown[] = [];
          given(samples, run, () => events.push(...run.events));
          return {run, events};
        };
        const [one, other] = [play(), play()];
        expect(one.events).toEqual(other.events);
        expect(one.run.state).toEqual(other.run.state);
        const again = decide(one.run.situation, one.run.state, {
          ...{from: 'world', report: {type: 'ticked'}, at: one.run.at + 1000, outputLines: 0},
        });
        const events = 'events' in again ? again.events : [];
        const folded = () =>
          events.reduce(
            (state, event) =>
              evolve(one.run.situation.plan, state, {...event, seq: state.seq + 1, at: one.run.at, by: 'engine'}),
            one.run.state,
          );
        expect(folded()).toEqual(folded());
      }),
      {numRuns: 25},
    );
  });
});
