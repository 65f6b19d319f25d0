/** A deployment that goes through a group batch by batch: what it has done, and left alone, is read on the hosts. */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {ansibleMissing, type LocalHost, makeLocalGroup, startGroup, type TestGroup} from '../helpers/group.ts';
import {namespacesMissing} from '../helpers/namespace.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {type SeedGroup, startSeedGroup} from '../helpers/seed-group.ts';

const checklist = `# Release
## Deployment
### Step 1: Switch
\`\`\`bash
ssh deploy@web
echo switched >> ran
echo v2 > version
\`\`\`
### Step 2: Restart
\`\`\`bash
ssh deploy@web
echo restarted >> ran
while [ -e hold ]; do sleep 0.1; done
[ ! -e broken ]
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh deploy@web
cp version.old version
echo restored >> ran
cat version
# Expected: v1
\`\`\`
`;

const bindings = `tminus: 1
hosts:
  web: { matches: deploy@web, inventory: hosts.ini, group: web, directory: ~/app, batches: [1, 25%, 100%], pause: 1s }
rollback: { countdown: 1s }
`;

const unattended = ['--auto', '--yes', 'all', '--plain'];
/** `FULL_LENGTH=1`: as many as the largest of the fleets that this is for, and eight machines. Ansible takes its time. */
const isFull = process.env['FULL_LENGTH'] !== undefined;
const [MANY, MACHINES] = isFull ? ([200, 8] as const) : ([8, 4] as const);
/** What the other setting shows as well. */
const atFullLength: (name: string, work: () => Promise<void>) => void = isFull ? test : () => {};
/** These only end what hangs. */
const WITHIN_MS = 300_000;
const timeout = Math.max(MANY * 20_000, 2 * WITHIN_MS);

let root: string;
let operator: Operator;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tminus-batches-'));
});

afterEach(() => {
  operator?.stop();
  endProcessesWith(join(root, ''));
  rmSync(root, {recursive: true, force: true});
});

function writeRelease(hosts: readonly LocalHost[]): void {
  for (const host of hosts) {
    mkdirSync(join(host.home, 'app'));
    for (const name of ['version', 'version.old']) writeFileSync(onHost(host, name), 'v1\n');
  }
  writeFileSync(join(root, 'deploy.md'), checklist);
  writeFileSync(join(root, 'tminus.yaml'), bindings);
  operator = newOperator(root);
}

function onHost(host: LocalHost | undefined, name: string): string {
  return join(host?.home ?? root, 'app', name);
}

const versions = (hosts: readonly LocalHost[]) =>
  hosts.map(host => readFileSync(onHost(host, 'version'), 'utf8').trim());
const ran = (hosts: readonly LocalHost[]) => hosts.map(host => host.lines('app/ran'));

/** Which step began on which hosts, by its number and in order. */
async function begun(): Promise<readonly (readonly [step: string, hosts: readonly string[]])[]> {
  return (await operator.journal()).flatMap(event =>
    event.type === 'step-started' && event.hosts !== undefined ? [[event.stepId, event.hosts] as const] : [],
  );
}

/** The sizes are 1, a quarter and the rest. */
function batchesOf<T>(hosts: readonly T[]): readonly (readonly T[])[] {
  const quarter = Math.floor(hosts.length / 4);
  return [hosts.slice(0, 1), hosts.slice(1, 1 + quarter), hosts.slice(1 + quarter)];
}

