import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {ansibleMissing, startGroup, type TestGroup} from '../helpers/group.ts';
import {finishedSteps, newOperator, type Operator} from '../helpers/program.ts';

const checklist = `# Release
## Deployment
### Step 1: Switch
\`\`\`bash
ssh deploy@web
echo v2 > version
echo once >> ran
echo first
until [ -e GO ]; do sleep 0.1; done
echo last
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh deploy@web
echo v1 > version
echo restored >> ran
\`\`\`
### Step 2: Check
\`\`\`bash
cat version
# Expected: v1
\`\`\`
`;

const bindings = `tminus: 1
hosts:
  web: { matches: deploy@web, inventory: hosts.ini, group: web }
rollback: { countdown: 1s }
`;

describe.skipIf(ansibleMissing)('a run on a group of hosts', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-groups-'));
  const go = join(root, 'go');
  let group: TestGroup;
  let operator: Operator;

  beforeEach(async () => {
    group = await startGroup(root, 3);
    writeFileSync(join(root, 'deploy.md'), checklist.replace('GO', go));
    writeFileSync(join(root, 'tminus.yaml'), bindings);
    operator = newOperator(root);
  });

  afterEach(async () => {
    operator?.stop();
    await group?.stop();
    rmSync(root, {recursive: true, force: true});
  });

  test('whose engine was killed goes on: once on each host, no line twice; the rollback then restores each', async () => {
    const {ended} = operator.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');
    await eventually(
      'the first lines',
      async () => (await output()).filter(line => / \| first$/.test(line)).length === 3,
    );
    process.kill(await operator.enginePid(), 'SIGKILL');
    await ended;
    writeFileSync(go, '');

    const resumed = await operator.run('resume', '--plain');
    expect(resumed, resumed.out).toMatchObject({code: 0});
    expect(group.hosts.map(({lines}) => [lines('ran'), lines('version')])).toEqual(
      group.hosts.map(() => [['once'], ['v2']]),
    );
    const printed = (await output()).filter(line => /^web\d \| (?:first|last)$/.test(line));
    expect(printed.toSorted()).toEqual(group.hosts.flatMap(({name}) => [`${name} | first`, `${name} | last`]));

    const rolledBack = await operator.run('rollback', '--plain');
    expect(rolledBack, rolledBack.out).toMatchObject({code: 4});
    expect(group.hosts.map(({lines}) => [lines('ran'), lines('version')])).toEqual(
      group.hosts.map(() => [['once', 'restored'], ['v1']]),
    );
    const restored = finishedSteps(await operator.journal()).at(-1);
    expect(restored?.verdict.hosts).toMatchObject(group.hosts.map(({name: host}) => ({host, kind: 'passed'})));
  });

  async function output(): Promise<readonly string[]> {
    const directory = await operator.runDirectory().catch(() => root);
    try {
      return readFileSync(join(directory, 'spool', 'output.log'), 'utf8')
        .trimEnd()
        .split('\n');
    } catch {
      return [];
    }
  }
});
