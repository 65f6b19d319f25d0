/** Two engines with one lease and one host: the one that is cut from the ledger goes on under the number that it had. */
import {randomUUID} from 'node:crypto';
import {openWorld} from '../../../src/actions/open-world.ts';
import type {World} from '../../../src/actions/world.ts';
import {newRunId} from '../../../src/journal/run-directory.ts';
import {type Lease, takeLease} from '../../../src/ledger/lease.ts';
import {eventually} from '../../helpers/eventually.ts';
import type {Postgres} from '../../helpers/postgres.ts';
import {bindings, box, commands, script} from '../../helpers/real-world.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';
import {hostBindings} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import {type FaultClass, type Problem, type Result, summed} from '../tally.ts';
import {withLedger} from './journals.ts';

type Random = ReturnType<typeof seededRandom>;

const SEEDS = 1;
const SEEDS_IN_FULL = 6;
const ROUNDS = 10;
const ROUNDS_IN_FULL = 30;
/** Of a server for each scenario. */
const RESTARTS_EVERY = 6;
const LEASE_MS = 600;
const PAUSE_TURNS_MAX = 3;

export const teamEngines: FaultClass = {
  name: 'team ledger: two engines',
  real: full =>
    Array.from({length: full ? SEEDS_IN_FULL : SEEDS}, (_, seed) => seed).flatMap(seed => {
      const rounds = full ? ROUNDS_IN_FULL : ROUNDS;
      return [
        {name: `of two runs (${seed})`, run: () => onHost(host => rivals(host, {seed, rounds, isSameRun: false}))},
        {
          name: `of a run taken over (${seed})`,
          run: () => onHost(host => rivals(host, {seed, rounds, isSameRun: true})),
        },
      ];
    }),
  simulate: 'what refuses an old engine is text that the host runs',
};

/** `told`: the number that it was given last. */
type Engine = {
  run: string;
  secret: string;
  lease: Lease;
  proxy: TcpProxy;
  world: World;
  told: {number: number};
};
type Course = {seed: number; rounds: number; isSameRun: boolean};

/**
 * In each round one engine is cut from the ledger, its time ends, and another has the lease: of the same run or of another
 * one of the checklist. The first believes to have it still, and both go on on the host.
 */
async function rivals(host: SharedHost, {seed, rounds, isSameRun}: Course): Promise<Result> {
  const random = seededRandom(75_000 + seed * 2 + (isSameRun ? 1 : 0));
  return await withLedger(async (postgres, openOwner) => {
    const kinds: Record<string, number> = {};
    const problems: Problem[] = [];
    const key = `shop ${seed} ${isSameRun}`;
    const engines = new Set<Engine>();
    const open = async (run: string) => {
      const engine = await openEngine(host, postgres, key, run);
      engines.add(engine);
      return engine;
    };
    const close = async (engine: Engine) => {
      engines.delete(engine);
      await engine.lease.giveBack(1000);
      await engine.world.close();
      await engine.proxy.stop();
    };
    const bench = {host, problems, kinds, highest: 0, tries: 0};
    const journal = {run: newRunId(new Date(seed * 1000)), seq: 0};
    let old = await open(journal.run);
    await mayAdd(await openOwner(), journal, old, true);
    for (let round = 0; round < rounds; round += 1) {
      count(kinds, await disturb(random, old, postgres, round));
      const ended = `update tminus.leases set ends_at = now() where key = $1 and not given_back`;
      await (await openOwner()).query(ended, [key]);
      const next = await open(isSameRun ? journal.run : newRunId(new Date((seed * 100 + round + 1) * 1000)));
      await eventually('the next to have it', () => next.lease.isValid());
      next.told.number = next.lease.number() ?? 0;
      if (next.told.number <= old.told.number)
        problems.push({kind: 'wrong', what: `number ${next.told.number} came behind ${old.told.number}`});
      if (isSameRun) await takeOver(bench, next);
      for (let turn = random.below(PAUSE_TURNS_MAX); turn > 0; turn -= 1) await act(bench, random.pick([old, next]));
      await act(bench, next);
      await act(bench, old);
      if (isSameRun) {
        const owner = await openOwner();
        count(kinds, 'added by an old engine');
        problems.push(...(await mayAdd(owner, journal, old, false)), ...(await mayAdd(owner, journal, next, true)));
      }
      await close(old);
      old = next;
    }
    for (const engine of [...engines]) await close(engine);
    if (isSameRun) problems.push(...(await inOrder(await openOwner(), journal)));
    return {injected: summed(kinds), kinds, problems};
  });
}