describe.skipIf(ansibleMissing)(`${MANY} hosts`, {timeout}, () => {
  let hosts: readonly LocalHost[];

  beforeEach(() => {
    hosts = makeLocalGroup(root, MANY);
    writeRelease(hosts);
  });

  test('go on in the middle of a batch when the engine was killed, and each runs each step once', async () => {
    writeFileSync(onHost(hosts[2], 'hold'), '');
    const {ended} = operator.start('run', 'deploy.md', ...unattended);
    const isAtWork = () => hosts[2]?.lines('app/ran').includes('restarted') === true;
    await eventually('the third to be at work', isAtWork, {withinMs: timeout});
    await operator.recorded('hosts-ended');
    const [canary = [], second = [], rest = []] = batchesOf(hosts);
    expect(versions([...canary, ...second])).toEqual([...canary, ...second].map(() => 'v2'));
    expect(versions(rest)).toEqual(rest.map(() => 'v1'));
    process.kill(await operator.enginePid(), 'SIGKILL');
    await ended;
    rmSync(onHost(hosts[2], 'hold'));
    const resumed = await operator.run('resume', '--plain');
    expect(resumed, resumed.out).toMatchObject({code: 0});
    expect(ran(hosts)).toEqual(hosts.map(() => ['switched', 'restarted']));
    const names = batchesOf(hosts.map(({name}) => name));
    expect(await begun()).toEqual(names.flatMap(batch => ['L4', 'L10'].map(step => [step, batch])));
    const finished = (await operator.journal()).filter(event => event.type === 'batch-finished');
    expect(finished.map(({batch, of}) => `${batch}/${of}`)).toEqual(['1/3', '2/3', '3/3']);
  });

  atFullLength(
    'stop at a fault on the canary: all others are left alone, and so they are by the rollback',
    async () => {
      writeFileSync(onHost(hosts[0], 'broken'), '');
      const failed = await operator.run('run', 'deploy.md', ...unattended);
      expect(failed, failed.out).toMatchObject({code: 3});
      const others = hosts.slice(1);
      expect([versions(hosts)[0], ...versions(others)]).toEqual(['v2', ...others.map(() => 'v1')]);
      const rolledBack = await operator.run('rollback', '--plain');
      expect(rolledBack, rolledBack.out).toMatchObject({code: 4});
      expect(versions(hosts)).toEqual(hosts.map(() => 'v1'));
      expect(ran(hosts)).toEqual([['switched', 'restarted', 'restored'], ...others.map(() => [])]);
      // Not even a job was begun there.
      expect(others.filter(({home}) => existsSync(join(home, '.tminus/jobs')))).toEqual([]);
    },
  );

  test('are shown batch by batch by a dry run, which leaves them alone', async () => {
    const walked = await operator.run('run', 'deploy.md', '--dry-run', '--plain');
    expect(walked, walked.said).toMatchObject({code: 0});
    const [, second = [], rest = []] = batchesOf(hosts);
    const sizes = `in 3 batches: 1 (web1), then ${second.length}, then ${rest.length}; between two 1 s`;
    expect(walked.out.split(`${MANY} hosts of web ${sizes}`)).toHaveLength(3);
    expect(ran(hosts)).toEqual(hosts.map(() => []));
    const nothing = newOperator(root, {PATH: join(root, 'nowhere')});
    const unknown = await nothing.run('run', 'deploy.md', '--dry-run', '--plain');
    nothing.stop();
    expect(unknown.code).toBe(69);
    expect(unknown.out.match(/nobody knows the hosts of web: /g)).toHaveLength(1);
  });
});

