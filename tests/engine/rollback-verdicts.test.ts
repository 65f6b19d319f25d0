import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {openWorld} from '../../src/actions/open-world.ts';
import type {World} from '../../src/actions/world.ts';
import {proveReadiness} from '../../src/engine/readiness-watch.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Plan} from '../../src/plan/plan.ts';
import {stepById} from '../../src/run/plan-index.ts';
import {bindStep} from '../../src/run/requests/bind-step.ts';
import {engineLookup} from '../../src/run/requests/lookups.ts';
import {stoodIn} from '../../src/run/requests/seen-before-deploy.ts';
import {Run} from '../run/build.ts';

const opened: Deploy[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A deploy of `lines` here, in a directory made by `setup`: looked at, run and rolled back as the engine would. */
class Deploy {
  readonly directory = mkdtempSync(join(tmpdir(), 'verdict-'));
  readonly plan: Plan;
  readonly run: Run;
  readonly #world: World;

  constructor(setup: string, lines: readonly string[], rollback: readonly string[]) {
    opened.push(this);
    this.sh(setup);
    const codeBlock = (body: readonly string[]) => ['```bash', ...body, '```', ''];
    const text = ['# D', '', '## Deployment', ...codeBlock(lines), '## Rollback', ...codeBlock(rollback)].join('\n');
    const {proposal: _, ...plan} = parsePlan(text, emptyBindings);
    this.plan = plan;
    this.run = new Run(plan);
    this.#world = openWorld({
      bindings: emptyBindings,
      directory: this.directory,
      onLink: () => {},
      jobsDirectory: join(this.directory, '.jobs'),
    });
  }

  sh(text: string): string {
    const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null'};
    return execFileSync('sh', ['-ec', text], {cwd: this.directory, encoding: 'utf8', stdio: 'pipe', env}).trim();
  }

  /** Looks at what the rollback needs; the first thing missing. */
  async look(): Promise<string | undefined> {
    this.run.at += 1000;
    const {state} = this.run;
    const found = await proveReadiness(
      this.plan,
      emptyBindings,
      this.#world,
      engineLookup(emptyBindings, state),
      stoodIn(this.plan, state),
    );
    this.run.report({...found, asOf: this.run.at});
    return found.items.find(({ready}) => !ready)?.detail;
  }

  async deploy(): Promise<string | undefined> {
    await this.look();
    const first = this.plan.steps.find(({id}) => !this.plan.rollback?.steps.includes(id));
    this.run.intend({type: 'run-step', stepId: first?.id ?? '', override: 'the document makes it now'});
    expect(this.run.refusal).toBeUndefined();
    await this.#performed();
    return await this.look();
  }

  async rollBack(force?: string): Promise<Run['state']['rollback']> {
    const intent = force === undefined ? {type: 'roll-back' as const} : {type: 'roll-back' as const, force};
    this.run.at += 1000;
    this.run.intend(intent).intend(intent);
    await this.look();
    while (this.run.state.rollback.status === 'running') {
      if (this.#running() === undefined) await this.look();
      else await this.#performed();
    }
    return this.run.state.rollback;
  }

  #running() {
    const [id] = Object.entries(this.run.state.steps).find(([, {status}]) => status === 'running') ?? [];
    return id === undefined ? undefined : stepById(this.plan, id);
  }

  async #performed(): Promise<void> {
    const step = this.#running();
    if (step === undefined) throw new Error('no step runs');
    const {state} = this.run;
    const rollback = state.rollback.status === 'running';
    const attempt = this.run.at;
    const bound = bindStep(step, {
      plan: this.plan,
      state,
      lookup: engineLookup(emptyBindings, state),
      attempt,
      rollback,
    });
    if (bound.kind !== 'request') throw new Error(bound.kind);
    this.run.at += 1000;
    this.run.ends(await this.#world.perform(bound.request, () => {}, new AbortController().signal));
  }

  async close(): Promise<void> {
    await this.#world.close();
    rmSync(this.directory, {recursive: true, force: true});
  }
}

const repository = `git init -q -b main; git config user.name t; git config user.email t@t; echo .jobs >.gitignore
git add .; git commit -qm old; git tag v1; git checkout -qb next; git commit -q --allow-empty -m new; git checkout -q main`;
const back = ['git checkout v1'];

