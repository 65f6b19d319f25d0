/** The link is gone for longer than the step takes: what the host did meanwhile is told as it was. */
import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {exitCodes, finishedSteps} from '../helpers/program.ts';
import {type DistantHost, startDistantHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

/** `FULL_LENGTH=1`: as long as it can be in earnest, a step of 60 s and 90 s without a link. */
const scale = process.env['FULL_LENGTH'] === undefined ? 1 : 7.5;
const STEP_SECONDS = 8 * scale;
const DOWN_MS = 12_000 * scale;
/** From the restored link to the next attempt, which is late after a long silence. */
const BACK_WITHIN_MS = 60_000;

const slowly = (what: string) => `echo ${what} >> lines
seq 1 3
sleep ${STEP_SECONDS}
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

const LOST = /link lost \d+s ago · still running on vps, reconnecting/;

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

  test('with the engine killed and the run resumed meanwhile', {timeout: 300_000}, async () => {
    await onDistantHost(async host => {
      const args = ['run', host.checklist, '-b', host.bindings, '--auto', '--yes', 'all', '--plain'];
      const first = host.operator.start(...args);
      let again: typeof first | undefined;
      await cutIn(host, 'migrated', async () => {
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
      await cutIn(host, 'restored', async () => {
        await window.shows(LOST);
      });
      const finished = await eventually(
        'the end of the rollback',
        async () => (await host.operator.journal()).find(event => event.type === 'rollback-finished'),
        {withinMs: BACK_WITHIN_MS},
      );
      expect(finished).toMatchObject({result: 'rolled-back'});
      await window.shows(/ROLLED BACK/);
      await expectTrueEnd(host, 'restored');
    });
  });
});

/** Cuts the link soon after the step has begun, and mends it when the step has long ended. */
async function cutIn(host: DistantHost, what: string, meanwhile: () => Promise<void>): Promise<void> {
  await eventually('the step to be under way', () => host.lines('lines').includes(what));
  await sleep(1000);
  host.link.cut();
  const cutAt = Date.now();
  await meanwhile();
  await sleep(Math.max(0, cutAt + DOWN_MS - Date.now()));
  expect(finishedSteps(await host.operator.journal())).toEqual([]);
  host.link.mend();
  await eventually('the end of the step', async () => finishedSteps(await host.operator.journal()).length > 0, {
    withinMs: BACK_WITHIN_MS,
  });
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
): Promise<void> {
  const host = await startDistantHost({checklist, more: 'rollback: { countdown: 1s }\n'});
  const terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
  host.write('place', 'the host');
  try {
    await work(host, terminal.open);
  } finally {
    terminal.stop();
    await host.stop();
  }
}
