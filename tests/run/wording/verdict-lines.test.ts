import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {signalRows} from '../../../src/run/wording/signal-rows.ts';
import {type VerdictLine, verdictLines} from '../../../src/run/wording/verdict-lines.ts';
import {exited, Run, rule, smallPlan} from '../build.ts';

const signals: NonNullable<Plan['signals']> = {chat: {kind: 'http', everyMs: 1000, unit: 'ms', what: 'GET /chat'}};

/** Ten slow readings, then the deploy. */
function deployed(plan: Partial<Plan>): Run {
  const run = measure(new Run(smallPlan({signals, ...plan})), 10, () => 2000);
  run.at += 500;
  run.intend({type: 'tick', stepId: 'review'}).ready();
  return run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
}

function measure(run: Run, count: number, read: (index: number) => number | undefined, signal = 'chat'): Run {
  for (let index = 0; index < count; index += 1) {
    run.at += 1000;
    const value = read(index);
    const sample = {signal, at: run.at, ...(value === undefined ? {error: 'connection refused'} : {value})};
    run.report({type: 'samples-reported', samples: [sample]});
  }
  return run;
}

function line(run: Run, id: string): VerdictLine {
  const found = verdictLines(run.situation.plan, run.state).find(one => one.rule.id === id);
  if (found === undefined) throw new Error(`no line for ${id}`);
  return found;
}

const target = rule('store', {role: 'target', op: '<', value: 850, section: 'monitor', metric: 'store_message'});

describe('a verdict line', () => {
  test('says value, bound, number of samples, room left and change, in words and as figures', () => {
    const run = measure(deployed({rules: [target]}), 10, () => 612);
    expect(line(run, 'store')).toMatchObject({
      text: 'P95 store_message 612 ms ok <850, 10 readings, 0 of 3 past it',
      brief: 'P95 store_message 612 ms ok <850',
      details: ['28 % left', '-69 % vs baseline 2000 ms', 'measured by chat'],
      distance: {percent: 28, times: 0, of: 3},
      baseline: {value: 2000, from: 'samples'},
      change: -69.4,
    });
  });

  test('counts towards tripping, and back', () => {
    const run = measure(deployed({rules: [{...target, statistic: 'last', samples: 1}]}), 2, () => 900);
    expect(line(run, 'store')).toMatchObject({
      text: 'store_message 900 ms past limit 850 ms, 2 readings, 2 of 3 past it',
      brief: 'store_message 900 ms past limit 850 ms, 2 of 3 past it',
      distance: {times: 2, of: 3},
    });
    expect(line(run, 'store').distance?.percent).toBeCloseTo(-5.88, 2);
    expect(
      line(
        measure(run, 1, () => 612),
        'store',
      ),
    ).toMatchObject({
      text: 'store_message 612 ms past limit 850 ms, 3 readings, recovering 1 of 3',
      recovering: {calm: 1, of: 3},
    });
  });

  test('says what a verdict still lacks, and when it can be given', () => {
    const leak = rule('leak', {
      statistic: 'slope',
      unit: 'MB/h',
      value: 500,
      windowMs: 600_000,
      samples: 5,
      signal: 'memory',
    });
    const run = measure(deployed({rules: [leak, target]}), 10, index => 300 + index, 'memory');
    const {deployStartedAt = 0} = run.state;
    expect(line(run, 'leak')).toMatchObject({
      text: 'memory not judged yet: too early for a slope: 8 min more, it needs 8 min'.replace('memory', leak.metric),
      missingFor: {until: deployStartedAt + 1000 + 480_000},
    });
    expect(
      line(
        measure(run, 3, () => 600),
        'store',
      ),
    ).toMatchObject({
      text: 'P95 store_message not judged yet: 2 more readings needed',
      missingFor: {samples: 2},
    });
  });

  test('names a source that fails, and the age of what it last said', () => {
    const run = measure(
      measure(deployed({rules: [target]}), 8, () => 612),
      42,
      () => undefined,
    );
    expect(line(run, 'store')).toMatchObject({
      text: 'P95 store_message not judged yet: no answer for 42 s, 42 of 42 failed: connection refused',
      staleMs: 42_000,
      failing: {error: 'connection refused'},
    });
  });

  test('shows a guess as one, what is not open yet with its time, and blind rules as blind', () => {
    const guessed: Rule = {...target, tie: {by: 'guess', because: 'chat is the only latency'}};
    const later: Rule = {...target, id: 'later', opens: {fromMs: 900_000, toMs: 1_800_000}};
    const {signal: _, ...blind} = {...target, id: 'blind'};
    const run = measure(deployed({rules: [blind, later, guessed]}), 10, () => 612);
    expect(line(run, 'store')).toMatchObject({guess: 'chat is the only latency'});
    expect(line(run, 'store').details).toContain('measured by chat as a guess: chat is the only latency');
    expect(line(run, 'later')).toMatchObject({
      text: 'P95 store_message opens at T+15m',
      outside: {kind: 'opens', atMs: 900_000},
    });
    expect(line(run, 'blind').text).toBe('P95 store_message not measured');
    run.after(1_800_000);
    expect(line(run, 'later')).toMatchObject({outside: {kind: 'closed', atMs: 1_800_000}});
  });

  test('stands the higher, the more urgent it is; unseen before well, and nearer before farther', () => {
    const of = (id: string, more: Partial<Rule>): Rule => ({...target, id, statistic: 'last', samples: 1, ...more});
    const {signal: _, ...blind} = of('blind', {});
    const rules = [
      blind,
      of('far', {value: 5000}),
      of('near', {value: 1000}),
      of('silent', {signal: 'gone'}),
      of('tripped', {value: 300, consecutive: 1}),
      of('breached', {value: 400, consecutive: 99}),
      of('grey', {value: 900, target: 500}),
      of('later', {opens: {fromMs: 9e6, toMs: 1e7}}),
    ];
    const run = measure(
      measure(deployed({rules}), 3, () => undefined, 'gone'),
      10,
      () => 612,
    );
    const order = verdictLines(run.situation.plan, run.state).map(({rule: {id}}) => id);
    expect(order).toEqual(['tripped', 'breached', 'grey', 'silent', 'near', 'far', 'blind', 'later']);
  });

  test('holds the old version against the baseline after a rollback, and trips no trigger by it', () => {
    const run = measure(deployed({rules: [target, rule('slow')]}), 10, () => 612);
    run.at += 500;
    run.given({type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: []});
    run.given({type: 'phase-changed', phase: 'rolled-back', because: 'verified'});
    measure(run, 10, () => 1980);
    const id = 'back to baseline: chat P95';
    expect(line(run, id)).toMatchObject({
      text: 'back to baseline: chat P95 1980 ms ok <=2500 (baseline 2000), 10 readings, 0 of 3 past it',
      isAfterRollback: true,
    });
    expect(line(run, 'slow').text).toBe('P95 response time not judged');
    measure(run, 30, () => 9000);
    expect(run.state.rules[id]?.standing.kind).toBe('tripped');
    expect(run.state.tripped).toEqual([]);
    expect(run.state.rollback.status).toBe('finished');
  });
});