describe('a tag', () => {
  test('that was moved is not ready, and the rollback is not claimed', async () => {
    const one = new Deploy(repository, ['git merge -q --ff-only next'], back);
    expect(await one.deploy()).toBeUndefined();
    one.sh('git tag -f v1 main');
    expect(await one.look()).toMatch(/v1 was moved: before the deploy it stood on [0-9a-f]{7}/);
    expect(await one.rollBack()).toMatchObject({verdict: 'failed', because: expect.stringContaining('v1 was moved')});
    expect(one.sh('git log -1 --format=%s')).toBe('new');
  });

  test('that the deploy sets too late stands on the new commit', async () => {
    const one = new Deploy(`${repository}; git tag -d v1`, ['git merge -q --ff-only next', 'git tag v1'], back);
    expect(await one.deploy()).toMatch(
      /v1 is the commit that was deployed, not [0-9a-f]{7}, which was there before it/,
    );
  });

  test('that a step of the document sets anew is where that step has put it', async () => {
    const one = new Deploy(
      `${repository}; git commit -q --allow-empty -m older; git tag -f v1 HEAD~1`,
      ['git tag -f v1'],
      back,
    );
    const before = one.sh('git rev-parse v1');
    expect(await one.deploy()).toBeUndefined();
    expect(one.sh('git rev-parse v1')).not.toBe(before);
    expect(await one.look()).toBeUndefined();
  });
});

describe('a rollback', () => {
  test.each(['git revert --no-edit HEAD', 'git reset -q --hard HEAD~1'])(
    'is ready where %s is counted from the commit that was deployed',
    async command => {
      const one = new Deploy(
        repository.replace('git commit -q --allow-empty -m new', 'echo 2 >f; git add f; git commit -qm new'),
        ['git merge -q --ff-only next'],
        [command],
      );
      expect(await one.deploy()).toBeUndefined();
      expect(await one.look()).toBeUndefined();
      expect(await one.rollBack()).not.toMatchObject({verdict: 'failed'});
      expect(one.sh('ls f 2>/dev/null || echo gone')).toBe('gone');
    },
  );

  test('is verified by the commit that was there before', async () => {
    const one = new Deploy(repository, ['git merge -q --ff-only next'], back);
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({
      result: 'rolled-back',
      verdict: 'verified',
      because: expect.stringMatching(/HEAD is [0-9a-f]{7}, as before the deploy/),
    });
  });

  test('is verified by a link that leads where it led before', async () => {
    const releases = 'mkdir -p r/1 r/2; echo 1 >r/1/m; echo 2 >r/2/m; ln -s r/1 current';
    const one = new Deploy(releases, ['ln -sfn r/2 current'], ['ln -sfn r/1 current']);
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({
      verdict: 'verified',
      because: expect.stringContaining('current is r/1'),
    });
  });

  test('has failed when what was deployed is still in place, whatever its commands say', async () => {
    const one = new Deploy(repository, ['git merge -q --ff-only next'], back);
    await one.deploy();
    one.sh('git tag -f v1 main');
    // As an engine that had not seen the tag before would run it.
    one.run.state = {...one.run.state, before: withoutRefs(one.run.state.before)};
    expect(await one.rollBack('tried all the same')).toMatchObject({
      result: 'rollback-failed',
      verdict: 'failed',
      because: expect.stringMatching(/HEAD is still [0-9a-f]{7}, which was deployed; before it was/),
    });
  });

  test('is unverified when every command passed and nothing shows the old version', async () => {
    const one = new Deploy('echo new >f; echo old >b', ['echo newer >f'], ['cp b f']);
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({result: 'rollback-failed', verdict: 'unverified'});
    expect(one.run.state.phase).toBe('rollback-failed');
    expect(one.sh('cat f')).toBe('old');
  });

  test.each([
    ['echo old >f', 'cp f f.bak', 'cp f.bak f', 'a file of 4 bytes'],
    ['echo old >f', 'mv f f.old', 'mv f.old f', 'a file of 4 bytes'],
    ['mkdir f; echo old >f/a; echo b >f/b', 'cp -r f backup', 'rm -rf f && cp -r backup f', '2 files, 6 bytes'],
    ['mkdir f; echo old >f/a', 'mkdir bak; cp -r f bak', 'rm -rf f && mv bak/f .', '1 file, 4 bytes'],
    ['mkdir f; echo old >f/a', 'tar czf f.backup.tgz f', 'rm -rf f && tar xzf f.backup.tgz', '4 bytes'],
    ['mkdir f; echo old >f/a', 'tar cf f.bak.tar f', 'rm -rf f && tar -xf f.bak.tar -C .', '4 bytes'],
  ])('is verified by what it has put back: %s; %s; %s', async (setup, backup, back, said) => {
    const change = setup.startsWith('mkdir') ? 'echo newer >f/a' : 'echo newer >f';
    const one = new Deploy(setup, [backup, change], [back]);
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({verdict: 'verified', because: expect.stringContaining(said)});
  });

  test.each([
    // The deploy has not changed it: it says nothing of the version.
    ['cp f f.bak', 'cp f.bak f', 'unverified'],
    // A step after it has changed it again.
    ['cp f f.bak; echo newer >f', 'cp f.bak f; echo more >>f', 'unverified'],
    // It was not put back at all: the newer file stays.
    ['cp f f.bak; echo newer >f', 'cp -n f.bak f || true', 'failed'],
    // Logs that are put aside are no backup.
    ['echo newer >f', 'cp f incident.log', 'unverified'],
  ])('is not verified by %s, then %s', async (lines, back, verdict) => {
    const one = new Deploy('echo old >f', lines.split('; '), back.split('; '));
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({result: 'rollback-failed', verdict});
  });

  test('is verified by its own last look, and not by one before a change', async () => {
    const last = new Deploy('touch flag', ['touch more'], ['rm flag', 'test ! -e flag']);
    await last.deploy();
    expect(await last.rollBack()).toMatchObject({verdict: 'verified', because: 'verified by test ! -e flag'});
    const before = new Deploy('touch flag', ['touch more'], ['rm flag', 'test ! -e flag', 'touch flag']);
    await before.deploy();
    expect(await before.rollBack()).toMatchObject({verdict: 'unverified'});
  });

  test('that only brings files out of a commit is not verified by it', async () => {
    const one = new Deploy(repository, ['git merge -q --ff-only next'], ['git checkout v1 -- .gitignore']);
    await one.deploy();
    expect(await one.rollBack()).toMatchObject({verdict: 'unverified'});
  });
});

