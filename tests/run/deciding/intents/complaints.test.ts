import {describe, expect, test} from 'vitest';
import {bo, exited, Run, rule, smallPlan} from '../../build.ts';

const MINUTE_MS = 60_000;

const counted = {person: true, statistic: 'count', op: '>', unit: 'count', samples: 1, consecutive: 1} as const;
const {signal: _, ...unmeasured} = rule('complaints', {
  ...counted,
  metric: 'complaints',
  value: 3,
  windowMs: 60 * MINUTE_MS,
});
const firstHour = {...unmeasured, opens: {fromMs: 0, toMs: 60 * MINUTE_MS}};
const bug = {...unmeasured, id: 'bug', text: 'Critical bugs', metric: 'critical bugs', value: 0};
const {person: __, ...blind} = {...unmeasured, id: 'connections', metric: 'connections'};

function deployed(rules = [firstHour, bug, {...blind, person: false}, rule('slow')]): Run {
  const run = new Run(smallPlan({rules})).intend({type: 'tick', stepId: 'review'}).ready();
  return run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
}

const complain = (run: Run, text?: string) => run.intend({type: 'complain', ...(text === undefined ? {} : {text})});

describe('complaints', () => {
  test('fire the trigger when there are more than it allows, and say who said what', () => {
    const run = deployed();
    for (const text of ['cannot book', 'slow', undefined]) complain(run, text);
    expect(run.state.tripped).toEqual([]);
    complain(run.after(MINUTE_MS), ' no answer ');
    expect(run.state.tripped).toMatchObject([
      {
        ruleId: 'complaints',
        value: 4,
        evidence: '4 reported (>3): ana: "cannot book", ana: "slow", ana, ana: "no answer"',
      },
    ]);
    expect(run.state.phase).toBe('held');
  });

  test('in the first hour are those of the first hour after T+0, not before and not after', () => {
    const run = new Run(smallPlan({rules: [firstHour]})).intend({type: 'tick', stepId: 'review'}).ready();
    for (let count = 0; count < 4; count += 1) complain(run);
    run.at += MINUTE_MS;
    run.ready().intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
    expect(run.state.tripped).toEqual([]);
    for (let count = 0; count < 3; count += 1) complain(run.after(19 * MINUTE_MS));
    for (let count = 0; count < 3; count += 1) complain(run.after(10 * MINUTE_MS));
    expect(run.state.tripped).toEqual([]);
    expect(run.state.complaints.length).toBe(10);
  });

  test('without such hours are counted over a rolling window', () => {
    const run = deployed([unmeasured]);
    for (let count = 0; count < 6; count += 1) complain(run.after(20 * MINUTE_MS));
    expect(run.state.tripped).toMatchObject([{value: 4}]);
  });

  test('that were dismissed count no more: it takes as many new ones', () => {
    const run = deployed();
    for (let count = 0; count < 4; count += 1) complain(run);
    run.intend({type: 'dismiss', ruleId: 'complaints', reason: 'all of one customer with a broken line'}).after(1000);
    for (let count = 0; count < 3; count += 1) complain(run.after(1000));
    expect(run.state.tripped).toEqual([]);
    expect(complain(run).state.tripped).toMatchObject([{ruleId: 'complaints'}]);
  });
});

describe('what a trigger says in words', () => {
  test('is reported by a person, and fires it at once', () => {
    const run = deployed().intend({type: 'complain', ruleId: 'bug', text: 'double bookings'});
    expect(run.state.tripped).toMatchObject([{ruleId: 'bug', evidence: '1 reported (>0): ana: "double bookings"'}]);
    expect(run.types()).toEqual(['complaint-counted', 'rule-changed', 'trigger-fired', 'phase-changed']);
  });

  test('may be a figure that nothing measures: who sees it is believed', () => {
    const run = deployed().intend({type: 'complain', ruleId: 'connections', text: 'pool exhausted'});
    expect(run.state.tripped).toMatchObject([
      {ruleId: 'connections', evidence: '1 reported (>3): ana: "pool exhausted"'},
    ]);
  });

  test('is refused where a probe measures it, where there is no such rule, and from who does not drive', () => {
    expect(deployed().intend({type: 'complain', ruleId: 'slow'}).refusal).toBe(
      'nobody needs to report it: chat measures it',
    );
    expect(deployed().intend({type: 'complain', ruleId: 'x'}).refusal).toBe('there is no rule x');
    const observer = {...bo, observer: true};
    expect(deployed().intend({type: 'complain', ruleId: 'bug'}, observer).refusal).toBeDefined();
  });

  test('fires nothing before the deploy, nor after the rollback', () => {
    const early = new Run(smallPlan({rules: [bug]})).intend({type: 'complain', ruleId: 'bug'});
    expect(early.state.tripped).toEqual([]);
    const late = deployed().given({type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: []});
    expect(late.intend({type: 'complain', ruleId: 'bug'}).state.tripped).toEqual([]);
    expect(late.state.complaints.length).toBe(1);
  });
});
