import {expect, test} from 'vitest';
import {localClock} from '../../../src/text/times.ts';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const signals = {
  store_message: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'GET /chat', on: 'vps'},
} as const;

test('a value from behind a lost link says of when it is, in grey, wherever it stands', async () => {
  const session = fakeSession({plan: {...smallPlan, signals: {...smallPlan.signals, ...signals}}});
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1});
  for (let count = 1; count <= 30; count++) {
    session.clock.at = RUN_START + 5000 * count;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 612}]});
  }
  const screen = await show(session, {columns: 160, rows: 45});
  const green = await colourOf('✓ P95 612 ms', screen);
  expect(await screen.text()).not.toContain('as of');
  const read = `as of ${localClock(session.clock.at)}`;
  session.clock.at += 2000;
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  await screen.type('2');
  const rows = await screen.rows();
  const old = `? 612 ms ${read}, link lost`;
  expect(rows.find(row => row.includes('Latency'))).toContain('link lost');
  expect(rows.join('\n')).toContain(old);
  expect(await colourOf(old, screen)).not.toBe(green);
  expect(rows.at(-2)).toContain(`rule stands still, ${read}: link to vps lost`);
  expect(rows.join('\n')).not.toContain('✓ P95');
});

async function colourOf(text: string, screen: Awaited<ReturnType<typeof show>>): Promise<number | undefined> {
  const rows = await screen.rows();
  const row = rows.findIndex(one => one.includes(text));
  return screen.colourAt(row, rows[row]?.indexOf(text) ?? -1);
}
