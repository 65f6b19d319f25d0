import {describe, expect, test} from 'vitest';
import type {Event, Recorded} from '../../src/run/event.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import {react} from '../../src/run/react.ts';
import {verdictLines} from '../../src/run/wording/verdict-lines.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from './build.ts';

const answered: Outcome = {
  ...(exited(0) as Outcome & {kind: 'exited'}),
  answers: [{line: 1, status: 200, body: '{}', timing: {firstByteMs: 1, totalMs: 2}}],
};

const deploying = (plan = smallPlan()) =>
  new Run(plan).intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'});

describe('R', () => {
  test('while a step runs asks for the rollback once, and counts down', () => {
    const run = deploying().intend({type: 'roll-back'});
    expect(run.types()).toEqual(['rollback-requested']);
    expect(run.state.rollback).toMatchObject({status: 'counting', startsAt: run.at + 3000});
    run.after(2000);
    expect(run.state.rollback.status).toBe('counting');
    run.after(1000);
    expect(run.state.phase).toBe('stopping');
  });

  test('pressed again starts at once, and Esc cancels', () => {
    expect(deploying().intend({type: 'roll-back'}).intend({type: 'roll-back'}).state.phase).toBe('stopping');
    const cancelled = deploying().intend({type: 'roll-back'}).intend({type: 'cancel-roll-back'});
    expect(cancelled.state.rollback.status).toBe('none');
    expect(cancelled.status('migrate')).toBe('running');
  });

  test('leaves a step of the rollback that is run alone held by the same proof, unless a reason is given', () => {
    const run = new Run(smallPlan()).ready([{stepId: 'stop', ready: false, detail: 'no backup'}]);
    expect(run.intend({type: 'run-step', stepId: 'stop'}).refusal).toMatch(/not proved: no backup/);
    expect(run.status('stop')).toBe('pending');
    expect(run.intend({type: 'run-step', stepId: 'stop', override: 'it was looked at'}).status('stop')).toBe('running');
  });

  test('is taken in every phase', () => {
    const phases = ['ready', 'running', 'held', 'watching', 'closed', 'rolled-back', 'rollback-failed'] as const;
    for (const phase of phases) {
      const run = new Run().deployed().given({type: 'phase-changed', phase, because: ''}).intend({type: 'roll-back'});
      expect([phase, run.types()]).toEqual([phase, ['rollback-requested']]);
    }
  });

  test('says so when the document has no rollback', () => {
    const run = new Run(smallPlan({rollback: null})).intend({type: 'roll-back'});
    expect(run.refusal).toBe('the document has no rollback section');
  });
});

