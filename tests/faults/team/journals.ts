/** The copy of a journal in a team's ledger that is cut, slow, restarted, full, or told everything twice. */
import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import pg from 'pg';
import {createJournal} from '../../../src/journal/journal.ts';
import {newRunId} from '../../../src/journal/run-directory.ts';
import {followRun} from '../../../src/ledger/follow-journal.ts';
import {startOutbox} from '../../../src/ledger/journal-outbox.ts';
import {setUpLedger} from '../../../src/ledger/setup.ts';
import {type Postgres, startPostgres} from '../../helpers/postgres.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';
import {type FaultClass, type Problem, type Result, summed} from '../tally.ts';
import {diskMissing, openSmallDisk, type SmallDisk} from './small-disk.ts';

type Random = ReturnType<typeof seededRandom>;

const SEEDS = 2;
const SEEDS_IN_FULL = 9;
const ROUNDS = 120;
/** Of several pages of a table: one that is full has no room for the next. */
const LINE_BYTES_MAX = 6000;
const RESTARTS = 6;
const RESTARTED_IN_FULL = 4;
const FINISH_MS = 120_000;
/** Longer than both ends need to see what has been done to them. */
const PAUSE_MS_MAX = 40;
const retry = {min: 10, max: 100};

export const teamJournals: FaultClass = {
  name: 'team ledger: journal',
  real: full => [
    ...seeds(full ? SEEDS_IN_FULL : SEEDS).map(seed => ({
      name: `cut, slow, full, told twice (${seed})`,
      run: () => copied(71_001 + seed, faultOf),
      impossible: diskMissing,
    })),
    ...seeds(full ? RESTARTED_IN_FULL : 1).map(seed => ({
      name: `restarted (${seed})`,
      run: () => copied(71_100 + seed, restarted),
    })),
  ],
  simulate: delivered,
};

function seeds(count: number): readonly number[] {
  return Array.from({length: count}, (_, seed) => seed);
}

type Stage = {
  postgres: Postgres;
  proxy: TcpProxy;
  disk: SmallDisk | undefined;
  owner: pg.Client;
  id: string;
  here(): readonly string[];
};

/** Does one harm and names it, or takes back what was done. */
type Harm = (random: Random, stage: Stage, round: number) => Promise<string | undefined>;

/**
 * Two engines of one run, as far as the ledger can tell, send the same growing journal through a bad link, and a console
 * elsewhere follows it there.
 */
async function copied(seed: number, harm: Harm): Promise<Result> {
  const random = seededRandom(seed);
  const directory = mkdtempSync(join(tmpdir(), 'tminus-team-journal-'));
  const disk = diskMissing === undefined ? openSmallDisk() : undefined;
  return await withLedger(async (postgres, openOwner) => {
    await disk?.use(await openOwner());
    const proxy = await startTcpProxy(() => postgres.port);
    const id = newRunId(new Date());
    const runDirectory = join(directory, id);
    mkdirSync(runDirectory);
    const journal = await createJournal(runDirectory);
    const here = () => readFileSync(join(runDirectory, 'journal.ndjson'), 'utf8').trimEnd().split('\n');
    const url = `postgres://postgres:${postgres.password}@127.0.0.1:${proxy.port}/postgres`;
    const run = {id, host: 'box', user: 'ana'};
    const told: string[] = [];
    const show = (behind: {because: string} | undefined) => void told.push(behind?.because ?? '');
    const options = {url, runDirectory, run, seq: 0, show, retry, answerMs: 400, tellAfterMs: 1};
    const outboxes = [startOutbox(options), startOutbox(options)];
    const seen: string[] = [];
    const reader = followRun({url, runId: id, after: 0, take: lines => seen.push(...lines), away() {}, retry});
    const kinds: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const text = `${round} ${randomBytes(random.below(LINE_BYTES_MAX)).toString('hex')}`;
      const [event] = await journal.append([{type: 'note-added', text}], {at: round, by: 'ana'});
      for (const outbox of outboxes) outbox.reached(event?.seq ?? 0);
      const stage = {postgres, proxy, disk, owner: await openOwner(), id, here};
      const kind = await harm(random, stage, round);
      if (kind !== undefined) kinds[kind] = (kinds[kind] ?? 0) + 1;
      await sleep(random.below(PAUSE_MS_MAX));
    }
    proxy.mend();
    disk?.free();
    const left = await Promise.all(outboxes.map(outbox => outbox.finish(FINISH_MS)));
    await journal.close();
    const problems = [...(await compared(await openOwner(), id, here(), `seed ${seed}`))];
    if (left.some(count => count > 0)) problems.push(lost(`seed ${seed}: ${left.join(' and ')} were not sent`));
    if (kinds['full'] !== undefined && !told.some(because => /No space left/i.test(because)))
      problems.push({kind: 'broken', what: `seed ${seed}: the disk of the ledger was never full`});
    for (const late = AbortSignal.timeout(FINISH_MS); seen.length < here().length && !late.aborted; ) await sleep(20);
    reader.close();
    if (seen.join('\n') !== here().join('\n'))
      problems.push({kind: 'wrong', what: `seed ${seed}: a console saw ${seen.length} lines of ${here().length}`});
    await proxy.stop();
    return {injected: summed(kinds), kinds, problems};
  }).finally(() => {
    disk?.remove();
    rmSync(directory, {recursive: true, force: true});
  });
}

async function faultOf(random: Random, {proxy, disk, owner, id, here}: Stage): Promise<string | undefined> {
  switch (random.below(8)) {
    case 0:
      proxy.cut();
      return 'cut';
    case 1:
      proxy.stall();
      return 'no answer';
    case 2:
      proxy.throttle(2000 + random.below(50_000));
      return 'slow';
    case 3: {
      const others = `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'postgres'`;
      await owner.query(others);
      return 'session ended';
    }
    case 4:
      // With a way to it that is open.
      proxy.mend();
      disk?.fill();
      return 'full';
    case 5: {
      // Lines that came long ago come once more, by another way.
      const lines = here().slice(0, 1 + random.below(20));
      await append(owner, id, lines).catch(() => {});
      return 'told twice';
    }
    default:
      proxy.mend();
      disk?.free();
      return undefined;
  }
}

async function restarted(random: Random, {postgres, proxy}: Stage, round: number): Promise<string | undefined> {
  if (round % Math.floor(ROUNDS / RESTARTS) === 7) {
    await postgres.restart(random.below(2) === 0 ? 'stopped' : 'killed');
    return 'restarted';
  }
  if (random.below(3) > 0) return undefined;
  proxy.cut();
  proxy.mend();
  return 'cut';
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
