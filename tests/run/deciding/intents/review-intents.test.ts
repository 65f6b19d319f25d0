/** Nothing that no person has confirmed runs by itself. */
import {describe, expect, test} from 'vitest';
import type {Doubt} from '../../../../src/plan/doubt.ts';
import {bo, commands, exited, Run, rule, script, smallPlan, step} from '../../build.ts';
import {ASKING, confirmed, gated, planWith, READING, tick} from './review-plan.ts';

function doubt(line: number, section: string, more: Partial<Doubt> = {}): Doubt {
  return {
    id: `place-assumed:${line}`,
    code: 'place-assumed',
    line,
    section,
    steps: [],
    message: 'taken for here',
    because: 'nothing says where',
    settle: 'confirm it',
    ...more,
  };
}

const all = ASKING.map(confirmed);

describe('running on', () => {
  test('stops in front of a section that nobody has confirmed, and says which', () => {
    const run = new Run(planWith(), gated).ready().intend(tick).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('pending');
    expect(run.state.runOnBecause).toContain('section "deploy" (line 2) is not confirmed');
    run.given(...all).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('running');
  });

  test('without a person the run ends there with 7', () => {
    const run = new Run(planWith(), {...gated, unattended: true, yes: ['all']}).ready();
    run.intend({type: 'run-on', on: true});
    expect(run.state.closed).toMatchObject({status: 'refused', exitCode: 7});
    expect(run.state.closed?.because).toContain('is not confirmed');
    expect(run.types()).not.toContain('step-started');
  });

  test('stops at a doubt of a confirmed section, until it is settled', () => {
    const doubts = [doubt(4, 'deploy', {steps: ['migrate']})];
    const run = new Run(planWith(doubts), gated)
      .ready()
      .given(...all)
      .intend(tick)
      .intend({type: 'run-on', on: true});
    expect(run.state.runOnBecause).toContain('line 4 is not settled: taken for here');
    run.intend({type: 'settle-doubt', doubtId: 'place-assumed:4', how: 'here'}).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('running');
  });

  test('a step that was left out in the review is passed over', () => {
    const doubts = [doubt(4, 'deploy', {steps: ['migrate'], code: 'not-read', id: 'not-read:4'})];
    const run = new Run(planWith(doubts), gated)
      .ready()
      .given(...all)
      .intend(tick);
    run.intend({type: 'settle-doubt', doubtId: 'not-read:4', how: 'not for us', as: 'ignored'});
    expect(run.status('migrate')).toBe('not-applicable');
    run.intend({type: 'run-on', on: true});
    expect(run.types()).not.toContain('step-started');
  });

  test('taking a section back takes back its answers, and what they had left out', () => {
    const doubts = [
      doubt(4, 'deploy', {steps: ['migrate'], code: 'not-read', id: 'not-read:4'}),
      doubt(5, 'deploy', {proposed: 'here'}),
    ];
    const run = new Run(planWith(doubts), gated).ready().given(...all);
    run.intend({type: 'settle-doubt', doubtId: 'not-read:4', how: 'not for us', as: 'ignored'});
    run.intend({type: 'settle-doubt', doubtId: 'place-assumed:5', how: 'here'});
    expect(run.status('migrate')).toBe('not-applicable');
    run.intend({type: 'reopen-section', sectionId: 'deploy'});
    expect(run.state.review).toMatchObject({settled: {}, reopened: {deploy: {because: 'taken back'}}});
    expect(run.status('migrate')).toBe('pending');
    run.intend({type: 'reopen-section', sectionId: 'deploy'});
    expect(run.refusal).toBe('nothing in this section is confirmed');
  });

  test('answers about a section that is not confirmed yet can be taken back too', () => {
    const run = new Run(planWith([doubt(4, 'deploy', {proposed: 'here'})]), gated).ready();
    run.intend({type: 'settle-doubt', doubtId: 'place-assumed:4', how: 'here'});
    run.intend({type: 'reopen-section', sectionId: 'deploy'});
    expect(run.refusal).toBeUndefined();
    expect(run.state.review?.settled).toEqual({});
  });

  test('needs no confirming where a person does everything', () => {
    const run = new Run(planWith([], {rollback: null, steps: [step('look', 'verify', 'manual')]}), {
      ...gated,
      yes: ['all'],
    });
    run.intend({type: 'run-on', on: true});
    expect(run.status('look')).toBe('passed');
  });

  test('a run that was opened before there was a review goes on as it was', () => {
    const run = new Run(planWith()).ready().intend(tick).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('running');
  });
});

