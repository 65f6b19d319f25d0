/** The copy of a journal in a team's ledger that is cut, slow, restarted, full, or told everything twice. */
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {createJournal} from '../../../src/journal/journal.ts';
import {newRunId} from '../../../src/journal/run-directory.ts';
import {startOutbox} from '../../../src/ledger/outbox.ts';
import {setUpLedger} from '../../../src/ledger/setup.ts';
import {type Postgres, startPostgres} from '../../helpers/postgres.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;

const SEEDS = [71_001, 71_002, 71_003];
const ROUNDS = 120;
const RESTARTS = 4;
const FINISH_MS = 120_000;
const retry = {min: 10, max: 100};

export const teamJournals: FaultClass = {
  name: 'team ledger: journal',
  real: () => [
    ...SEEDS.map(seed => ({name: `cut, slow, full, told twice (${seed})`, run: () => copied(seed, faultOf)})),
    {name: 'restarted', run: () => copied(71_100, restarted)},
  ],
  simulate: delivered,
};

type Stage = {postgres: Postgres; proxy: TcpProxy; owner: pg.Client; id: string; here(): readonly string[]};

/** Does one harm, or takes it back. */
type Harm = (random: Random, stage: Stage, round: number) => Promise<boolean>;

/** Two engines of one run, as far as the ledger can tell, send the same growing journal through a bad link. */
async function copied(seed: number, harm: Harm): Promise<Result> {
  const random = seededRandom(seed);
  const directory = mkdtempSync(join(tmpdir(), 'tminus-team-journal-'));
  return await withLedger(async (postgres, openOwner) => {
    const proxy = await startTcpProxy(() => postgres.port);
    const id = newRunId(new Date());
    const runDirectory = join(directory, id);
    mkdirSync(runDirectory);
    const journal = await createJournal(runDirectory);
    const here = () => readFileSync(join(runDirectory, 'journal.ndjson'), 'utf8').trimEnd().split('\n');
    const url = `postgres://postgres:${postgres.password}@127.0.0.1:${proxy.port}/postgres`;
    const run = {id, host: 'box', user: 'ana'};
    const options = {url, runDirectory, run, seq: 0, show() {}, retry, answerMs: 400};
    const outboxes = [startOutbox(options), startOutbox(options)];
    let injected = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const text = `${round} ${'z'.repeat(random.below(3000))}`;
      const [event] = await journal.append([{type: 'note-added', text}], {at: round, by: 'ana'});
      for (const outbox of outboxes) outbox.reached(event?.seq ?? 0);
      const stage = {postgres, proxy, owner: await openOwner(), id, here};
      if (await harm(random, stage, round)) injected += 1;
    }
    proxy.mend();
    await full(await openOwner(), false);
    const left = await Promise.all(outboxes.map(outbox => outbox.finish(FINISH_MS)));
    await journal.close();
    const problems = await compared(await openOwner(), id, here(), `seed ${seed}`);
    await proxy.stop();
    rmSync(directory, {recursive: true, force: true});
    return {
      injected,
      problems: left.some(count => count > 0) ? [lost(`${left.join(' and ')} were not sent`)] : problems,
    };
  });
}

async function faultOf(random: Random, {proxy, owner, id, here}: Stage): Promise<boolean> {
  switch (random.below(8)) {
    case 0:
      proxy.cut();
      return true;
    case 1:
      proxy.stall();
      return true;
    case 2:
      proxy.throttle(2000 + random.below(50_000));
      return true;
    case 3: {
      const others = `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'postgres'`;
      await owner.query(others);
      return true;
    }
    case 4:
      await full(owner, true);
      return true;
    case 5: {
      // Lines that came long ago come once more, by another way.
      const lines = here().slice(0, 1 + random.below(20));
      await append(owner, id, lines).catch(() => {});
      return true;
    }
    default:
      proxy.mend();
      await full(owner, false);
      return false;
  }
}

async function restarted(random: Random, {postgres, proxy}: Stage, round: number): Promise<boolean> {
  if (round % Math.floor(ROUNDS / RESTARTS) === 7) {
    await postgres.restart(random.below(2) === 0 ? 'stopped' : 'killed');
    return true;
  }
  if (random.below(3) > 0) return false;
  proxy.cut();
  proxy.mend();
  return true;
}

