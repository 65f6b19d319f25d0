import {expect, test} from 'vitest';
import type {Console} from '../../../src/run/console.ts';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const bo: Console = {id: 'c2', user: 'bo', uid: 1001, name: 'bo', terminal: 'pts/4', observer: false};
const anaElsewhere: Console = {id: 'c3', user: 'ana', name: 'ana', terminal: 'pts/7', observer: false};
const me: Console = {id: 'c1', user: 'ana', uid: 1000, name: 'ana', observer: false};

test('b hands the baton to a console that is named, with where it is', async () => {
  const session = fakeSession();
  const watcher: Console = {id: 'c5', user: 'cy', name: 'cy', observer: true};
  session.tell({type: 'console-joined', console: bo}, {type: 'console-joined', console: watcher});
  const screen = await show(session);
  await screen.type('b');
  const text = await screen.text();
  expect(text).toContain('bo on pts/4');
  expect(text.slice(text.indexOf('Pass the baton'))).not.toContain('2 cy');
  await screen.type('1');
  expect(session.sent).toEqual([{type: 'pass-baton', to: 'c2'}]);
  expect(await screen.text()).toContain('bo drives');
});

test('b takes a free baton at once', async () => {
  const session = fakeSession();
  session.tell({type: 'baton-passed', to: null});
  const screen = await show(session);
  expect(await screen.text()).toContain('nobody drives');
  await screen.type('b');
  expect(session.run.getState().driver).toBe('c1');
  expect(await screen.text()).toContain('you drive now');
});

test('b asks before it takes the baton over from another console of the same account', async () => {
  const session = fakeSession();
  session.tell({type: 'console-joined', console: anaElsewhere}, {type: 'baton-passed', to: 'c3'});
  const screen = await show(session);
  await screen.type('b');
  expect(await screen.text()).toContain('ana on pts/7 drives, in your account');
  expect(session.sent).toEqual([]);
  await screen.type('t');
  expect(session.run.getState().driver).toBe('c1');
});

test('b is refused, with who drives, when that is somebody else', async () => {
  const session = fakeSession();
  session.tell({type: 'console-joined', console: bo}, {type: 'baton-passed', to: 'c2'});
  const screen = await show(session);
  await screen.type('b');
  expect(await screen.text()).toContain('refused: bo on pts/4 drives: ask for the baton');
});

/** `askedBy` waits for a second person to run the first step. */
function waiting(asker: Console): FakeSession {
  const session = fakeSession();
  session.tell(
    {type: 'console-joined', console: me},
    {type: 'console-joined', console: bo},
    {type: 'baton-passed', to: asker.id},
    {
      type: 'approval-asked',
      id: 'A9',
      stepId: 'L14',
      intent: {type: 'run-step', stepId: 'L14', override: 'we have a snapshot'},
      consoleId: asker.id,
      askedBy: asker.name,
      because: 'the rollback is not ready',
    },
  );
  return session;
}

test('who can approve is asked to, sees what, and approves with a second key', async () => {
  const session = waiting(bo);
  const screen = await show(session);
  expect(await screen.text()).toContain('bo asks you to approve');
  await screen.type('A');
  const text = await screen.text();
  expect(text).toContain('why: the rollback is not ready');
  expect(text).toContain('bo says: we have a snapshot');
  expect(session.sent).toEqual([]);
  await screen.type('a');
  expect(session.sent).toEqual([{type: 'approve', id: 'A9'}]);
});

test('who asked sees who is waited for, cannot approve, and can withdraw', async () => {
  const session = waiting(me);
  const screen = await show(session);
  expect(await screen.text()).toMatch(/ana waits for a second person \(bo\)/);
  await screen.type('A');
  expect(await screen.text()).toContain('refused: you asked for it');
  await screen.type('x');
  expect(session.sent).toEqual([{type: 'cancel', stepId: 'L14'}]);
  expect(session.run.getState().approval).toBeNull();
  expect(await screen.text()).not.toContain('waits for a second person');
});

test('when nobody can approve, that is said', async () => {
  const session = waiting(me);
  session.tell({type: 'console-left', consoleId: 'c2'});
  const screen = await show(session);
  expect(await screen.text()).toContain('nobody of another account is attached');
});

test('a console that only observes is offered nothing that would be refused', async () => {
  const session = fakeSession();
  session.tell(
    {type: 'console-joined', console: {...me, observer: true}},
    {type: 'console-joined', console: anaElsewhere},
    {type: 'baton-passed', to: 'c3'},
  );
  const screen = await show(session);
  expect((await screen.text()).split('\n').at(-1)).not.toContain('b baton');
  expect(await screen.text()).not.toContain('a runs on');
  await screen.type('b');
  expect(await screen.text()).not.toContain('Take it over');
  await screen.type('q');
  const menu = await screen.text();
  expect(menu).toContain('Detach');
  expect(menu).not.toContain('Abort the run');
  expect(menu).not.toContain('Finish');
});
