import {describe, expect, test} from 'vitest';
import {react} from '../../src/run/react.ts';
import {plainCommand as command} from '../helpers/plan-parts.ts';
import {bo, commands, exited, Run, rule, script, smallPlan, step} from './build.ts';

const deploying = () =>
  new Run().intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'});

describe('starting a step', () => {
  test('waits for the gate, and goes past it with a reason', () => {
    const run = new Run().ready().intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('not prepared yet: review');
    run.intend({type: 'run-step', stepId: 'migrate', override: 'the reviewer is asleep'});
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'step-started', stepId: 'migrate', overrides: {gate: 'the reviewer is asleep'}}),
    );
  });

  test('is refused while the rollback is not ready', () => {
    const run = new Run().intend({type: 'tick', stepId: 'review'});
    run.ready([{ready: false, detail: 'tag v1 not found'}]).intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('tag v1 not found');
    expect(run.status('migrate')).toBe('pending');
  });

  test('marks T+0 with the first deploy step and keeps what was sampled before as the baseline', () => {
    const run = new Run().intend({type: 'tick', stepId: 'review'}).ready();
    run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value: 2000}]});
    expect(run.state.deployStartedAt).toBeUndefined();
    run.intend({type: 'run-step', stepId: 'migrate'});
    expect(run.state.deployStartedAt).toBe(run.at);
    expect(run.state.signals['chat']?.baseline).toHaveLength(1);
  });

  test('runs one at a time', () => {
    const run = deploying().intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('still running');
  });

  test('is not possible while a placeholder is unbound', () => {
    const plan = smallPlan({
      steps: [script('go', 'verify', [commands('cd /path/to/app')])],
      placeholders: [{text: '/path/to/app', lines: [1], bound: false}],
    });
    const run = new Run(plan).intend({type: 'run-step', stepId: 'go'});
    expect(run.refusal).toContain('unbound /path/to/app');
  });

  test('needs one arm chosen, and then runs that arm alone', () => {
    const arms = ['systemctl restart app', 'supervisorctl restart app'].map((text, index) => ({
      id: `arm${index}`,
      label: text,
      line: 1,
      commands: [command(text)],
      manual: false,
    }));
    const plan = smallPlan({
      steps: [script('go', 'verify', [{kind: 'alternatives', id: 'alt', line: 1, arms}])],
    });
    const run = new Run(plan).ready().intend({type: 'run-step', stepId: 'go'});
    expect(run.refusal).toContain('choose one first');
    run.intend({type: 'choose', choiceId: 'alt', armId: 'arm1'}).intend({type: 'run-step', stepId: 'go'});
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'step-started', commands: ['supervisorctl restart app']}),
    );
  });
});

describe('a report', () => {
  test('of an attempt that is over is ignored', () => {
    const run = deploying().ends(exited(1)).intend({type: 'run-step', stepId: 'migrate'});
    run.report({type: 'step-reported', stepId: 'migrate', attempt: 1, outcome: exited(0)});
    expect(run.types()).toEqual([]);
    expect(run.status('migrate')).toBe('running');
  });

  test('of a lost link leaves the step unknown, never failed or passed', () => {
    const run = deploying().ends({kind: 'lost', detail: 'the link was cut', durationMs: 1});
    expect(run.status('migrate')).toBe('unknown');
  });

  test('of rows without an expectation waits for a person to judge', () => {
    const sql = {kind: 'sql', statements: [{line: 1, text: 'select 1', expectations: []}]} as const;
    const run = new Run(smallPlan({steps: [step('ask', 'verify', 'sql', {action: sql})]}));
    run.intend({type: 'run-step', stepId: 'ask'}).ends({kind: 'returned', tables: [], durationMs: 1});
    expect(run.status('ask')).toBe('waiting');
    run.intend({type: 'tick', stepId: 'ask'});
    expect(run.status('ask')).toBe('passed');
  });

  test('brings captured values once', () => {
    const run = deploying().ends({...exited(0), captures: {YYYYMMDD: '20261123'}} as never);
    expect(run.state.captures['YYYYMMDD']).toEqual({value: '20261123', on: 'vps'});
  });
});

