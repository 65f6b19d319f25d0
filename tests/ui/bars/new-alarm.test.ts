import {expect, test} from 'vitest';
import type {Event} from '../../../src/run/event.ts';
import {exited, type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const tripped: Event = {type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []};

const ALARMS: readonly [string, (session: FakeSession) => void][] = [
  ['a tripped rule', session => session.tell(tripped)],
  ['a lost link', session => session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'})],
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
  expect(await last()).toContain('R roll back');
});

test('at 80 columns the alert names the key that only looks, before the one that rolls back', async () => {
  const session = fakeSession();
  const screen = await show(session, {columns: 80, rows: 24});
  session.tell(tripped);
  expect((await screen.rows()).find(row => row.includes('TRIPPED'))).toMatch(/ {2}│ i look · R roll back /);
});