/** The server says that its disk is full, as it does with SQLSTATE 53100. */
async function full(owner: pg.Client, isFull: boolean): Promise<void> {
  await owner.query(`create or replace function public.no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: no space left on device' using errcode = '53100'; end $$;
    drop trigger if exists no_room on tminus.lines;
    ${isFull ? 'create trigger no_room before insert on tminus.lines for each row execute function public.no_room()' : ''}`);
}

/** Lines in any order, again and again, cut into any batches, straight to the function that takes them. */
async function delivered(times: number): Promise<Result> {
  return await withLedger(async (_, openOwner) => {
    const owner = await openOwner();
    const problems: Problem[] = [];
    let injected = 0;
    for (let seed = 72_000; injected < times; seed += 1) {
      const random = seededRandom(seed);
      const id = newRunId(new Date(seed * 1000));
      await owner.query('select tminus.open_run($1, $2, $3, null)', [id, 'box', 'ana']);
      const lines = Array.from({length: 40}, (_unused, index) => lineOf(index + 1, random.below(1000)));
      let known = 0;
      while (known < lines.length) {
        const from = random.below(Math.min(lines.length, known + 4));
        const batch = lines.slice(from, from + 1 + random.below(5));
        const other = random.below(6) === 0 ? batch.map(line => line.replace('"at":', '"at":9')) : batch;
        const answer = await append(owner, id, other).catch((error: {code: string}) => error.code);
        const isGap = from > known;
        const differs = other !== batch && from < known;
        if (isGap || differs || from < known) injected += 1;
        if (isGap ? answer !== 'TM002' : differs ? answer !== 'TM001' : typeof answer !== 'number')
          problems.push({kind: 'wrong', what: `seed ${seed}: ${from} behind ${known} was answered with ${answer}`});
        // Others came first, and are the journal then.
        if (typeof answer === 'number') {
          if (other !== batch) lines.splice(from, batch.length, ...other);
          known = Math.max(known, from + batch.length);
        }
      }
      problems.push(...(await compared(owner, id, lines, `seed ${seed}`)));
    }
    return {injected, problems};
  });
}

function lineOf(seq: number, at: number): string {
  return `{"v":1,"seq":${seq},"at":${at},"by":"ana","events":[{"type":"note-added","text":"${seq}"}]}`;
}

async function append(owner: pg.Client, id: string, lines: readonly string[]): Promise<number> {
  const values = [id, lines, lines.map(() => 1), lines.map(() => 'note-added')];
  const {rows} = await owner.query('select tminus.append($1, $2, $3, $4, null) as seq', values);
  return Number(rows[0].seq);
}

async function compared(owner: pg.Client, id: string, here: readonly string[], where: string) {
  const {rows} = await owner.query('select line from tminus.lines where run = $1 order by first_seq', [id]);
  const there = rows.map(({line}) => String(line));
  const at = here.findIndex((line, index) => line !== there[index]);
  if (at !== -1) return [lost(`${where}: line ${at} of ${here.length} is not the same in the ledger`)];
  if (there.length > here.length)
    return [{kind: 'twice', what: `${where}: ${there.length} for ${here.length}`} as const];
  return [];
}

function lost(what: string): Problem {
  return {kind: 'lost', what};
}

/** With a server of its own. `openOwner` connects anew once the connection is gone. */
export async function withLedger(
  work: (postgres: Postgres, openOwner: () => Promise<pg.Client>) => Promise<Result>,
): Promise<Result> {
  const postgres = await startPostgres();
  let client: pg.Client | undefined;
  const openOwner = async () => {
    if (client !== undefined) return client;
    const fresh = new pg.Client({connectionString: postgres.url});
    fresh.on('error', () => {});
    fresh.once('end', () => {
      if (client === fresh) client = undefined;
    });
    await fresh.connect();
    client = fresh;
    return fresh;
  };
  try {
    await setUpLedger(postgres.url);
    return await work(postgres, openOwner);
  } finally {
    await client?.end().catch(() => {});
    await postgres.stop();
  }
}
