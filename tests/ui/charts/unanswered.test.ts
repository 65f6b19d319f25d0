import {expect, test} from 'vitest';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

test('a source of which every measurement fails is not being measured: it gives no answer', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [110, 35],
    [80, 24],
  ] as const) {
    const session = fakeSession();
    session.tell({type: 'step-started', stepId: 'L41', attempt: 1});
    for (let count = 0; count < 8; count++) {
      session.clock.at = RUN_START + 1500 * count;
      const sample = {signal: 'store_message', at: session.clock.at, error: 'connect ECONNREFUSED 127.0.0.1:8000'};
      session.tell({type: 'sample-taken', samples: [sample]});
    }
    session.clock.at += 1500;
    const screen = await show(session, {columns, rows});
    if (columns === 80) await screen.type('3');
    const text = await screen.text();
    expect(text, `${columns}`).toMatch(/✗ no answer for 12s, 8 of 8/);
    expect(text).not.toContain('measuring');
    expect(text.split('\n').at(-2)).toMatch(/not judged yet: no answer for 1\d s/);
  }
});