async function openEngine(host: SharedHost, {port, password}: Postgres, key: string, run: string): Promise<Engine> {
  const proxy = await startTcpProxy(() => port);
  const url = `postgres://postgres:${password}@127.0.0.1:${proxy.port}/postgres`;
  const secret = randomUUID();
  const own = {id: run, host: 'box', user: 'ana'};
  const lease = await takeLease({url, key, run: own, secret, leaseMs: LEASE_MS, firstMs: 10 * LEASE_MS});
  const told = {number: lease.number() ?? 0};
  const world = openWorld({
    bindings: bindings(hostBindings(host)),
    directory: host.directory,
    onLink() {},
    fence: () => ({key: fenceOfHost(host), number: told.number}),
  });
  return {run, secret, lease, proxy, world, told};
}

/** Each scenario has a directory of its own on the shared host. */
function fenceOfHost({directory}: SharedHost): string {
  return directory.replaceAll(/\W/g, '_').slice(-40);
}

async function disturb(random: Random, {proxy}: Engine, postgres: Postgres, round: number): Promise<string> {
  if (round % RESTARTS_EVERY === 3) {
    proxy.cut();
    await postgres.restart(random.below(2) === 0 ? 'stopped' : 'killed');
    return 'restarted';
  }
  const [kind, harm] = random.pick([
    ['cut', () => proxy.cut()],
    ['no answer', () => proxy.stall()],
    ['slow', () => proxy.throttle(1 + random.below(20))],
  ] as const);
  harm();
  return kind;
}

type Bench = {host: SharedHost; problems: Problem[]; kinds: Record<string, number>; highest: number; tries: number};

/** As `tminus resume --here` does it. */
async function takeOver(bench: Bench, {world, run, told: {number}}: Engine): Promise<void> {
  const fence = {key: fenceOfHost(bench.host), number};
  const [raised] = await world.raiseFence(box, {fence, prefix: `${run}-`, first: 1, raise: true});
  if (raised?.how !== 'raised')
    bench.problems.push({kind: 'wrong', what: `number ${number} is not up: ${raised?.how}`});
  bench.highest = Math.max(bench.highest, number);
}

/** A command under the number that the engine believes in, held against those that the host has seen the end of. */
async function act(bench: Bench, {world, told: {number}}: Engine): Promise<void> {
  bench.tries += 1;
  const mark = `n${number}t${bench.tries}`;
  const isOld = number < bench.highest;
  const request = script([commands(`sh mark.sh ${mark}`)], {place: box, directory: bench.host.directory});
  const outcome = await world.perform(request, () => {}, new AbortController().signal);
  const began = bench.host.ledger().filter(line => line === `${mark} begin`).length;
  const isFenced = outcome.kind === 'refused' && outcome.reason === 'fenced';
  if (isOld) count(bench.kinds, 'begun by an old engine');
  if (began > 1) bench.problems.push({kind: 'twice', what: `${mark} ran ${began} times`});
  if (isOld ? began > 0 || !isFenced : outcome.kind !== 'exited' || began === 0) {
    const what = `${mark} behind ${bench.highest}: ${JSON.stringify(outcome)}, begun ${began} times`;
    bench.problems.push({kind: 'wrong', what});
  }
  if (outcome.kind === 'exited') bench.highest = Math.max(bench.highest, number);
}

type Owner = Awaited<ReturnType<Parameters<Parameters<typeof withLedger>[0]>[1]>>;
type Journal = {run: string; seq: number};

/** Adds the next line of the journal, as the outbox of this engine would. */
async function mayAdd(owner: Owner, journal: Journal, {secret}: Engine, may: boolean): Promise<readonly Problem[]> {
  const line = `{"v":1,"seq":${journal.seq + 1},"x":1}`;
  try {
    await owner.query('select tminus.open_run($1, $2, $3, $4)', [journal.run, 'box', 'ana', secret]);
    await owner.query('select tminus.append($1, $2, $3, $4, $5)', [journal.run, [line], [1], ['x'], secret]);
    journal.seq += 1;
    return may ? [] : [{kind: 'wrong', what: `event ${journal.seq} came from an engine that had been taken over`}];
  } catch (error) {
    if (!may && (error as {code?: string}).code === 'TM006') return [];
    return [{kind: 'wrong', what: `event ${journal.seq + 1}: ${String(error)}`}];
  }
}

async function inOrder(owner: Owner, {run, seq}: Journal): Promise<readonly Problem[]> {
  const {rows} = await owner.query('select first_seq::int as at from tminus.lines where run = $1 order by first_seq', [
    run,
  ]);
  const is = rows.map(({at}) => at).join(' ');
  const due = Array.from({length: seq}, (_, index) => index + 1).join(' ');
  return is === due ? [] : [{kind: 'lost', what: `of events 1 to ${seq} there are ${is}`}];
}

function count(kinds: Record<string, number>, kind: string): void {
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}