function withoutRefs(before: Run['state']['before'] = {}) {
  return Object.fromEntries(Object.entries(before).filter(([id]) => !id.startsWith('ref|')));
}

describe('a backup', () => {
  const app = 'mkdir app; for i in 1 2 3 4 5 6 7 8; do seq 500 >app/$i; done';

  test('much smaller than what it was made from is not ready', async () => {
    const one = new Deploy(app, ['cp -r app app.bak'], ['rm -rf app', 'cp -r app.bak app']);
    expect(await one.deploy()).toBeUndefined();
    one.sh('cd app.bak; rm 1 2 3 4 5 6');
    expect(await one.look()).toMatch(/app\.bak holds much less than app, from which it was made: 8 files, \d+ bytes/);
    one.sh('cp -r app/. app.bak; for i in 1 2 3 4 5 6 7 8; do echo >app.bak/$i; done');
    expect(await one.look()).toMatch(/app\.bak holds much less than app/);
  });

  test('that leaves something out on purpose is not called too small', async () => {
    const one = new Deploy(
      `${app}; mkdir app.bak; cp app/1 app.bak`,
      ['rsync -a --exclude=[2-8] app/ app.bak/'],
      ['rm -rf app', 'cp -r app.bak app'],
    );
    expect(await one.look()).toMatch(/app\.bak is from before this run.*: line \d+ has not made it yet/);
  });
});

test('the record of what stood before outlives a look from which it is gone', async () => {
  const one = new Deploy(repository, ['git merge -q --ff-only next'], back);
  await one.deploy();
  const {before} = one.run.state;
  writeFileSync(join(one.directory, 'more'), '');
  one.sh('git tag -d v1');
  expect(await one.look()).toMatch(/v1 not found/);
  expect(one.run.state.before).toEqual(before);
});
