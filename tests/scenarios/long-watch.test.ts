import {afterEach, expect, test} from 'vitest';
import {readRun} from '../../src/commands/past-run.ts';
import {kindOf} from '../../src/plan/plan.ts';
import {repeatOf} from '../../src/run/deciding/repeated-steps.ts';
import {eventually} from '../helpers/eventually.ts';
import {type LongWatch, startLongWatch, tripped} from '../helpers/long-watch.ts';
import {finishedSteps} from '../helpers/program.ts';

const HOUR_MS = 3_600_000;

let watch: LongWatch | undefined;
afterEach(async () => {
  await watch?.stop();
});

test('a healthy run of two hours trips nothing, ticks its rules and repeats its queries', async () => {
  watch = await startLongWatch(2);
  const {code, out} = await watch.ended;
  const events = await watch.operator.journal();
  expect(tripped(events)).toEqual([]);
  expect({code, out}).toMatchObject({code: 0});

  const {plan, state} = await readRun(await watch.operator.runDirectory());
  expect((state.closed?.at ?? 0) - (state.deployStartedAt ?? 0)).toBeGreaterThanOrEqual(2 * HOUR_MS);
  const rules = plan.steps.filter(({action}) => kindOf(action) === 'rule');
  expect(rules.map(({id}) => state.steps[id])).toEqual(
    rules.map(() => expect.objectContaining({status: 'passed', by: 'engine'})),
  );
  // It was measured all the time, and what went wrong now and then is in it.
  const health = state.signals['health']?.history ?? [];
  expect(health.reduce((sum, {n}) => sum + n, 0)).toBeGreaterThan((0.9 * 2 * HOUR_MS) / 5000);
  expect(
    Object.values(state.signals)
      .flatMap(({history = []}) => history)
      .some(({errors}) => errors > 0),
  ).toBe(true);
  expect(Math.max(...health.map(({max = 0}) => max))).toBeGreaterThan(50);

  const hourly = plan.steps.find(({everyMs}) => everyMs === HOUR_MS);
  if (hourly === undefined) throw new Error('the document has an hourly step');
  expect(finishedSteps(events, hourly.line).map(({verdict}) => verdict.kind)).toEqual(['passed', 'passed', 'passed']);
  expect(repeatOf(plan, state, hourly)).toMatchObject({runs: 3});

  // What a look at the rollback finds is written down once, and then that it is still so.
  const looks = events.filter(({type}) => type.startsWith('readiness-')).map(({type}) => type);
  expect(looks.filter(type => type === 'readiness-changed')).toHaveLength(1);
  expect(looks.length).toBeGreaterThan((0.9 * 2 * HOUR_MS) / 15_000);
});

test('an engine that is killed in the middle of a watch goes on with what was measured before', async () => {
  watch = await startLongWatch(1);
  const {operator} = watch;
  const watched = () => watch?.clockMs().catch(() => 0) ?? 0;
  await eventually('a good part of the hour', async () => (await watched()) > 0.4 * HOUR_MS);
  process.kill(await operator.enginePid(), 'SIGKILL');
  await watch.ended;
  const before = await readRun(await operator.runDirectory());
  const {code} = await operator.run('resume', '--plain');
  expect(code).toBe(0);
  const after = await readRun(await operator.runDirectory());
  expect(after.state.deployStartedAt).toBe(before.state.deployStartedAt);
  expect(tripped(await operator.journal())).toEqual([]);
  const [first, then] = [before, after].map(({state}) => state.signals['health']?.history ?? []);
  expect(then?.slice(0, (first?.length ?? 0) - 1)).toEqual(first?.slice(0, -1));
  expect(then?.length).toBeGreaterThan(first?.length ?? 0);
});
