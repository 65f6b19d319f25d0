import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {type EarlierRun, stepNames, type Timed} from '../../../src/run/history/earlier-run.ts';
import {historyText, usualSpan, usualText} from '../../../src/run/history/usual-text.ts';
import {type Beginning, usualOf, usualTimes} from '../../../src/run/history/usual-times.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('how long something usually takes', () => {
  test('is from the shortest to the longest, of five runs and more without the one shortest and the one longest', () => {
    expect(usualOf([])).toBeUndefined();
    expect(usualOf([7])).toEqual({minMs: 7, maxMs: 7, runs: 1});
    expect(usualOf([9, 3, 5, 4])).toEqual({minMs: 3, maxMs: 9, runs: 4});
    expect(usualOf([9, 3, 5, 4, 90_000])).toEqual({minMs: 4, maxMs: 9, runs: 5});
  });

  test('is said no finer than it is known', () => {
    const said = (minMs: number, maxMs: number) => usualSpan({minMs, maxMs, runs: 3});
    expect(said(40_200, 54_700)).toBe('40–55 s');
    expect(said(40_200, 40_400)).toBe('40 s');
    expect(said(3 * MINUTE, 5 * MINUTE + 2000)).toBe('3–5 min');
    expect(said(50 * SECOND, 3 * MINUTE)).toBe('50 s – 3 min');
    expect(said(90 * MINUTE, 150 * MINUTE)).toBe('90 min – 2.5 h');
    expect(usualText({minMs: 4 * MINUTE, maxMs: 4 * MINUTE, runs: 1})).toBe('last time 4 min');
    expect(usualText({minMs: 3 * MINUTE, maxMs: 5 * MINUTE, runs: 2})).toBe('usually 3–5 min');
  });
});

const document = `# Shop release

## Deployment steps

### Step 1: Build (5 minutes)

\`\`\`bash
make build
\`\`\`

### Step 2: Restart

\`\`\`bash
make restart
\`\`\`
`;
/** Lines above, another duration in a title, and a step that was not there. */
const later = document
  .replace('## Deployment', 'A word on this edition.\n\nAnd one more.\n\n## Deployment')
  .replace('(5 minutes)', '(10 minutes)')
  .replace('### Step 2', '### Step 1b: Warm up\n\n```bash\nmake warm\n```\n\n### Step 2');

const read = (text: string) => parsePlan(text, emptyBindings);
const timed = (plan: Plan, ...took: readonly number[]): readonly Timed[] =>
  [...stepNames(plan).values()].map((name, index): Timed => [name, took[index] ?? 0]);

function run(plan: Plan, more: Partial<EarlierRun> = {}): EarlierRun {
  const steps = timed(plan, 61 * SECOND, 200);
  return {
    ...{
      run: 'r1',
      closedAt: 1,
      title: plan.title,
      checklist: '/srv/deploy.md',
      hosts: ['ops@shop'],
      sections: [],
      steps,
    },
    ...more,
  };
}

function beginning(plan: Plan, more: Partial<Beginning> = {}): Beginning {
  return {plan, hosts: ['ops@shop'], checklist: '/srv/deploy.md', ...more};
}

describe('earlier runs of a checklist', () => {
  const plan = read(document);
  const edited = read(later);

  test('time the steps by what they are called, wherever these stand in a later edition', () => {
    const usual = usualTimes(beginning(edited), [run(plan)]);
    const [build] = edited.steps;
    expect(build?.id).not.toBe(plan.steps[0]?.id);
    expect(usual).toEqual({
      runs: 1,
      sections: {},
      // What takes no second is not worth a word.
      steps: {[build?.id ?? '']: {minMs: 61 * SECOND, maxMs: 61 * SECOND, runs: 1}},
    });
  });

  test('count only when at least half of what they timed is in this document, too', () => {
    const other = read(document.replace('make build', 'make all').replaceAll(/Step (\d): \w+/g, 'Part $1: Something'));
    expect(usualTimes(beginning(edited), [run(other)])).toBeUndefined();
    expect(
      usualTimes(beginning(edited), [
        run(read('# Another\n\n## Deploy\n\n```bash\nmake x\n```\n'), {checklist: '/x.md'}),
      ]),
    ).toBeUndefined();
  });

  test('count under another path when they are of the same title, and under another title when of the same file', () => {
    expect(usualTimes(beginning(plan), [run(plan, {checklist: '/home/bo/deploy.md'})])?.runs).toBe(1);
    expect(usualTimes(beginning(plan), [run(plan, {title: 'Shop release 41'})])?.runs).toBe(1);
  });

  test('count only against the same hosts; without hosts, with the same bindings', () => {
    expect(usualTimes(beginning(plan), [run(plan, {hosts: ['ops@staging']})])).toBeUndefined();
    const bare = {hosts: [], bindings: '/srv/a.yaml'};
    expect(usualTimes(beginning(plan, bare), [run(plan, bare)])?.runs).toBe(1);
    expect(usualTimes(beginning(plan, bare), [run(plan, {...bare, bindings: '/srv/b.yaml'})])).toBeUndefined();
  });

  test('are the newest ten', () => {
    const runs = Array.from({length: 14}, (_, index) => run(plan, {closedAt: index, deployMs: (index + 1) * MINUTE}));
    // Of the runs that took 5 to 14 minutes, without the shortest and the longest.
    expect(usualTimes(beginning(plan), runs)?.deploy).toEqual({minMs: 6 * MINUTE, maxMs: 13 * MINUTE, runs: 10});
  });

  test('of rehearsals tell how long a rollback takes while no run was ever rolled back, and nothing else', () => {
    const rehearsed = run(plan, {
      rehearsal: true,
      hosts: ['x@127.0.0.1'],
      rollbackMs: 40 * SECOND,
      deployMs: 5 * MINUTE,
    });
    const usual = usualTimes(beginning(plan), [rehearsed]);
    expect(usual).toEqual({
      runs: 0,
      rollback: {minMs: 40 * SECOND, maxMs: 40 * SECOND, runs: 1, rehearsed: true},
      sections: {},
      steps: {},
    });
    expect(usual && historyText(usual)).toBe(
      'no earlier run against this target: a rollback last time 40 s, as rehearsed',
    );
    const real = run(plan, {rollbackMs: 90 * SECOND});
    expect(usualTimes(beginning(plan), [rehearsed, real])?.rollback).toEqual({
      minMs: 90 * SECOND,
      maxMs: 90 * SECOND,
      runs: 1,
    });
    expect(usualTimes(beginning(plan, {rehearsal: true, hosts: []}), [rehearsed, real])?.deploy?.maxMs).toBe(
      5 * MINUTE,
    );
  });
});