describe('the course of a rollback', () => {
  const begun = (plan = smallPlan()) =>
    deploying(plan)
      .intend({type: 'roll-back'})
      .intend({type: 'roll-back'})
      .ends({kind: 'cancelled', detail: '', durationMs: 1})
      .ready();

  test('cancels the running step first, then goes step by step, and is rolled back when verified', () => {
    const run = begun();
    expect(run.status('migrate')).toBe('cancelled');
    expect(run.status('stop')).toBe('running');
    run.ends(exited(0));
    expect(run.status('start')).toBe('running');
    run.ends(answered);
    expect(run.state.phase).toBe('rolled-back');
    expect(run.state.rollback).toMatchObject({status: 'finished', result: 'rolled-back'});
  });

  test('goes on at once when what it needs was proved while it counted down', () => {
    const run = new Run().deployed().intend({type: 'roll-back'}).ready().intend({type: 'roll-back'});
    expect(run.status('stop')).toBe('running');
  });

  test('proves again what a step may have changed meanwhile, or was proved too long ago', () => {
    const stopped = deploying().intend({type: 'roll-back'}).ready().after(100).intend({type: 'roll-back'});
    stopped.ends({kind: 'cancelled', detail: '', durationMs: 1});
    const counted = new Run(smallPlan(), {countdownMs: 60_000})
      .deployed()
      .intend({type: 'roll-back'})
      .ready()
      .after(60_000);
    for (const run of [stopped, counted]) {
      expect(run.status('stop')).toBe('pending');
      expect(run.ready().status('stop')).toBe('running');
    }
  });

  test('looks at nothing between its steps when nothing in place could tell the versions apart', () => {
    const {situation, state, at} = begun().ends(exited(0));
    const ended = {type: 'step-finished', stepId: 'stop', attempt: 1, outcome: exited(0), seq: 1, at, by: 'engine'};
    const verdict = {kind: 'passed', because: '', checks: []};
    expect(react(situation.plan, state, {...ended, verdict, outputTo: 0} as unknown as Recorded)).toEqual([]);
  });

  test('does not wait for a step that hangs: it is abandoned as unknown', () => {
    const run = deploying().intend({type: 'roll-back'}).intend({type: 'roll-back'}).after(9000);
    expect(run.status('migrate')).toBe('running');
    run.after(1000).ready();
    expect(run.status('migrate')).toBe('unknown');
    expect(run.status('stop')).toBe('running');
  });

  test('fails with the commands that are left', () => {
    const run = begun().ends(exited(5));
    expect(run.state.phase).toBe('rollback-failed');
    expect(run.state.rollback).toMatchObject({
      result: 'rollback-failed',
      left: [
        '# on host vps:\nsystemctl stop app',
        '# on host vps:\nsystemctl start app',
        '# on host vps:\ncurl -fsS http://127.0.0.1/health',
      ],
    });
  });

  test('is not claimed when the verification fails', () => {
    const unhealthy = {...answered, answers: [{line: 1, status: 503, body: '', timing: {firstByteMs: 1, totalMs: 1}}]};
    const run = begun()
      .ends(exited(0))
      .ends(unhealthy as Outcome);
    expect(run.state.phase).toBe('rollback-failed');
  });

  test('is not claimed when nothing verifies', () => {
    const plan = smallPlan();
    const blind = {
      ...plan,
      steps: plan.steps.map(one => (one.id === 'start' ? script('start', 'rollback', [commands('go')]) : one)),
    };
    const run = begun(blind).ends(exited(0)).ends(exited(0));
    expect(run.state.rollback).toMatchObject({result: 'rollback-failed'});
    expect(run.state.phaseBecause).toContain('verified');
  });

  test('is not claimed on what was looked at before anything changed, or only sent', () => {
    const request = (method: string) =>
      ({kind: 'http', request: {line: 1, method, url: 'http://127.0.0.1/', headers: [], expectations: []}}) as const;
    for (const stages of [
      [request('GET'), commands('go')],
      [commands('go'), request('POST')],
    ]) {
      const start = script('start', 'rollback', stages);
      const stop = script('stop', 'rollback', [request('GET')]);
      const plan = smallPlan({steps: [...smallPlan().steps.slice(0, 3), stop, start]});
      const run = begun(plan).ends(answered).ends(answered);
      expect(run.state.rollback).toMatchObject({result: 'rollback-failed'});
    }
  });

  test('changes nothing when an input is missing, unless forced', () => {
    const red = [{ready: false, detail: 'neither tag nor backup'}];
    const asked = () => new Run().deployed().intend({type: 'roll-back'}).intend({type: 'roll-back'});
    const run = asked().ready(red);
    expect(run.state.phase).toBe('rollback-failed');
    expect(run.state.phaseBecause).toContain('nothing was changed');
    expect(run.status('stop')).toBe('pending');
    const forced = new Run().intend({type: 'roll-back', force: 'I know'}).intend({type: 'roll-back'}).ready(red);
    expect(forced.status('stop')).toBe('running');
  });

  test('runs each step once, also when the clock goes back in the middle', () => {
    const run = begun();
    run.at -= 3_600_000;
    run.ends(exited(0));
    expect(run.types().filter(type => type === 'step-started')).toHaveLength(1);
    run.ends(answered);
    expect(run.state.phase).toBe('rolled-back');
  });

  test('runs its steps anew when it is asked for again', () => {
    const run = begun().ends(exited(5)).intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
    expect(run.status('stop')).toBe('running');
  });

  test('called off, what an earlier one came to stays the last word', () => {
    const failed = begun().ends(exited(5));
    const {rollback, phase} = failed.state;
    expect(rollback).toMatchObject({status: 'finished', result: 'rollback-failed'});
    failed.intend({type: 'roll-back'}).intend({type: 'cancel-roll-back'});
    expect(failed.state).toMatchObject({rollback, phase});
  });

  test('once it is done it says so, until a step of the deploy has run again', () => {
    const run = begun().ends(exited(0)).ends(answered);
    const before = run.state;
    run.intend({type: 'roll-back'});
    expect(run.refusal).toMatch(/^it is rolled back already, verified by/);
    expect(run.state).toEqual(before);
    run.after(1000).intend({type: 'run-step', stepId: 'migrate', override: 'once more'}).intend({type: 'roll-back'});
    expect(run.state.rollback.status).toBe('counting');
  });

  test('does not stop a running step for a rollback that is not ready, and says which it stopped where it was', () => {
    const missing = [{stepId: 'stop', ready: false, title: 'Stop', detail: 'no backup'}];
    const red = deploying().intend({type: 'roll-back'}).ready(missing).intend({type: 'roll-back'});
    expect(red.state.rollback).toMatchObject({
      because: 'nothing was changed, and migrate (line 1) goes on: Stop: no backup',
    });
    expect([red.status('migrate'), red.types().includes('step-cancelling')]).toEqual(['running', false]);
    const went = red.ends(exited(0)).ready().intend({type: 'run-step', stepId: 'look'}).intend({type: 'roll-back'});
    expect(went.state.rollback.status).toBe('counting');
    const late = deploying().after(100).intend({type: 'roll-back'}).intend({type: 'roll-back'});
    late.ends({kind: 'cancelled', detail: '', durationMs: 1}).ready(missing);
    expect(late.state.rollback).toMatchObject({
      because: 'migrate was stopped in the middle, at line 1; nothing else was changed: Stop: no backup',
    });
  });

  test('that could not begin leaves the run as it was: the next step asks for nothing, and triggers are armed', () => {
    const plan = smallPlan({
      steps: [...smallPlan().steps, script('switch', 'deploy', [commands('switch')])],
      rules: [rule('P95 >1500ms')],
    });
    const run = deploying(plan).ends(exited(0)).after(9000).intend({type: 'roll-back'}).intend({type: 'roll-back'});
    run.ready([{stepId: 'stop', ready: false, detail: 'no backup'}]);
    expect(run.state.rollback).toMatchObject({status: 'finished', begun: []});
    expect(verdictLines(plan, run.state)[0]?.assessment.standing.kind).not.toBe('disarmed');
    run.ready().intend({type: 'run-step', stepId: 'switch'});
    expect(['migrate', 'switch'].map(id => run.status(id))).toEqual(['passed', 'running']);
    expect(run.state).toMatchObject({phase: 'running', rollback: {status: 'none'}});
  });

  test('that is forced goes on with the steps of other hosts where one host’s step fails', () => {
    const on = (host: string) =>
      script(host, 'rollback', [commands(`restart ${host}`)], {
        action: {
          kind: 'script',
          context: {id: host, place: {kind: 'host', host, destination: host}},
          stages: [commands(`restart ${host}`)],
        },
      });
    const hosts = ['edge3', 'edge2', 'edge1'];
    const plan = smallPlan({
      steps: [...smallPlan().steps.slice(0, 3), ...hosts.map(on)],
      rollback: {heading: 'Rollback', line: 1, triggers: [], steps: hosts, doesNotUndo: []},
    });
    const begin = (force?: string) => {
      const asked = deploying(plan)
        .ends(exited(0))
        .intend({type: 'roll-back', ...(force === undefined ? {} : {force})});
      return asked.intend({type: 'roll-back'}).ready().ends(exited(5));
    };
    expect(begin().state.rollback).toMatchObject({status: 'finished', begun: ['edge3']});
    const forced = begin('edge3 is gone').ends(exited(0)).ends(exited(0));
    expect(forced.state.rollback).toMatchObject({
      result: 'rollback-failed',
      because: 'edge3: exit 5',
      left: ['# on host edge3:\nrestart edge3'],
    });
    expect(hosts.map(id => forced.status(id))).toEqual(['failed', 'passed', 'passed']);
    const again = forced.intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
    expect(hosts.map(id => again.status(id))).toEqual(['running', 'passed', 'passed']);
  });

  describe('that is tried again', () => {
    const failed = () => begun().ends(exited(0)).ends(exited(5));

    test('goes on with what is left, and names what it does not repeat', () => {
      const run = failed().intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
      expect([run.status('stop'), run.status('start')]).toEqual(['passed', 'running']);
      expect(run.state.steps['stop']).toMatchObject({attempt: 1});
      expect(run.state.phaseBecause).toBe('goes on with what the try before has left; not repeated: stop');
      run.ends(answered);
      expect(run.state.rollback).toMatchObject({result: 'rolled-back', begun: ['stop', 'start']});
      expect(run.state.earlierRollbacks).toMatchObject([{result: 'rollback-failed'}]);
    });

    test('repeats all of it where a person asks for that', () => {
      const anew = failed().intend({type: 'roll-back', anew: true}).intend({type: 'roll-back'}).ready();
      expect(anew.state.steps['stop']).toMatchObject({status: 'running', attempt: 2});
    });

    test('wakes no trigger, neither while it counts down nor when it is called off', () => {
      const plan = smallPlan({rules: [rule('P95 >1500ms')]});
      const run = begun(plan).ends(exited(0)).ends(exited(5)).intend({type: 'roll-back'});
      for (let n = 0; n < 9; n += 1) {
        run.at += 100;
        run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value: 9000}]});
      }
      expect(run.state.rollback.status).toBe('counting');
      expect(run.state.tripped).toEqual([]);
      expect(verdictLines(plan, run.state)[0]?.assessment.standing.kind).toBe('disarmed');
    });
  });

  describe('that has ended', () => {
    const plan = smallPlan({
      steps: [
        step('review', 'prepare', 'manual'),
        script('migrate', 'deploy', [commands('migrate')]),
        script('switch', 'deploy', [commands('ln -sfn new current')]),
        script('health', 'verify', [commands('curl -fsS http://127.0.0.1/health')]),
        ...smallPlan().steps.slice(3),
      ],
    });
    const rolledBack = () => {
      const run = deploying(plan).ends(exited(0)).intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
      return run.ends(exited(0)).ends(answered).after(1000);
    };

    test('lets no step of the deploy run unless a person says why, and only look meanwhile', () => {
      const run = rolledBack().intend({type: 'run-step', stepId: 'switch'});
      expect(run.refusal).toBe(
        'the run is over (rolled-back): this deploys again, without migrate (line 1), taken back with it',
      );
      run.intend({type: 'run-step', stepId: 'health'});
      expect([run.status('health'), run.state.phase]).toEqual(['running', 'rolled-back']);
    });

    test('is withdrawn when one does: what it took back is open, R is possible, and the run ends otherwise', () => {
      const run = rolledBack().intend({type: 'run-step', stepId: 'switch', override: 'hot fix'});
      expect(run.events[0]).toEqual({type: 'phase-changed', phase: 'running', because: 'deployed again: hot fix'});
      expect(['review', 'migrate', 'switch'].map(id => run.status(id))).toEqual(['passed', 'pending', 'running']);
      expect(run.state).toMatchObject({phase: 'running', rollback: {status: 'none'}, deployStartedAt: run.at});
      expect(run.state.earlierRollbacks).toMatchObject([{result: 'rolled-back'}]);
      const aborted = run.ends(exited(0)).intend({type: 'finish', because: 'enough', abort: true});
      expect(aborted.state.closed).toMatchObject({status: 'aborted', exitCode: 6});
      const again = rolledBack().intend({type: 'run-step', stepId: 'switch', override: 'hot fix'}).ends(exited(0));
      expect(again.intend({type: 'roll-back'}).state.rollback.status).toBe('counting');
    });

    test('does not run a step of the deploy under the number of an attempt that has been', () => {
      const run = rolledBack().intend({type: 'run-step', stepId: 'switch', override: 'hot fix'}).ends(exited(0));
      run.intend({type: 'run-step', stepId: 'migrate'});
      expect(run.events).toContainEqual(expect.objectContaining({type: 'step-started', stepId: 'migrate', attempt: 2}));
    });
  });

  test('leaves manual steps to people', () => {
    const plan = smallPlan();
    const withManual = {
      ...plan,
      steps: [...plan.steps, step('notify', 'rollback', 'manual')],
      rollback: {...(plan.rollback as NonNullable<typeof plan.rollback>), steps: ['stop', 'notify', 'start']},
    };
    const run = begun(withManual).ends(exited(0)).ends(answered);
    expect(run.state.rollback).toMatchObject({result: 'rolled-back', left: ['by hand: notify']});
  });

  test('names nothing as left that a person has ticked or skipped since', () => {
    const plan = smallPlan();
    const withManual = {
      ...plan,
      steps: [...plan.steps, step('notify', 'rollback', 'manual'), step('call', 'rollback', 'manual')],
      rollback: {...(plan.rollback as NonNullable<typeof plan.rollback>), steps: ['stop', 'start', 'notify', 'call']},
    };
    const run = begun(withManual).ends(exited(0)).ends(answered);
    expect(run.state.rollback).toMatchObject({left: ['by hand: notify', 'by hand: call']});
    run.intend({type: 'tick', stepId: 'notify'});
    expect(run.state.rollback).toMatchObject({left: ['by hand: call']});
    run.intend({type: 'skip', stepId: 'call', reason: 'nobody to call'});
    expect(run.state.rollback).toMatchObject({left: []});
  });

  test('that is tried again still knows what was deployed, unless something has run since', () => {
    const seen = (content: string): Event => ({
      type: 'readiness-changed',
      ready: true,
      items: [],
      link: {up: true, detail: ''},
      seen: {app: content},
    });
    const begins = [
      {type: 'rollback-requested', because: 'ana', startsAt: 0},
      {type: 'phase-changed', phase: 'stopping', because: 'ana'},
      {type: 'phase-changed', phase: 'rolling-back', because: 'ana'},
    ] as const;
    const failed = {type: 'rollback-finished', result: 'rollback-failed', because: 'exit 9', left: []} as const;
    const run = new Run().given(seen('new'), ...begins);
    expect(run.state.rollback).toMatchObject({status: 'running', deployed: {app: 'new'}});
    run.at += 10;
    run.given(failed, seen('old'), ...begins);
    expect(run.state.rollback).toMatchObject({status: 'running', deployed: {app: 'new'}});
    run.at += 10;
    run.given(failed);
    run.at += 10;
    run.given(
      {type: 'step-started', stepId: 'migrate', attempt: 1},
      {
        type: 'step-finished',
        stepId: 'migrate',
        attempt: 1,
        outcome: exited(0),
        verdict: {kind: 'passed', because: '', checks: []},
      },
      seen('newer'),
      ...begins,
    );
    expect(run.state.rollback).toMatchObject({status: 'running', deployed: {app: 'newer'}});
  });

  test('closes with 4 or 5 when nobody is there, never with 0', () => {
    const unattended = {auto: false, unattended: true};
    const run = new Run(smallPlan(), unattended)
      .deployed()
      .intend({type: 'roll-back'})
      .intend({type: 'roll-back'})
      .ready();
    run.ends(exited(0)).ends(answered);
    expect(run.state.closed).toMatchObject({exitCode: 4});
    const failed = new Run(smallPlan(), unattended)
      .deployed()
      .intend({type: 'roll-back'})
      .intend({type: 'roll-back'})
      .ready()
      .ends(exited(1));
    expect(failed.state.closed).toMatchObject({exitCode: 5});
  });
});

