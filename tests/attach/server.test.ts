import {readdir, stat, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {userInfo} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {connect} from '../../src/attach/client.ts';
import {serve} from '../../src/attach/server.ts';
import type {Recorded} from '../../src/run/event.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {seededRandom} from '../helpers/seeded-random.ts';
import {ANA, engineSide, HELLO, PLAN, rawClient} from './engine-side.ts';

const WAIT = PATIENT;
const note = (text: string) => ({type: 'note-added', text}) as const;

test('only this user may connect', async () => {
  const {socketPath} = await engineSide();
  expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
});

test('a console that says hello gets plan and state, and has joined', async () => {
  const engine = await engineSide();
  const {messages} = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
  const [console] = engine.joined;
  expect(console).toMatchObject({user: userInfo().username, name: 'Ana', claimed: 'name', observer: false});
  expect(messages[0]).toEqual({
    type: 'welcome',
    consoleId: console?.id,
    plan: PLAN,
    runDirectory: '/runs/one',
    state: JSON.parse(JSON.stringify(engine.state())),
    sources: [],
  });
});

test('whenever consoles attach while events flow, each gets every event once, in order', async () => {
  const engine = await engineSide();
  const random = seededRandom(1);
  const clients: ReturnType<typeof rawClient>[] = [];
  for (let round = 0; round < 400; round += 1) {
    if (round % 20 === 0) clients.push(rawClient(engine.socketPath, HELLO));
    engine.happen(...Array.from({length: 1 + random.below(3)}, () => note(`${round}`)));
    if (random.below(3) === 0) await new Promise(resolve => setImmediate(resolve));
  }
  const last = () => engine.state().seq;
  await vi.waitFor(() => expect(engine.joined).toHaveLength(clients.length), WAIT);
  await vi.waitFor(() => expect(clients.map(lastSeq)).toEqual(clients.map(last)), WAIT);
  for (const {messages} of clients) {
    const [welcome, ...rest] = messages;
    const start = welcome?.type === 'welcome' ? welcome.state.seq : Number.NaN;
    const seqs = rest.flatMap(message => (message.type === 'events' ? message.events.map(({seq}) => seq) : []));
    expect(seqs).toEqual(Array.from({length: last() - start}, (_, index) => start + index + 1));
  }
});

test('events published while the state is already further make no gap and no double', async () => {
  const events: Recorded[] = [1, 2, 3].map(seq => ({...note('x'), seq, at: 1, by: 'engine'}));
  const engine = await engineSide();
  const {messages} = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
  // The welcome holds event 1, the joining; what is published of it again is not sent again.
  engine.attachments.publish(events.slice(0, 1));
  engine.attachments.publish(events.slice(0, 2));
  // Event 3 was never published: the console is given the state instead of a stream with a hole.
  engine.attachments.publish([{...note('x'), seq: 4, at: 1, by: 'engine'}]);
  await vi.waitFor(() => expect(messages).toHaveLength(3), WAIT);
  expect(messages[1]).toMatchObject({type: 'events', events: [{seq: 2}]});
  expect(messages[2]).toMatchObject({type: 'snapshot', state: {seq: 1}});
});

test('a console that never reads is put on hold while others are served, and gets the state when it reads again', async () => {
  const engine = await engineSide();
  const frozen = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(frozen.messages).toHaveLength(1), WAIT);
  frozen.socket.pause();
  const lively = await connect(engine.socketPath, ANA);
  const text = 'x'.repeat(10_000);
  for (let round = 0; round < 60; round += 1) {
    engine.happen(
      ...Array.from({length: 100}, () => ({type: 'value-captured', name: 'big', value: text, on: 'vps'}) as const),
    );
    await vi.waitFor(() => expect(lively.store.getState().seq).toBe(engine.state().seq), {...WAIT, interval: 1});
  }
  frozen.socket.resume();
  await vi.waitFor(() => expect(lastSeq(frozen)).toBe(engine.state().seq), WAIT);
  expect(frozen.messages.some(message => message.type === 'snapshot')).toBe(true);
  // Of sixty megabytes that went by, only what the queue and the socket held was kept for it.
  const received = frozen.messages.filter(message => message.type === 'events').length;
  expect(received).toBeLessThan(20);
  engine.happen(note('after the hold'));
  await vi.waitFor(
    () => expect(frozen.messages.at(-1)).toMatchObject({type: 'events', events: [{text: 'after the hold'}]}),
    WAIT,
  );
  lively.close();
});

test('growth of logs is told at most ten times a second, and the last word is told', async () => {
  const engine = await engineSide();
  const {messages} = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
  const start = performance.now();
  for (let lines = 1; lines <= 300; lines += 1) {
    engine.sources = [{id: 'output', title: 'output', lines, linesPerSecond: 0, up: true, detail: ''}];
    engine.attachments.grown();
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({type: 'sources', sources: [{lines: 300}]}), WAIT);
  const mostAllowed = (performance.now() - start) / 100 + 2;
  expect(messages.length - 1).toBeLessThanOrEqual(mostAllowed);
});

