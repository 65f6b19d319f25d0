import {expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import {type FakeSession, fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import type {Screen} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const ENTER = '\r';
const bellsOf = (screen: Screen) => screen.written().split('\u0007').length - 1;

const base = smallPlan.rules[0] as Rule;
const person = (id: string, text: string, metric: string): Rule => {
  const {signal: _, target: __, statistic: ___, ...rest} = base;
  return {...rest, id, text, metric, person: true, role: 'trigger', op: '>', value: 0, unit: 'count', samples: 1};
};

function measured(session: FakeSession, signal: string, value: number | 'error', count = 30): void {
  const samples = Array.from({length: count}, (_, index): Sample => {
    const at = session.clock.at - (count - 1 - index) * 2000;
    if (value === 'error') return {signal, at, error: 'connect ECONNREFUSED 127.0.0.1:5432'};
    return {signal, at, value: value + index, parts: {connect: 3, 'first-byte': value}};
  });
  session.tell({type: 'sample-taken', samples});
}

function many(): FakeSession {
  const session = fakeSession();
  session.clock.at = RUN_START + 600_000;
  for (const signal of ['store_message', 'booking', 'health', 'api_rss', 'pool']) measured(session, signal, 100);
  return session;
}

test('h and l bring another signal into the place under the cursor, j and k move to another place', async () => {
  const session = many();
  const screen = await show(session);
  await screen.type('3');
  expect(await screen.text()).toMatch(/Latency · store_message.*Memory · api_rss.*Errors · store_message/s);
  await screen.type('l');
  expect(await screen.text()).toMatch(/Latency · booking .* 4\/6/);
  await screen.type('l');
  expect(await screen.text()).toMatch(/Latency · health .* 5\/6/);
  await screen.type('hh');
  expect(await screen.text()).toMatch(/Latency · store_message .* 1\/6/);
  await screen.type('jl');
  expect(await screen.text()).toMatch(/Latency · store_message.*Latency · booking.*Errors/s);
});

test('the palette finds a signal by its name', async () => {
  const screen = await show(many());
  await screen.type(`:pool${ENTER}`);
  expect(await screen.text()).toContain('Latency · pool');
});

test('+ and - change the time that all charts show, and say what it is', async () => {
  const screen = await show(many());
  await screen.type('3-');
  expect(await screen.text()).toContain('the charts show 15 m');
  await screen.type('-------');
  expect(await screen.text()).toContain('this is the whole run');
});

test('Enter on a chart lists its samples, and Enter on one shows the log line of that second', async () => {
  const session = fakeSession();
  for (let second = 0; second < 40; second++) {
    session.clock.at = RUN_START + second * 1000;
    session.print('error', `line ${second} a`, `line ${second} b`);
  }
  session.clock.at = RUN_START + 39_000;
  measured(session, 'store_message', 700, 10);
  const screen = await show(session);
  await screen.type(`3${ENTER}`);
  expect(await screen.text()).toMatch(/Samples of store_message/);
  expect(await screen.text()).toMatch(/› .*709 ms {2}connect 3 · first-byte 700 +baseline/);
  await screen.type(`jjj${ENTER}`);
  expect(await screen.text()).toMatch(/› line 33 a/);
  expect(await screen.text()).not.toContain('Samples of');
});

test('a run whose line times were not kept says so', async () => {
  const session = fakeSession();
  measured(session, 'store_message', 700);
  const screen = await show(session);
  await screen.type(`3${ENTER}${ENTER}`);
  expect(await screen.text()).toContain('the times of log lines were not kept in this run');
});

test('a failed sample says why, and which rule it counted for', async () => {
  const plan: Plan = {
    ...smallPlan,
    rules: [{...base, id: 'e', statistic: 'error-rate', unit: '%', role: 'trigger', op: '>', value: 5, line: 79}],
  };
  const session = fakeSession({plan});
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at = RUN_START + 120_000;
  measured(session, 'store_message', 'error');
  const screen = await show(session);
  await screen.type(`3${ENTER}`);
  expect(await screen.text()).toMatch(/failed {2}connect ECONNREFUSED 127\.0\.0\.1:5432 +rollback >5 line 79/);
});

test('v shows every signal and every verdict in the centre, and the output again', async () => {
  const session = many();
  const screen = await show(session);
  await screen.type('v');
  expect(await screen.text()).toMatch(/2 Signals and verdicts.*store_message.*verdicts of 2 rules/s);
  expect(await screen.text()).toContain('P95 store_message');
  await screen.type('/err');
  await screen.type(ENTER);
  await screen.type('v');
  expect(await screen.text()).not.toContain('Signals and verdicts');
});

test('the centre shows signals by itself while the cursor is on a section that asks how things stand', async () => {
  const screen = await show(many());
  expect(await screen.text()).not.toContain('Signals and verdicts');
  await screen.type(`:response times${ENTER}`);
  expect(await screen.text()).toContain('Signals and verdicts');
});

test('c counts a complaint at once where the document knows of nothing else to report', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('c');
  expect(await screen.text()).toContain('A user complained');
  await screen.type(`slow chat${ENTER}`);
  expect(session.sent).toEqual([{type: 'complain', text: 'slow chat'}]);
});

test('c asks what was reported where there are several things, complaints being one of them', async () => {
  const plan: Plan = {
    ...smallPlan,
    rules: [
      ...smallPlan.rules,
      person('complaints', 'User complaints (>3 in first hour)', 'complaints'),
      person('none', 'No user complaints', 'complaints'),
      person('bugs', 'Critical bugs affecting bookings', 'critical bugs'),
    ],
  };
  const session = fakeSession({plan});
  const screen = await show(session);
  await screen.type('c');
  expect(await screen.text()).toMatch(/What was reported\?.*1 +User complaints.*2 +Critical bugs/s);
  expect(await screen.text()).not.toContain('No user complaints');
  await screen.type('2');
  await screen.type(ENTER);
  expect(session.sent).toEqual([{type: 'complain', ruleId: 'bugs'}]);
});

test('a trigger that fires while something is typed asks once that is done, with one bell for one trouble', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('n');
  await screen.type('half a note');
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  session.tell({type: 'trigger-fired', ruleId: 'store_message', evidence: 'P95 1720 ms', samples: []});
  expect(await screen.text()).toContain('half a note');
  expect(await screen.text()).toMatch(/▲ TRIPPED/);
  expect(bellsOf(screen)).toBe(1);
  await screen.type(ENTER);
  expect(await screen.text()).toContain('A rollback trigger has tripped');
  expect(bellsOf(screen)).toBe(1);
});

test('what has tripped stays in sight above an overlay that fills the screen', async () => {
  const session = fakeSession();
  const screen = await show(session, {columns: 100, rows: 30});
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  await screen.type('l?');
  expect(await screen.text()).toMatch(/▲ TRIPPED.*\n.*Keys/);
});
