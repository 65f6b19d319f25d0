/**
 * `R` goes ahead, whatever else hangs: it waits for nothing but the step that runs. What hangs stays so until the end,
 * so that a rollback that waits for it would never end; `tests/run/rollback.test.ts` holds it to its times.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {STOPPING_DEADLINE_MS, type StepFinished, truthsOfStopped} from '../helpers/program.ts';
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

/** From TERM to KILL on the host. */
const PATIENCE_MS = 5000;

describe.skipIf(sshdMissing || tmuxMissing).concurrent('R', () => {
  test('while the main connection hangs and nobody has noticed', async () => {
    await duringMigrate(async ({host, window, main}) => {
      // The connection for the rollback was opened first, and is kept.
      host.link.stallFrom(main);
      await expectRolledBack(host, window);
      await expectEndedByTerm(host);
      expect(host.lines('lines')).toEqual(['first', 'restored']);
    });
  });

  test('while the main connection is broken and cannot be opened again', async () => {
    await duringMigrate(async ({host, window, main}) => {
      host.link.cutFrom(main);
      await expectRolledBack(host, window);
      await expectEndedByTerm(host);
      expect(host.lines('lines')).toEqual(['first', 'restored']);
    });
  });

  test('while a step hangs that does not care about being told to end', async () => {
    await duringMigrate(
      async ({host, window}) => {
        const {told, migrate} = await expectRolledBack(host, window);
        expect(migrate.at - told).toBeGreaterThan(PATIENCE_MS);
        const look = () => spawnSync('pgrep', ['-f', `${host.directory}/endless`]).status === 1;
        await eventually('the step to be killed', look);
      },
      directory =>
        `trap '' TERM\necho first >>lines\nsh -c 'trap "" TERM; while :; do sleep 1; done' ${directory}/endless\n`,
    );
  });

  test('while a step hangs on a host that does not answer any more: it is abandoned, and said to be unknown', async () => {
    await duringMigrate(async ({host, window}) => {
      host.link.stallFrom(0);
      const {told, migrate} = await afterR(host, window);
      expect(migrate.verdict.kind).toBe('unknown');
      expect(migrate.at - told).toBeGreaterThanOrEqual(STOPPING_DEADLINE_MS);
      await host.operator.recorded('phase-changed', ({phase}) => phase === 'rolling-back');
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
        await expectRolledBack(host, window);
        await expectEndedByTerm(host);
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
        await expectRolledBack(host, window, key);
        await expectEndedByTerm(host);
      });
    }
  });
});

/** `main`: number of the connection on which the step runs. On a busy machine the one for the rollback is tried twice. */
type Scene = {host: DistantHost; terminal: Terminal; window: Window; main: number};

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
    await eventually('the connection for the rollback', () => host.link.connections() > 0, {seen: window.screen});
    const main = host.link.connections();
    window.press('a');
    await eventually('the step to be under way', () => host.lines('lines').includes('first'), {seen: window.screen});
    expect(host.link.connections()).toBe(main + 1);
    await work({host, terminal, window, main});
  } finally {
    terminal.stop();
    await host.stop();
  }
}

async function expectRolledBack(host: DistantHost, window: Window, key = 'R'): Promise<Told> {
  const {told, migrate} = await afterR(host, window, key);
  expect(await host.operator.recorded('rollback-finished')).toMatchObject({result: 'rolled-back'});
  expect(migrate.verdict.kind).toBeOneOf(truthsOfStopped(told, migrate));
  return {told, migrate};
}

/** `told`: when the step was told to end. */
type Told = {told: number; migrate: StepFinished};

async function afterR(host: DistantHost, window: Window, key = 'R'): Promise<Told> {
  window.press(key);
  const {startsAt} = await host.operator.recorded('rollback-requested');
  const {at: told} = await host.operator.recorded('phase-changed', ({phase}) => phase === 'stopping');
  expect(told).toBeGreaterThanOrEqual(startsAt);
  const migrate = await host.operator.recorded('step-finished');
  return {told, migrate};
}

/** What the host keeps of the deploy's only step says that TERM ended it: the wish got there, past whatever hangs. */
async function expectEndedByTerm({sshd}: DistantHost): Promise<void> {
  const jobs = join(sshd.tminusHome, 'jobs');
  await eventually('the step to be ended on its host', () => {
    const own = readdirSync(jobs).find(name => name.endsWith('-L4-1')) ?? '';
    return /^@ done 143 /m.test(readFileSync(join(jobs, own, 'record'), 'utf8'));
  });
}
