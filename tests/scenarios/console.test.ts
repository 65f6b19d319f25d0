import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {processesWith} from '../helpers/proc.ts';
import {finishedSteps, truthsOfStopped} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh slow.sh
seq -f 'row %g' 30000
\`\`\`
### Step 2: Announce
- [ ] Tell the team
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

describe.skipIf(sshdMissing || tmuxMissing)('a console in tmux, in the middle of a remote step', () => {
  let host: SmallHost;
  let terminal: Terminal;
  let window: Window;

  beforeEach(async () => {
    // Nothing comes of R by itself while a key is on its way.
    host = await startSmallHost({checklist, more: 'rollback: { countdown: 100s }\n'});
    terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
    window = terminal.open('run', host.checklist, '-b', host.bindings);
    await window.shows('Migrate');
    // A step of the deploy waits until the way back is proved.
    await host.operator.recorded('readiness-changed', ({ready}) => ready);
    window.press('a');
    await eventually('the step to be under way', () => host.lines('lines').length === 1, {seen: window.screen});
  });
  afterEach(async () => {
    terminal?.stop();
    await host?.stop();
  });

  /** The step ends with its true status, run once, whatever became of the console. */
  async function expectStepPasses(): Promise<void> {
    host.touch('go');
    const finished = await host.operator.recorded('step-finished');
    expect(finished.verdict.kind).toBe('passed');
    expect(host.lines('lines')).toEqual(['first', 'second']);
  }

  test('ticks without a trace: under an overlay, on any size, and while the size changes', async () => {
    /** Times apart, which go on meanwhile, and the blanks that make up for their length. */
    const picture = () => window.screen().replace(/\d+/g, '0').replace(/ +/g, ' ');
    const tick = async () => {
      const before = window.screen();
      await eventually('the clock to tick', () => window.screen() !== before);
    };
    const sizes = [
      [160, 45, /╭─ 1 Checklist ─{12}/],
      [50, 12, /^ R roll back {2}a run on/m],
    ] as const;
    const overlays = {'?': /╭─ Keys/, ':': /╭─ Find an action/};
    await eventually('the message to make room', () => !window.screen().includes('running on from'));
    for (const [columns, rows, sign] of sizes) {
      window.resize(columns, rows);
      await window.shows(sign);
      await tick();
      await tick();
      const ticked = picture();
      // All of it is laid out and drawn anew for another size.
      window.resize(120, 30);
      await eventually('another size', () => picture() !== ticked);
      window.resize(columns, rows);
      // The terminal itself moves its rows at once; the console has drawn for both sizes when its clock has gone on.
      await tick();
      await tick();
      await eventually('the same picture, drawn anew', () => picture() === ticked, {
        seen: () => `${ticked}\n--- now:\n${picture()}`,
      });
      for (const [key, title] of Object.entries(overlays)) {
        window.press(key);
        await window.shows(title);
        await tick();
        const opened = picture();
        await tick();
        await tick();
        expect(picture()).toBe(opened);
        window.press('Escape');
        await eventually('the overlay to be gone', () => picture() === ticked, {seen: picture});
      }
    }
  });

  test('may be killed: the step goes on, and a console that attaches shows it to its end', async () => {
    const pid = window.pid();
    process.kill(pid, 'SIGKILL');
    await eventually('the console to be gone', () => !processesWith('tminus.js').includes(pid));
    const again = terminal.open('attach');
    await again.shows(/◐.*Migrate/);
    await expectStepPasses();
    await again.shows(/✓.*Migrate/);
    await again.shows('row 30000');
  });

  test('may lose its window: the step goes on', async () => {
    window.kill();
    await expectStepPasses();
    const again = terminal.open('attach');
    await again.shows(/✓.*Migrate/);
  });

  test('whose engine is killed says at 80x24, before any key, what still runs and the command that goes on', async () => {
    window.resize(80, 24);
    await window.shows('[1 Checklist]');
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    const screen = await window.shows(/ENGINE LOST at \d\d:\d\d:\d\d: .*│ q leave/);
    expect(screen).toMatch(/Nothing new starts\.[\s\S]*May still run on vps: .*Migrate\./);
    // A long path is wrapped, and nothing of it is cut.
    const told = /To go on: ([\s\S]*?)\n \[1 Checklist\]/.exec(screen)?.[1]?.replace(/\s+/g, ' ') ?? '';
    const [, command = '', run = ''] = /\/tminus\.js (\w+) (\S+)$/.exec(told.trim()) ?? [];
    const again = terminal.open(command, run);
    await again.shows(/◐.*Migrate/);
    await expectStepPasses();
    await again.shows(/✓.*Migrate/);
    window.press('q');
    await eventually('the first console to be left', () => !window.isOpen(), {seen: window.screen});
  });

  test('may have a frozen terminal: the step goes on, and the screen catches up when it thaws', async () => {
    window.press('C-s');
    terminal.freeze();
    await expectStepPasses();
    terminal.thaw();
    window.press('C-q');
    await window.shows(/✓.*Migrate/);
    await window.shows('row 30000');
  });

  test('rolls back with R, and shows that the old state is back and verified', async () => {
    window.press('R');
    await window.shows(/Rolling back in \d+ s/);
    window.press('R');
    const finished = await host.operator.recorded('rollback-finished');
    expect(finished.result).toBe('rolled-back');
    const screen = await window.shows(/Rolled back, verified by.*Check/);
    expect(screen).toContain('restored');
    expect(host.lines('lines')).toEqual(['first', 'restored']);
    const {at: told} = await host.operator.recorded('phase-changed', ({phase}) => phase === 'stopping');
    const [migrate, ...restore] = finishedSteps(await host.operator.journal());
    expect(migrate?.verdict.kind).toBeOneOf(migrate === undefined ? [] : [...truthsOfStopped(told, migrate)]);
    expect(restore.map(({verdict}) => verdict.kind)).toEqual(['passed', 'passed']);
  });

  test('counts down before it rolls back, and Esc stops that', async () => {
    window.press('R');
    await window.shows(/Rolling back in \d+ s/);
    window.press('Escape');
    const finished = await host.operator.recorded('rollback-finished');
    expect(finished.result).toBe('cancelled');
    await expectStepPasses();
  });

  test('is the only one whose keys count: a second console observes, and is told why', async () => {
    const second = terminal.open('attach');
    await second.shows(/◐.*Migrate/);
    second.press('x');
    await second.shows(/refused.*drives/);
    second.press('R');
    await eventually('the second refusal', () => /refused.*drives/.test(second.screen()));
    await expectStepPasses();
    const journal = await host.operator.journal();
    expect(journal.filter(({type}) => type === 'step-cancelling' || type === 'rollback-requested')).toEqual([]);
    second.press('q');
    await second.shows('Leave');
    await window.shows(/✓.*Migrate/);
  });
});
