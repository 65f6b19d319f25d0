/** Strangers, garbage and floods on the socket of a run, while its driver goes on working. */
import {createConnection, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {leaveProof} from '../../../src/attach/account-proof.ts';
import {encodeMessage, PROTOCOL_VERSION} from '../../../src/attach/protocol.ts';
import type {Intent} from '../../../src/run/event.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {type Attended, openAttended} from '../attended.ts';
import {examineRun} from '../ledger.ts';
import {onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {simulateMessages} from './hostile-input.ts';

/** The driver is answered while the attack goes on. Without an answer for so long it never will be. */
const ANSWERED_WITHIN_MS = 100_000;
const MIB = 1024 * 1024;
const hello = encodeMessage({type: 'hello', version: PROTOCOL_VERSION, observe: true, name: 'mallory'});

type Attack = {name: string; injected: number; run(attended: Attended): Promise<readonly Socket[]>};

export const floods: FaultClass = {
  name: 'floods and garbage on the socket',
  real: () => attacks.map(attack => ({name: attack.name, run: () => onStage(stage => underAttack(stage, attack))})),
  simulate: simulateMessages,
};

async function underAttack(stage: Stage, attack: Attack): Promise<Result> {
  const attended = await openAttended(stage);
  const driver = await attended.join('ana');
  const problems: Problem[] = [];
  const wish = async (intent: Intent) => {
    const startedAt = performance.now();
    const refusal = await Promise.race([driver.send(intent), sleep(ANSWERED_WITHIN_MS, 'no answer', {ref: false})]);
    if (refusal !== undefined)
      problems.push({
        kind: 'broken',
        what: `${JSON.stringify(intent)}: ${refusal} (${Math.round(performance.now() - startedAt)} ms)`,
      });
  };
  await eventually('readiness', () => driver.store.getState().readiness?.ready === true);
  await wish({type: 'tick', stepId: 'L3'});
  await wish({type: 'run-step', stepId: 'L6'});
  const sockets = await attack.run(attended);
  await eventually('the step to end', () => driver.store.getState().steps['L6']?.status === 'passed');
  await wish({type: 'note', text: 'still here'});
  await wish({type: 'run-step', stepId: 'L12'});
  await eventually('the next step to end', () => driver.store.getState().steps['L12']?.status === 'passed');
  for (const socket of sockets) socket.destroy();
  driver.close();
  const events = await stage.operator.journal();
  const acted = events.filter(
    ({by, type}) => by.startsWith('mallory') && !['console-joined', 'console-left'].includes(type),
  );
  if (acted.length > 0) problems.push({kind: 'wrong', what: `an observer acted: ${JSON.stringify(acted[0])}`});
  problems.push(...examineRun(await stage.operator.runDirectory(), events, stage.ledger()));
  return {injected: attack.injected, problems};
}

/** Every wish there is, from who may only watch. */
const wishes: readonly Intent[] = [
  {type: 'run-step', stepId: 'L12', override: 'x'},
  {type: 'run-on', on: true},
  {type: 'tick', stepId: 'L12', reason: 'x'},
  {type: 'cancel', stepId: 'L6'},
  {type: 'skip', stepId: 'L12', reason: 'x'},
  {type: 'fill', stepId: 'L12', blankId: 'x', value: 'x'},
  {type: 'choose', choiceId: 'L12', armId: 'x'},
  {type: 'note', text: 'x'},
  {type: 'complain', text: 'x'},
  {type: 'hold', on: true},
  {type: 'roll-back', force: 'x'},
  {type: 'cancel-roll-back'},
  {type: 'dismiss', ruleId: 'x', reason: 'x'},
  {type: 'pass-baton', to: null},
  {type: 'approve', id: 'x'},
  {type: 'confirm-section', sectionId: 'x', reading: 'x'},
  {type: 'reopen-section', sectionId: 'deploy'},
  {type: 'change-use', sectionId: 'deploy', use: 'reference'},
  {type: 'settle-doubt', doubtId: 'x', how: 'x', as: 'ignored'},
  {type: 'finish', because: 'x', abort: true},
];

const attacks: readonly Attack[] = [
  {name: 'random bytes', injected: 20, run: async ({socket}) => times(20, seed => send(socket, garbage(seed, 20_000)))},
  {
    name: 'lines of random bytes',
    injected: 20,
    run: async ({socket}) => times(20, seed => send(socket, `${garbage(seed, 500).toString('base64')}\n`.repeat(50))),
  },
  {
    name: 'a line without an end',
    injected: 4,
    run: async ({socket}) => times(4, () => send(socket, Buffer.alloc(8 * MIB, 'x'))),
  },
  {name: 'nothing said at all', injected: 20, run: async ({socket}) => times(20, () => send(socket, ''))},
  {name: 'hello a byte at a time', injected: 5, run: async ({socket}) => times(5, () => slowly(socket, hello))},
  {
    name: 'gone in the middle of hello',
    injected: 20,
    run: async ({socket}) => times(20, seed => goneAfter(socket, hello.slice(0, seed * 3))),
  },
  {name: 'hello, and no proof', injected: 10, run: async ({socket}) => times(10, () => send(socket, hello))},
  {
    name: 'wishes without hello',
    injected: wishes.length,
    run: async ({socket}) => wishes.map((intent, id) => send(socket, encodeMessage({type: 'intent', id, intent}))),
  },
  {
    name: 'wishes of an observer',
    injected: wishes.length,
    run: async attended => [
      await observer(attended, wishes.map((intent, id) => encodeMessage({type: 'intent', id, intent})).join('')),
    ],
  },
  {
    name: 'the baton taken over by an observer',
    injected: 50,
    run: async attended => [
      await observer(attended, id =>
        encodeMessage({type: 'intent', id: 1, intent: {type: 'pass-baton', to: id, takeOver: true}}).repeat(50),
      ),
    ],
  },
  {
    name: '20 000 wishes, no answer read',
    injected: 1,
    run: async attended => [
      (
        await observer(
          attended,
          encodeMessage({type: 'intent', id: 1, intent: {type: 'note', text: 'y'.repeat(200)}}).repeat(20_000),
        )
      ).pause(),
    ],
  },
  {
    name: 'an observer that reads nothing',
    injected: 1,
    run: async attended => [(await observer(attended, '')).pause()],
  },
  {
    name: 'more consoles than there is room for',
    injected: 60,
    run: async ({socket}) => times(60, () => send(socket, hello)),
  },
  {
    name: 'connected and gone, again and again',
    injected: 200,
    run: async ({socket}) => times(200, () => send(socket, '').destroy()),
  },
  {
    name: 'braces without end',
    injected: 2,
    run: async ({socket}) => times(2, seed => send(socket, `${(seed === 0 ? '[' : '{"a":').repeat(150_000)}\n`)),
  },
  {
    name: 'fields of prototypes',
    injected: 3,
    run: async ({socket}) =>
      ['__proto__', 'constructor', 'toString'].map(name =>
        send(socket, `{"type":"intent","id":1,"intent":{"type":"${name}"},"${name}":{"observe":false}}\n`),
      ),
  },
];

function times<T>(count: number, make: (seed: number) => T): T[] {
  return Array.from({length: count}, (_, seed) => make(seed));
}

function send(path: string, what: string | Buffer): Socket {
  const socket = createConnection(path);
  socket.on('error', () => {});
  socket.write(what);
  return socket.resume();
}

function goneAfter(path: string, what: string): Socket {
  const socket = send(path, what);
  socket.destroySoon();
  return socket;
}

function slowly(path: string, what: string): Socket {
  const socket = send(path, '');
  void (async () => {
    for (const char of what) {
      if (socket.destroyed) return;
      socket.write(char);
      await sleep(100, undefined, {ref: false});
    }
  })();
  return socket;
}

/** Let in like anybody else; then says what it is told to. */
async function observer({socket: path}: Attended, then: string | ((consoleId: string) => string)): Promise<Socket> {
  const socket = send(path, hello);
  socket.setEncoding('utf8');
  let heard = '';
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error(`an observer was not let in: ${heard.slice(0, 200)}`)));
    socket.on('data', (text: string) => {
      heard += text;
      for (const line of completeLines()) {
        if (line['type'] === 'challenge')
          socket.write(encodeMessage({type: 'arrived', ...failureOf(leaveProof(path, String(line['nonce'])))}));
        if (line['type'] !== 'welcome') continue;
        socket.removeAllListeners('data').resume();
        socket.write(typeof then === 'string' ? then : then(String(line['consoleId'])));
        resolve();
      }
    });
  });
  return socket;

  function completeLines(): Record<string, unknown>[] {
    const lines = heard.split('\n');
    heard = lines.pop() ?? '';
    return lines.map(line => JSON.parse(line) as Record<string, unknown>);
  }
}

function failureOf(failure: string | undefined): {failure?: string} {
  return failure === undefined ? {} : {failure};
}

function garbage(seed: number, length: number): Buffer {
  const random = seededRandom(700 + seed);
  return Buffer.from(times(length, () => random.below(256)));
}
