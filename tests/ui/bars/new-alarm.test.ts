import {expect, test} from 'vitest';
import type {Event} from '../../../src/run/event.ts';
import {exited, type FakeSession, fakeSession, readiness} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const tripped: Event = {type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []};

const cut: Event = {type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'};

const ALARMS: readonly [string, (session: FakeSession) => void][] = [
  ['a tripped rule', session => session.tell(tripped)],
  ['a lost link', session => session.tell(cut)],
  ['a failed step', session => session.report('L14', exited(1))],
];

test.each(ALARMS)('%s takes the reply to an earlier key away, so that the keys are there', async (_, come) => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  const screen = await show(session);
  await screen.type('u');
  await screen.type('s');
  const last = async () => (await screen.rows()).at(-1) ?? '';
  expect(await last()).toContain('it is running; x cancels it');
  come(session);
  expect(await last()).not.toContain('it is running');
  expect(await last()).toMatch(/R roll back/i);
});

const ROLL_BACK = '[R ROLL BACK]';
const LOOK = '[i LOOK]';

/** What is advised: a rollback that is proved, in an alarm of the new version; else to look, which changes nothing. */
const ADVISED: readonly [string, (session: FakeSession) => void, string][] = [
  ['a tripped rule after the deploy began', session => session.tell(tripped), ROLL_BACK],
  ['the same while the rollback is not ready', session => session.tell(tripped, readiness(false)), LOOK],
  ['a step that failed before the deploy', session => session.report('L14', exited(1)), '[r RETRY]'],
];

test.each(ADVISED)(
  '%s: one key alone looks like the one to press, in the alert and in the last row',
  async (_, come, key) => {
    for (const columns of [160, 80]) {
      const session = fakeSession();
      session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
      const screen = await show(session, {columns, rows: 24, env: {TERM: 'xterm', NO_COLOR: '1'}});
      come(session);
      const rows = await screen.rows();
      const alert = rows.findIndex(row => row.startsWith(' ▲'));
      const shown = rows.slice(alert, alert + (columns < 100 ? 2 : 1)).join(' ');
      for (const place of [shown, rows.at(-1) ?? '']) {
        expect(place, `${columns}`).toContain(key);
        expect(place.match(/\[\w [A-Z ]+\]/g), `${columns}`).toEqual([key]);
      }
    }
  },
);

test('a lost link mends itself: it says so first, and no key looks like the one to press', async () => {
  for (const columns of [160, 80]) {
    const session = fakeSession();
    session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
    const screen = await show(session, {columns, rows: 24, env: {TERM: 'xterm', NO_COLOR: '1'}});
    session.tell(cut);
    const text = await screen.text();
    expect(text, `${columns}`).toMatch(/LINK TO vps LOST[\s\S]*reconnecting by itself: wait · R rolls back/);
    expect(text, `${columns}`).not.toMatch(/\[\w [A-Z ]+\]/);
  }
});

test('while a step runs the last row names the key that cancels it, and not the one that would be refused', async () => {
  const session = fakeSession();
  const screen = await show(session, {columns: 80, rows: 24});
  const last = async () => (await screen.rows()).at(-1) ?? '';
  expect(await last()).toMatch(/s skip/);
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  expect(await last()).toMatch(/^ x cancel /);
  expect(await last()).not.toMatch(/s skip/);
});
