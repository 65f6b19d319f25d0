import {describe, expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import type {Console} from '../../../src/run/console.ts';
import {commands, exited, Run, script, smallPlan, step} from '../build.ts';

const driver: Console = {id: 'c1', user: 'ana', uid: 1000, name: 'ana', observer: false};
const second: Console = {id: 'c2', user: 'bo', uid: 1001, name: 'bo', observer: true};
const sameAccount: Console = {id: 'c3', user: 'ana', uid: 1000, name: 'bo', claimed: 'name', observer: false};
const unproved: Console = {id: 'c4', user: 'bo', name: 'bo', claimed: 'account', observer: false};

const marked = {
  steps: [
    step('review', 'prepare', 'manual'),
    script('migrate', 'deploy', [commands('migrate')], {approvals: 2}),
    step('switch', 'deploy', 'manual', {approvals: 2}),
    script('stop', 'rollback', [commands('systemctl stop app')], {approvals: 2}),
  ],
} satisfies Partial<Plan>;

function ready(plan: Plan = smallPlan(marked), how: {approvers?: 2; auto?: boolean} = {approvers: 2}): Run {
  const run = new Run(plan, how);
  for (const console of [driver, second, sameAccount, unproved]) run.given({type: 'console-joined', console});
  run.given({type: 'baton-passed', to: driver.id});
  return run.intend({type: 'tick', stepId: 'review'}, driver).ready();
}

const asked = () => ready().intend({type: 'run-step', stepId: 'migrate'}, driver);
const id = (run: Run) => run.state.approval?.id ?? '';
const approve = (run: Run, console: Console) => run.intend({type: 'approve', id: id(run)}, console);

describe('a marked step', () => {
  test('does not start: its request waits for a second person', () => {
    const run = asked();
    expect(run.types()).toEqual(['approval-asked']);
    expect(run.state.approval).toMatchObject({
      stepId: 'migrate',
      askedBy: 'ana',
      because: 'the step is marked approve=2',
    });
    expect(run.status('migrate')).toBe('pending');
  });

  test('starts at once when somebody of another account agrees, and is the asker’s', () => {
    const run = approve(asked(), second);
    expect(run.decided).toMatchObject({by: 'bo'});
    expect(run.types()).toEqual(['approval-given', 'phase-changed', 'step-started']);
    expect(run.state.approval).toBeNull();
    expect(run.state.steps['migrate']).toMatchObject({status: 'running', by: 'ana'});
    run.ends(exited(0));
    expect(run.state.steps['migrate']).toMatchObject({status: 'passed', by: 'ana'});
  });

  test('is not approved by who asked, nor within the same account, nor by an account that is only claimed', () => {
    const run = asked();
    expect(approve(run, driver).refusal).toContain('another account');
    expect(approve(run, sameAccount).refusal).toContain('names are only claimed');
    expect(approve(run, unproved).refusal).toContain('not proved');
    expect(run.status('migrate')).toBe('pending');
  });

  test('is not approved when the one who asked is only claimed to be somebody', () => {
    const run = ready();
    run.given({type: 'baton-passed', to: unproved.id}).intend({type: 'run-step', stepId: 'migrate'}, unproved);
    expect(approve(run, driver).refusal).toContain('the account of bo is not proved');
  });

  test('is approved as it was seen: a request that was replaced is over', () => {
    const run = asked();
    const first = id(run);
    run.intend({type: 'run-step', stepId: 'migrate'}, driver);
    expect(run.intend({type: 'approve', id: first}, second).refusal).toContain('that request is over');
    expect(approve(run, second).status('migrate')).toBe('running');
  });

  test('needs a new consent when it is tried again', () => {
    const run = approve(asked(), second).ends(exited(1));
    run.intend({type: 'run-step', stepId: 'migrate'}, driver);
    expect(run.types()).toEqual(['approval-asked']);
  });

  test('that a person does is ticked with the consent of another', () => {
    const run = ready().intend({type: 'tick', stepId: 'switch', note: 'done'}, driver);
    expect(run.status('switch')).toBe('pending');
    approve(run, second);
    expect(run.state.steps['switch']).toMatchObject({status: 'passed', by: 'ana', note: 'done'});
  });

  test('is decided anew when the consent comes: what stands in the way by then is said to who gives it', () => {
    const run = asked().ready([{ready: false, detail: 'tag v1 not found'}]);
    expect(approve(run, second).refusal).toContain('tag v1 not found');
    expect(run.state.approval).not.toBeNull();
  });

  test('is like any other when no second person was asked for', () => {
    const run = ready(smallPlan(marked), {}).intend({type: 'run-step', stepId: 'migrate'}, driver);
    expect(run.status('migrate')).toBe('running');
  });
});

describe('a request', () => {
  test('is withdrawn by cancelling the step', () => {
    const run = asked().intend({type: 'cancel', stepId: 'migrate'}, driver);
    expect(run.types()).toEqual(['approval-withdrawn']);
    expect(run.intend({type: 'approve', id: 'A1'}, second).refusal).toBe('nothing waits for an approval');
  });

  test.for([
    {type: 'baton-passed', to: second.id},
    {type: 'console-left', consoleId: driver.id},
    {type: 'phase-changed', phase: 'held', because: 'look'},
    {type: 'rollback-requested', because: 'ana', startsAt: 0},
    {type: 'step-skipped', stepId: 'migrate', reason: 'not today'},
  ] as const)('falls when things go on without it: %j', event => {
    expect(asked().given(event).state.approval).toBeNull();
  });

  test('outlives what does not concern it', () => {
    const run = asked().given({type: 'note-added', text: 'x'}, {type: 'console-left', consoleId: second.id});
    expect(run.state.approval).not.toBeNull();
  });
});

describe('red readiness', () => {
  const red = () => ready(smallPlan()).ready([{ready: false, detail: 'tag v1 not found'}]);

  test('is not overridden by one person', () => {
    const run = red().intend({type: 'run-step', stepId: 'migrate', override: 'we have a snapshot'}, driver);
    expect(run.state.approval).toMatchObject({because: 'the rollback is not ready'});
    expect(run.status('migrate')).toBe('pending');
    approve(run, second);
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'step-started', overrides: {readiness: 'we have a snapshot'}, askedBy: 'ana'}),
    );
  });

  test('still needs a reason, before anybody is asked', () => {
    const run = red().intend({type: 'run-step', stepId: 'migrate'}, driver);
    expect(run.refusal).toContain('tag v1 not found');
  });
});

describe('running on', () => {
  test('asks in the driver’s name, waits, and goes on after the consent', () => {
    const run = ready().intend({type: 'run-on', on: true}, driver);
    expect(run.state.approval).toMatchObject({askedBy: 'ana', consoleId: driver.id});
    run.after(1000);
    expect(run.events).toEqual([]);
    expect(run.state.runningOn).toBe(true);
    approve(run, second).ends(exited(0));
    expect(run.state.runOnBecause).toContain('switch');
  });
});

test('rolling back waits for nobody', () => {
  const run = ready().deployed().intend({type: 'roll-back'}, driver).intend({type: 'roll-back'}, driver).ready();
  expect(run.status('stop')).toBe('running');
});
