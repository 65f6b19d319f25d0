import {expect, test} from 'vitest';
import {likelyCause} from '../../../src/run/wording/likely-cause.ts';
import {type FakeSession, fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const service = {kind: 'http', unit: 'ms', everyMs: 1000, what: 'POST /chat'} as const;
const database = {kind: 'sql', unit: 'ms', everyMs: 1000, what: 'select 1'} as const;

/** A second of each: the value that the rule p95 judges, and what the database says. */
function seconds(session: FakeSession, count: number, value: number, pool: {value: number} | {error: string}): void {
  for (let second = 0; second < count; second++) {
    session.clock.at += 1000;
    const at = session.clock.at;
    session.tell({
      type: 'sample-taken',
      samples: [
        {signal: 'store_message', at, value},
        {signal: 'pool', at, ...pool},
      ],
    });
  }
}

function tripped(pool: {value: number} | {error: string}, before = 210): FakeSession {
  const session = fakeSession({
    plan: {...smallPlan, signals: {...smallPlan.signals, store_message: service, pool: database}},
  });
  session.clock.at = RUN_START;
  seconds(session, 30, before, {value: 3});
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  seconds(session, 30, 2389, pool);
  session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2389, evidence: '2389 ms', samples: []});
  return session;
}

const said = (session: FakeSession) => likelyCause(session.plan, session.run.getState(), 'p95');

test('where it was well before the deploy and the database answers, the release is the likely cause', () => {
  expect(said(tripped({value: 3}))).toBe(
    'Likely the release: the database itself answers to our probe; before the deploy it was 210 ms.',
  );
});

test('where the database does not answer, both are named, the service first', () => {
  expect(said(tripped({error: 'connect ECONNREFUSED'}))).toBe(
    'Release or database? the service answers, the database does not answer.',
  );
});

test('nothing is said where it was as bad before, and where no database is probed', () => {
  expect(said(tripped({value: 3}, 2200))).toBeUndefined();
  const session = tripped({value: 3});
  const {pool: _, ...signals} = session.plan.signals ?? {};
  expect(likelyCause({...session.plan, signals}, session.run.getState(), 'p95')).toBeUndefined();
});

test('of memory no database is the cause, so none is named', () => {
  const session = tripped({error: 'connect ECONNREFUSED'});
  const rules = session.plan.rules.map(rule => (rule.id === 'p95' ? {...rule, unit: 'MB' as const} : rule));
  expect(likelyCause({...session.plan, rules}, session.run.getState(), 'p95')).toBe(
    'Likely the release: it was 210 MB before the deploy.',
  );
});
