import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Ended, finishedSteps} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const unattended = ['--auto', '--yes', 'all', '--json'];

const withPlaceholder = `# Release
## Deployment
### Step 1: Announce
\`\`\`bash
ssh user@your-vps-ip
echo announced >> DIRECTORY/log
\`\`\`
### Step 2: Deploy
\`\`\`bash
echo begun >> DIRECTORY/log
cd /path/to/myhibachi-backend
echo $PWD >> DIRECTORY/log
\`\`\`
`;

describe.skipIf(sshdMissing)('a placeholder without a value', () => {
  let host: SmallHost;
  beforeAll(async () => {
    host = await startSmallHost({checklist: withPlaceholder});
  });
  afterAll(() => host?.stop());
  async function run(...more: readonly string[]): Promise<Ended> {
    await host.operator.idle();
    return await host.operator.run('run', host.checklist, '-b', host.bindings, ...unattended, ...more);
  }

  test('ends the run with 7 and its name before anything of its step has run', async () => {
    const {code, events} = await run();
    expect(code).toBe(7);
    expect(host.lines('log')).toEqual(['announced']);
    const closed = events.find(event => event.type === 'run-closed');
    expect(closed).toMatchObject({status: 'refused', because: expect.stringContaining('/path/to/myhibachi-backend')});
    expect(events.filter(event => event.type === 'step-started')).toHaveLength(1);
  });

  test('is only text to the shell once it has a value, whatever the value holds', async () => {
    const value = `${host.directory}/; touch pwned; $(touch pwned)`;
    const {code} = await run('--value', `/path/to/myhibachi-backend=${value}`);
    expect(code).toBe(3);
    expect(host.lines('pwned')).toEqual([]);
    expect(host.lines('log')).toEqual(['announced', 'announced', 'begun']);
  });

  test('lets the step run where its value says', async () => {
    const {code} = await run('--value', `/path/to/myhibachi-backend=${host.sshd.tminusHome}`);
    expect(code).toBe(0);
    expect(host.lines('log').slice(-2)).toEqual(['begun', host.sshd.tminusHome]);
  });
});

describe.skipIf(sshdMissing)('a checklist without a rollback section', () => {
  let host: SmallHost;
  beforeAll(async () => {
    host = await startSmallHost({checklist: withPlaceholder});
  });
  afterAll(() => host?.stop());

  test('refuses to roll back, and leaves no engine that holds its lock', async () => {
    await host.operator.run('run', host.checklist, '-b', host.bindings, ...unattended);
    const {code, said} = await host.operator.run('rollback');
    expect({code, said}).toEqual({code: 7, said: expect.stringContaining('no rollback section')});
    await host.operator.idle();
  });
});

const withArms = `# Release
## Deployment
### Restart the service
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo begun >> log

# One of these
echo first >> log
# OR
echo second >> log
# OR
echo third >> log
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh restore-from-tag.sh
# OR
echo restored from backup >> log
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;

describe.skipIf(sshdMissing)('arms after # OR', () => {
  let host: SmallHost;
  beforeAll(async () => {
    host = await startSmallHost({checklist: withArms});
  });
  afterAll(() => host?.stop());
  /** What this run has added to the log. */
  async function added(work: () => Promise<Ended>): Promise<{ended: Ended; lines: readonly string[]}> {
    await host.operator.idle();
    const before = host.lines('log').length;
    const ended = await work();
    return {ended, lines: host.lines('log').slice(before)};
  }
  const run = (...more: readonly string[]) =>
    added(() => host.operator.run('run', host.checklist, '-b', host.bindings, ...unattended, ...more));

  test.each(['first', 'second', 'third'])('run alone when chosen: %s', async arm => {
    const {ended, lines} = await run('--choose', `Restart the service=echo ${arm}`);
    expect(ended.code).toBe(0);
    expect(lines).toEqual(['begun', arm]);
    const [step] = finishedSteps(ended.events);
    const commands = step?.outcome.kind === 'exited' ? step.outcome.commands.map(({text}) => text) : [];
    expect(commands.filter(text => text.startsWith('echo'))).toEqual(['echo begun >> log', `echo ${arm} >> log`]);
  });

  test('are chosen by --yes: the first whose inputs are there, and no other', async () => {
    const {ended, lines} = await run();
    expect(ended.code).toBe(0);
    expect(lines).toEqual(['begun', 'first']);
  });

  test('need a person when nobody said which', async () => {
    const {ended, lines} = await added(() =>
      host.operator.run('run', host.checklist, '-b', host.bindings, '--auto', '--json'),
    );
    expect(ended.code).toBe(7);
    expect(lines).toEqual([]);
  });

  test('of a rollback run alone, too: the second is not run after a first that worked', async () => {
    host.write('restore-from-tag.sh', 'echo restored from tag >> log\n');
    await run();
    const {ended, lines} = await added(() => host.operator.run('rollback', '--json'));
    expect(ended.code).toBe(4);
    expect(lines).toEqual(['restored from tag']);
  });

  test('of a rollback follow each other only when the one before failed', async () => {
    host.write('restore-from-tag.sh', 'echo no such tag >> log; exit 1\n');
    await run();
    const {ended, lines} = await added(() => host.operator.run('rollback', '--json'));
    expect(ended.code).toBe(4);
    expect(lines).toEqual(['no such tag', 'restored from backup']);
  });
});
