import {expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const [target, trigger] = smallPlan.rules as [Rule, Rule];
const plan: Plan = {
  ...smallPlan,
  rules: [
    {...target, id: 'goal', value: 960, text: 'goal: 960ms'},
    {...target, role: 'alert', value: 1000, text: 'limit: 1000ms'},
    trigger,
  ],
};

test('at any height of the chart each bound is named beside its own value', async () => {
  const session = fakeSession({plan});
  for (let count = 0; count < 60; count++) {
    session.clock.at += 1000;
    session.tell({
      type: 'sample-taken',
      samples: [{signal: 'store_message', at: session.clock.at, value: 600 + 30 * count}],
    });
  }
  const screen = await show(session, {columns: 160, rows: 45});
  await screen.type('3');
  let shared = 0;
  for (const rows of [60, 45, 36, 30, 24]) {
    await screen.resize(160, rows);
    const shown = await screen.rows();
    const named = shown.filter(row => /[╌┈]{3,}/.test(row));
    expect(named.length, shown.join('\n')).toBeGreaterThan(0);
    for (const row of named) {
      const label = /[╌┈ ]((?:rollback|limits?|targets?)\b[^│]*)/.exec(row)?.[1] ?? '';
      const names = label.match(/rollback|limits?|targets?/g) ?? [];
      // The axis has one number, so each of several names in a row says its own.
      if (names.length > 1) expect(label.match(/\d+/g)?.length, `${rows}: ${row}`).toBe(names.length);
      shared += names.length > 1 ? 1 : 0;
    }
    expect(shown.join('\n'), `${rows}`).not.toMatch(/limit, 960 target/);
  }
  expect(shared).toBeGreaterThan(0);
});
