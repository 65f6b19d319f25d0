/** The engine's side of a socket, as small as it can be: a fold of events and a list of what consoles asked. */
import {mkdtemp, rm} from 'node:fs/promises';
import {createConnection, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {leaveProof} from '../../src/attach/account-proof.ts';
import type {ClientMessage, ServerMessage} from '../../src/attach/protocol.ts';
import {type Attachments, type ServeOptions, serve} from '../../src/attach/server.ts';
import type {Plan} from '../../src/plan/plan.ts';
import type {Console} from '../../src/run/console.ts';
import type {Event, Intent, Recorded} from '../../src/run/event.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {Question} from '../../src/run/question.ts';
import type {RunState} from '../../src/run/state.ts';
import type {LogSource} from '../../src/text/log-text.ts';
import {emptyPlan} from '../helpers/plan-parts.ts';

export const PLAN: Plan = {...emptyPlan, title: 'Release', source: ['# Release']};

export type EngineSide = {
  socketPath: string;
  attachments: Attachments;
  state(): RunState;
  /** Folds first, then publishes, as the engine does. */
  happen(...events: Event[]): readonly Recorded[];
  joined: Console[];
  left: string[];
  intents: {console: Console; intent: Intent}[];
  sources: LogSource[];
  questions: Question[];
  answers: {by: string; questionId: string; text: string | undefined}[];
};

/** `prepare`: what is to be done with the socket's directory before anybody listens there. */
export async function engineSide(
  changes: Partial<ServeOptions> = {},
  prepare: (directory: string) => void = () => {},
): Promise<EngineSide> {
  const directory = await mkdtemp(join(tmpdir(), 'tminus-attach-'));
  prepare(directory);
  const side = {
    joined: [],
    left: [],
    intents: [],
    sources: [],
    questions: [],
    answers: [],
    socketPath: join(directory, 'engine.sock'),
  } as unknown as EngineSide;
  let state = initialState;
  side.state = () => state;
  side.happen = (...events) => {
    const recorded = events.map((event, index) => ({...event, seq: state.seq + index + 1, at: 1000, by: 'engine'}));
    state = recorded.reduce((folded, event) => evolve(PLAN, folded, event), state);
    side.attachments.publish(recorded);
    return recorded;
  };
  side.attachments = await serve({
    socketPath: side.socketPath,
    plan: PLAN,
    runDirectory: '/runs/one',
    state: side.state,
    sources: () => side.sources,
    async join(console) {
      side.joined.push(console);
      side.happen({type: 'console-joined', console});
    },
    leave(consoleId) {
      side.left.push(consoleId);
      side.happen({type: 'console-left', consoleId});
    },
    async submit(console, intent) {
      side.intents.push({console, intent});
      return undefined;
    },
    questions: () => side.questions,
    trouble: () => undefined,
    answerQuestion(console, questionId, text) {
      side.answers.push({by: console.name, questionId, text});
      return undefined;
    },
    ...changes,
  });
  onTestFinished(async () => {
    await side.attachments.close();
    await rm(directory, {recursive: true, force: true});
  });
  return side;
}

export const ANA = {name: 'Ana', observe: false};

export const HELLO = `${JSON.stringify({type: 'hello', version: 2, ...ANA})}\n`;

export type RawClient = {
  socket: Socket;
  /** Without the question who it is, which it answers by itself. */
  messages: ServerMessage[];
  say(message: ClientMessage): void;
  /** Resolves when the engine has hung up. */
  closed: Promise<void>;
};

/** A client written by hand, which may say anything. `answer`: what it does when it is asked who it is. */
export function rawClient(
  socketPath: string,
  said: string | Buffer = '',
  answer: (nonce: string) => ClientMessage | undefined = nonce => {
    leaveProof(socketPath, nonce);
    return {type: 'arrived'};
  },
): RawClient {
  const socket = createConnection(socketPath);
  const messages: ServerMessage[] = [];
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', chunk => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const message of lines.map((line): ServerMessage => JSON.parse(line))) {
      const answered = message.type === 'challenge' ? answer(message.nonce) : undefined;
      if (message.type !== 'challenge') messages.push(message);
      else if (answered !== undefined) say(answered);
    }
  });
  socket.on('error', () => {});
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  const say = (message: ClientMessage) => void socket.write(`${JSON.stringify(message)}\n`);
  socket.write(said);
  onTestFinished(() => {
    socket.destroy();
  });
  return {socket, messages, say, closed};
}