describe('a person', () => {
  test('cannot tick what is ticked by evidence without a reason', () => {
    const run = deploying().ends(exited(1)).intend({type: 'tick', stepId: 'migrate'});
    expect(run.refusal).toContain('evidence');
    run.intend({type: 'tick', stepId: 'migrate', reason: 'ran it by hand'});
    expect(run.status('migrate')).toBe('passed');
  });

  test('skips only with a reason', () => {
    const run = new Run().intend({type: 'skip', stepId: 'review', reason: '  '});
    expect(run.refusal).toBe('skipping needs a reason');
  });

  test('who does not drive changes nothing', () => {
    const run = new Run().given({type: 'console-joined', console: bo});
    const wishes = [
      {type: 'run-step', stepId: 'migrate'},
      {type: 'roll-back'},
      {type: 'tick', stepId: 'review'},
      {type: 'note', text: 'hello'},
      {type: 'pass-baton', to: bo.id},
    ] as const;
    for (const wish of wishes) {
      run.intend(wish, bo);
      expect(run.refusal).toContain('ana drives');
    }
    run.given({type: 'console-left', consoleId: 'c1'}).intend({type: 'pass-baton', to: bo.id}, bo);
    expect(run.state.driver).toBe(bo.id);
  });

  test('makes the other options not applicable by choosing one', () => {
    const arms = [
      {id: 'a', title: 'A', line: 1, steps: ['one']},
      {id: 'b', title: 'B', line: 1, steps: ['two']},
    ];
    const plan = smallPlan({
      steps: [
        step('pick', 'verify', 'choice', {action: {kind: 'choice', arms}}),
        step('one', 'verify', 'manual', {arm: {choice: 'pick', arm: 'a'}}),
        step('two', 'verify', 'manual', {arm: {choice: 'pick', arm: 'b'}}),
      ],
    });
    const run = new Run(plan)
      .intend({type: 'tick', stepId: 'two'})
      .intend({type: 'choose', choiceId: 'pick', armId: 'a'});
    expect(run.refusal).toContain('has begun');
    const clean = new Run(plan).intend({type: 'choose', choiceId: 'pick', armId: 'b'});
    expect([clean.status('pick'), clean.status('one'), clean.status('two')]).toEqual([
      'passed',
      'not-applicable',
      'pending',
    ]);
  });
});

test('a choice that is skipped takes its options with it, and the run goes on to its end', () => {
  const option = (id: string) => ({id, title: id, line: 1, steps: [`${id}1`]});
  const arms = [option('a'), option('b')];
  const plan = smallPlan({
    steps: [
      step('pick', 'deploy', 'choice', {action: {kind: 'choice', arms}}),
      step('a1', 'deploy', 'manual', {arm: {choice: 'pick', arm: 'a'}}),
      script('b1', 'deploy', [commands('b')], {arm: {choice: 'pick', arm: 'b'}}),
      step('look', 'verify', 'manual'),
    ],
    rollback: null,
  });
  const run = new Run(plan).intend({type: 'skip', stepId: 'pick', reason: 'deployed yesterday'});
  expect([run.status('a1'), run.status('b1')]).toEqual(['not-applicable', 'not-applicable']);
  run.intend({type: 'tick', stepId: 'look'});
  expect(run.state.phase).toBe('watching');
});

