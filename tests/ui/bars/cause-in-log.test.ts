import {expect, test, vi} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {exited, fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

test('where a step fails after the deploy, the alert row says the new error line of the log', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [80, 24],
  ] as const) {
    const session = fakeSession();
    session.print('error', '2026-01-05 13:00:00 INFO up');
    session.clock.at += 60_000;
    session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
    session.clock.at += 5000;
    session.print(
      'error',
      'ERROR startup failed: Traceback (most recent call last)',
      'ImportError: cannot import name',
    );
    session.report('L32', exited(1, '', [{line: 32, text: 'git pull', code: 1, durationMs: 5}]));
    const screen = await show(session, {columns, rows});
    await vi.waitFor(async () => {
      // Each key draws the screen again, as a line that comes does.
      await screen.type('14');
      const shown = await screen.rows();
      const alert = shown.findIndex(row => row.includes('▲ FAILED'));
      // The cause is whole at 80 columns, too: there the keys have a row of their own.
      expect(shown.slice(alert, alert + 2).join(' ')).toMatch(
        /: ImportError: cannot import name.* R ROLL BACK {3}i look/,
      );
      await screen.type('u');
      // Beside the checklist the output says it; where it has no room, the detail does, before the symptom.
      if (columns === 80)
        expect(await screen.text()).toMatch(/── line 32 .*\n│ ImportError: cannot import name +│\n│ failed: /);
    }, PATIENT);
  }
});

test('a step that failed without a line that looks like an error is shown with the last line it printed', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  const command = {line: 14, text: 'take-lock', durationMs: 5, code: 9};
  session.report('L14', exited(9, '$ take-lock\nheld by pid 4711\n', [command]));
  const screen = await show(session);
  await screen.type('u');
  expect(await screen.text()).toContain('it printed last: held by pid 4711');
});
