/** Without an engine nothing is measured: charts, marks of rules and signals say so at once. */
import {expect, test} from 'vitest';
import {localClock} from '../../../src/text/times.ts';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const signals = {store_message: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'GET /chat', on: 'vps'}} as const;

test('every value is one of then as soon as the engine is lost, wherever it stands', async () => {
  const session = fakeSession({plan: {...smallPlan, signals: {...smallPlan.signals, ...signals}}});
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1});
  for (let count = 1; count <= 30; count++) {
    session.clock.at = RUN_START + 5000 * count;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 612}]});
  }
  const screen = await show(session, {columns: 160, rows: 45});
  expect(await screen.text()).toContain('✓ P95 612 ms');
  const read = `as of ${localClock(session.clock.at)}`;
  session.lose('socket closed');
  await screen.type('2');
  const rows = await screen.rows();
  expect(rows.find(row => row.includes('Latency'))).toContain('engine lost');
  expect(rows.join('\n')).toMatch(/\? 612 ms (?:as of|at) \d\d:\d\d:\d\d, engine lost/);
  expect(rows.join('\n')).not.toContain('✓ P95');
  await screen.type('v');
  const told = await screen.text();
  expect(told).toContain(`${read}: engine lost`);
  expect(told).toMatch(/│ \? +P95 store_message 612 ms/);
  expect(told).not.toMatch(/✓ +P95/);
});

test.each([
  [160, 45],
  [110, 35],
])('at %ix%i nothing is offered that only an engine does, and nothing is said to come', async (columns, rows) => {
  const session = fakeSession();
  session.print('error', ...Array.from({length: 90}, (_, index) => `line ${index}`));
  const screen = await show(session, {columns, rows});
  expect(await screen.text()).toMatch(/Enter ticks it[\s\S]* you drive/);
  session.lose('socket closed');
  const text = await screen.text();
  expect(text).not.toMatch(/Enter ticks|runs on|lines\/s|you drive/);
  expect(text.match(/NOTHING SINCE \d\d:\d\d:\d\d ─╮/g)).toHaveLength(2);
});

test('no pane says that it follows: nothing can come', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1, outputFrom: 0});
  session.print('error', 'all is well');
  const screen = await show(session, {columns: 160, rows: 45});
  expect((await screen.text()).match(/following/g)).toHaveLength(2);
  session.lose('socket closed');
  const text = await screen.text();
  expect(text).not.toContain('following');
  expect(text).toMatch(/2 vps.*NOTHING SINCE \d\d:00:00/);
  expect(text).toMatch(/error · vps .*NOTHING SINCE \d\d:00:00/);
});
