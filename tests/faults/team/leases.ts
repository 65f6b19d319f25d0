/** Engines that want one lease, over links that are cut and slow, with clocks of their own and deliveries that come twice. */
import {randomUUID} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import type pg from 'pg';
import {newRunId} from '../../../src/journal/run-directory.ts';
import {type Lease, takeLease} from '../../../src/ledger/lease.ts';
import type {Postgres} from '../../helpers/postgres.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {withLedger} from './journals.ts';

const SEEDS = 2;
const SEEDS_IN_FULL = 10;
const ENGINES = 3;
const LEASE_MS = 600;
const FAULTS = 40;
const FAULTS_IN_FULL = 60;
/** Of a server for each scenario. */
const RESTARTS_EVERY = 20;
const LOOK_MS = 4;
const PAUSE_MS_MAX = 120;

export const teamLeases: FaultClass = {
  name: 'team ledger: lease',
  real: full =>
    Array.from({length: full ? SEEDS_IN_FULL : SEEDS}, (_, seed) => ({
      name: `engines on bad links (${seed})`,
      run: () => rivals(73_001 + seed, full ? FAULTS_IN_FULL : FAULTS),
    })),
  simulate: asked,
};

/** Real engines' keepers; whenever one is asked whether it has the lease, no other may say that it has. */
async function rivals(seed: number, faults: number): Promise<Result> {
  const random = seededRandom(seed);
  return await withLedger(async (postgres, openOwner) => {
    const key = `shop ${seed}`;
    const proxies: TcpProxy[] = [];
    const leases: Lease[] = [];
    for (let engine = 0; engine < ENGINES; engine += 1) {
      const proxy = await startTcpProxy(() => postgres.port);
      proxies.push(proxy);
      const url = `postgres://postgres:${postgres.password}@127.0.0.1:${proxy.port}/postgres`;
      const run = {id: newRunId(new Date(seed * 1000 + engine)), host: `box${engine}`, user: 'ana'};
      leases.push(await takeLease({url, key, run, secret: randomUUID(), leaseMs: LEASE_MS, firstMs: LEASE_MS}));
    }
    const found: Problem[] = [];
    const kinds: Record<string, number> = {};
    const seen = new Set<number>();
    const watch = setInterval(() => found.push(...twoAtOnce(leases, seen, `seed ${seed}`)), LOOK_MS);
    for (let fault = 0; fault < faults; fault += 1) {
      const kind = await disturb(random, random.pick(proxies), {postgres, owner: await openOwner(), fault});
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      await sleep(random.below(PAUSE_MS_MAX));
      if (random.below(2) === 0) for (const one of proxies) one.mend();
    }
    for (const one of proxies) one.mend();
    for (const deadline = AbortSignal.timeout(60_000); !leases.some(one => one.isValid()); await sleep(LOOK_MS))
      if (deadline.aborted)
        return {injected: faults, kinds, problems: [{kind: 'broken', what: `seed ${seed}: nobody gets it`}]};
    clearInterval(watch);
    await Promise.all(leases.map(one => one.giveBack(5000)));
    await Promise.all(proxies.map(one => one.stop()));
    return {injected: faults, kinds, problems: [...found, ...(await numbersOf(await openOwner(), key))]};
  });
}

type Stage = {postgres: Postgres; owner: pg.Client; fault: number};

