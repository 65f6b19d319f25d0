/** `R` goes ahead, whatever else hangs: it begins at the countdown's end, and waits for nothing but the step that runs. */
import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {finishedSteps} from '../helpers/program.ts';
import {type DistantHost, startDistantHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh slow.sh
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo restored >> lines
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;

const WITHIN_MS = 1000;
/** By when a step that does not end when told to is abandoned. */
const DEADLINE_MS = 10_000;
/** From TERM to KILL on the host. What takes less did not wait for anything that hangs. */
const PATIENCE_MS = 5000;

describe.skipIf(sshdMissing || tmuxMissing).concurrent('R', () => {
  test('while the main connection hangs and nobody has noticed', async () => {
    await duringMigrate(async ({host, window}) => {
      // The connection for the rollback was opened first, and is kept.
      host.link.stallFrom(1);
      const {stopped, restoring} = await rolledBack(host, window);
      expect(stopped).toBeLessThan(WITHIN_MS);
      expect(restoring).toBeLessThan(PATIENCE_MS);
      expect(host.lines('lines')).toEqual(['first', 'restored']);
    });
  });

  test('while the main connection is broken and cannot be opened again', async () => {
    await duringMigrate(async ({host, window}) => {
      host.link.cutFrom(1);
      const {stopped, restoring} = await rolledBack(host, window);
      expect(stopped).toBeLessThan(WITHIN_MS);
      expect(restoring).toBeLessThan(PATIENCE_MS);
      expect(host.lines('lines')).toEqual(['first', 'restored']);
    });
  });

  test('while a step hangs that does not care about being told to end', async () => {
    await duringMigrate(
      async ({host, window}) => {
        const {stopped, restoring} = await rolledBack(host, window);
        expect(stopped).toBeLessThan(WITHIN_MS);
        expect(restoring).toBeGreaterThan(PATIENCE_MS);
        expect(restoring).toBeLessThan(DEADLINE_MS);
        expect(spawnSync('pgrep', ['-f', `${host.directory}/endless`]).status).toBe(1);
      },
      directory =>
        `trap '' TERM\necho first >>lines\nsh -c 'trap "" TERM; while :; do sleep 1; done' ${directory}/endless\n`,
    );
  });

  test('while a step hangs on a host that does not answer any more: it is abandoned, and said to be unknown', async () => {
    await duringMigrate(async ({host, window}) => {
      host.link.stallFrom(0);
      const {stopped, restoring} = await phasesAfterR(host, window);
      expect(stopped).toBeLessThan(WITHIN_MS);
      expect(restoring).toBeLessThan(DEADLINE_MS + WITHIN_MS);
      const [migrate] = finishedSteps(await host.operator.journal());
      expect(migrate?.verdict.kind).toBe('unknown');
      await window.shows(/\? .*Migrate/);
      host.link.mend();
      expect(await host.operator.recorded('rollback-finished')).toMatchObject({result: 'rolled-back'});
    });
  });

  test('while the terminal of another console is frozen', async () => {
    await duringMigrate(async ({host, window}) => {
      const terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
      try {
        const other = terminal.open('attach');
        await other.shows(/◐.*Migrate/);
        other.press('C-s');
        terminal.freeze();
        const {stopped, restoring} = await rolledBack(host, window);
        expect(stopped).toBeLessThan(WITHIN_MS);
        expect(restoring).toBeLessThan(PATIENCE_MS);
      } finally {
        terminal.stop();
      }
    });
  });

  test('while a prompt is open, empty or with a text that has begun', async () => {
    for (const [typed, key] of [
      ['', 'R'],
      ['notes', 'C-r'],
    ] as const) {
      await duringMigrate(async ({host, window}) => {
        window.press('n');
        await window.shows(/Note/);
        if (typed !== '') {
          window.press(...typed);
          await window.shows(typed);
        }
        const {stopped, restoring} = await rolledBack(host, window, key);
        expect(stopped).toBeLessThan(WITHIN_MS);
        expect(restoring).toBeLessThan(PATIENCE_MS);
      });
    }
  });
});

type Scene = {host: DistantHost; terminal: Terminal; window: Window};

/** In the middle of the deploy's only step, with the rollback proved. */
async function duringMigrate(
  work: (scene: Scene) => Promise<void>,
  slow?: (directory: string) => string,
): Promise<void> {
  const host = await startDistantHost({checklist, more: 'rollback: { countdown: 1s }\n'});
  const terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
  try {
    if (slow !== undefined) host.write('slow.sh', slow(host.directory));
    const window = terminal.open('run', host.checklist, '-b', host.bindings);
    await host.operator.recorded('readiness-changed', ({ready}) => ready);
    await eventually('the connection for the rollback', () => host.link.connections() === 1);
    window.press('a');
    await eventually('the step to be under way', () => host.lines('lines').includes('first'), {seen: window.screen});
    expect(host.link.connections()).toBe(2);
    await work({host, terminal, window});
  } finally {
    terminal.stop();
    await host.stop();
  }
}

async function rolledBack(host: DistantHost, window: Window, key = 'R'): Promise<Phases> {
  const phases = await phasesAfterR(host, window, key);
  expect(await host.operator.recorded('rollback-finished')).toMatchObject({result: 'rolled-back'});
  const [migrate] = finishedSteps(await host.operator.journal());
  expect(migrate?.verdict.kind).toBe('cancelled');
  return phases;
}

type Phases = {stopped: number; restoring: number};

/** When the running step was told to end, and when the restoring began: ms after the countdown's end, by the journal. */
async function phasesAfterR(host: DistantHost, window: Window, key = 'R'): Promise<Phases> {
  window.press(key);
  const {startsAt} = await host.operator.recorded('rollback-requested');
  const {at: stoppedAt} = await host.operator.recorded('phase-changed', ({phase}) => phase === 'stopping');
  const {at: restoringAt} = await host.operator.recorded('phase-changed', ({phase}) => phase === 'rolling-back');
  return {stopped: stoppedAt - startsAt, restoring: restoringAt - startsAt};
}
