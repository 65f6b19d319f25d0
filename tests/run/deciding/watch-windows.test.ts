import {describe, expect, test} from 'vitest';
import type {Plan, Section} from '../../../src/plan/plan.ts';
import type {Recorded} from '../../../src/run/event.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from '../build.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const hours = (fromMs: number, toMs: number): Pick<Section, 'window'> => ({window: {fromMs, toMs}});
const below = (parent: string, id: string, more: Partial<Section>): Section => ({
  ...{id, parent, title: id, line: 20, depth: 3, role: 'monitor', use: 'watch'},
  ...more,
});

/** Monitoring for two hours, of which a part ends after 15 minutes, and criteria at T+3 h. */
function watchedPlan(): Plan {
  const plan = smallPlan();
  const sections = [
    ...plan.sections.map(one => (one.id === 'monitor' ? {...one, ...hours(0, 2 * HOUR)} : one)),
    below('monitor', 'first', hours(0, 15 * MINUTE)),
    below('monitor', 'later', hours(0, 2 * HOUR)),
    {...below('', 'criteria', hours(3 * HOUR, 3 * HOUR)), role: 'criteria', use: 'criteria'} as const,
  ];
  const limit = {op: '<', value: 850, windowMs: 5 * MINUTE, samples: 3} as const;
  return {
    ...plan,
    sections,
    steps: [
      ...plan.steps,
      step('logs', 'first', 'manual'),
      step('tickets', 'later', 'manual'),
      step('fast', 'criteria', 'rule', {action: {kind: 'rule', rules: ['fast']}}),
      step('queue', 'criteria', 'rule', {action: {kind: 'rule', rules: ['queue']}}),
      step('pleased', 'criteria', 'manual'),
    ],
    rules: [
      rule('p95', {section: 'first', role: 'target', ...limit}),
      rule('fast', {section: 'criteria', role: 'criterion', ...limit}),
      rule('queue', {section: 'criteria', role: 'criterion', signal: 'queue', ...limit}),
    ],
  };
}

function deployed(plan = watchedPlan(), how: ConstructorParameters<typeof Run>[1] = {}): Run {
  const run = new Run(plan, how);
  run.intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
  return run.intend({type: 'tick', stepId: 'look'});
}

/** To this time on the mission clock, with a latency measured shortly before it. */
function until(run: Run, clockMs: number, latency = 600): Run {
  const at = (run.state.deployStartedAt ?? 0) + clockMs;
  run.at = at;
  const samples = [40, 30, 20, 10].map(ago => ({signal: 'chat', at: at - ago * 1000, value: latency}));
  return run.report({type: 'samples-reported', samples});
}

const ends = (run: Run) => run.events.filter(event => event.type === 'window-ended');

describe('the end of a time to watch', () => {
  test('is said once, with how the rules stood and what is still open', () => {
    const run = until(deployed(), 15 * MINUTE - 1000);
    expect(ends(run)).toEqual([]);
    expect(ends(until(run, 15 * MINUTE + 500))).toEqual([
      {
        type: 'window-ended',
        toMs: 15 * MINUTE,
        sectionIds: ['first'],
        title: 'first',
        summary: '1 ok; 1 step open',
        lines: [expect.stringMatching(/^P95 response time 600 ms ok <850/), 'open: logs (line 1)'],
      },
    ]);
    expect(ends(run.after(1000))).toEqual([]);
  });

  test('is said of a section and of those below it together', () => {
    const run = until(until(deployed(), HOUR), 2 * HOUR);
    expect(ends(run)).toMatchObject([{toMs: 2 * HOUR, title: 'monitor', sectionIds: ['monitor', 'later']}]);
  });

  test('is said late of what ended while no engine ran, each by itself', () => {
    expect(ends(until(deployed(), 2.5 * HOUR))).toMatchObject([{toMs: 15 * MINUTE}, {toMs: 2 * HOUR}]);
  });

  test('comes after what is done a last time as it ends, and is known to whoever folds the journal', () => {
    const plan = watchedPlan();
    const query = script('query', 'monitor', [commands('count')], {everyMs: HOUR});
    const run = until(deployed({...plan, steps: [...plan.steps, query]}), MINUTE).ends(exited(0));
    until(run, HOUR).ends(exited(0));
    expect(ends(until(run, 2 * HOUR))).toEqual([]);
    expect(run.status('query')).toBe('running');
    expect(ends(run.ends(exited(0)))).toHaveLength(1);
    const event = ends(run)[0] as Recorded & {type: 'window-ended'};
    expect(run.given(event).state.windowsEndedMs).toBe(2 * HOUR);
  });

  test('is said while the deploy is still going on, and not after a rollback', () => {
    const slow = new Run(watchedPlan());
    slow.intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'});
    expect(ends(until(slow, 20 * MINUTE))).toHaveLength(1);
    const back = deployed().intend({type: 'roll-back'});
    expect(ends(until(back, 20 * MINUTE))).toEqual([]);
  });
});

describe('success criteria at their time', () => {
  test('are ticked on what was measured, in the last minutes and since the deploy, or said not to be judged', () => {
    const run = until(until(deployed(), 2 * HOUR, 700), 3 * HOUR);
    expect(run.state.steps['fast']).toMatchObject({
      status: 'passed',
      note: '600 ms, <850, 4 readings, since the deploy mean 650 ms, at most 700 ms, 0 % of 8 readings failed',
    });
    expect(run.state.steps['queue']).toMatchObject({status: 'skipped'});
    expect(run.status('pleased')).toBe('pending');
    expect(run.state.closed).toMatchObject({
      because: expect.stringContaining('success criteria: 1 holds, 1 not judged, 1 for a person'),
    });
  });

  test('stay open where they do not hold, and the run has not succeeded', () => {
    const run = until(deployed(), 3 * HOUR - MINUTE, 900);
    for (let second = 50; second >= 0; second -= 10) until(run, 3 * HOUR - second * 1000, 900);
    expect(run.status('fast')).toBe('pending');
    expect(run.state.closed).toMatchObject({status: 'failed'});
    expect(run.state.closed?.because).toContain('1 does not');
  });
});