describe.skipIf(ansibleMissing)('three hosts over SSH', () => {
  let group: TestGroup;

  afterEach(async () => {
    await group?.stop();
  });

  test('are rolled back where they were touched, and the end names one on which that cannot be', async () => {
    group = await startGroup(root, 3);
    const {hosts} = group;
    writeRelease(hosts);
    writeFileSync(onHost(hosts[1], 'broken'), '');
    const failed = await operator.run('run', 'deploy.md', ...unattended);
    expect(failed, failed.out).toMatchObject({code: 3});
    rmSync(onHost(hosts[0], 'version.old'));
    const rolledBack = await operator.run('rollback', '--plain');
    expect(rolledBack, rolledBack.out).toMatchObject({code: 5});
    expect(versions(hosts)).toEqual(['v2', 'v1', 'v1']);
    expect(ran(hosts).map(lines => lines.at(-1))).toEqual(['restarted', 'restored', undefined]);
    const end = (await operator.journal()).findLast(event => event.type === 'rollback-finished');
    expect(end).toMatchObject({because: expect.stringMatching(/^not rolled back on web1: /)});
    expect(end?.left[0]).toMatch(/^# on host web1:\n[\s\S]*cp version\.old version/);
  });
});

describe.skipIf(ansibleMissing || namespacesMissing)('the unedited seed on machines of their own', {timeout}, () => {
  const deployed = ['git stash', 'git checkout main', 'git pull origin main', 'pip install -r requirements.txt'];
  const restarted = 'systemctl restart myhibachi-api';
  const prepared = ['git tag v1.0-pre-phase2', 'pip install -r requirements.txt'];
  let production: SeedGroup;
  let run: readonly string[];

  beforeEach(async () => {
    production = await startSeedGroup(MACHINES);
    operator = newOperator(production.workstation);
    const option = 'Step 2: Deploy Backend to VPS=Option B';
    run = ['run', production.checklist, '-b', production.bindings, ...unattended, '--choose', option];
  });

  afterEach(async () => {
    await production?.stop();
  });

  const noted = () => production.group.hosts.map(host => host.lines('ran'));
  const served = () => production.group.hosts.map(host => production.serves(host));

  atFullLength(
    'is deployed in batches, by a second engine from the middle of one on, and no command runs twice',
    async () => {
      const {hosts} = production.group;
      const hold = join(hosts[2]?.home ?? root, 'hold');
      writeFileSync(hold, '');
      const {ended} = operator.start(...run);
      const isPast = (nth: number, command: string) => () => hosts[nth]?.lines('ran').includes(command) === true;
      await eventually('web3 to be at work', isPast(2, 'git pull origin main'), {withinMs: WITHIN_MS});
      await eventually('web2 to serve the new version', () => served()[1] === 'new');
      expect(served()).toEqual(['new', 'new', ...hosts.slice(2).map(() => 'old')]);
      expect(noted().slice(3)).toEqual(hosts.slice(3).map(() => prepared));
      process.kill(await operator.enginePid(), 'SIGKILL');
      await ended;
      rmSync(hold);
      await operator.run('resume', '--plain');
      // How long answers take, which the document judges behind the last batch, is up to this machine.
      const finished = (await operator.journal()).filter(event => event.type === 'batch-finished');
      expect(finished).toMatchObject([1, 2, 3].map(batch => ({batch, of: 3})));
      expect(finished.flatMap(({lost = []}) => lost)).toEqual([]);
      expect(served()).toEqual(hosts.map(() => 'new'));
      expect(noted()).toEqual(hosts.map(() => [...prepared, ...deployed, restarted]));
    },
  );

  test('stops where the canary does not start, and R restores that one alone', async () => {
    const {hosts} = production.group;
    const [canary, ...others] = hosts;
    writeFileSync(join(canary.home, 'broken'), '');
    const failed = await operator.run(...run);
    expect(failed, failed.out).toMatchObject({code: 3});
    expect(served()).toEqual([undefined, ...others.map(() => 'old')]);
    expect(noted()).toEqual([[...prepared, ...deployed, restarted], ...others.map(() => prepared)]);
    const rolledBack = await operator.run('rollback', '--plain');
    expect(rolledBack, rolledBack.out).toMatchObject({code: 4});
    expect(served()).toEqual(hosts.map(() => 'old'));
    expect(noted().slice(1)).toEqual(others.map(() => prepared));
    expect(noted()[0]?.slice(-4)).toEqual([
      'systemctl stop myhibachi-api',
      'git checkout v1.0-pre-phase2',
      'pip install -r requirements.txt',
      'systemctl start myhibachi-api',
    ]);
  });
});
