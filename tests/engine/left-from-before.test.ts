import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {openWorld} from '../../src/actions/open-world.ts';
import {proveReadiness} from '../../src/engine/readiness-watch.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {initialState} from '../../src/run/evolve.ts';
import {bindStep} from '../../src/run/requests/bind-step.ts';
import {stoodIn} from '../../src/run/requests/seen-before-deploy.ts';
import {rollbackSteps} from '../../src/run/rollback/readiness.ts';
import type {RunState, StepState} from '../../src/run/state.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A document whose line `backup` (line 5) makes what `restore` needs, in a directory where another run has been. */
function secondRun({setup, backup, restore}: {setup: string; backup: string; restore: string}) {
  const directory = mkdtempSync(join(tmpdir(), 'left-'));
  const shell = (text: string) => execFileSync('sh', ['-ec', text], {cwd: directory, stdio: 'pipe'});
  shell(`${setup}; ${backup}`);
  const lines = ['# Deploy', '', '## Deployment', '```bash', backup, '```', '', '## Rollback', '', '```bash', restore];
  const plan = parsePlan([...lines, '```', ''].join('\n'), emptyBindings);
  const [step] = plan.steps;
  const id = step?.id ?? '';
  const jobsDirectory = join(directory, '.jobs');
  const world = openWorld({bindings: emptyBindings, directory, onLink: () => {}, jobsDirectory});
  closing.push(() => {
    world.close();
    rmSync(directory, {recursive: true, force: true});
  });
  let state: RunState = {...initialState, run: {...initialState.run, openedAt: Date.now() + 3_600_000}};
  let attempt = 0;
  return {
    shell,
    read: (name: string) => readFileSync(join(directory, name), 'utf8'),
    now(own: StepState) {
      state = {...state, steps: {...state.steps, [id]: own}};
    },
    force() {
      state = {...state, rollback: {status: 'counting', because: '', requestedAt: 0, startsAt: 0, force: 'it will do'}};
    },
    async look() {
      const {items, seen = {}} = await proveReadiness(
        plan,
        emptyBindings,
        world,
        () => undefined,
        stoodIn(plan, state),
      );
      const left = Object.entries(seen).filter(([name]) => name.startsWith('left|'));
      const before = Object.fromEntries(left.map(([name, value]) => [name, {value, at: 0}]));
      state = {...state, before: {...before, ...state.before}};
      return items.find(({ready}) => !ready);
    },
    async rollBack(): Promise<string> {
      attempt += 1;
      for (const one of rollbackSteps(plan)) {
        const bound = bindStep(one, {plan, state, lookup: () => undefined, attempt, rollback: true});
        if (bound.kind !== 'request') throw new Error(bound.kind);
        const outcome = await world.perform(bound.request, () => {}, new AbortController().signal);
        if (outcome.kind !== 'exited' || outcome.code !== 0) return outcome.kind;
      }
      return 'done';
    },
  };
}

const outcome = {kind: 'exited', code: 0, durationMs: 1} as never;
const passed: StepState = {status: 'passed', attempt: 1, startedAt: 1, at: 2, by: 'ana', outcome} as never;
const ticked: StepState = {status: 'passed', attempt: 0, at: 2, by: 'ana'} as never;
const verdict = {kind: 'failed', because: '', checks: []};
const failed = {status: 'failed', attempt: 1, startedAt: 1, at: 2, by: 'ana', outcome, verdict} as never;
const skipped: StepState = {status: 'skipped', at: 2, by: 'ana', reason: 'made yesterday'};

const orders = {
  setup: 'echo old >orders.csv',
  backup: 'cp -a orders.csv orders.bak',
  restore: 'cp -a orders.bak orders.csv',
};

test.each([
  ['a file', orders],
  ['a dump', {setup: 'echo o >db', backup: 'cat db > shop.sql', restore: 'cp shop.sql db'}],
  ['a directory', {setup: 'mkdir app; echo o >app/m', backup: 'cp -r app app.old', restore: 'cp -r app.old/. app'}],
  ['what a pattern matches', {setup: 'mkdir b; echo o >db', backup: 'cp db b/db-1.csv', restore: 'cp b/db-*.csv db'}],
  ['a file put into a directory', {setup: 'mkdir b; echo o >db', backup: 'cp db b/', restore: 'cp b/db .'}],
  [
    'a tag',
    {
      setup: 'git init -q; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m a',
      backup: 'git tag before',
      restore: 'git checkout before',
    },
  ],
])('%s of an earlier run proves nothing before this run has made it', async (_name, document) => {
  const run = secondRun(document);
  await run.look();
  expect(await run.look()).toMatchObject({optional: false, madeBy: [expect.any(String)]});
  expect((await run.look())?.detail).toMatch(/is from before this run.*: line 5 has not made it yet$/);
  run.now(skipped);
  expect((await run.look())?.detail).toMatch(/: line 5, which makes it, was skipped$/);
  run.now(passed);
  expect(await run.look()).toBeUndefined();
});

test('when it was made is said', async () => {
  const run = secondRun(orders);
  await run.look();
  expect((await run.look())?.detail).toMatch(/orders\.bak is from before this run \(\d+ \w{3} \d\d:\d\d\): line 5/);
});

test.each([
  ['ticked by hand', ticked],
  ['that failed', failed],
])('a step %s counts when what it makes has changed since', async (_name, own) => {
  const run = secondRun(orders);
  await run.look();
  run.now(own);
  expect((await run.look())?.detail).toContain('is from before this run');
  run.shell('echo more >>orders.csv; cp -a orders.csv orders.bak');
  expect(await run.look()).toBeUndefined();
});

test('where nobody had looked before, its age says it', async () => {
  const run = secondRun(orders);
  run.now(ticked);
  expect((await run.look())?.detail).toContain('is from before this run');
});

test('the rollback does not put back what is from before the run, unless it is forced', async () => {
  const run = secondRun(orders);
  run.shell('echo new >>orders.csv');
  expect(await run.rollBack()).toBe('refused');
  expect(run.read('orders.csv')).toBe('old\nnew\n');
  run.force();
  expect(await run.rollBack()).toBe('done');
  expect(run.read('orders.csv')).toBe('old\n');
});

test.each([
  ['what the deploy writes over', 'cp new.conf app.conf', 'cp app.conf broken.conf; cp app.bak app.conf'],
  ['a link that the deploy switches', 'ln -sfn r2 current', 'cp current/m out'],
  ['a release beside the one that is unpacked', 'cp -r build releases', 'cp -r releases/r1/. app'],
])('%s is no backup', async (_name, backup, restore) => {
  const setup =
    'echo n >new.conf; echo o >app.conf; echo o >app.bak; mkdir -p r2 build app releases/r1; echo m >r2/m; echo m >releases/r1/m';
  expect(await secondRun({setup, backup, restore}).look()).toBeUndefined();
});
