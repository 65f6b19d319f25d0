import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {freePort} from '../helpers/ports.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {bindings, expectKind, hostAt, openTestWorld, performed} from '../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy} from '../helpers/tcp-proxy.ts';

let postgres: Postgres;
let sshd: Sshd | undefined;
let world: World;

beforeAll(async () => {
  postgres = await startPostgres();
  if (!sshdMissing) sshd = await startSshd();
  const {url, user, port} = postgres;
  const database = (more: object) => ({url, default: false, line: 1, ...more});
  const nobody = await freePort();
  const opened = openTestWorld({
    directory: '/',
    bindings: bindings({
      hosts: sshd === undefined ? {} : {vps: hostAt('box', sshd.configFile)},
      databases: {
        main: database({default: true}),
        tunnelled: database({via: 'vps', url: url.replace('127.0.0.1', 'localhost')}),
        closed: database({url: `postgresql://${user}:hush-hush@127.0.0.1:${nobody}/postgres`}),
        locked: database({url: `postgresql://${user}:hush-hush@127.0.0.1:${port}/postgres`}),
      },
    }),
  });
  world = opened.world;
});
afterAll(async () => {
  await world?.close();
  await sshd?.stop();
  await postgres?.stop();
});

const sql = (texts: readonly string[], more = {}) =>
  ({
    kind: 'sql',
    database: 'main',
    statements: texts.map((text, index) => ({line: 24 + index, text})),
    timeoutMs: 10_000,
    ...more,
  }) as const;

describe('sql', () => {
  test('returns every value as the text the server sent, and shows it as a table', async () => {
    const text = `select 1 as one, null as nothing, 12345678901234567890.10::numeric as exact, 'a b' as "two words", now() is not null as ok`;
    const {outcome, printed} = await performed(world, sql([text]));
    expect(expectKind(outcome, 'returned').tables).toEqual([
      {
        columns: ['one', 'nothing', 'exact', 'two words', 'ok'],
        rows: [['1', null, '12345678901234567890.10', 'a b', 't']],
        rowCount: 1,
      },
    ]);
    expect(printed).toBe(`${text}
one │ nothing │ exact                   │ two words │ ok
────┼─────────┼─────────────────────────┼───────────┼───
1   │ NULL    │ 12345678901234567890.10 │ a b       │ t
1 row
`);
  });

  test('runs statements in order on one connection, one table each', async () => {
    const {outcome} = await performed(
      world,
      sql(['create temp table t(x int)', 'insert into t values (1),(2)', 'select x from t where x > 5']),
    );
    expect(expectKind(outcome, 'returned').tables).toEqual([
      {columns: [], rows: [], rowCount: 0},
      {columns: [], rows: [], rowCount: 2},
      {columns: ['x'], rows: [], rowCount: 0},
    ]);
  });

  test('keeps the first thousand rows and counts all', async () => {
    const {outcome, printed} = await performed(world, sql(['select generate_series(1, 2500)']));
    const [table] = expectKind(outcome, 'returned').tables;
    expect([table?.rows.length, table?.rowCount]).toEqual([1000, 2500]);
    expect(printed).toContain('2500 rows (first 1000 shown)');
  });

  test('a statement that fails is an exit code with its message, and nothing after it runs', async () => {
    const {outcome, printed} = await performed(world, sql(['select nonsense', 'select 1']));
    const exited = expectKind(outcome, 'exited');
    expect([exited.code, exited.commands.map(({line, code}) => [line, code])]).toEqual([1, [[24, 1]]]);
    expect(exited.output).toContain('column "nonsense" does not exist');
    expect(printed).not.toContain('select 1');
  });

  test('a database that cannot be reached, or does not let us in, is refused without its password', async () => {
    const closed = expectKind((await performed(world, sql(['select 1'], {database: 'closed'}))).outcome, 'refused');
    expect(closed.reason).toBe('database');
    expect(closed.detail).toMatch(/^connection refused by 127\.0\.0\.1:\d+$/);
    const locked = expectKind((await performed(world, sql(['select 1'], {database: 'locked'}))).outcome, 'refused');
    expect(locked.detail).toContain('password authentication failed');
    expect(JSON.stringify([closed, locked])).not.toContain('hush-hush');
    expect(expectKind((await performed(world, sql(['select 1'], {database: 'none'}))).outcome, 'refused').reason).toBe(
      'unbound',
    );
  });

  test('a statement that takes too long is timed out on the server', async () => {
    const {outcome} = await performed(world, sql(['select pg_sleep(300)'], {timeoutMs: 3000}));
    expectKind(outcome, 'timed-out');
  });

  test('a statement that is cancelled stops on the server', async () => {
    const abort = new AbortController();
    const running = performed(world, sql(["select pg_sleep(31), 'cancel me'"]), abort.signal);
    const asleep = async () => {
      const answer = await world.query(
        'main',
        "select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep(31)%'",
        5000,
      );
      return 'rows' in answer ? answer.rows[0]?.[0] : answer.error;
    };
    await expect.poll(asleep, PATIENT).toBe('1');
    abort.abort();
    expectKind((await running).outcome, 'cancelled');
    expect(await asleep()).toBe('0');
  });

  test.skipIf(sshdMissing)('goes through a host where the bindings say so', async () => {
    const {outcome} = await performed(world, sql(['select 42 as answer'], {database: 'tunnelled'}));
    expect(expectKind(outcome, 'returned').tables[0]?.rows).toEqual([['42']]);
  });

  test('query answers probes and says what is wrong in words', async () => {
    expect(await world.query('', 'select 1 as x', 5000)).toEqual({columns: ['x'], rows: [['1']], rowCount: 1});
    expect(await world.query('closed', 'select 1', 5000)).toEqual({
      error: expect.stringContaining('connection refused'),
    });
  });

  test('query keeps nobody longer than it may, whatever hangs, and tells an answer from none', async () => {
    const proxy = await startTcpProxy(() => postgres.port);
    const url = postgres.url.replace(String(postgres.port), String(proxy.port));
    const databases = {main: {url, default: true, line: 1}};
    const {world: through} = openTestWorld({directory: '/', bindings: bindings({databases})});
    try {
      expect(await through.query('main', 'select 1 as x', 5000)).toMatchObject({rows: [['1']]});
      // Sent, and nothing comes back any more.
      const asked = through.query('main', 'select pg_sleep(0.3)', 1000);
      setTimeout(() => proxy.stall(), 150);
      expect(await asked).toEqual({error: expect.stringMatching(/^no (?:answer from|connection to) .* within 1 s$/)});
      expect(await through.query('main', 'select 1', 300)).toEqual({error: expect.any(String)});
    } finally {
      await through.close();
      await proxy.stop();
    }
    expect(await world.query('main', 'select nothing', 5000)).toMatchObject({state: '42703'});
    expect(await world.query('main', 'select pg_sleep(60)', 200)).toMatchObject({error: expect.any(String)});
    expect(await world.query('locked', 'select 1', 5000)).toMatchObject({state: '28P01'});
  });
});
