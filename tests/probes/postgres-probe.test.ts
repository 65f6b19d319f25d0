/** What PostgreSQL says of itself, asked of real servers: one of its own, and a primary with a replica. */
import {once} from 'node:events';
import pg from 'pg';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import {postgresProbe} from '../../src/probes/postgres-probe.ts';
import type {Measure, Of, Reading} from '../../src/probes/reading.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {type Postgres, startPostgres, startReplicated} from '../helpers/postgres.ts';
import {bindings, openTestWorld} from '../helpers/real-world.ts';

const database = (url: string, more = {}) => ({url, default: false, line: 1, ...more});

function probing(world: World, databases: Parameters<typeof postgresProbe>[1]) {
  return (about: Of<'postgres'>['about'], more: Partial<Of<'postgres'>> = {}): Measure => {
    const probe = {kind: 'postgres', everyMs: 1000, timeoutMs: 60_000, line: 1, about, ...more} as const;
    return postgresProbe(probe, databases, world, text => text);
  };
}

function milliseconds(reading: Reading): number {
  if (reading.kind !== 'value') throw new Error(`no value: ${JSON.stringify(reading)}`);
  return reading.value;
}

async function client(url: string, name: string): Promise<pg.Client> {
  const one = new pg.Client({connectionString: url, application_name: name});
  one.on('error', () => {});
  await one.connect();
  return one;
}

describe('one server', () => {
  const LIMIT = 20;
  let postgres: Postgres;
  let world: World;
  let measure: ReturnType<typeof probing>;
  let sql: pg.Client;

  beforeAll(async () => {
    const preload = ['-c', 'shared_preload_libraries=pg_stat_statements'];
    postgres = await startPostgres({flags: [...preload, '-c', `max_connections=${LIMIT}`]});
    sql = await client(postgres.url, 'setup');
    await sql.query("create role clerk login password 'clerk'; create table orders(id int)");
    const clerk = postgres.url.replace(/\/\/[^@]*@/, '//clerk:clerk@');
    const databases = {
      main: database(postgres.url, {default: true}),
      clerk: database(clerk),
      wrong: database(postgres.url.replace(/:not[^@]*@/, ':wrong@')),
    };
    world = openTestWorld({directory: '/', bindings: bindings({databases})}).world;
    measure = probing(world, databases);
  });
  afterAll(async () => {
    await sql?.end();
    await world?.close();
    await postgres?.stop();
  });

  test('connections are a share of the limit, or of a pool; what is measured with is none of them', async () => {
    const apps = await Promise.all([1, 2, 3, 4].map(() => client(postgres.url, 'api worker')));
    try {
      expect(await measure('connections')()).toEqual({kind: 'value', value: (100 * 5) / LIMIT});
      expect(await measure('connections', {like: 'api%'})()).toEqual({kind: 'value', value: (100 * 4) / LIMIT});
      expect(await measure('connections', {like: 'api%', pool: 8})()).toEqual({kind: 'value', value: 50});
      expect(await measure('connections', {like: "o'brien\\"})()).toEqual({kind: 'value', value: 0});
    } finally {
      await Promise.all(apps.map(app => app.end()));
    }
  });

  test('a server that lets nobody in because it is full is full', async () => {
    const clerk = {on: 'clerk'} as const;
    const url = postgres.url.replace(/\/\/[^@]*@/, '//clerk:clerk@');
    const crowd: pg.Client[] = [];
    try {
      for (;;) crowd.push(await client(url, 'crowd'));
    } catch {
      // Nobody more gets in.
    }
    try {
      expect(await measure('connections', clerk)()).toEqual({kind: 'value', value: 100});
      // How full a pool is nobody has said.
      expect(await measure('connections', {...clerk, pool: 50})()).toMatchObject({kind: 'error', reached: false});
      expect(await measure('statements', clerk)()).toMatchObject({kind: 'error', reached: false});
    } finally {
      await Promise.all(crowd.map(one => one.end()));
    }
  });

  test('a password that is wrong is an error without it, and no reason to ask at full pace', async () => {
    const reading = await measure('connections', {on: 'wrong'})();
    expect(reading).toMatchObject({kind: 'error', reached: false, error: expect.stringContaining('authentication')});
    expect(JSON.stringify(reading)).not.toContain(':wrong');
  });

  test('statements are an error in words until the extension is there', async () => {
    expect(await measure('statements')()).toMatchObject({
      error: 'the database has no pg_stat_statements; create extension pg_stat_statements',
      reached: true,
    });
    await sql.query('create extension pg_stat_statements');
    expect(await measure('statements', {like: '%no_such_table%'})()).toMatchObject({
      error: 'no statement like %no_such_table% has been run yet',
      reached: true,
    });
  });

  /** What the server itself says of such statements. */
  async function spentOn(like: string): Promise<{calls: number; ms: number}> {
    const sums = 'sum(calls)::int as calls, sum(total_exec_time) as ms';
    const {rows} = await sql.query(`select ${sums} from pg_stat_statements where query like $1`, [like]);
    return rows[0];
  }

  test('the mean time is that of the calls since the last reading', async () => {
    const slow = measure('statements', {like: '%pg_sleep%'});
    await sql.query('select pg_sleep(0.5)');
    expect(await slow()).toEqual({kind: 'nothing'});
    expect(await slow()).toEqual({kind: 'nothing'});
    const before = await spentOn('%pg_sleep%');
    await sql.query('select pg_sleep(0.05)');
    await sql.query('select pg_sleep(0.15)');
    const mean = milliseconds(await slow());
    const after = await spentOn('%pg_sleep%');
    expect(after.calls - before.calls).toBe(2);
    expect(mean).toBeCloseTo((after.ms - before.ms) / 2);
  });

  test('after a reset the statements count from nothing again', async () => {
    const slow = measure('statements', {like: '%pg_sleep%'});
    await sql.query('select pg_sleep(0.3)');
    await sql.query('select pg_sleep(0.3)');
    await slow();
    await sql.query('select pg_stat_statements_reset()');
    await sql.query('select pg_sleep(0.02)');
    const mean = milliseconds(await slow());
    const {ms, calls} = await spentOn('%pg_sleep%');
    expect(calls).toBe(1);
    expect(mean).toBeCloseTo(ms);
  });

  test('without a replica there is no lag, and that is not zero', async () => {
    expect(await measure('replication-lag')()).toEqual({
      kind: 'error',
      error: 'no replica is connected',
      reached: true,
    });
  });
});