describe('the rows of signals', () => {
  const expected = {metric: 'chat', kind: 'expected', value: 745, unit: 'ms', line: 1} as const;
  const stated = {metric: 'chat', kind: 'baseline', value: 2010, unit: 'ms', line: 1} as const;

  test('compare the baseline, what the document expects, and now', () => {
    const run = measure(deployed({rules: [target], references: [expected, stated]}), 10, () => 612);
    expect(signalRows(run.situation.plan, run.state, run.at)).toEqual([
      {
        name: 'chat',
        statistic: 'p95',
        unit: 'ms',
        baseline: {value: 2000, from: 'samples'},
        expected: {value: 745, isBad: false, from: 'document'},
        now: 612,
        n: 10,
        change: -69.4,
        errorRate: {baseline: 0, now: 0},
        lastAt: run.at,
        source: signals['chat'],
      },
    ]);
  });

  test('take the baseline of the document where nothing was sampled, and the bound of a rule where it expects nothing', () => {
    const plan = smallPlan({rules: [target], references: [stated], signals});
    expect(signalRows(plan, new Run(plan).state, 0)).toMatchObject([
      {name: 'chat', baseline: {value: 2010, from: 'document'}, expected: {value: 850, op: '<', from: 'rule'}, n: 0},
    ]);
  });

  test('say which source is silent, for how long and why', () => {
    const run = measure(
      measure(deployed({rules: [target]}), 5, () => 600),
      42,
      () => undefined,
    );
    const [row] = signalRows(run.situation.plan, run.state, run.at);
    expect(row).toMatchObject({staleMs: 42_000, failing: {error: 'connection refused'}});
  });
});
