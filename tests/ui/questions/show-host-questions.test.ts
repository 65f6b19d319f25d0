import {expect, test} from 'vitest';
import type {Question} from '../../../src/run/question.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const ENTER = '\r';
const ESC_LIKE = '\u0007';
const CTRL_D = '\u0004';
const PRINT = 'SHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const HOST_KEY: Question = {
  id: 'q1',
  kind: 'host-key',
  host: 'vps',
  text: `vps.example.net is not in known_hosts. Its ed25519 key has the fingerprint ${PRINT}. Is it this host?`,
  secret: false,
  detail: PRINT,
};
const PASSWORD: Question = {
  id: 'q2',
  kind: 'password',
  host: 'vps',
  text: 'deploy@vps asks: \u001B]0;owned\u0007Password:\u001B[2J',
  secret: true,
  detail: 'that was not it; 2 tries left',
};

const SIZE = {columns: 120, rows: 40};

test('an unknown host key is shown with its fingerprint, and only a whole word answers', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(HOST_KEY);
  const text = await screen.text();
  expect(text).toContain('vps is it the right host?');
  expect(text).toContain(PRINT);
  for (const hasty of ['y', 'es?']) {
    await screen.type(hasty);
    await screen.type(ENTER);
  }
  expect(session.answered).toEqual([]);
  expect(await screen.text()).toContain('type yes or no in full');
  await screen.type('\u0015yes');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q1', text: 'yes'}]);
  expect(await screen.text()).not.toContain('right host');
});

test('no is not an answer but the refusal of one', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(HOST_KEY);
  await screen.text();
  await screen.type('no');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q1', text: undefined}]);
});

test('a secret is never drawn, is sent to the letter, and nothing of the question acts on the terminal', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  expect(await screen.text()).toContain('that was not it; 2 tries left');
  await screen.type(' hunter22 ');
  expect(await screen.text()).toContain('••••••••••');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q2', text: ' hunter22 '}]);
  for (const piece of ['hunter22', 'unter2', '\u001B]0;owned']) expect(screen.written()).not.toContain(piece);
});

test('a refused answer stays in the field, with the reason', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  await screen.text();
  await screen.type('hunter22');
  session.refuseNext('bo drives, and answers');
  await screen.type(ENTER);
  const text = await screen.text();
  expect(text).toContain('bo drives, and answers');
  expect(text).toContain('••••••••');
});

test('what was put off stays in sight and is answered with u; Ctrl-D says that there is no answer', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  await screen.text();
  await screen.type(ESC_LIKE);
  let text = await screen.text();
  expect(text).not.toContain('Enter answer');
  expect(text).toContain('vps asks: deploy@vps asks:');
  expect(session.answered).toEqual([]);
  await screen.type('u');
  text = await screen.text();
  expect(text).toContain('Enter answer');
  await screen.type(CTRL_D);
  expect(session.answered).toEqual([{questionId: 'q2', text: undefined}]);
  expect(await screen.text()).not.toContain('vps asks');
});

test('questions come one after the other, and go when they are answered elsewhere', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(HOST_KEY, PASSWORD);
  await screen.text();
  await screen.type('yes');
  await screen.type(ENTER);
  expect(await screen.text()).toContain('vps asks for a password');
  session.ask();
  expect(await screen.text()).not.toContain('vps asks');
});

test('what is being typed is not interrupted', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  await screen.type('n');
  await screen.type('half a no');
  session.ask(PASSWORD);
  let text = await screen.text();
  expect(text).toContain('Note for the record');
  expect(text).toContain('vps asks: deploy@vps');
  await screen.type('te');
  await screen.type(ENTER);
  text = await screen.text();
  expect(session.sent.at(-1)).toMatchObject({type: 'note', text: 'half a note'});
  expect(text).toContain('vps asks for a password');
});

test('R rolls back from the question, and a password that begins with R is still typed', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  await screen.text();
  await screen.type('R');
  expect(session.sent).toEqual([{type: 'roll-back'}]);
  expect(session.run.getState().rollback.status).toBe('counting');
  await screen.type('ed');
  expect(session.run.getState().rollback.status).toBe('none');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q2', text: 'Red'}]);
});

test('R without anything to roll back is said so, and a password that begins with R is still typed', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  await screen.text();
  await screen.type('R');
  expect(await screen.text()).toContain('NOT NEEDED nothing has been deployed in this run');
  await screen.type('ed');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q2', text: 'Red'}]);
  expect(session.run.getState().rollback.status).toBe('none');
});

test('a rollback that runs is asked for what it needs, and its picture comes back', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  const screen = await show(session, SIZE);
  session.ask(PASSWORD);
  await screen.text();
  await screen.type('R');
  for (const phase of ['stopping', 'rolling-back'] as const) session.tell({type: 'phase-changed', phase, because: 'R'});
  const text = await screen.text();
  expect(text).toContain('Enter answer');
  await screen.type('hunter22');
  await screen.type(ENTER);
  expect(session.answered).toEqual([{questionId: 'q2', text: 'hunter22'}]);
  expect(await screen.text()).toMatch(/Restore the previous code/);
});

test('an observer sees who is asked, and is not asked', async () => {
  const session = fakeSession();
  const screen = await show(session, SIZE);
  session.tell(
    {type: 'console-joined', console: {id: 'c2', user: 'root', name: 'bo', observer: false}},
    {type: 'baton-passed', to: 'c2'},
  );
  session.ask(PASSWORD);
  const text = await screen.text();
  expect(text).toContain('vps asks bo (root): deploy@vps asks:');
  expect(text).not.toContain('Enter answer');
  await screen.type('u');
  expect(await screen.text()).toContain('the driver answers');
  session.tell({type: 'baton-passed', to: 'c1'});
  expect(await screen.text()).toContain('Enter answer');
});
