import {describe, expect, test} from 'vitest';
import type {Console} from '../../../src/run/console.ts';
import type {Intent} from '../../../src/run/event.ts';
import {ana, bo, Run} from '../build.ts';

/** Ana once more, at another terminal. */
const anaElsewhere: Console = {...ana, id: 'c3', terminal: 'pts/7'};
const watcher: Console = {id: 'c4', user: 'cy', name: 'cy', observer: true};

const attended = () =>
  new Run().given(
    {type: 'console-joined', console: bo},
    {type: 'console-joined', console: anaElsewhere},
    {type: 'console-joined', console: watcher},
  );

/** One wish of each kind; a kind that is missing does not compile. */
const WISHES: {[type in Intent['type']]: Extract<Intent, {type: type}>} = {
  'run-step': {type: 'run-step', stepId: 'migrate', override: 'now'},
  'run-on': {type: 'run-on', on: true},
  tick: {type: 'tick', stepId: 'review'},
  cancel: {type: 'cancel', stepId: 'migrate'},
  skip: {type: 'skip', stepId: 'review', reason: 'no'},
  fill: {type: 'fill', stepId: 'review', blankId: 'x', value: 'y'},
  choose: {type: 'choose', choiceId: 'x', armId: 'y'},
  note: {type: 'note', text: 'hello'},
  complain: {type: 'complain'},
  hold: {type: 'hold', on: true},
  'roll-back': {type: 'roll-back'},
  'cancel-roll-back': {type: 'cancel-roll-back'},
  dismiss: {type: 'dismiss', ruleId: 'x', reason: 'y'},
  'pass-baton': {type: 'pass-baton', to: bo.id, takeOver: true},
  approve: {type: 'approve', id: 'A1'},
  'confirm-section': {type: 'confirm-section', sectionId: 'x', reading: 'y'},
  'reopen-section': {type: 'reopen-section', sectionId: 'x'},
  'change-use': {type: 'change-use', sectionId: 'x', use: 'run'},
  'set-place': {type: 'set-place', sectionId: 'x', place: 'vps'},
  'settle-doubt': {type: 'settle-doubt', doubtId: 'x', how: 'y'},
  'write-incident': {type: 'write-incident'},
  'send-issue': {type: 'send-issue'},
  'hand-over': {type: 'hand-over'},
  'take-hand-over': {type: 'take-hand-over', id: 'H1'},
  'sign-off': {type: 'sign-off', status: 'successful', name: 'Bo'},
  countersign: {type: 'countersign', name: 'Bo'},
  finish: {type: 'finish', because: 'done', abort: true},
};

test.each(Object.values(WISHES))('who does not drive is refused: %j', wish => {
  const run = attended().intend(wish, bo);
  expect(run.refusal).toMatch(/ana drives|nothing waits|or none|nobody has signed/);
  expect(run.events).toEqual([]);
});

describe('the baton', () => {
  test('is handed on to a console that is named, and the fact says by whom', () => {
    const run = attended().intend({type: 'pass-baton', to: bo.id});
    expect(run.events).toEqual([{type: 'baton-passed', to: bo.id, name: 'bo', because: 'handed on by ana'}]);
    expect(run.state.driver).toBe(bo.id);
    run.intend({type: 'note', text: 'mine now'}, bo);
    expect(run.refusal).toBeUndefined();
    run.intend({type: 'note', text: 'still mine'});
    expect(run.refusal).toMatch(/^bo .*drives, you observe: (?:b takes over|ask for the baton)$/);
  });

  test('goes to nobody who has left, only observes, or has it', () => {
    const run = attended();
    expect(run.intend({type: 'pass-baton', to: 'c9'}).refusal).toContain('it has left');
    expect(run.intend({type: 'pass-baton', to: watcher.id}).refusal).toBe('cy only observes');
    expect(run.intend({type: 'pass-baton', to: ana.id}).refusal).toBe('you drive already');
    expect(run.state.driver).toBe(ana.id);
  });

  test('may be laid down, and is then taken by whoever asks first, but never by who came to observe', () => {
    const run = attended().intend({type: 'pass-baton', to: null});
    expect(run.state.driver).toBeNull();
    expect(run.intend({type: 'note', text: 'x'}, bo).refusal).toContain('press b');
    expect(run.intend({type: 'pass-baton', to: watcher.id}, watcher).refusal).toContain('without --observe');
    expect(run.intend({type: 'note', text: 'x'}, watcher).refusal).toContain('without --observe');
    run.intend({type: 'pass-baton', to: bo.id}, bo);
    expect(run.events).toEqual([{type: 'baton-passed', to: bo.id, name: 'bo', because: 'nobody else drove'}]);
  });

  test('is free when its console is gone', () => {
    const run = attended().given({type: 'console-left', consoleId: ana.id});
    run.intend({type: 'pass-baton', to: bo.id}, bo);
    expect(run.state.driver).toBe(bo.id);
  });

  test('is nobody’s to give but the driver’s', () => {
    expect(attended().intend({type: 'pass-baton', to: watcher.id}, bo).refusal).toContain('only the driver');
    expect(attended().intend({type: 'pass-baton', to: null}, bo).refusal).toContain('only the driver');
  });

  test('is taken from another console of the same account only by saying so, and that is recorded', () => {
    const run = attended().intend({type: 'pass-baton', to: anaElsewhere.id}, anaElsewhere);
    expect(run.refusal).toContain('in this account');
    run.intend({type: 'pass-baton', to: anaElsewhere.id, takeOver: true}, anaElsewhere);
    expect(run.events).toEqual([
      {type: 'baton-passed', to: anaElsewhere.id, name: 'ana', because: 'taken over from ana'},
    ]);
  });

  test('is not taken over by an account that only has the same name', () => {
    const run = new Run().given(
      {type: 'console-joined', console: {...ana, uid: 1000}},
      {type: 'console-joined', console: {...bo, user: 'ana', name: 'ana', uid: 1001}},
    );
    const other = run.state.consoles[bo.id] as Console;
    run.intend({type: 'pass-baton', to: bo.id, takeOver: true}, other);
    expect(run.refusal).toBe('ana drives: ask for the baton');
  });
});

describe('what is said', () => {
  test('is by the account, with the name that is claimed in it before it', () => {
    const claimed: Console = {id: 'c8', user: 'root', uid: 0, name: 'ana', claimed: 'name', observer: false};
    const run = new Run()
      .given({type: 'console-joined', console: claimed}, {type: 'baton-passed', to: claimed.id})
      .intend({type: 'note', text: 'hello'}, claimed);
    expect(run.decided).toMatchObject({by: 'ana (root)'});
    expect(run.intend({type: 'note', text: 'hello'}, {...claimed, name: 'root'}).decided).toMatchObject({by: 'root'});
  });

  test('stands in the timeline with where people sit and what is only claimed', () => {
    const joined: Console = {
      id: 'c8',
      user: 'root',
      uid: 0,
      name: 'ana',
      terminal: 'pts/3',
      origin: '203.0.113.9',
      claimed: 'name',
      observer: true,
    };
    const run = new Run().given(
      {type: 'console-joined', console: joined},
      {type: 'baton-passed', to: null, because: 'laid down by ana'},
      {type: 'console-left', consoleId: 'c8', name: 'ana (root)'},
    );
    expect(run.state.timeline.slice(-3).map(({text}) => text)).toEqual([
      'ana (root) on pts/3 from 203.0.113.9 joined as observer; the name is only claimed',
      'nobody drives: laid down by ana',
      'ana (root) left',
    ]);
  });
});
