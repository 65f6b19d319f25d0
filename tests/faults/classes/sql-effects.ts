/** Statements whose connection breaks, or whose server restarts, while they run: done or not, and by whom that was seen. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {Step} from '../../../src/plan/plan.ts';
import {eventually} from '../../helpers/eventually.ts';
import {columns, message, READY, row, startHostileDatabase} from '../../helpers/hostile-database.ts';
import {startPostgres} from '../../helpers/postgres.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {step as stepOf} from '../../helpers/small-plan.ts';
import {startTcpProxy} from '../../helpers/tcp-proxy.ts';
import {held} from '../ledger.ts';
import {type Performer, together, withPerformer} from '../performer.ts';
import {sharedPostgres} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;

const ROUNDS = 3;
const AT_ONCE = 12;
/** A statement takes up to so long, and is waited for a little longer. */
const SECONDS_MAX = 1.5;
const TIMEOUT_MS = 4000;
const PATIENT_MS = 60_000;

export const sqlEffects: FaultClass = {
  name: 'SQL whose link breaks',
  real: () => [{name: 'cut and stalled', run: () => broken()}],
  simulate: times => simulate(times, [cutAnywhere, cutBefore, errorOf('ERROR', '23505')]),
};

export const restartedDatabases: FaultClass = {
  name: 'PostgreSQL restarts in mid-query',
  real: () => [{name: 'stopped, killed, and begun again', run: restarted}],
  simulate: times =>
    simulate(times, [errorOf('FATAL', '57P01'), errorOf('FATAL', '57P02'), errorOf('PANIC', 'XX000'), cutBefore]),
};

/** Each notes its own name, and may only do so once. */
function statement(random: Random, mark: string): string {
  const note = `insert into marks select '${mark}' from (select pg_sleep(${(random.below(100) * SECONDS_MAX) / 100})) as slow`;
  return random.pick([
    note,
    `with noted as (${note} returning 1) select count(*) from noted`,
    `do $$ begin ${note}; end $$`,
    `select note('${mark}')`,
    `${note}; select 1`,
  ]);
}

const SETUP = `create table if not exists marks (mark text);
create or replace function note(text) returns int language sql as
$$ insert into marks select $1 from (select pg_sleep(1)) as slow; select 1 $$`;

function sqlStep(line: number, text: string, timeoutMs = PATIENT_MS): Step {
  const action = {kind: 'sql' as const, statements: [{line, text, expectations: []}], bound: true};
  return {...stepOf(line, `Statement ${line}`, 'deploy', action), retries: 2, timeoutMs};
}

/** `harm` comes while the statements of a round run; each round is over before the next. */
async function rounds(
  performer: Performer,
  name: string,
  harm: (random: Random, round: number) => Promise<void>,
): Promise<Result> {
  const random = seededRandom(name.length);
  const ask = async (text: string) => {
    const answer = await performer.world.query('straight', text, 20_000);
    return 'rows' in answer ? (answer.rows[0]?.[0] ?? '') : undefined;
  };
  await performer.perform(sqlStep(1, SETUP));
  const problems: Problem[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const marks = Array.from({length: AT_ONCE}, (_, index) => `${name}-${round}-${index}`);
    const claims = together(marks, AT_ONCE, mark => performer.perform(sqlStep(2, statement(random, mark), TIMEOUT_MS)));
    const running = `select count(*) from pg_stat_activity where state = 'active' and query like '%${name}-${round}-%' and pid <> pg_backend_pid()`;
    await eventually('statements to run', async () => Number(await ask(running)) > 0);
    await sleep(random.below(SECONDS_MAX * 500));
    await harm(random, round);
    const ended = await claims;
    await eventually('the server to be at rest', async () => (await ask(running)) === '0');
    for (const [index, {verdict}] of ended.entries()) {
      const times = Number(await ask(`select count(*) from marks where mark = '${marks[index]}'`));
      const may = times > 0 ? (['passed', 'unknown'] as const) : (['failed', 'unknown'] as const);
      problems.push(...held(marks[index] ?? '', {verdict, times, may}));
    }
  }
  return {injected: ROUNDS * AT_ONCE, problems};
}

