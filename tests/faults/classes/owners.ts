/** The owner of a run comes to its socket, before which a crowd of connections stands and never says who it is. */
import {createConnection, type Socket} from 'node:net';
import {setImmediate as turn} from 'node:timers/promises';
import {createConsoleSlots, type Guest} from '../../../src/attach/console-slots.ts';
import {encodeMessage, PROTOCOL_VERSION} from '../../../src/attach/protocol.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {openAttended} from '../attended.ts';
import {onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const ROUNDS = 32;
const CROWD = 12;
const OWN_UID = process.getuid?.() ?? 0;
const MEMBER_UID = OWN_UID + 54_001;
const ARRIVALS = 120;

export const arrivingOwners: FaultClass = {
  name: 'owner joins past idle connections',
  real: () => [{name: 'again and again, as the crowd grows', run: () => onStage(crowded)}],
  simulate,
};

const hello = encodeMessage({type: 'hello', version: PROTOCOL_VERSION, observe: true, name: 'mallory'});
/** What those who stand there say. */
const SAID = ['', hello, hello.slice(0, 20), '{', '\n\n\n', `${hello}${hello}`];

async function crowded(stage: Stage): Promise<Result> {
  const {join, socket} = await openAttended(stage);
  const first = await join('ana');
  await eventually('readiness', () => first.store.getState().readiness?.ready === true);
  first.close();
  const crowd: Socket[] = [];
  const problems: Problem[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let number = 0; number < CROWD; number += 1) crowd.push(stand(socket, SAID[number % SAID.length] ?? ''));
    try {
      const owner = await join(`owner${round}`);
      const refusal = await owner.send({type: 'note', text: `round ${round}`});
      if (refusal !== undefined) problems.push({kind: 'wrong', what: `round ${round}: refused, ${refusal}`});
      owner.close();
    } catch (error) {
      problems.push({kind: 'broken', what: `round ${round}: the owner is not let in: ${error}`});
    }
  }
  const notes = (await stage.operator.journal()).filter(({type}) => type === 'note-added').length;
  if (notes < ROUNDS) problems.push({kind: 'lost', what: `${notes} of ${ROUNDS} notes are in the journal`});
  for (const one of crowd) one.destroy();
  return {injected: ROUNDS, problems};
}

function stand(path: string, words: string): Socket {
  const socket = createConnection(path);
  socket.on('error', () => {});
  socket.write(words);
  return socket.resume();
}

type Visitor = Guest & {gone: boolean};

async function simulate(times: number): Promise<Result> {
  const problems: Problem[] = [];
  for (let seed = 0; seed < times; seed += 1) {
    await turn();
    problems.push(...arrivals(seed).map(what => ({kind: 'wrong', what: `seed ${seed}: ${what}`}) as const));
  }
  return {injected: times, problems};
}

/** People and crowds in any order: an owner always comes in, and the console that drives stays. */
function arrivals(seed: number): readonly string[] {
  const random = seededRandom(81_000 + 3 * seed);
  const slots = createConsoleSlots<Visitor>();
  const stood: Visitor[] = [];
  const wrong: string[] = [];
  const driver = visitor({drives: () => true});
  stood.length = 0;
  come(driver, OWN_UID);
  for (let number = 0; number < ARRIVALS; number += 1) {
    const kind = random.below(5);
    if (kind === 0) come(visitor({isSilent: () => false, drives: () => false}), OWN_UID, 'the owner');
    else if (kind === 1) come(visitor({isSilent: () => false, drives: () => false}), MEMBER_UID);
    else if (kind === 2 && stood.length > 0) slots.leave(random.pick(stood));
    else for (let crowd = random.below(30); crowd > 0; crowd -= 1) slots.wait(visitor({isSilent: () => true}));
  }
  if (driver.gone) wrong.push('the driver was sent away');
  return wrong;

  function visitor(how: Partial<Guest>): Visitor {
    const one: Visitor = {
      gone: false,
      isSilent: () => false,
      drives: () => false,
      ...how,
      refuse() {
        one.gone = true;
        slots.leave(one);
      },
    };
    stood.push(one);
    return one;
  }

  function come(one: Visitor, uid: number, who = ''): void {
    slots.wait(one);
    const refusal = one.gone ? 'sent away at the door' : slots.comeIn(one, {user: 'ana', uid});
    if (refusal !== undefined && uid === OWN_UID) wrong.push(`${who} does not come in: ${refusal}`);
    if (refusal !== undefined) one.refuse(refusal);
  }
}
