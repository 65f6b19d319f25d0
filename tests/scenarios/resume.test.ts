import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {exitCodes, finishedSteps} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh slow.sh
\`\`\`
### Step 2: Restart
\`\`\`bash
echo restarted >> lines
\`\`\`
`;

describe.skipIf(sshdMissing)('an engine killed in the middle of a remote step', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist});
    const {child, ended} = host.operator.start('run', host.checklist, '-b', host.bindings, '--auto', '--plain');
    await eventually('the step to be under way', () => host.lines('lines').length === 1);
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    const {code, said} = await ended;
    expect({code, signal: child.signalCode}).toEqual({code: 75, signal: null});
    expect(said).toMatch(/tminus(\.js)? resume/);
  });
  afterEach(() => host?.stop());

  test('is resumed while the step still runs: it is waited for, and the run goes on', async () => {
    const {ended} = host.operator.start('resume', '--plain');
    await eventually('the new engine', () => host.operator.enginePid().catch(() => undefined));
    await eventually('its console', async () => {
      const joined = (await host.operator.journal()).filter(event => event.type === 'console-joined');
      return joined.length === 2;
    });
    host.touch('go');
    const {code, out} = await ended;
    expect(code).toBe(0);
    expect(out).toMatch(/passed +Step 1: Migrate: exit 0/);
    expect(host.lines('lines')).toEqual(['first', 'second', 'restarted']);
    await expectOneAttempt();
  });

  test('is resumed after the step has ended: its true exit status is read, and nothing is run again', async () => {
    host.touch('go');
    await eventually('the step to end by itself', () => host.lines('lines').length === 2);
    const {code} = await host.operator.run('resume', '--plain');
    expect(code).toBe(0);
    expect(host.lines('lines')).toEqual(['first', 'second', 'restarted']);
    await expectOneAttempt();
  });

  test('is resumed after the step has failed: it is failed, not unknown', async () => {
    host.write('slow-status', '3');
    host.touch('go');
    await eventually('the step to end by itself', () => host.lines('lines').length === 2);
    const {code} = await host.operator.run('resume', '--plain');
    expect(code).toBe(3);
    expect(host.lines('lines')).toEqual(['first', 'second']);
    const [step] = finishedSteps(await host.operator.journal());
    expect(step?.verdict.kind).toBe('failed');
    expect(step && exitCodes(step).at(-1)).toBe(3);
  });

  async function expectOneAttempt(): Promise<void> {
    const journal = await host.operator.journal();
    const started = journal.filter(event => event.type === 'step-started').map(({stepId}) => stepId);
    expect(started).toEqual([...new Set(started)]);
    const [migrate] = finishedSteps(journal);
    expect(migrate?.verdict.kind).toBe('passed');
    expect(migrate && exitCodes(migrate).every(code => code === 0)).toBe(true);
  }
});
