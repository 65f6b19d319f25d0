import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {enterUntil} from '../helpers/enter-until.ts';
import {eventually} from '../helpers/eventually.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

/** Nothing is decided by it: the rule is judged by answers, which come as fast as the machine lets them. */
const TRIPS_WITHIN_MS = 600_000;

describe.skipIf(tmuxMissing)(
  'a person in front of a slow version, in tmux at 80x24',
  {timeout: 3 * TRIPS_WITHIN_MS},
  () => {
    let boxes: string;
    let operator: Operator;
    let terminal: Terminal;
    beforeEach(() => {
      boxes = mkdtempSync(join(tmpdir(), 'tminus-boxes-'));
      // PostgreSQL runs as an account of its own in there.
      chmodSync(boxes, 0o755);
      operator = newOperator(tmpdir(), {TMPDIR: boxes});
      terminal = startTerminal(operator.environment, {cwd: tmpdir(), columns: 80, rows: 24});
    });
    afterEach(() => {
      terminal?.stop();
      operator?.stop();
      endProcessesWith(boxes);
      rmSync(boxes, {recursive: true, force: true, maxRetries: 5});
    });

    test('sees the trigger fire while the failed step waits, what a dismissal would propose, and the way back', async () => {
      const window = terminal.open('rehearse', '--fault', 'slow');
      await window.shows('PRE-DEPLOYMENT');
      await enterUntil(
        events => events.some(event => event.type === 'step-finished' && event.verdict.kind === 'failed'),
        window,
        operator.journal,
      );
      const tripped = await soon(window, 'A rollback trigger has tripped');
      expect(tripped).toMatch(/P95 response time \d{4} ms >1500 ms, old \d{4} ms: R will not mend it/);
      // At 80 columns the rows above the dialog still show what it is about.
      expect(tripped).toMatch(/✗ [\s\S]*╭─ A rollback trigger has tripped/);
      expect(tripped).toContain('HELD');

      window.press('d');
      await window.shows(/the record will propose >\d+ ms/);
      window.press('Escape');
      await eventually('the question to close', () => !window.screen().includes('Dismiss the trigger'));
      window.press('R');
      await window.shows(/Rolling back in \d s/);
      window.press('R');
      await window.shows(/Rolled back, verified by/);
      await operator.recorded('rollback-finished', ({result}) => result === 'rolled-back');
      await eventually(
        'store_message to be back at its baseline',
        async () =>
          (await operator.journal()).some(
            event =>
              event.type === 'rule-changed' &&
              event.ruleId === 'back to baseline: store_message P95' &&
              event.assessment.standing.kind === 'ok',
          ),
        {withinMs: TRIPS_WITHIN_MS},
      );
      const fired = (await operator.journal()).filter(({type}) => type === 'trigger-fired');
      expect(fired).toHaveLength(1);
    });

    async function soon(window: Window, what: string): Promise<string> {
      return await eventually(what, () => (window.screen().includes(what) ? window.screen() : undefined), {
        withinMs: TRIPS_WITHIN_MS,
        seen: window.screen,
      });
    }
  },
);