test('what a step has printed is told with its end, not after it', async () => {
  const engine = await engineSide();
  const {messages} = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
  engine.sources = [{id: 'output', title: 'output', lines: 5, linesPerSecond: 0, up: true, detail: ''}];
  engine.happen(note('done'));
  engine.happen(note('nothing more was printed'));
  await vi.waitFor(() => expect(messages.length).toBeGreaterThanOrEqual(4), WAIT);
  expect(messages.slice(1)).toMatchObject([
    {type: 'sources', sources: [{lines: 5}]},
    {type: 'events', events: [{text: 'done'}]},
    {type: 'events', events: [{text: 'nothing more was printed'}]},
  ]);
});

test('a console that goes away is reported once, however it goes', async () => {
  const engine = await engineSide();
  const polite = await connect(engine.socketPath, ANA);
  const rude = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(engine.joined).toHaveLength(2), WAIT);
  await vi.waitFor(() => expect(rude.messages.length).toBeGreaterThan(0), WAIT);
  polite.close();
  rude.socket.destroy();
  await vi.waitFor(() => expect(engine.left).toHaveLength(2), WAIT);
  expect(new Set(engine.left)).toEqual(new Set(engine.joined.map(({id}) => id)));
});

test('a console that goes away while it joins leaves the run, too', async () => {
  let letIn = () => {};
  const left: string[] = [];
  const joined: string[] = [];
  const engine = await engineSide({
    join(console) {
      joined.push(console.id);
      return new Promise(resolve => {
        letIn = resolve;
      });
    },
    leave: consoleId => left.push(consoleId),
  });
  const client = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(joined).toHaveLength(1), WAIT);
  client.socket.destroy();
  await client.closed;
  await new Promise(resolve => setTimeout(resolve, 50));
  letIn();
  await vi.waitFor(() => expect(left).toEqual(joined), WAIT);
});

test('when the arrival cannot be written down, the console is told why', async () => {
  const engine = await engineSide({join: () => Promise.reject(new Error('the disk that holds the journal is full'))});
  const client = rawClient(engine.socketPath, HELLO);
  await client.closed;
  expect(client.messages).toEqual([{type: 'refused', reason: 'the disk that holds the journal is full'}]);
  expect(engine.left).toEqual([]);
});

test.for([
  ['no JSON', 'hello?\n'],
  ['no object', '[1,2]\n'],
  ['no type', '{}\n'],
  ['an intent before hello', '{"type":"intent","id":1,"intent":{"type":"run-on","on":true}}\n'],
  ['another version', '{"type":"hello","version":99,"name":"a","observe":false}\n'],
  ['a hello that does not say whether it observes', '{"type":"hello","version":2,"name":"a"}\n'],
  ['an arrival that nobody asked for', '{"type":"arrived"}\n'],
  ['hello twice', HELLO + HELLO],
  ['binary', Buffer.from([0xff, 0x00, 0x0a])],
  ['a line without end', Buffer.alloc(1024 * 1024 + 1, 'x')],
  ['brackets without end', `${'['.repeat(500_000)}\n`],
] as const)('a client that sends %s is sent away with a reason, and the engine goes on', async ([, said]) => {
  const engine = await engineSide();
  const client = rawClient(engine.socketPath, said);
  await client.closed;
  expect(client.messages.at(-1)).toMatchObject({type: 'refused', reason: expect.stringMatching(/\w+/)});
  expect(engine.intents).toEqual([]);
  const connection = await connect(engine.socketPath, ANA);
  connection.close();
});

test('a client that sends nonsense after it joined is sent away and has left', async () => {
  const engine = await engineSide();
  const client = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(client.messages).toHaveLength(1), WAIT);
  client.socket.write('{"type":"intent","id":1,"intent":{"type":"format-disk"}}\n');
  await client.closed;
  expect(client.messages.at(-1)).toEqual({type: 'refused', reason: 'there is no intent format-disk'});
  expect(engine.left).toEqual([engine.joined[0]?.id]);
});

test('whatever a client sends, the engine answers the next one', async () => {
  const engine = await engineSide();
  const random = seededRandom(9);
  const pieces = [
    HELLO.trim(),
    '{"type":"intent","id":1,"intent":',
    '{"type":"tick","stepId":"a"}',
    '}',
    '\n',
    '\n',
    '"',
    '\\',
    '{}',
    'null',
    '1e999',
    '\u0000',
    '💥',
  ];
  for (let round = 0; round < 100; round += 1) {
    const said = Array.from({length: random.below(12)}, () => random.pick(pieces)).join('');
    rawClient(engine.socketPath, said).socket.end();
  }
  const connection = await connect(engine.socketPath, ANA);
  expect(await connection.send({type: 'run-on', on: true})).toBeUndefined();
  connection.close();
});

