/** What an operator meets from the first key to the day after, in one run: pressed and read in tmux. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const remote = `# Release
## Deployment
- [ ] Tell the team
## Rollback
\`\`\`bash
ssh user@your-vps-ip
git checkout v1
\`\`\`
`;

const checklist = `# Release
## Preparation
- [ ] Name of the release: ____________
- [ ] Start time: ____________
## Deployment
### Step 1: Build
\`\`\`bash
echo first line of the deploy
\`\`\`
### Step 2: Announce
- [ ] Tell the team
### Step 3: Check
\`\`\`bash
false
\`\`\`
## Rollback
\`\`\`bash
echo back
\`\`\`
`;

describe.skipIf(tmuxMissing)('a morning with the console, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  let silent: Server;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-morning-'));
    // A host that takes connections and says nothing: it stays being connected to.
    silent = createServer(socket => socket.on('error', () => {}));
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const {port} = silent.address() as {port: number};
    writeFileSync(join(directory, 'deploy.md'), checklist);
    writeFileSync(join(directory, 'remote.md'), remote);
    writeFileSync(
      join(directory, 'remote.yaml'),
      `tminus: 1\nhosts:\n  vps: { matches: user@your-vps-ip, destination: "ops@127.0.0.1:${port}" }\n`,
    );
    operator = newOperator(directory, {TZ: ZONE, HOME: directory, TERM: 'xterm-256color'});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    silent?.close();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('from the first blank to the day after', async () => {
    const remoteWindow = terminal.open('run', 'remote.md', '-b', 'remote.yaml');
    await remoteWindow.shows('connecting to vps …');
    remoteWindow.kill();
    operator.endEngines();

    const window = terminal.open('run', 'deploy.md', '--theme', 'daylight');
    // Without probes and logs the free space says what would stand there, and by which line.
    const nothing = await window.shows(/Nothing is measured[\s\S]*No log is followed yet/);
    for (const line of ['health: { http:', 'memory: { on:', 'error: { on: HOST, tail:'])
      expect(nothing).toContain(line);
    expect(nothing).not.toMatch(/blind|disarmed|warming|grey|n=\d/);
    await eventually('each cell to be painted', () => window.cells().every(isPainted), {
      seen: () => JSON.stringify(window.cells().find(row => !isPainted(row))),
    });

    // A proposal for a blank is in local time, and what is typed replaces it.
    await window.shows(/› +○ Name of the release/);
    window.press('Enter');
    await window.shows(/╭─ .*Name of the release/);
    window.press('v', '2', 'Enter');
    await operator.recorded('input-filled', ({value}) => value === 'v2');
    await window.shows(/› +○ Start time/);
    window.press('Enter');
    await window.shows(/> 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \+05:30[\s\S]*typing replaces it/);
    window.press('n', 'o', 'o', 'n');
    await window.shows(/> noon[▏ ]/);
    window.press('Enter');
    await operator.recorded('input-filled', ({value}) => value === 'noon');

    // A key that comes while the prompt is still there is typed into it.
    await window.shows(/^(?![\s\S]*> noon)/);
    // It runs on until it needs a person, says so for as long as it does, and counts alike everywhere.
    await window.shows('ROLLBACK');
    window.press('a');
    await operator.recorded('run-on-switched', ({on}) => !on);
    await window.shows(/WAITS FOR YOU[\s\S]*▾ Deployment +1\/3/);
    window.press('q');
    await window.shows('Leave the console');
    window.press('d');
    await eventually('the console to be left', () => !window.isOpen(), {seen: window.screen});
    expect(window.screen()).toMatch(/waits for a person: Tell the team[\s\S]*Deployment +1\/3/);

    const again = terminal.open('attach');
    await again.shows(/WAITS FOR YOU[\s\S]*› +○ Tell the team/);
    again.press('Enter');
    await again.shows(/› +○ .*Check/);
    again.press('Enter');
    await again.shows(/▲ FAILED .*exit 1.* r retry · s skip/);
    const failed = await again.shows(/›.* ✗ /);
    expect(failed).toMatch(/Deployment +2\/3/);
    again.press('q');
    await again.shows('Leave the console');
    again.press('a');
    await again.shows(/╭─ .*[Aa]bort/);
    again.press('x', 'Enter');
    const closed = await operator.recorded('run-closed');
    expect(closed).toMatchObject({status: 'aborted', exitCode: 6});
    await eventually('the console to be left', () => !again.isOpen(), {seen: again.screen});
    expect(again.screen()).toMatch(/Deployment +2\/3 +1 failed[\s\S]*✗ failed/);

    // The day after: what is over is not offered to be taken up.
    const late = await eventually('the engine to be gone', async () => {
      const ended = await operator.run('attach', '--plain');
      return ended.code === 7 && ended;
    });
    expect(late.said).toMatch(/is closed, .*report.*shows its record, .*rollback.*rolls it back/);
    expect(late.said).not.toContain('resume');
  });

  test('line by line, for who hears the screen: one fact a line, in words, without lines of boxes', async () => {
    const {out} = await operator.run('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      // The clock, a sign, and the word that says what the sign says.
      expect(line).toMatch(/^T[+-]\d\d:\d\d:\d\d \S (?:to judge|[a-z]+) +\S/);
      expect(line).not.toMatch(/[\u2500-\u259F\u001B]/);
      expect(line).not.toMatch(/blind|disarmed|warming|\bgrey\b|n=\d/);
    }
    expect(out).toMatch(/✗ failed +Step 3: Check: exit 1/);
  });
});

/** Half an hour beside UTC, so that no other zone is taken for it. */
const ZONE = 'Asia/Kolkata';

function isPainted({background}: ReturnType<Window['cells']>[number]): boolean {
  return !background.includes(undefined);
}
