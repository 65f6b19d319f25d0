import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from '../helpers/eventually.ts';
import {endProcessesWith, processesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

/** More presses than this and a person would have given up, too. */
const PRESSES_MAX = 100;
/** A key that comes while the screen is still catching up with the run may be lost; then it is pressed again. */
const PATIENCE_MS = 2000;

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
    await enterToTheEnd(window, operator.journal);
    await window.shows('WATCHING');
    expect(await serviceVersion()).not.toBe(old);

    window.press('R');
    await window.shows(/Rolling back in \d s/);
    window.press('R');
    await window.shows(/Rolled back, verified by/);
    expect(await serviceVersion()).toBe(old);

    window.press('Escape');
    await window.shows(/^ Enter run/m);
    window.press('q');
    await window.shows('Finish: close the run');
    window.press('f');
    await operator.recorded('run-closed', ({exitCode}) => exitCode === 4);
    await eventually('the run to be left', () => {
      if (window.isOpen()) window.press('q');
      return !window.isOpen();
    });
    // What stays on the normal screen.
    expect(window.screen()).toMatch(/tminus(\.js)? +report/);
    await eventually('the box to be gone', () => processesWith(`${boxes}/tminus-rehearsal-`).length === 0);
    expect(readdirSync(boxes).filter(name => name.startsWith('tminus-rehearsal-'))).toEqual([]);
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

/** Presses Enter again and again, as a person does: when it has ended a step or opened a question, or seems lost. */
async function enterToTheEnd(window: Window, journal: () => Promise<readonly Recorded[]>): Promise<void> {
  const isAsking = () => /^ Enter (?:send|choose)/m.test(window.screen());
  const isDeployed = async () =>
    (await journal()).some(event => event.type === 'phase-changed' && event.phase === 'watching');
  for (let presses = 0; !(await isDeployed()); presses += 1) {
    if (presses > PRESSES_MAX) throw new Error(`not deployed after ${presses} presses:\n${window.screen()}`);
    const [endedBefore, askedBefore] = [ended(await journal()), isAsking()];
    window.press('Enter');
    const hasEffect = async () => ended(await journal()) > endedBefore || (!askedBefore && isAsking());
    await eventually('Enter to have an effect', hasEffect, {withinMs: PATIENCE_MS}).catch(() => undefined);
  }
}

function ended(events: readonly Recorded[]): number {
  return events.filter(({type}) => ['step-finished', 'step-ticked', 'choice-made'].includes(type)).length;
}
