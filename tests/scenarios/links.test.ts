/** The link is gone for longer than the step takes: what the host did meanwhile is told as it was. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {exitCodes, finishedSteps} from '../helpers/program.ts';
import {type DistantHost, startDistantHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

/** `FULL_LENGTH=1`: as long as it can be in earnest, 90 s without a link. */
const DOWN_MS_MIN = process.env['FULL_LENGTH'] === undefined ? 0 : 90_000;
/** So often it was tried in vain to get the link back. */
const ATTEMPTS_MIN = 2;

const slowly = (what: string) => `echo ${what} >> lines
seq 1 3
until [ -e go ]; do sleep 0.1; done
echo "${what}, as seen on $(cat place)"`;

const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
${slowly('migrated')}
\`\`\`
### Step 2: Announce
- [ ] Tell the team
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
${slowly('restored')}
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;

const preparing = `# Release
## Preparation
### Prepare
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo prepared >> lines
\`\`\`
## Rollback
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo back >> lines
\`\`\`
`;

const LOST = /link lost at \d\d:\d\d:\d\d · the step may still run on vps, unseen meanwhile/;

describe.skipIf(sshdMissing || tmuxMissing).concurrent('a link that is cut for longer than its step takes', () => {
  test('in a deploy: the screen says that the step still runs, and then how it ended', {timeout: 300_000}, async () => {
    await onDistantHost(async (host, open) => {
      const window = open('run', host.checklist, '-b', host.bindings);
      await host.operator.recorded('readiness-changed', ({ready}) => ready);
      window.press('a');
      await cutIn(host, 'migrated', async () => {
        const screen = await window.shows(LOST);
        expect(screen).toMatch(/vps LOST/);
        expect(screen).toMatch(/◐.*Migrate/);
      });
      await window.shows(/✓.*Migrate/);
      await window.shows(/● vps/);
      expect(window.screen()).not.toMatch(/link lost/);
      await expectTrueEnd(host, 'migrated');
    });
  });

  test('before a step: it is said not to have begun, and runs once when the link is back', async () => {
    await onDistantHost(async (host, open) => {
      const window = open('run', host.checklist, '-b', host.bindings);
      await window.shows(/● vps/);
      host.link.cut();
      await window.shows(/vps LOST/);
      await window.shows(/› +○ .*Prepare/);
      window.press('Enter');
      const waiting = await window.shows(/not begun: the step waits for it/);
      expect(waiting).toMatch(/its step has not begun, it waits for the link/);
      expect(waiting).not.toContain('may still run');
      expect(host.hasJobs()).toBe(false);
      host.link.mend();
      await window.shows(/✓ .*Prepare/);
      expect(host.lines('lines')).toEqual(['prepared']);
      const told = (await host.operator.journal()).flatMap(event =>
        event.type === 'step-awaits-link' ? [event.sent === true] : [],
      );
      expect(told).toEqual([false, true]);
    }, preparing);
  });

  test('with the engine killed and the run resumed meanwhile', {timeout: 300_000}, async () => {
    await onDistantHost(async host => {
      const args = ['run', host.checklist, '-b', host.bindings, '--auto', '--yes', 'all', '--plain'];
      const first = host.operator.start(...args);
      let again: typeof first | undefined;
      await cutIn(host, 'migrated', async () => {
        await host.operator.recorded('link-lost');
        process.kill(await host.operator.enginePid(), 'SIGKILL');
        expect((await first.ended).code).toBe(75);
        again = host.operator.start('resume', '--plain');
      });
      expect((await again?.ended)?.code).toBe(0);
      await expectTrueEnd(host, 'migrated');
    });
  });

  test('in a rollback', {timeout: 300_000}, async () => {
    await onDistantHost(async (host, open) => {
      const window = open('run', host.checklist, '-b', host.bindings);
      await host.operator.recorded('readiness-changed', ({ready}) => ready);
      window.press('R');
      await window.shows('nothing has been deployed in this run');
      window.press('f');
      await window.shows('Roll back all the same: why?');
      window.press('it was deployed by hand', 'Enter');
      await cutIn(host, 'restored', async () => {
        await window.shows(LOST);
      });
      expect(await host.operator.recorded('rollback-finished')).toMatchObject({result: 'rolled-back'});
      await window.shows(/ROLLED BACK/);
      await expectTrueEnd(host, 'restored');
    });
  });
});

/** Cuts the link in the middle of the step's output, and mends it when the step has ended over there. */
async function cutIn(host: DistantHost, what: string, meanwhile: () => Promise<void>): Promise<void> {
  await eventually('the step to be under way', () => host.lines('lines').includes(what));
  await eventually('its first words here', async () => (await output(host)).includes('\n3\n'));
  host.link.cut();
  const [cutAt, connections] = [Date.now(), host.link.connections()];
  await meanwhile();
  host.touch('go');
  await eventually('the step to end over there', () => jobRecords(host).some(text => text.includes('\n@ done 0 ')));
  await eventually('attempts in vain', () => host.link.connections() >= connections + ATTEMPTS_MIN);
  await sleep(Math.max(0, cutAt + DOWN_MS_MIN - Date.now()));
  expect(finishedSteps(await host.operator.journal())).toEqual([]);
  host.link.mend();
  await host.operator.recorded('step-finished');
}

async function output({operator}: DistantHost): Promise<string> {
  return readFileSync(join(await operator.runDirectory(), 'spool', 'output.log'), 'utf8');
}

function jobRecords({sshd}: DistantHost): readonly string[] {
  const jobs = join(sshd.tminusHome, 'jobs');
  return readdirSync(jobs).map(name => readFileSync(join(jobs, name, 'record'), 'utf8'));
}

async function expectTrueEnd(host: DistantHost, what: string): Promise<void> {
  const journal = await host.operator.journal();
  const [finished] = finishedSteps(journal);
  expect(finished?.verdict.kind).toBe('passed');
  expect(finished && exitCodes(finished).every(code => code === 0)).toBe(true);
  const output = finished?.outcome.kind === 'exited' ? finished.outcome.output : '';
  const printed = output.trim().split('\n');
  expect(printed.filter(line => !line.startsWith('$ '))).toEqual(['1', '2', '3', `${what}, as seen on the host`]);
  expect(host.lines('lines')).toEqual([what]);
  expect(journal.filter(event => event.type === 'step-started' && event.stepId === finished?.stepId)).toHaveLength(1);
  expect(journal.some(event => event.type === 'link-lost')).toBe(true);
}

async function onDistantHost(
  work: (host: DistantHost, open: (...args: readonly string[]) => Window) => Promise<void>,
  document = checklist,
): Promise<void> {
  const host = await startDistantHost({checklist: document, more: 'rollback: { countdown: 1s }\n'});
  const terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
  host.write('place', 'the host');
  try {
    await work(host, terminal.open);
  } finally {
    terminal.stop();
    await host.stop();
  }
}