describe('a run without a person', () => {
  const how = {auto: true, unattended: true, watch: 'none'} as const;

  test('goes through every step and closes with 0', () => {
    const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000);
    expect(run.status('review')).toBe('passed');
    run.ready().ends(exited(0));
    expect(run.state.closed).toMatchObject({status: 'succeeded', exitCode: 0});
  });

  test('ends with 7 and names the step that needs somebody', () => {
    const run = new Run(smallPlan(), how).after(1000);
    expect(run.state.closed).toMatchObject({exitCode: 7});
    expect(run.state.closed?.because).toContain('review');
  });

  test('presumes nothing about a step in which something went wrong unseen, but of that step by its name', () => {
    const doubtful = {...exited(0), doubts: ['line 4: pg_dump ended with 1 inside its pipeline']};
    const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000).ready().ends(doubtful);
    expect(run.status('migrate')).toBe('waiting');
    expect(run.state.closed).not.toMatchObject({status: 'succeeded'});
    expect(run.state.closed?.because).toContain('pg_dump ended with 1');
    const named = new Run(smallPlan(), {...how, yes: ['all', 'migrate']}).after(1000).ready().ends(doubtful);
    expect(named.status('migrate')).toBe('passed');
  });

  test('ends with 3 when a step fails', () => {
    const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000).ready().ends(exited(2));
    expect(run.state.closed).toMatchObject({exitCode: 3});
  });

  test('that is dry is walked past what is in the way, to its end, and says with 7 that something was', () => {
    const blocked = script('migrate', 'deploy', [commands('cd /path/to/app')]);
    const steps = smallPlan().steps.map(one => (one.id === 'migrate' ? blocked : one));
    const run = new Run(smallPlan({steps}), {...how, dryRun: true, yes: ['all']}).after(1000).ready();
    expect(['review', 'migrate', 'look'].map(id => run.status(id))).toEqual(['passed', 'skipped', 'passed']);
    expect(run.state.steps['migrate']).toMatchObject({reason: expect.stringContaining('/path/to/app')});
    expect(run.state.closed).toMatchObject({exitCode: 7});
    expect(run.state.closed?.because).toMatch(/^would stop at migrate \(line \d+\): .*\/path\/to\/app/);

    const watched = [
      ...smallPlan().steps,
      step('watched', 'verify', 'rule', {action: {kind: 'rule', rules: ['blind']}}),
    ];
    const free = new Run(smallPlan({steps: watched, rules: [rule('blind')]}), {...how, dryRun: true, yes: ['all']});
    free.after(1000).ready().ends(exited(0));
    expect(free.state.closed).toMatchObject({exitCode: 0});
  });

  test('ends with 75 when nobody saw how a step ended', () => {
    const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000).ready();
    run.ends({kind: 'lost', detail: 'link', durationMs: 1});
    expect(run.state.closed).toMatchObject({exitCode: 75});
  });

  test('ends with 69 when a host or database could not be reached at all', () => {
    for (const [reason, exitCode] of [
      ['unreachable', 69],
      ['database', 69],
      ['not-proved', 3],
    ] as const) {
      const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000).ready();
      run.ends({kind: 'refused', reason, detail: '', durationMs: 1});
      expect(run.state.closed).toMatchObject({status: 'failed', exitCode});
    }
  });

  test('asks for a fresh proof before it calls the rollback not ready', () => {
    const run = new Run(smallPlan(), {...how, yes: ['all']});
    run.report({type: 'readiness-reported', items: [], link: {up: false, detail: 'no link yet'}});
    expect(run.state.closed).toBeNull();
    expect('effects' in run.decided && run.decided.effects).toContainEqual({type: 'probe-readiness'});
    run.at += 1000;
    run.ready([{ready: false, detail: 'no tag'}]);
    expect(run.state.closed).toMatchObject({exitCode: 7});
  });

  test('asks again after a look that began before the last step ended: it cannot have seen what that left', () => {
    const run = new Run(smallPlan(), {...how, yes: ['all']}).after(1000);
    const [asOf, items] = [run.at - 5000, [{...missing, ready: false, detail: 'no backup yet'}]];
    run.after(1000).report({type: 'readiness-reported', items, link: {up: true, detail: ''}, asOf});
    expect(run.state.closed).toBeNull();
    expect('effects' in run.decided && run.decided.effects).toContainEqual({type: 'probe-readiness'});
  });

  test('is proved anew when the link to its host changes, and the two tell one truth', () => {
    const run = new Run(smallPlan()).ready();
    const probe = {type: 'probe-readiness'};
    const effects = () =>
      ('events' in run.decided ? run.decided.events : []).flatMap(event =>
        react(smallPlan(), run.state, {...event, seq: run.state.seq, at: run.at, by: ''}),
      );
    run.report({type: 'link-reported', host: 'vps', up: true, detail: ''});
    expect(effects()).not.toContainEqual(probe);
    run.report({type: 'link-reported', host: 'vps', up: false, detail: 'read ECONNRESET'});
    expect(effects()).toContainEqual(probe);
    run.report({type: 'readiness-reported', items: [], link: {up: false, detail: 'vps does not answer'}});
    run.report({type: 'link-reported', host: 'vps', up: true, detail: ''});
    expect(effects()).toContainEqual(probe);
  });

  test('says once that a host refuses, also where its link was lost before', () => {
    const run = new Run(smallPlan()).ready();
    const lost = {type: 'link-reported', host: 'vps', up: false} as const;
    const refusal = {...lost, detail: 'vps: HOST KEY CHANGED', refused: true} as const;
    const told = () => ('events' in run.decided ? run.decided.events : []).filter(({type}) => type === 'link-lost');
    run.report({...lost, detail: 'read ECONNRESET'});
    run.report({...lost, detail: 'connect ECONNREFUSED'});
    expect(told()).toEqual([]);
    run.report(refusal);
    expect(told()).toEqual([{type: 'link-lost', host: 'vps', detail: 'vps: HOST KEY CHANGED', refused: true}]);
    expect(run.state.links['vps']).toMatchObject({up: false, refused: true});
    run.report(refusal);
    expect(told()).toEqual([]);
    run.report({type: 'link-reported', host: 'vps', up: true, detail: ''});
    expect(run.state.links['vps']).not.toHaveProperty('refused');
  });

  test('that waits for its link before it has begun says so once, and once that it has begun', () => {
    const run = deploying();
    const told = () => ('events' in run.decided ? run.decided.events : []).map(({type}) => type);
    const report = {type: 'step-waits', stepId: 'migrate', attempt: 1, host: 'vps'} as const;
    run.report({...report, attempt: 2, waits: true});
    expect(told()).toEqual([]);
    run.report({...report, waits: true});
    expect(run.state.steps['migrate']).toMatchObject({status: 'running', awaitsLink: 'vps'});
    run.report({...report, waits: true});
    expect(told()).toEqual([]);
    run.report({...report, waits: false});
    expect(run.state.steps['migrate']).not.toHaveProperty('awaitsLink');
  });

  test('is aborted only by its operator', () => {
    const run = deploying().intend({type: 'finish', because: 'wrong branch', abort: true});
    expect(run.state.phase).toBe('stopping');
    expect(run.state.closed).toBeNull();
    run.ends({kind: 'cancelled', detail: 'cancelled', durationMs: 1});
    expect(run.state.closed).toMatchObject({exitCode: 6});
  });

  test('is aborted also while it is only watched, and finished when its operator calls it done', () => {
    const end = (abort: boolean) => {
      const watching = deploying().ends(exited(0)).intend({type: 'tick', stepId: 'look'});
      expect(watching.state.phase).toBe('watching');
      return watching.intend({type: 'finish', because: 'customer calls', abort}).state.closed;
    };
    expect(end(true)).toMatchObject({status: 'aborted', exitCode: 6, because: 'customer calls'});
    expect(end(false)).toMatchObject({status: 'succeeded', exitCode: 0});
  });

  test('is aborted also where a step has failed before: its operator decided how it ends', () => {
    const run = deploying().ends(exited(1)).intend({type: 'finish', because: 'tomorrow', abort: true});
    expect(run.state.closed).toMatchObject({status: 'aborted', exitCode: 6});
  });
});