test('after a rollback the run does not run on, and says so', () => {
  const run = deploying().intend({type: 'roll-back'}).intend({type: 'roll-back'});
  run.ends({kind: 'cancelled', detail: '', durationMs: 1}).ready().ends(exited(0)).ends(answered);
  expect(run.state.phase).toBe('rolled-back');
  expect(run.intend({type: 'run-on', on: true}).refusal).toContain('after a rollback the run does not run on');
  expect(run.intend({type: 'run-step', stepId: 'migrate'}).refusal).toContain('this deploys again');
});

describe('a trigger', () => {
  const slow = (run: Run) => {
    for (let turn = 0; turn < 8; turn += 1) {
      run.at += 1000;
      run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value: 2000}]});
    }
    return run;
  };
  const plan = smallPlan({rules: [rule('P95 >1500ms')]});

  test('does not fire on what the old version does, only on samples of the new one', () => {
    const run = slow(new Run(plan));
    expect(verdictLines(plan, run.state)[0]?.assessment.standing.kind).toBe('disarmed');
    run.intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'});
    slow(run);
    expect(run.state.phase).toBe('running');
    slow(run.ends(exited(0)));
    expect(run.state.phase).toBe('held');
    expect(run.state.tripped).toHaveLength(1);
  });

  test('holds the run, and is dismissed only with a reason', () => {
    const run = slow(deploying(plan)).ends(exited(0)).intend({type: 'run-step', stepId: 'look'});
    expect(run.refusal).toContain('held');
    run.intend({type: 'dismiss', ruleId: 'P95 >1500ms', reason: ''});
    expect(run.refusal).toContain('reason');
    run.intend({type: 'dismiss', ruleId: 'P95 >1500ms', reason: 'a backup was running'});
    expect(run.state.phase).toBe('running');
  });

  test('lets what runs end before it closes a run that nobody attends', () => {
    const steps = [...smallPlan().steps.slice(0, 2), script('seed', 'deploy', [commands('seed')])];
    const unattended = {auto: true, unattended: true, watch: 'none', yes: ['all']} as const;
    const run = new Run(smallPlan({steps, rules: [rule('P95 >1500ms')]}), unattended).after(1).ready().ends(exited(0));
    slow(run);
    expect([run.state.phase, run.status('seed')]).toEqual(['held', 'running']);
    run.ends(exited(0));
    expect(run.state.closed).toMatchObject({status: 'failed', exitCode: 3});
    expect(run.status('seed')).toBe('passed');
  });

  test('starts the rollback by itself when the bindings say so', () => {
    const run = slow(
      new Run(plan, {autoRollback: true})
        .intend({type: 'tick', stepId: 'review'})
        .ready()
        .intend({type: 'run-step', stepId: 'migrate'}),
    );
    expect(run.state.rollback.status).toBe('counting');
  });

  test('only asks, whatever the bindings say, when its tie to what is measured is a guess', () => {
    const guessed = {...plan, rules: [rule('P95 >1500ms', {tie: {by: 'guess', because: 'it resembles `chat`'}})]};
    const run = slow(
      new Run(guessed, {autoRollback: true})
        .intend({type: 'tick', stepId: 'review'})
        .ready()
        .intend({type: 'run-step', stepId: 'migrate'}),
    );
    expect(run.state.tripped).toHaveLength(1);
    expect([run.state.phase, run.state.rollback.status]).toEqual(['held', 'none']);
  });

  test('is disarmed after the rollback: the old version may be slower', () => {
    const run = deploying(plan).intend({type: 'roll-back'}).intend({type: 'roll-back'}).ends(exited(0)).ready();
    run.ends(exited(0)).ends(answered);
    expect(verdictLines(plan, slow(run).state)[0]?.assessment.standing.kind).toBe('disarmed');
    expect(run.state.phase).toBe('rolled-back');
  });
});