describe('a primary and its replica', () => {
  let primary: Postgres;
  let replica: Postgres;
  let world: World;
  let measure: ReturnType<typeof probing>;
  let sql: pg.Client;
  let reader: pg.Client;

  beforeAll(async () => {
    ({primary, replica} = await startReplicated());
    sql = await client(primary.url, 'setup');
    await sql.query("create table orders(id int); create role clerk login password 'clerk'");
    reader = await vi.waitFor(() => client(replica.url, 'reader'), {timeout: 20_000, interval: 100});
    const databases = {
      primary: database(primary.url),
      replica: database(replica.url),
      clerk: database(primary.url.replace(/\/\/[^@]*@/, '//clerk:clerk@')),
    };
    world = openTestWorld({directory: '/', bindings: bindings({databases})}).world;
    measure = probing(world, databases);
  });
  afterAll(async () => {
    await Promise.all([sql?.end(), reader?.end(), world?.close()]);
    await replica?.stop();
    await primary?.stop();
  });

  const lag = (on: string) => measure('replication-lag', {on})();
  const paused = async () => (await reader.query('select pg_is_wal_replay_paused() as paused')).rows[0].paused;

  test('a replica that has replayed everything is not behind, asked on either side', async () => {
    await sql.query('insert into orders values (1)');
    await expect.poll(() => lag('primary'), PATIENT).toEqual({kind: 'value', value: 0});
    await expect.poll(() => lag('replica'), PATIENT).toEqual({kind: 'value', value: 0});
  });

  test('while it does not replay, the lag grows, asked on either side', async () => {
    await reader.query('select pg_wal_replay_pause()');
    await expect.poll(paused, PATIENT).toBe(true);
    for (const side of ['primary', 'replica']) {
      const growing = async () => {
        await sql.query('insert into orders select generate_series(1, 100)');
        const reading = await lag(side);
        return reading.kind === 'value' ? reading.value : 0;
      };
      await expect.poll(growing, {...PATIENT, interval: 200}).toBeGreaterThan(500);
    }
    await reader.query('select pg_wal_replay_resume()');
    await expect.poll(() => lag('primary'), PATIENT).toEqual({kind: 'value', value: 0});
  });

  test('who may not see the replicas is told what to grant', async () => {
    expect(await lag('clerk')).toMatchObject({error: 'the lag is hidden from this user; grant pg_monitor to it'});
  });

  test('a replica that hears nothing any more is as old as what it replayed last; its primary has none', async () => {
    const gone = once(sql, 'end');
    await sql.end();
    await gone;
    await primary.stop();
    await expect.poll(() => lag('replica'), PATIENT).toMatchObject({kind: 'value'});
    await expect.poll(async () => milliseconds(await lag('replica')), PATIENT).toBeGreaterThan(0);
    await expect.poll(() => lag('primary')).toMatchObject({kind: 'error', reached: false});
  });
});