const missing = {stepId: 'stop', title: 'Stop', detail: '', arms: [], optional: false};

describe('a rule of the checklist', () => {
  const hour = 3_600_000;
  const watched = () => {
    const plan = smallPlan({rules: [rule('P95 <850ms', {role: 'target', op: '<', value: 850, section: 'monitor'})]});
    const steps = [...plan.steps, step('watch', 'monitor', 'rule', {action: {kind: 'rule', rules: ['P95 <850ms']}})];
    const sections = plan.sections.map(one => (one.id === 'monitor' ? {...one, window: {fromMs: 0, toMs: hour}} : one));
    const run = new Run({...plan, steps, sections}).intend({type: 'tick', stepId: 'review'}).ready();
    return run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0)).intend({type: 'tick', stepId: 'look'});
  };
  const sampled = (run: Run, value: number) => {
    const samples = [1, 2, 3, 4, 5].map(second => ({signal: 'chat', at: run.at + second * 1000, value}));
    run.at += 6000;
    return run.report({type: 'samples-reported', samples});
  };

  test('ticks itself when its window closes and it held', () => {
    const run = watched();
    expect(run.state.phase).toBe('watching');
    run.after(hour - 10_000);
    expect(sampled(run, 600).status('watch')).toBe('pending');
    run.after(5000);
    expect(run.status('watch')).toBe('passed');
  });

  test('says that it was not judged when nothing was measured', () => {
    expect(watched().after(hour + 1).state.steps['watch']).toMatchObject({status: 'skipped'});
  });

  test('stays open when it is broken', () => {
    const run = watched().after(hour - 10_000);
    expect(sampled(run, 2000).after(5000).status('watch')).toBe('pending');
  });
});