async function disturb(
  random: ReturnType<typeof seededRandom>,
  proxy: TcpProxy,
  {postgres, owner, fault}: Stage,
): Promise<string> {
  if (fault % RESTARTS_EVERY === 7) {
    await postgres.restart(random.below(2) === 0 ? 'stopped' : 'killed');
    return 'restarted';
  }
  const [kind, harm] = random.pick([
    ['cut', () => proxy.cut()],
    ['no answer', () => proxy.stall()],
    ['slow', () => proxy.throttle(200 + random.below(2000))],
    [
      'session ended',
      () => owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()`),
    ],
  ] as const);
  await harm();
  return kind;
}

function twoAtOnce(leases: readonly Lease[], seen: Set<number>, where: string): readonly Problem[] {
  const valid = leases.filter(one => one.isValid()).map(one => one.number() ?? 0);
  if (valid.length > 1) return [{kind: 'twice', what: `${where}: numbers ${valid.join(' and ')} are valid at once`}];
  const [number = 0] = valid;
  // Whoever has it has the highest number that there was.
  const highest = Math.max(0, ...seen);
  if (number > 0) seen.add(number);
  return number > 0 && number < highest
    ? [{kind: 'wrong', what: `${where}: ${number} is valid behind ${highest}`}]
    : [];
}

/** Whoever came later has a higher number. */
async function numbersOf(owner: pg.Client, key: string): Promise<readonly Problem[]> {
  const sql = 'select number from tminus.lease_numbers where key = $1 order by taken_at, number';
  const numbers = (await owner.query(sql, [key])).rows.map(({number}) => Number(number));
  const wrong = numbers.findIndex((number, index) => number <= (numbers[index - 1] ?? 0));
  return wrong === -1 ? [] : [{kind: 'wrong', what: `${key}: ${numbers[wrong]} came behind ${numbers[wrong - 1]}`}];
}

type Engine = {run: string; secret: string; number?: number};

/** What engines ask for, in any order, again and again, held against what the words of the ledger mean. */
async function asked(times: number): Promise<Result> {
  return await withLedger(async (_, openOwner) => {
    const owner = await openOwner();
    const problems: Problem[] = [];
    let injected = 0;
    for (let seed = 74_000; injected < times; seed += 1) {
      const course = await oneLease(owner, seed);
      injected += course.injected;
      problems.push(...course.problems, ...(await numbersOf(owner, `lease ${seed}`)));
    }
    return {injected, problems};
  });
}

/** Three runs, one of which has engines on two machines: the later of the two takes it over for good. */
async function oneLease(owner: pg.Client, seed: number): Promise<Result> {
  const random = seededRandom(seed);
  const key = `lease ${seed}`;
  const runs = [0, 1, 2].map(index => newRunId(new Date(seed * 10_000 + index * 1000)));
  const engines: Engine[] = [...runs, runs[0] ?? ''].map(run => ({run, secret: randomUUID()}));
  let holder: Engine | undefined;
  /** Who took it last and has not given it back: also when its time is over, nobody else has it yet. */
  let last: Engine | undefined;
  let highest = 0;
  let injected = 0;
  const problems: Problem[] = [];
  for (let turn = 0; turn < 40; turn += 1) {
    const engine = random.pick(engines);
    const where = `seed ${seed}, turn ${turn}`;
    const say = (what: string) => problems.push({kind: 'wrong', what: `${where}: ${what}`});
    const act = random.below(5);
    if (act === 0) {
      // Its time is over.
      await owner.query(`update tminus.leases set ends_at = now() - interval '1 second' where key = $1`, [key]);
      injected += 1;
      holder = undefined;
    } else if (act === 1) {
      const given = await giveBack(owner, key, engine);
      if (given !== (engine === last)) say(`given back: ${given}`);
      if (given) {
        holder = undefined;
        last = undefined;
      } else injected += 1;
    } else if (act === 2) {
      const renewed = await renew(owner, key, engine);
      if (renewed !== (engine === last)) say(`renewed: ${renewed}`);
      if (renewed && engine.number !== highest) say(`renewed number ${engine.number} behind ${highest}`);
      if (renewed) holder = engine;
      else injected += 1;
    } else {
      const isSucceeded = engines.some(
        other => other !== engine && other.run === engine.run && (other.number ?? 0) > (engine.number ?? Infinity),
      );
      const number = await take(owner, key, engine);
      const may = !isSucceeded && (holder === undefined || holder === engine);
      if ((number !== undefined) !== may) say(`taken: ${number}, by ${engines.indexOf(engine)}`);
      if (number === undefined) injected += 1;
      else {
        if (number <= highest) say(`number ${number} behind ${highest}`);
        highest = number;
        engine.number = number;
        holder = engine;
        last = engine;
      }
    }
  }
  return {injected, problems};
}

async function take(owner: pg.Client, key: string, {run, secret}: Engine): Promise<number | undefined> {
  const values = [key, run, 'box', 'ana', 1, secret, 600_000];
  const {rows} = await owner.query('select tminus.take_lease($1, $2, $3, $4, $5, $6, $7) as answer', values);
  return rows[0].answer.granted ? Number(rows[0].answer.number) : undefined;
}

async function renew(owner: pg.Client, key: string, {secret, number = 0}: Engine): Promise<boolean> {
  const {rows} = await owner.query('select tminus.renew_lease($1, $2, $3, 600000) as answer', [key, number, secret]);
  return rows[0].answer.granted;
}

async function giveBack(owner: pg.Client, key: string, {secret, number = 0}: Engine): Promise<boolean> {
  const {rows} = await owner.query('select tminus.give_back_lease($1, $2, $3) as given', [key, number, secret]);
  return rows[0].given;
}
