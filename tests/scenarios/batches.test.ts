import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {ansibleMissing, startGroup, type TestGroup} from '../helpers/group.ts';
import {newOperator, type Operator} from '../helpers/program.ts';

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

describe.skipIf(ansibleMissing)('a deployment that goes through a group batch by batch', () => {
  let root: string;
  let group: TestGroup;
  let operator: Operator;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tminus-batches-'));
  });

  async function begin(hosts: number): Promise<void> {
    group = await startGroup(root, hosts);
    for (const {sshd} of group.hosts) {
      mkdirSync(join(sshd.directory, 'home', 'app'));
      for (const name of ['version', 'version.old']) writeFileSync(join(sshd.directory, 'home', 'app', name), 'v1\n');
    }
    writeFileSync(join(root, 'deploy.md'), checklist);
    writeFileSync(join(root, 'tminus.yaml'), bindings);
    operator = newOperator(root);
  }

  afterEach(async () => {
    operator?.stop();
    await group?.stop();
    rmSync(root, {recursive: true, force: true});
  });

  test('is taken up in the middle of a batch, and runs each step once on each host, the canary all of them first', async () => {
    await begin(8);
    writeFileSync(fileOn(3, 'hold'), '');
    const {ended} = operator.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');
    const {hosts} = await operator.recorded('hosts-ended');
    expect(hosts).toMatchObject([{host: 'web2', kind: 'passed'}]);
    await eventually('web3 at work', () => group.hosts[2]?.lines('app/ran').includes('restarted') === true);
    expect(versions()).toEqual(['v2', 'v2', 'v2', 'v1', 'v1', 'v1', 'v1', 'v1']);
    process.kill(await operator.enginePid(), 'SIGKILL');
    await ended;
    rmSync(fileOn(3, 'hold'));
    const resumed = await operator.run('resume', '--plain');
    expect(resumed, resumed.out).toMatchObject({code: 0});
    expect(group.hosts.map(({lines}) => lines('app/ran'))).toEqual(group.hosts.map(() => ['switched', 'restarted']));
    const events = await operator.journal();
    const begun = events.flatMap(event =>
      event.type === 'step-started' && event.hosts !== undefined ? [`${event.stepId} ${event.hosts.join(' ')}`] : [],
    );
    const others = ['web4', 'web5', 'web6', 'web7', 'web8'].join(' ');
    const batches = ['web1', 'web2 web3', others];
    expect(begun).toEqual(batches.flatMap(hosts => ['L4', 'L10'].map(step => `${step} ${hosts}`)));
    const finished = events.filter(event => event.type === 'batch-finished');
    expect(finished.map(({batch, of}) => `${batch}/${of}`)).toEqual(['1/3', '2/3', '3/3']);
  });

  test('stops at a fault on the canary; the rollback then restores it, and leaves the seven others alone', async () => {
    await begin(8);
    writeFileSync(fileOn(1, 'broken'), '');
    const failed = await operator.run('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');
    expect(failed, failed.out).toMatchObject({code: 3});
    expect(versions()).toEqual(['v2', 'v1', 'v1', 'v1', 'v1', 'v1', 'v1', 'v1']);
    const rolledBack = await operator.run('rollback', '--plain');
    expect(rolledBack, rolledBack.out).toMatchObject({code: 4});
    expect(versions()).toEqual(group.hosts.map(() => 'v1'));
    expect(group.hosts.map(({lines}) => lines('app/ran'))).toEqual([
      ['switched', 'restarted', 'restored'],
      ...group.hosts.slice(1).map(() => []),
    ]);
  });

  test('is rolled back on each host that it has touched, and names one on which that cannot be', async () => {
    await begin(3);
    writeFileSync(fileOn(2, 'broken'), '');
    const failed = await operator.run('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');
    expect(failed, failed.out).toMatchObject({code: 3});
    rmSync(fileOn(1, 'version.old'));
    const rolledBack = await operator.run('rollback', '--plain');
    expect(rolledBack, rolledBack.out).toMatchObject({code: 5});
    expect(versions()).toEqual(['v2', 'v1', 'v1']);
    expect(group.hosts.map(({lines}) => lines('app/ran').at(-1))).toEqual(['restarted', 'restored', undefined]);
    const end = (await operator.journal()).findLast(event => event.type === 'rollback-finished');
    expect(end).toMatchObject({because: expect.stringMatching(/^not rolled back on web1: /)});
    expect(end?.left[0]).toMatch(/^web1: [\s\S]*cp version\.old version/);
  });

  /** `number`: 1 is `web1`. */
  function fileOn(number: number, name: string): string {
    return join(group.hosts[number - 1]?.sshd.directory ?? root, 'home', 'app', name);
  }

  function versions(): readonly string[] {
    return group.hosts.map((_, index) => readFileSync(fileOn(index + 1, 'version'), 'utf8').trim());
  }
});
