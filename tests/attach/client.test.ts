import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {connect} from '../../src/attach/client.ts';
import {encodeMessage, type ServerMessage} from '../../src/attach/protocol.ts';
import type {Recorded} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';
import {ANA, engineSide, PLAN} from './engine-side.ts';

const WAIT = PATIENT;
const note = (seq: number): Recorded => ({type: 'note-added', text: `note ${seq}`, seq, at: seq, by: 'engine'});

const WELCOME: ServerMessage = {
  type: 'welcome',
  consoleId: 'c1',
  plan: PLAN,
  runDirectory: '/runs/one',
  state: initialState,
  sources: [],
};

/** An engine of which the test writes every byte. */
async function scriptedEngine(): Promise<{path: string; socket: Promise<Socket>}> {
  const path = join(await temporaryDirectory(), 's');
  const server = createServer();
  const socket = new Promise<Socket>(resolve => server.once('connection', resolve));
  await new Promise<void>(resolve => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
    void socket.then(open => open.destroy());
  });
  return {path, socket};
}

async function attached() {
  const {path, socket} = await scriptedEngine();
  const connecting = connect(path, ANA);
  const engine = await socket;
  engine.write(encodeMessage(WELCOME));
  return {engine, connection: await connecting};
}

test('the store of a console is the engine’s, event by event', async () => {
  const engine = await engineSide();
  engine.happen(note(1));
  const connection = await connect(engine.socketPath, {...ANA, terminal: '/dev/pts/3', origin: '203.0.113.9'});
  expect(engine.joined[0]).toMatchObject({terminal: '/dev/pts/3', origin: '203.0.113.9'});
  expect(connection.consoleId).toBe(engine.joined[0]?.id);
  expect(connection.store.getState()).toEqual(engine.state());
  engine.happen(note(3), {type: 'phase-changed', phase: 'held', because: 'look'});
  await vi.waitFor(() => expect(connection.store.getState().phase).toBe('held'), WAIT);
  expect(connection.store.getState()).toEqual(engine.state());
  connection.close();
});

test('an intent is answered with its refusal or with nothing, each its own', async () => {
  const engine = await engineSide({
    submit: async (_console, intent) => {
      await new Promise(resolve => setTimeout(resolve, intent.type === 'run-on' ? 20 : 0));
      return intent.type === 'run-on' ? 'ana drives' : undefined;
    },
  });
  const connection = await connect(engine.socketPath, ANA);
  const answers = await Promise.all([
    connection.send({type: 'run-on', on: true}),
    connection.send({type: 'cancel-roll-back'}),
  ]);
  expect(answers).toEqual(['ana drives', undefined]);
  connection.close();
});

test('events that arrive together are one change of the store', async () => {
  const {engine, connection} = await attached();
  const pictures: number[] = [];
  const heard: number[] = [];
  connection.store.subscribe(({seq}) => pictures.push(seq));
  connection.onEvents(events => {
    expect(connection.store.getState().seq).toBe(events.at(-1)?.seq);
    heard.push(...events.map(({seq}) => seq));
  });
  engine.write([1, 2, 3].map(seq => encodeMessage({type: 'events', events: [note(seq)]})).join(''));
  await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]), WAIT);
  expect(pictures).toEqual([3]);
});

test('messages are put together again however the socket cuts them', async () => {
  const {engine, connection} = await attached();
  const bytes = Buffer.from(encodeMessage({type: 'events', events: [{...note(1), text: 'größe 日本'} as Recorded]}));
  for (const byte of bytes) {
    engine.write(Buffer.from([byte]));
    await new Promise(resolve => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(connection.store.getState().seq).toBe(1), WAIT);
  expect(connection.store.getState().notes[0]?.text).toBe('größe 日本');
});

test('a snapshot takes the place of what was missed', async () => {
  const {engine, connection} = await attached();
  const later = {...initialState, seq: 40, phase: 'held' as const};
  engine.write(encodeMessage({type: 'snapshot', state: later}) + encodeMessage({type: 'events', events: [note(41)]}));
  await vi.waitFor(() => expect(connection.store.getState().seq).toBe(41), WAIT);
  expect(connection.store.getState().phase).toBe('held');
});

test('growth of logs is passed on', async () => {
  const engine = await engineSide();
  const connection = await connect(engine.socketPath, ANA);
  const heard = vi.fn();
  const stop = connection.onSources(heard);
  engine.sources = [{id: 'output', title: 'output', lines: 7, linesPerSecond: 1, up: true, detail: ''}];
  engine.attachments.grown();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), WAIT);
  expect(connection.sources()).toEqual(engine.sources);
  stop();
  connection.close();
});

test('an engine that goes away is told once, open questions are answered, later ones refused', async () => {
  const {engine, connection} = await attached();
  const lost = vi.fn();
  connection.onLost(lost);
  const open = connection.send({type: 'run-on', on: true});
  engine.destroy();
  expect(await open).toMatch(/before it answered/);
  expect(lost).toHaveBeenCalledTimes(1);
  expect(await connection.send({type: 'run-on', on: true})).toMatch(/not sent/);
  const late = vi.fn();
  connection.onLost(late);
  expect(late).toHaveBeenCalledTimes(1);
});

test('leaving is not losing', async () => {
  const engine = await engineSide();
  const connection = await connect(engine.socketPath, ANA);
  const lost = vi.fn();
  connection.onLost(lost);
  connection.close();
  await vi.waitFor(() => expect(engine.left).toHaveLength(1), WAIT);
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(lost).not.toHaveBeenCalled();
  expect(await connection.send({type: 'run-on', on: true})).toMatch(/has left/);
});

test('where nobody listens, attaching fails and says so', async () => {
  const directory = await temporaryDirectory();
  await expect(connect(join(directory, 'none.sock'), ANA)).rejects.toMatchObject({
    name: 'AttachError',
    kind: 'unreachable',
  });
});

test('an engine that refuses is quoted', async () => {
  const engine = await engineSide({join: () => Promise.reject(new Error('the run is closed'))});
  await expect(connect(engine.socketPath, ANA)).rejects.toMatchObject({kind: 'refused', message: 'the run is closed'});
});

test('something that is no engine is not attached to', async () => {
  const {path, socket} = await scriptedEngine();
  const connecting = connect(path, ANA);
  (await socket).write('SSH-2.0-OpenSSH_9.6\n');
  await expect(connecting).rejects.toMatchObject({kind: 'lost'});
});
