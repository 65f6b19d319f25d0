import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {enterUntil} from '../helpers/enter-until.ts';
import {eventually} from '../helpers/eventually.ts';
import {endProcessesWith, processesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';

describe.skipIf(tmuxMissing)('a person who practises in tmux at 160x45', () => {
  let boxes: string;
  let operator: Operator;
  let terminal: Terminal;
  beforeEach(() => {
    boxes = mkdtempSync(join(tmpdir(), 'tminus-boxes-'));
    // PostgreSQL runs as an account of its own in there.
    chmodSync(boxes, 0o755);
    operator = newOperator(tmpdir(), {TMPDIR: boxes});
    terminal = startTerminal(operator.environment, {cwd: tmpdir()});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    endProcessesWith(boxes);
    rmSync(boxes, {recursive: true, force: true, maxRetries: 5});
  });

  async function serviceVersion(): Promise<string> {
    const [box = ''] = readdirSync(boxes).filter(name => name.startsWith('tminus-rehearsal-'));
    const bindings = readFileSync(join(boxes, box, 'tminus.yaml'), 'utf8');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(bindings)?.[0];
    const answer = await fetch(`${url}/health`);
    return ((await answer.json()) as {version: string}).version;
  }

  test('deploys with Enter alone, and R brings the old version back', async () => {
    const window = terminal.open('rehearse');
    await window.shows('PRE-DEPLOYMENT');
    const old = await serviceVersion();
    await enterUntil(
      events => events.some(event => event.type === 'phase-changed' && event.phase === 'watching'),
      window,
      operator.journal,
    );
    await window.shows('WATCHING');
    expect(await serviceVersion()).not.toBe(old);

    window.press('R');
    // Nobody may take it for production: the badge stands beside each dialog, too.
    expect(await window.shows(/Rolling back in \d s/)).toMatch(/^ T-MINUS .* REHEARSAL /);
    window.press('R');
    await window.shows(/Rolled back, verified by/);
    expect(await serviceVersion()).toBe(old);

    window.press('Escape');
    await window.shows(/^ Enter (?:run|tick)/m);
    window.press('q');
    expect(await window.shows('Finish: close the run')).toMatch(/^ T-MINUS .* REHEARSAL /);
    window.press('f');
    await operator.recorded('run-closed', ({exitCode}) => exitCode === 4);
    await eventually('the run to be left', () => {
      if (window.isOpen()) window.press('q');
      return !window.isOpen();
    });
    // What stays on the normal screen.
    expect(window.screen()).toMatch(/tminus(\.js)? +report/);
    const record = terminal.open('report');
    await eventually('the record to be printed', () => !record.isOpen());
    // All of it comes back from above the screen.
    record.resize(160, 1200);
    await record.shows(/^- Rehearsal: against a target in a box; nothing in production was touched/m);
    await eventually('the box to be gone', () => processesWith(`${boxes}/tminus-rehearsal-`).length === 0);
    expect(readdirSync(boxes).filter(name => name.startsWith('tminus-rehearsal-'))).toEqual([]);
  });

  test('loses the terminal, and nobody comes back: nothing is left but the record', async () => {
    const alone = startTerminal({...operator.environment, TMINUS_REHEARSAL_ALONE: '3s'}, {cwd: tmpdir()});
    try {
      const window = alone.open('rehearse');
      await window.shows('PRE-DEPLOYMENT');
      await window.shows('● vps');
      const engine = await operator.enginePid();
      process.kill(window.pid(), 'SIGKILL');
      await eventually('the engine to be gone', () => !existsSync(`/proc/${engine}`));
      await eventually('the box to be gone', () => readdirSync(boxes).every(name => !name.startsWith('tminus')));
    } finally {
      alone.stop();
    }
    expect(processesWith(`${boxes}/tminus-rehearsal-`)).toEqual([]);
    const record = readFileSync(join(await operator.runDirectory(), 'report.md'), 'utf8');
    expect(record).toContain('nobody has come back to this rehearsal');
    expect(await operator.recorded('run-closed')).toMatchObject({status: 'aborted', by: 'engine'});
  });

  test('loses the engine, leaves, and takes the run up again in the same box', async () => {
    const window = terminal.open('rehearse');
    await window.shows('PRE-DEPLOYMENT');
    await window.shows('● vps');
    const old = await serviceVersion();
    process.kill(await operator.enginePid(), 'SIGKILL');
    await window.shows('ENGINE LOST');
    window.press('q');
    await eventually('the console to be left', () => !window.isOpen(), {seen: window.screen});
    expect(window.screen()).toMatch(/tminus(\.js)? +resume/);
    expect(window.screen()).toContain('stays for 15 minutes');

    const again = terminal.open('resume');
    await again.shows('PRE-DEPLOYMENT');
    await again.shows('● vps');
    expect(await serviceVersion()).toBe(old);
  });
});
