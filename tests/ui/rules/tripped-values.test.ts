import {expect, test} from 'vitest';
import {trippedFigures, trippedForms} from '../../../src/ui/rules/tripped-values.ts';
import {type FakeSession, fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {leftWords, show} from '../../helpers/show-session.ts';

/** It tripped on 2389 ms; the readings since then are better, and 450 ms now. */
function recovered(): FakeSession {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.tell({
    type: 'trigger-fired',
    ruleId: 'p95',
    value: 2389,
    evidence: '2389 ms, past >1500, 3 times in a row, 40 readings',
    samples: [],
  });
  for (let count = 0; count < 30; count++) {
    session.clock.at = RUN_START + 1000 * count;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 450}]});
  }
  return session;
}

test('the value now and the value when it tripped stand side by side in the alert and in the rules', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [110, 35],
    [80, 24],
  ] as const) {
    const session = recovered();
    const screen = await show(session, {columns, rows});
    const alert = (await screen.rows()).find(row => row.includes('TRIPPED'));
    expect(alert, `${columns}`).toMatch(/TRIPPED.* 2389 ms (?:\(rollback )?>1500 ms\)?, now 450 ms /);
    expect((await screen.text()).split('\n').at(-2)).toContain('now 450 ms, when it tripped 2389 ms: ');
  }
});

test('the dialog follows the value while it is open', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  const screen = await show(session);
  session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2389, evidence: '2389 ms, past >1500', samples: []});
  expect(leftWords(await screen.text())).toContain('2389 ms (rollback >1500 ms), now no reading');
  for (let count = 0; count < 30; count++) {
    session.clock.at = RUN_START + 1000 * count;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 450}]});
  }
  const text = await screen.text();
  expect(text).toContain('A rollback trigger has tripped');
  expect(leftWords(text)).toContain('2389 ms (rollback >1500 ms), now 450 ms');
});

test('of a growth that tripped the level is said beside the rate', () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at = RUN_START + 1000;
  session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 161}]});
  session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2389, evidence: '2389 MB/h', samples: []});
  const rules = session.plan.rules.map(rule => (rule.id === 'p95' ? {...rule, unit: 'MB/h' as const} : rule));
  const state = session.run.getState();
  const [tripped] = state.tripped;
  const figures = tripped && trippedFigures({...session.plan, rules}, state, tripped);
  expect(figures && trippedForms(figures)[0]).toMatch(/2389 MB\/h .*>1500 MB\/h.* · 161 MB now$/);
});
