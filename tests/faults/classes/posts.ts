/** Requests that change something, and whose answer does not come, or not whole: from here, through a host, by curl there. */
import {createServer, type Socket} from 'node:net';
import type {Action, Step} from '../../../src/plan/plan.ts';
import type {Context} from '../../../src/plan/script.ts';
import type {Verdict} from '../../../src/run/outcome.ts';
import {box, here} from '../../helpers/real-world.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {step as stepOf} from '../../helpers/small-plan.ts';
import {held} from '../ledger.ts';
import {hostBindings, type Performer, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type May = readonly Verdict['kind'][];
/** What becomes of a request that arrived; `may`: what is then known of it. */
type Course = {name: string; may: May; answer(socket: Socket): void};

const AT_ONCE = 6;
const SIMULATED_AT_ONCE = 100;
const TIMEOUT_MS = 2500;
const PATIENT_MS = 60_000;
const SILENT = 'left without a word';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const COURSES: readonly Course[] = [
  {name: 'hung up on', may: ['unknown'], answer: socket => socket.destroy()},
  {name: 'reset', may: ['unknown'], answer: socket => socket.resetAndDestroy()},
  {name: SILENT, may: ['unknown'], answer: () => {}},
  {name: 'answered with half a line', may: ['unknown'], answer: socket => socket.end('HTTP/1.1 20')},
  // curl makes do with the status.
  {
    name: 'answered with half a head',
    may: ['unknown', 'passed'],
    answer: socket => socket.end('HTTP/1.1 200 OK\r\nContent-'),
  },
  {name: 'told to go on and left', may: ['unknown'], answer: socket => socket.end('HTTP/1.1 100 Continue\r\n\r\n')},
  {name: 'answered with nonsense', may: ['unknown'], answer: socket => socket.end('what?\r\n\r\n')},
  {
    name: 'answered without the end of its body',
    may: ['unknown'],
    answer: socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'),
  },
  {
    name: 'answered in pieces that break off',
    may: ['unknown'],
    answer: socket => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n'),
  },
  {name: 'refused with 503', may: ['failed'], answer: socket => socket.end(OK.replace('200 OK', '503 Busy'))},
  {name: 'refused with 409', may: ['failed'], answer: socket => socket.end(OK.replace('200 OK', '409 Taken'))},
  {name: 'answered', may: ['passed'], answer: socket => socket.end(OK)},
];

export const posts: FaultClass = {
  name: 'POST without an answer',
  real: () => [{name: 'from here, through a host, by curl there', run: () => onHost(fromEverywhere)}],
  simulate,
};

type Orders = {url: string; taken: Map<string, number>; course: Map<string, Course>};

/** Takes each order that arrives whole, and then does with the connection what is meant for it. */
async function withOrders<T>(work: (orders: Orders) => Promise<T>): Promise<T> {
  const orders: Orders = {url: '', taken: new Map(), course: new Map()};
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', chunk => {
      text += chunk.toString('latin1');
      const [, id = ''] = /^\w+ \/(\w+)/.exec(text) ?? [];
      if (!/\r\n\r\norder/.test(text) && !(/^DELETE/.test(text) && text.includes('\r\n\r\n'))) return;
      text = '';
      orders.taken.set(id, (orders.taken.get(id) ?? 0) + 1);
      orders.course.get(id)?.answer(socket);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as {port: number};
  try {
    return await work({...orders, url: `http://127.0.0.1:${port}`});
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  }
}

async function fromEverywhere(host: SharedHost): Promise<Result> {
  const more = hostBindings(host);
  return await withOrders(orders =>
    withPerformer({directory: host.directory, bindings: more}, async performer => {
      const faults = COURSES.flatMap((course, index) => [
        {id: `here${index}`, course, step: request(`${orders.url}/here${index}`, 'POST', here)},
        {id: `host${index}`, course, step: request(`${orders.url}/host${index}`, 'PUT', box)},
        // A file is sent by curl itself, on the place.
        {id: `curl${index}`, course, step: byCurl(`${orders.url}/curl${index}`, host)},
      ]);
      return await sendAll(performer, orders, faults, AT_ONCE);
    }),
  );
}

function byCurl(url: string, host: SharedHost): Step {
  const [step] = stepsOf([`curl --http1.1 --max-time 2 -X POST --data-raw order ${url}`], hostBindings(host));
  if (step === undefined) throw new Error('no step was read');
  return {...step, retries: 2, timeoutMs: TIMEOUT_MS * 2};
}

function request(url: string, method: string, place: Context['place'], timeoutMs = TIMEOUT_MS): Step {
  const action: Action = {
    kind: 'http',
    requests: [{line: 8, method, url, headers: [], expectations: [], ...(method === 'DELETE' ? {} : {body: 'order'})}],
    ...(place.kind === 'host' ? {context: {id: 'vps', place}} : {}),
  };
  return {...stepOf(7, `${method} ${url}`, 'deploy', action), retries: 2, timeoutMs};
}

type Sent = {id: string; course: Course; step: Step};

async function sendAll(performer: Performer, orders: Orders, faults: readonly Sent[], atOnce: number): Promise<Result> {
  const found = await together(faults, atOnce, async ({id, course, step}): Promise<readonly Problem[]> => {
    orders.course.set(id, course);
    const {verdict} = await performer.perform(step);
    const times = orders.taken.get(id) ?? 0;
    // What was refused in words that were seen may be asked again.
    return held(`${id} ${course.name}`, {verdict, times: verdict.kind === 'failed' ? 0 : times, may: course.may});
  });
  return {injected: faults.length, problems: found.flat()};
}

async function simulate(times: number): Promise<Result> {
  return await withOrders(orders =>
    withPerformer({directory: '/'}, performer => {
      const faults = Array.from({length: times}, (_, seed): Sent => {
        const random = seededRandom(31_000 + 3 * seed);
        const method = random.pick(['POST', 'PUT', 'PATCH', 'DELETE']);
        const id = `n${seed}`;
        // Each silence takes the whole time of its step.
        const course = seed % 20 === 0 ? random.pick(COURSES) : cutAt(random.below(OK.length));
        const timeoutMs = course.name === SILENT ? TIMEOUT_MS : PATIENT_MS;
        return {id, course, step: request(`${orders.url}/${id}`, method, here, timeoutMs)};
      });
      return sendAll(performer, orders, faults, SIMULATED_AT_ONCE);
    }),
  );
}

/** The good answer, broken off. */
function cutAt(bytes: number): Course {
  return {name: `cut at ${bytes}`, may: ['unknown'], answer: socket => socket.end(OK.slice(0, bytes))};
}
