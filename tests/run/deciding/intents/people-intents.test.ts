import {describe, expect, test} from 'vitest';
import type {Plan, Section, Step} from '../../../../src/plan/plan.ts';
import {signOffForm} from '../../../../src/run/people/sign-off-form.ts';
import {ana, bo, exited, Run, rule, smallPlan, step} from '../../build.ts';

const record: Section = {id: 'notes', title: 'Notes', line: 90, depth: 2, role: 'notes', use: 'record'};

const asking: readonly Step[] = [
  step('issues', 'notes', 'choice', {
    title: 'Issues',
    action: {
      kind: 'choice',
      arms: [
        {id: 'none', title: 'None', line: 91, steps: []},
        {id: 'major', title: 'Major (rollback required)', line: 92, steps: [], rollback: 'needed'},
      ],
    },
  }),
  step('status', 'notes', 'choice', {
    title: 'Final Status',
    action: {
      kind: 'choice',
      arms: [
        {id: 'good', title: 'Successful', line: 93, steps: []},
        {id: 'back', title: 'Rolled back', line: 94, steps: [], rollback: 'done'},
      ],
    },
  }),
  step('signed', 'notes', 'input', {
    title: 'Signed off by, date, second',
    action: {
      kind: 'input',
      blanks: [
        {id: 'who', label: 'Signed off by', line: 95, computed: 'user'},
        {id: 'when', label: 'Date', line: 96, computed: 'date'},
        {id: 'who2', label: 'Second signature', line: 97, computed: 'user'},
        {id: 'ticket', label: 'Ticket', line: 98},
        {id: 'went-wrong', label: 'Besondere Vorfälle', line: 99, asks: 'issues'},
        {id: 'remarks', label: 'Anmerkungen', line: 100, asks: 'notes'},
      ],
    },
  }),
];

function asked(): Plan {
  const plan = smallPlan();
  return {...plan, sections: [...plan.sections, record], steps: [...plan.steps, ...asking]};
}

const attended = (plan = asked()) => new Run(plan).given({type: 'console-joined', console: bo});

describe('signing off', () => {
  test('answers what the document asks, and says who signed', () => {
    const run = attended().intend({
      type: 'sign-off',
      status: 'successful',
      name: ' Ana Lopez ',
      issues: 'one slow query',
      answers: ['issues=none', 'ticket=OPS-7'],
    });
    expect(run.refusal).toBeUndefined();
    expect(run.state.choices).toMatchObject({issues: {armId: 'none'}, status: {armId: 'good'}});
    expect(run.state.blanks).toMatchObject({
      who: {value: 'Ana Lopez'},
      when: {value: '1970-01-01'},
      ticket: {value: 'OPS-7'},
      'went-wrong': {value: 'one slow query'},
    });
    expect(run.state.blanks['remarks']).toBeUndefined();
    expect(run.state.blanks['who2']).toBeUndefined();
    expect(run.state.notes.map(({text}) => text)).toEqual(['Issues: one slow query']);
    expect(run.state.signOff).toMatchObject({status: 'Successful', name: 'Ana Lopez', by: 'ana'});
    expect(run.status('signed')).toBe('pending');
  });

  test('proposes what a rollback makes known, and asks the rest', () => {
    const run = attended().given(
      {type: 'rollback-requested', because: 'asked', startsAt: 0},
      {type: 'phase-changed', phase: 'stopping', because: 'asked'},
      {type: 'phase-changed', phase: 'rolling-back', because: 'asked'},
      {type: 'rollback-finished', result: 'rolled-back', verdict: 'verified', because: 'the old commit', left: []},
    );
    expect(signOffForm(run.situation.plan, run.state)).toMatchObject({
      status: {id: 'status', known: 'back'},
      choices: [{id: 'issues', known: 'major'}],
      blanks: [{id: 'ticket', label: 'Ticket'}],
    });
  });

  test('asks in its own words where the document asks nothing', () => {
    const run = attended(smallPlan());
    expect(signOffForm(run.situation.plan, run.state).status.options.map(({title}) => title)).toContain('rolled back');
    run.intend({type: 'sign-off', status: 'rolled back', name: 'Ana'});
    expect(run.types()).toEqual(['signed-off']);
    run.intend({type: 'sign-off', status: 'fine', name: 'Ana'});
    expect(run.refusal).toContain('take one of "successful"');
  });

  test('is refused without a name, and with an answer to nothing', () => {
    const run = attended().intend({type: 'sign-off', status: 'good', name: ' '});
    expect(run.refusal).toBe('a signature needs a name');
    run.intend({type: 'sign-off', status: 'good', name: 'Ana', answers: ['issues=grave']});
    expect(run.refusal).toBe('"grave" is no option of "Issues"');
    run.intend({type: 'sign-off', status: 'good', name: 'Ana', answers: ['colour=red']});
    expect(run.refusal).toContain('does not ask for "colour"');
    expect(run.state.signOff).toBeUndefined();
  });

  test('goes on after the run is closed, and ends when the run is opened again', () => {
    const run = attended().given({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'done'});
    run.intend({type: 'note', text: 'late'});
    expect(run.refusal).toBe('the run is closed');
    run.intend({type: 'sign-off', status: 'good', name: 'Ana'});
    expect(run.state.signOff).toMatchObject({status: 'Successful'});
    expect(run.state.phase).toBe('closed');
    run.given({type: 'phase-changed', phase: 'stopping', because: 'rollback'});
    expect(run.state.signOff).toBeUndefined();
  });

  test('waits for what runs', () => {
    const run = attended().intend({type: 'tick', stepId: 'review'}).ready();
    run.intend({type: 'run-step', stepId: 'migrate'}).intend({type: 'sign-off', status: 'good', name: 'Ana'});
    expect(run.refusal).toContain('migrate is still running');
  });
});

