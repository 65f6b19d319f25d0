import {execFileSync} from 'node:child_process';
import {appendFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {finishedSteps} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, tmuxMissing} from '../helpers/tmux.ts';

// What these steps print at their end makes lines for which no room can be left over.
const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh slow.sh
seq 1 2000
\`\`\`
### Step 2: Restart
\`\`\`bash
echo restarted >> lines
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo restored >> lines
seq 1 2000
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;

const canMount = process.getuid?.() === 0;
if (!canMount) process.stderr.write('\nonly root can mount a small file system: the tests of full disks are SKIPPED\n');

describe.skipIf(sshdMissing || tmuxMissing || !canMount)('while the disk that holds the run is full', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist, more: 'rollback: { countdown: 1s }\n'});
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', host.operator.home]);
  });
  afterEach(async () => {
    const home = host?.operator.home;
    if (home !== undefined) execFileSync('umount', ['-l', home]);
    await host?.stop();
  });

  const filler = () => join(host.operator.home, 'filler');
  function fill(): void {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) appendFileSync(filler(), Buffer.alloc(size));
      } catch {
        // Full, down to pieces of this size.
      }
    }
  }

  async function deployUntilMigrate() {
    const terminal = startTerminal(host.operator.environment, {cwd: host.directory});
    const window = terminal.open('run', host.checklist, '-b', host.bindings, '--auto', '--yes', 'all');
    await eventually('the step to be under way', () => host.lines('lines').includes('first'));
    return {terminal, window};
  }

  test('nothing new starts, the screen says why, and the result that waited is recorded when there is room again', async () => {
    const {terminal, window} = await deployUntilMigrate();
    try {
      fill();
      host.touch('go');
      await eventually('the step to end on its host', () => host.lines('lines').includes('second'));
      await window.shows('NOT RECORDED: the disk that holds the journal is full');
      await sleep(2500);
      expect(host.lines('lines')).toEqual(['first', 'second']);
      rmSync(filler());
      await eventually('the next step', () => host.lines('lines').includes('restarted'));
      const [migrate] = finishedSteps(await host.operator.journal());
      expect(migrate?.verdict.kind).toBe('passed');
      await eventually('the warning to go', () => !window.screen().includes('NOT RECORDED'));
      const notes = (await host.operator.journal()).filter(event => event.type === 'note-added');
      expect(notes.map(({text}) => text).join()).toContain('the journal could not be written: the disk');
    } finally {
      terminal.stop();
    }
  });

  test('R rolls back all the same, and what it did is recorded when there is room again', async () => {
    const {terminal, window} = await deployUntilMigrate();
    try {
      fill();
      window.press('R');
      await eventually('the rollback on the host', () => host.lines('lines').includes('restored'));
      await window.shows('NOT RECORDED');
      await window.shows(/ROLLED BACK|rolled-back|rolled back/);
      expect((await host.operator.journal()).some(event => event.type === 'rollback-finished')).toBe(false);
      rmSync(filler());
      const finished = await host.operator.recorded('rollback-finished');
      expect(finished.result).toBe('rolled-back');
      expect(host.lines('lines').filter(line => line === 'restored')).toHaveLength(1);
    } finally {
      terminal.stop();
    }
  });

  test('a rollback whose record was lost with its engine is asked for again, and runs nothing twice', async () => {
    const {terminal, window} = await deployUntilMigrate();
    try {
      fill();
      window.press('R');
      await eventually('the rollback on the host', () => host.lines('lines').includes('restored'));
      await window.shows('NOT RECORDED');
      process.kill(await host.operator.enginePid(), 'SIGKILL');
      const refused = await host.operator.run('rollback', '--plain');
      expect({code: refused.code, said: refused.said}).toEqual({
        code: 7,
        said: expect.stringMatching(/no engine can work in .*(full|space).*rollback --print/),
      });
      expect((await host.operator.run('rollback', '--print')).out).toContain('echo restored >> lines');
      rmSync(filler());
      const {code} = await host.operator.run('rollback', '--plain');
      expect(code).toBe(4);
      expect(host.lines('lines').filter(line => line === 'restored')).toHaveLength(1);
    } finally {
      terminal.stop();
    }
  });
});