describe("a person's own Enter", () => {
  test('runs one step, after the console has shown what was assumed, and the journal says so', () => {
    const run = new Run(planWith(), gated).ready().intend(tick).intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('is not confirmed');
    run.intend({type: 'run-step', stepId: 'migrate', override: 'now', assumed: true});
    expect(run.status('migrate')).toBe('running');
    expect(run.events.find(({type}) => type === 'step-started')).toMatchObject({
      overrides: {review: expect.stringContaining('by hand'), readiness: 'now'},
    });
  });
});

describe('the rollback', () => {
  test('is not ready for a deploy step while it is not confirmed', () => {
    const run = new Run(planWith(), gated).ready().given(confirmed('deploy')).intend(tick);
    run.intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('rollback not confirmed: section "rollback"');
  });

  test('stops and changes nothing by R alone, and goes on with a reason', () => {
    const run = new Run(planWith(), gated).ready().given(confirmed('deploy')).intend(tick);
    run.intend({type: 'run-step', stepId: 'migrate', override: 'it must go out'});
    expect(run.status('migrate')).toBe('running');
    run.intend({type: 'roll-back'});
    expect(run.refusal).toContain('section "rollback" (line 6) is not confirmed');
    expect(run.status('migrate')).toBe('running');
    expect(run.state.rollback.status).toBe('none');
    const forced = new Run(planWith(), gated).ready().intend({type: 'roll-back', force: 'the shop is down'});
    expect(forced.after(3000).ready().after(1).status('stop')).toBe('running');
  });

  const trip = (run: Run) =>
    run.report({
      type: 'samples-reported',
      samples: Array.from({length: 30}, (_, index) => ({
        signal: 'chat',
        at: run.at - 60_000 + index * 1000,
        value: 9000,
      })),
    });

  test.each([
    ['nothing is confirmed', [], false],
    ['the triggers are not', [confirmed('rollback')], false],
    ['the rollback is not', [confirmed('triggers')], false],
    ['all is', all, true],
  ])('by a trigger: when %s', (_, given, starts) => {
    const plan = planWith([], {
      rules: [rule('slow', {consecutive: 1, samples: 1, tie: {by: 'bindings', because: ''}})],
    });
    const run = new Run(plan, {...gated, autoRollback: true})
      .ready()
      .given(...given)
      .intend(tick);
    run.intend({type: 'run-step', stepId: 'migrate', override: 'x', assumed: true}).ends(exited(0)).after(60_000);
    trip(run);
    expect(run.state.phase === 'held' || run.state.rollback.status === 'counting').toBe(true);
    expect(run.state.rollback.status === 'counting').toBe(starts);
  });

  test('a trigger that is tied by a guess holds the run, and starts none until the tie is confirmed', () => {
    const tie = doubt(1, 'triggers', {code: 'tie-assumed', id: 'tie-assumed:1', rules: ['slow'], proposed: 'chat'});
    const rules = [rule('slow', {consecutive: 1, samples: 1, tie: {by: 'guess', because: ''}})];
    for (const settled of [false, true]) {
      const run = new Run(planWith([tie], {rules}), {...gated, autoRollback: true})
        .ready()
        .given(...all)
        .intend(tick);
      if (settled) run.intend({type: 'settle-doubt', doubtId: tie.id, how: 'yes'});
      run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0)).after(60_000);
      trip(run);
      expect(run.state.rollback.status === 'counting').toBe(settled);
    }
  });

  test('follows the uses that people give to sections', () => {
    const steps = [...smallPlan().steps, script('extra', 'verify', [commands('undo-more')])];
    const run = new Run(planWith([], {steps}), gated).ready();
    run.intend({type: 'change-use', sectionId: 'verify', use: 'rollback'});
    run.intend({type: 'roll-back', force: 'x'}).after(3000).ready().after(1).ends(exited(0)).ends(exited(0));
    expect(run.status('extra')).toBe('running');
  });
});