test('a flood of intents is taken no faster than it is answered', async () => {
  let open = 0;
  let mostOpen = 0;
  let answered = 0;
  const engine = await engineSide({
    async submit() {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      await new Promise(resolve => setTimeout(resolve, 1));
      open -= 1;
      answered += 1;
      return 'no';
    },
  });
  const client = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(client.messages).toHaveLength(1), WAIT);
  const intent = `${JSON.stringify({type: 'intent', id: 1, intent: {type: 'note', text: 'x'.repeat(1000)}})}\n`;
  client.socket.write(intent.repeat(5000));
  await vi.waitFor(() => expect(answered).toBe(5000), WAIT);
  // One read from the socket is at most 64 KiB, about sixty of these.
  expect(mostOpen).toBeLessThan(64 + 130);
});

test('one console more than the limit takes the place of the oldest of the same account', async () => {
  const engine = await engineSide();
  const first = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(engine.joined).toHaveLength(1), WAIT);
  const others = Array.from({length: 32}, () => rawClient(engine.socketPath, HELLO));
  await vi.waitFor(() => expect(others.every(({messages}) => messages[0]?.type === 'welcome')).toBe(true), WAIT);
  await first.closed;
  expect(first.messages.at(-1)).toMatchObject({type: 'refused', reason: expect.stringContaining('32 consoles')});
  await vi.waitFor(() => expect(engine.left).toHaveLength(1), WAIT);
});

test.for([
  ['say nothing', '', 200],
  ['begin a greeting', '{"type":"hel', 200],
  ['greet and never show who they are', HELLO, 200],
] as const)('connections that %s keep nobody out', async ([, said, count]) => {
  const engine = await engineSide();
  const idle = Array.from({length: count}, () => rawClient(engine.socketPath, said, () => undefined));
  await Promise.all(idle.map(({socket}) => new Promise(resolve => socket.once('connect', resolve))));
  const connection = await connect(engine.socketPath, ANA);
  expect(await connection.send({type: 'run-on', on: true})).toBeUndefined();
  connection.close();
});

test('a socket file that a dead engine left is replaced, a living engine is not', async () => {
  const engine = await engineSide();
  const {socketPath} = engine;
  const options = {
    ...engine,
    plan: PLAN,
    runDirectory: '/runs/two',
    sources: () => [],
    join: async () => {},
    leave: () => {},
    submit: async () => undefined,
    questions: () => [],
    trouble: () => undefined,
    answerQuestion: () => undefined,
  };
  await expect(serve(options)).rejects.toThrow(/another engine is listening/);
  await engine.attachments.close();
  await leaveSocketFile(socketPath);
  const second = await serve(options);
  const connection = await connect(socketPath, ANA);
  expect(connection.runDirectory).toBe('/runs/two');
  await second.close();
});

test('where many runs have their sockets, those of dead engines are taken away and those of living ones left', async () => {
  const engine = await engineSide();
  const place = dirname(engine.socketPath);
  const named = (sign: string) => join(place, `${sign.repeat(24)}.sock`);
  const options = {
    ...engine,
    plan: PLAN,
    runDirectory: '/runs/two',
    sources: () => [],
    join: async () => {},
    leave: () => {},
    submit: async () => undefined,
    questions: () => [],
    trouble: () => undefined,
    answerQuestion: () => undefined,
  };
  const living = await serve({...options, socketPath: named('b')});
  await leaveSocketFile(named('a'));
  await writeFile(join(place, 'other.sock'), '');
  const mine = await serve({...options, socketPath: named('c')});
  expect((await readdir(place)).filter(name => name.endsWith('.sock')).sort()).toEqual(
    [basename(engine.socketPath), basename(named('b')), basename(named('c')), 'other.sock'].sort(),
  );
  await living.close();
  await mine.close();
});

test('what was published before the engine closes still arrives', async () => {
  const engine = await engineSide();
  const client = rawClient(engine.socketPath, HELLO);
  await vi.waitFor(() => expect(client.messages).toHaveLength(1), WAIT);
  engine.happen({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'done'});
  await engine.attachments.close();
  await client.closed;
  expect(client.messages.at(-1)).toMatchObject({type: 'events', events: [{type: 'run-closed'}]});
  expect(engine.left).toEqual([]);
});

function lastSeq({messages}: ReturnType<typeof rawClient>): number | undefined {
  for (const message of messages.toReversed()) {
    if (message.type === 'events') return message.events.at(-1)?.seq;
    if (message.type === 'snapshot' || message.type === 'welcome') return message.state.seq;
  }
  return undefined;
}

/** Binds and dies without cleaning up, as `kill -9` does. */
async function leaveSocketFile(path: string): Promise<void> {
  const {execFileSync} = await import('node:child_process');
  const program = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  try {
    execFileSync(process.execPath, ['-e', program]);
  } catch {
    // Killed, as it should be.
  }
  const probe = createServer();
  await expect(new Promise((_, reject) => probe.once('error', reject).listen(path))).rejects.toThrow(/EADDRINUSE/);
}