function databases(url: string, straight: string) {
  return {main: {url, default: true, line: 1}, straight: {url: straight, default: false, line: 2}};
}

async function broken(): Promise<Result> {
  const postgres = await sharedPostgres();
  const link = await startTcpProxy(() => postgres.port);
  const url = postgres.url.replace(String(postgres.port), String(link.port));
  const bindings = {databases: databases(url, postgres.url)};
  try {
    return await withPerformer({directory: '/', bindings}, performer =>
      rounds(performer, 'link', async (random, round) => {
        if (round === 1) link.stall();
        else link.cut();
        await sleep(round === 1 ? TIMEOUT_MS : random.below(300));
        link.mend();
      }),
    );
  } finally {
    await link.stop();
  }
}

async function restarted(): Promise<Result> {
  const postgres = await startPostgres();
  try {
    return await withPerformer(
      {directory: '/', bindings: {databases: databases(postgres.url, postgres.url)}},
      performer => rounds(performer, 'restart', (_, round) => postgres.restart(round === 1 ? 'killed' : 'stopped')),
    );
  } finally {
    await postgres.stop();
  }
}

/** What the server does with a statement: whether it takes effect, and what the client is told. */
type Course = {hasEffect: boolean; answer: Buffer; mayBe: readonly ('passed' | 'failed' | 'unknown')[]};

const GOOD = Buffer.concat([columns('id'), row('1'), message('C', 'INSERT 0 1\0'), READY]);

function cutAnywhere(random: Random): Course {
  const keep = random.below(GOOD.length + 1);
  // Without its very last message, the answer is complete all the same.
  const isWhole = keep >= GOOD.length;
  return {hasEffect: true, answer: GOOD.subarray(0, keep), mayBe: isWhole ? ['passed'] : ['unknown']};
}

function cutBefore(random: Random): Course {
  return {hasEffect: random.below(2) === 0, answer: Buffer.alloc(0), mayBe: ['unknown']};
}

/** Of a statement that was refused nothing is left; what ends the connection says nothing of what was done before. */
function errorOf(severity: string, code: string) {
  return (random: Random): Course => {
    const tells = severity === 'ERROR';
    const said = message('E', `S${severity}\0V${severity}\0C${code}\0Mit says so\0\0`);
    const answer = tells ? Buffer.concat([said, READY]) : said;
    return {hasEffect: !tells && random.below(2) === 0, answer, mayBe: [tells ? 'failed' : 'unknown']};
  };
}

/** Many at once: a failure that was seen is tried again a second later. */
const SIMULATED_AT_ONCE = 200;

async function simulate(times: number, courses: readonly ((random: Random) => Course)[]): Promise<Result> {
  const server = await startHostileDatabase();
  const seeds = Array.from({length: times}, (_, seed) => {
    const random = seededRandom(21_000 + 3 * seed);
    return random.pick(courses)(random);
  });
  const effects = seeds.map(() => 0);
  server.play({
    answer(socket) {
      const seed = Number(/values \((\d+)\)/.exec(server.statements().at(-1) ?? '')?.[1]);
      const {hasEffect, answer} = seeds[seed] ?? {answer: Buffer.alloc(0)};
      if (hasEffect === true) effects[seed] = (effects[seed] ?? 0) + 1;
      socket.end(answer);
    },
  });
  const bindings = {databases: {main: {url: server.url, default: true, line: 1}}};
  try {
    const found = await withPerformer({directory: '/', bindings}, performer =>
      together([...seeds.entries()], SIMULATED_AT_ONCE, async ([seed, {answer, mayBe}]) => {
        const {verdict} = await performer.perform(sqlStep(3, `insert into orders values (${seed}) returning id`));
        // A failure may be tried again; what took effect must not be.
        return held(`seed ${seed}: ${answer.toString('latin1')}`, {verdict, times: effects[seed] ?? 0, may: mayBe});
      }),
    );
    return {injected: times, problems: found.flat()};
  } finally {
    await server.stop();
  }
}