describe('confirming', () => {
  test('takes the proposals of the section, and starts nothing', () => {
    const doubts = [doubt(4, 'deploy', {proposed: 'here'})];
    const run = new Run(planWith(doubts), gated).ready().intend({
      type: 'confirm-section',
      sectionId: 'deploy',
      reading: READING,
    });
    expect(run.events).toEqual([
      {type: 'doubt-settled', doubtId: 'place-assumed:4', how: 'here'},
      {type: 'section-confirmed', sectionId: 'deploy', title: 'deploy', use: 'run', reading: READING},
    ]);
  });

  test('waits for an answer where nothing is proposed, and for a look at what reads otherwise now', () => {
    const run = new Run(planWith([doubt(4, 'deploy')]), gated);
    run.intend({type: 'confirm-section', sectionId: 'deploy', reading: READING});
    expect(run.refusal).toBe('answer line 4 first: taken for here');
    run.intend({type: 'confirm-section', sectionId: 'rollback', reading: 'ffffffffffffffff'});
    expect(run.refusal).toBe('the section reads differently now: look at it again');
  });

  test('is taken back, and another use asks anew', () => {
    const run = new Run(planWith(), gated).given(...all);
    run.intend({type: 'reopen-section', sectionId: 'deploy'});
    expect(run.state.review?.confirmed['deploy']).toBeUndefined();
    run.intend({type: 'change-use', sectionId: 'rollback', use: 'run'});
    expect(run.types()).toEqual(['use-changed', 'section-reopened']);
  });

  test('is taken back with the answers that are named, and with no other', () => {
    const doubts = [doubt(4, 'deploy', {proposed: 'here'}), doubt(5, 'deploy', {proposed: 'there'})];
    const run = new Run(planWith(doubts), gated);
    for (const {id} of doubts) run.intend({type: 'settle-doubt', doubtId: id, how: 'yes'});
    run.intend({type: 'confirm-section', sectionId: 'deploy', reading: READING});
    run.intend({type: 'reopen-section', sectionId: 'deploy', doubtIds: ['place-assumed:5']});
    expect(run.state.review?.confirmed).toEqual({});
    expect(Object.keys(run.state.review?.settled ?? {})).toEqual(['place-assumed:4']);
  });

  test('is not for who observes', () => {
    const run = new Run(planWith(), gated).given({type: 'console-joined', console: bo});
    for (const intent of [
      {type: 'confirm-section', sectionId: 'deploy', reading: READING},
      {type: 'change-use', sectionId: 'deploy', use: 'reference'},
      {type: 'settle-doubt', doubtId: 'x', how: 'y'},
      {type: 'reopen-section', sectionId: 'deploy'},
      {type: 'set-place', sectionId: 'deploy', place: 'vps'},
    ] as const) {
      run.intend(intent, bo);
      expect(run.refusal).toContain('ana drives');
    }
  });
});

test('a run in which nothing ran does not say that it succeeded', () => {
  const plan = planWith([], {rollback: null, steps: [step('look', 'verify', 'manual')]});
  const run = new Run(plan, {...gated, unattended: true, yes: ['all'], watch: 'none'});
  run.intend({type: 'run-on', on: true}).after(1000);
  expect(run.state.closed).toMatchObject({status: 'refused', exitCode: 7});
  expect(run.state.closed?.because).toContain('nothing ran');
});

describe('a dry run', () => {
  const dry = {...gated, auto: true, unattended: true, dryRun: true, yes: ['all'], watch: 'none'} as const;

  test('in which no command was walked says that nothing would run', () => {
    const idle = planWith([], {rollback: null, steps: [step('look', 'verify', 'manual')]});
    const {closed} = new Run(idle, dry).after(1000).state;
    expect(closed).toMatchObject({status: 'refused', exitCode: 7});
    expect(closed?.because).toContain('nothing would run');
    expect(closed?.because).not.toContain('nothing ran');
  });

  test('succeeds when a command was walked, since a run would have run it', () => {
    const run = new Run(planWith(), dry).given(...all);
    run.after(1000).ready().ends(exited(0));
    expect(run.state.closed).toMatchObject({status: 'succeeded', exitCode: 0});
  });
});

describe('the place of a section', () => {
  function placed(): Run {
    const plan = planWith();
    const readings = (plan.proposal?.readings ?? []).map(reading => ({...reading, place: 'here'}));
    return new Run({...plan, proposal: {doubts: [], readings}}, gated)
      .ready()
      .given(...all)
      .intend(tick);
  }

  test('is for the next run: this one runs nothing of the section by itself, and confirms it no more', () => {
    const run = placed().intend({type: 'set-place', sectionId: 'deploy', place: 'web'});
    expect(run.state.review?.places).toEqual({deploy: 'web'});
    run.intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('pending');
    expect(run.state.runOnBecause).toContain('it is to run on web: open the run again');
    run.intend({type: 'confirm-section', sectionId: 'deploy', reading: READING});
    expect(run.refusal).toContain('it is to run on web, and this run was read otherwise');
  });

  test('is taken back by the place as it was read, and then to be confirmed', () => {
    const run = placed().intend({type: 'set-place', sectionId: 'deploy', place: 'web'});
    run.intend({type: 'set-place', sectionId: 'deploy', place: 'local'});
    expect(run.state.review?.places).toEqual({});
    expect(run.state.review?.confirmed['deploy']).toBeUndefined();
    run.intend({type: 'confirm-section', sectionId: 'deploy', reading: READING}).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('running');
  });

  test('stays once the section has begun', () => {
    const run = placed().intend({type: 'run-step', stepId: 'migrate'});
    run.intend({type: 'set-place', sectionId: 'deploy', place: 'web'});
    expect(run.refusal).toBe('the section has begun: it keeps its place');
  });
});
