import {expect, test, vi} from 'vitest';
import {connect} from '../../src/attach/client.ts';
import type {Question} from '../../src/run/question.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {ANA, engineSide, HELLO, rawClient} from './engine-side.ts';

const WAIT = PATIENT;
const HOST_KEY: Question = {id: 'q1', kind: 'host-key', host: 'vps', text: 'Is it this host?', secret: false};
const PASSWORD: Question = {id: 'q2', kind: 'password', host: 'vps', text: 'Password', secret: true};

test('a console that attaches is asked what is open, later ones as they come, until they are withdrawn', async () => {
  const engine = await engineSide();
  engine.questions.push(HOST_KEY);
  const connection = await connect(engine.socketPath, ANA);
  const open = () => connection.questions.getState();
  await vi.waitFor(() => expect(open()).toEqual([HOST_KEY]), WAIT);
  engine.attachments.ask(PASSWORD);
  await vi.waitFor(() => expect(open()).toEqual([HOST_KEY, PASSWORD]), WAIT);
  engine.attachments.withdraw('q1');
  await vi.waitFor(() => expect(open()).toEqual([PASSWORD]), WAIT);
  connection.close();
});

test('an answer arrives to the letter, with who gave it, and so does its refusal', async () => {
  const engine = await engineSide({
    trouble: () => undefined,
    answerQuestion: (_console, id) => (id === 'q1' ? undefined : 'that is not asked any more'),
  });
  const connection = await connect(engine.socketPath, ANA);
  expect(await connection.answer('q1', ' \u001B"p\u202Eä ')).toBeUndefined();
  expect(await connection.answer('q2')).toBe('that is not asked any more');
  connection.close();
  const plain = await engineSide();
  const other = await connect(plain.socketPath, ANA);
  await other.answer('q1', ' \u001B"p\u202Eä ');
  await other.answer('q2');
  expect(plain.answers).toEqual([
    {by: 'Ana', questionId: 'q1', text: ' \u001B"p\u202Eä '},
    {by: 'Ana', questionId: 'q2', text: undefined},
  ]);
  other.close();
});

test.each([
  ['before it has said who it is', '', {type: 'answer', id: 1, questionId: 'q1', text: 'x'}],
  ['of two lines', HELLO, {type: 'answer', id: 1, questionId: 'q1', text: 'x\ny'}],
  ['with a NUL', HELLO, {type: 'answer', id: 1, questionId: 'q1', text: 'x\0'}],
  ['without end', HELLO, {type: 'answer', id: 1, questionId: 'q1', text: 'x'.repeat(5000)}],
  ['to nothing', HELLO, {type: 'answer', id: 1, text: 'x'}],
  ['without a number', HELLO, {type: 'answer', questionId: 'q1', text: 'x'}],
])('an answer %s is refused', async (_what, hello, message) => {
  const engine = await engineSide();
  const client = rawClient(engine.socketPath, hello);
  if (hello !== '') await vi.waitFor(() => expect(client.messages[0]?.type).toBe('welcome'), WAIT);
  client.socket.write(`${JSON.stringify(message)}\n`);
  await client.closed;
  expect(client.messages.at(-1)).toMatchObject({type: 'refused'});
  expect(engine.answers).toEqual([]);
});

test('a stranger is told of no question', async () => {
  const engine = await engineSide();
  engine.questions.push(PASSWORD);
  const client = rawClient(engine.socketPath, HELLO, () => undefined);
  engine.attachments.ask(PASSWORD);
  await client.closed;
  expect(client.messages.map(({type}) => type)).not.toContain('question');
});