test('directory and exports of a context go on as its shell left them', () => {
  const plan = smallPlan({steps: [script('one', 'deploy', [commands('a')]), script('two', 'deploy', [commands('b')])]});
  const run = new Run(plan).ready().intend({type: 'run-step', stepId: 'one'});
  run.ends({...exited(0), exports: {REGION: 'eu', OLD: 'x'}, directory: '/srv'});
  expect(Object.values(run.state.contexts)).toEqual([{directory: '/srv', exports: {REGION: 'eu', OLD: 'x'}}]);
  run.intend({type: 'run-step', stepId: 'two'}).ends({...exited(0), exports: {NEW: 'y'}, unset: ['OLD']});
  expect(Object.values(run.state.contexts)).toEqual([{directory: '/srv', exports: {REGION: 'eu', NEW: 'y'}}]);
});

describe('a rehearsal that is left alone', () => {
  const alone = {type: 'left-alone', forMs: 300_000} as const;

  test('ends what runs, and is then closed', () => {
    const run = deploying().report(alone);
    expect(run.state).toMatchObject({
      phase: 'stopping',
      phaseBecause: 'nobody has come back to this rehearsal for 5 min',
      runningOn: false,
    });
    run.report(alone);
    expect(run.types()).toEqual([]);
    run.ends({kind: 'cancelled', detail: '', durationMs: 1});
    expect(run.state.closed).toMatchObject({status: 'aborted', exitCode: 6});
  });

  test('finishes a rollback first that counts down or runs', () => {
    const run = deploying().intend({type: 'roll-back'});
    const told = () => run.report(alone).types();
    expect(told()).toEqual([]);
    run.intend({type: 'roll-back'});
    expect(told()).toEqual([]);
    run.ends({kind: 'cancelled', detail: '', durationMs: 1}).ready();
    expect(run.status('stop')).toBe('running');
    expect(told()).toEqual([]);
    run.ends(exited(0)).ends(exited(1));
    expect(run.state.phase).toBe('rollback-failed');
    expect(told()).toEqual(['run-on-switched', 'phase-changed', 'run-closed']);
    expect(run.state.closed).toMatchObject({status: 'rollback-failed', exitCode: 5});
  });

  test('closes nothing twice: only its engine ends', () => {
    const run = new Run().intend({type: 'finish', because: 'done', abort: true});
    expect(run.state.closed).not.toBeNull();
    run.report(alone);
    expect(run.decided).toMatchObject({events: [], effects: [{type: 'close', exitCode: 6}]});
  });
});