describe('the second signature', () => {
  const signed = () => attended().intend({type: 'sign-off', status: 'good', name: 'Ana'});

  test('comes from another person, who need not drive', () => {
    const run = signed().intend({type: 'countersign', name: 'Bo', note: 'seen'}, bo);
    expect(run.refusal).toBeUndefined();
    expect(run.events).toContainEqual({type: 'countersigned', of: 'ana', name: 'Bo', note: 'seen'});
    expect(run.state.blanks['who2']).toMatchObject({value: 'Bo'});
    expect(run.state.signOff?.second).toMatchObject({name: 'Bo'});
  });

  test('is not the same person again, under any name', () => {
    const run = signed().intend({type: 'countersign', name: 'Bo'});
    expect(run.refusal).toContain('another person');
    run.intend({type: 'countersign', name: 'ana'}, bo);
    expect(run.refusal).toContain('another person');
  });

  test('says that a name in the same account is only claimed', () => {
    const also = {...bo, user: 'ana'};
    const run = signed().given({type: 'console-joined', console: also});
    run.intend({type: 'countersign', name: 'Bo'}, also);
    expect(run.events).toContainEqual({type: 'countersigned', of: 'ana', name: 'Bo', claimed: true});
  });

  test('needs a first one', () => {
    expect(attended().intend({type: 'countersign', name: 'Bo'}, bo).refusal).toContain('nobody has signed');
  });
});

describe('handing over', () => {
  test('stores where the run is, what is open and what comes next', () => {
    const run = new Run().intend({type: 'tick', stepId: 'review'}).ready();
    run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(1));
    run.intend({type: 'hand-over', note: ' back at eight ', errors: ['a', 'b', 'c', 'd']});
    expect(run.state.handOver).toMatchObject({note: 'back at eight', errors: ['b', 'c', 'd'], consoleId: ana.id});
    const {summary} = run.state.handOver ?? {};
    expect(summary?.where).toContain('1 of 3 steps done, 1 failed (line 1)');
    expect(summary?.next).toBe(
      'See the note; then decide about "migrate" (line 1), which failed: u goes to it; r runs it again, s skips it, R rolls back.',
    );
    expect(summary?.open.map(({text}) => text)).toEqual([expect.stringContaining('migrate failed')]);
    expect(summary?.rollback).toMatchObject({ready: true, text: 'Ready: 1 of 1 proved.'});
    expect(summary?.rollback.does).toEqual([
      'vps $ systemctl stop app',
      'vps $ systemctl start app',
      'vps GET http://127.0.0.1/health',
    ]);
  });

  test('names questions, fired triggers, unmet rules, and values that are missing', () => {
    const plan = smallPlan({
      rules: [rule('P95 too high')],
      placeholders: [{text: '<tag>', lines: [7], bound: false}],
      steps: [
        step('review', 'prepare', 'input', {action: {kind: 'input', blanks: [{id: 'b', label: 'Lead', line: 4}]}}),
      ],
    });
    const run = new Run(plan).given(
      {type: 'trigger-fired', ruleId: 'P95 too high', evidence: '1900 ms', samples: []},
      {type: 'question-asked', questionId: 'q', kind: 'password', host: 'vps', text: 'Password?'},
      {type: 'question-asked', questionId: 'r', kind: 'sudo', host: 'db', text: 'Password of sudo?'},
      {type: 'question-closed', questionId: 'r', kind: 'sudo', host: 'db', text: '', answered: true},
      {type: 'link-lost', host: 'vps', detail: 'timed out'},
    );
    const {summary} = run.intend({type: 'hand-over'}).state.handOver ?? {};
    expect(summary?.next).toContain('Decide about the trigger "P95 too high": R rolls back, or d dismisses it');
    expect(summary?.open.map(({text}) => text.replace(/\d\d:\d\d:\d\dZ/, '…'))).toEqual([
      'vps asks: Password?',
      'TRIGGER FIRED …: P95 too high: 1900 ms',
      'No value for <tag> (line 7): what needs it waits',
      'Not filled in: Lead (line 4)',
    ]);
    expect(summary?.look.map(({text}) => text)).toEqual([
      'Link to vps lost: nothing runs on vps now; its logs and readings stand still until the link is back; T-Minus reconnects by itself; timed out',
    ]);
    expect(summary?.rollback).toMatchObject({ready: false, text: 'NOT READY: probing.'});
  });

  test('is taken over once, by somebody else, who drives from then on', () => {
    const run = attended().intend({type: 'hand-over'});
    const id = run.state.handOver?.id ?? '';
    run.intend({type: 'take-hand-over', id});
    expect(run.refusal).toBe('you wrote it: who comes next takes it over');
    run.intend({type: 'take-hand-over', id}, {...bo, observer: true});
    expect(run.refusal).toContain('only observes');
    run.intend({type: 'take-hand-over', id}, bo);
    expect(run.events).toEqual([
      {type: 'hand-over-taken', id, from: 'ana'},
      {type: 'baton-passed', to: bo.id, name: 'bo', because: 'handed over by ana'},
    ]);
    run.intend({type: 'take-hand-over', id}, {...bo, id: 'c3'});
    expect(run.refusal).toContain('has taken it over already');
  });
});
