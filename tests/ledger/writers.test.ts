/** Who may add to the journal of a run in the ledger, tried by SQL that is written by hand. */
import {randomUUID} from 'node:crypto';
import pg from 'pg';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {newRunId} from '../../src/journal/run-directory.ts';
import {setUpLedger} from '../../src/ledger/setup.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {addPeople} from './people.ts';

let postgres: Postgres;
let owner: pg.Client;
let ana: pg.Client;
let bob: pg.Client;
let rita: pg.Client;
let id: string;
let key: string;

beforeAll(async () => {
  postgres = await startPostgres();
  await setUpLedger(postgres.url);
  owner = await clientOf(postgres.url);
  await addPeople(owner);
  const urlOf = (name: string) => `postgres://${name}:${name}-1@127.0.0.1:${postgres.port}/postgres`;
  [ana, bob, rita] = await Promise.all([
    clientOf(urlOf('ana')),
    clientOf(urlOf('bob')),
    clientOf(urlOf('rita')),
  ] as const);
});

afterAll(async () => {
  await Promise.all([owner, ana, bob, rita].map(client => client?.end()));
  await postgres?.stop();
});

beforeEach(() => {
  id = newRunId(new Date());
  key = `shop: deploy.md ${randomUUID()}`;
});

async function clientOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  return client;
}

const take = (client: pg.Client, secret: string, ms = 600_000, lease = key) =>
  client
    .query('select tminus.take_lease($1, $2, $3, $4, 1, $5, $6) as answer', [lease, id, 'box', 'ana', secret, ms])
    .then(({rows}) => rows[0].answer);
const open = (client: pg.Client, secret: string | null, host = 'box') =>
  client.query('select tminus.open_run($1, $2, $3, $4)', [id, host, 'ana', secret]);
const append = (client: pg.Client, secret: string | null, seq: number) =>
  client.query('select tminus.append($1, $2, $3, $4, $5)', [id, [`{"v":1,"seq":${seq},"x":1}`], [1], ['x'], secret]);
const linesThere = async () =>
  (await owner.query('select first_seq::int as seq, written_by::text as role from tminus.lines where run = $1', [id]))
    .rows;
const endLease = () => owner.query('update tminus.leases set ends_at = now() where key = $1', [key]);

test('once another engine has taken a run over, the one before adds nothing to its journal, nor opens it, nor adds files', async () => {
  const [old, next] = [randomUUID(), randomUUID()];
  await take(ana, old);
  await open(ana, old);
  await append(ana, old, 1);
  await endLease();
  // Nobody has taken it over: what is left of it still comes.
  await append(ana, old, 2);
  await take(bob, next);
  for (const secret of [old, null, randomUUID()]) {
    await expect(append(ana, secret, 3)).rejects.toMatchObject({code: 'TM006'});
    await expect(open(ana, secret)).rejects.toMatchObject({code: 'TM006'});
    await expect(
      ana.query('select tminus.keep_file($1, $2, $3, $4)', [id, 'x', Buffer.from('x'), secret]),
    ).rejects.toMatchObject({code: 'TM006'});
  }
  await open(bob, next, 'box2');
  await append(bob, next, 3);
  await expect(append(ana, old, 4)).rejects.toThrow(/another engine, under number \d+: this one has none, or a lower/);
  expect(await linesThere()).toEqual([
    {seq: 1, role: 'ana'},
    {seq: 2, role: 'ana'},
    {seq: 3, role: 'bob'},
  ]);
});

test('an engine that has its lease under a newer number still adds to it', async () => {
  const secret = randomUUID();
  const first = await take(ana, secret);
  await open(ana, secret);
  expect((await take(ana, secret)).number).toBeGreaterThan(first.number);
  await append(ana, secret, 1);
  expect(await linesThere()).toHaveLength(1);
});

test('what is being added comes before the take-over, and not behind it', async () => {
  const [old, next] = [randomUUID(), randomUUID()];
  await take(ana, old);
  await open(ana, old);
  await endLease();
  await ana.query('begin');
  await append(ana, old, 1);
  const taken = take(bob, next);
  await eventually('bob to wait for her', async () => {
    const {rows} = await owner.query(`select from pg_locks where locktype = 'advisory' and not granted`);
    return rows.length === 1;
  });
  await ana.query('commit');
  expect(await taken).toMatchObject({granted: true});
  expect(await linesThere()).toEqual([{seq: 1, role: 'ana'}]);
});

test('a transaction that sees the ledger as it was before adds nothing', async () => {
  const [old, next] = [randomUUID(), randomUUID()];
  await take(ana, old);
  await open(ana, old);
  await ana.query('begin isolation level repeatable read');
  await ana.query('select count(*) from tminus.writers');
  await endLease();
  await take(bob, next);
  await expect(append(ana, old, 1)).rejects.toThrow(/read committed/);
  await ana.query('rollback');
  expect(await linesThere()).toEqual([]);
});

test('a run without a number is added to by the role that opened it, and nobody takes it over', async () => {
  await open(ana, null);
  await append(ana, null, 1);
  await expect(append(bob, null, 2)).rejects.toMatchObject({code: 'TM006'});
  await expect(take(bob, randomUUID())).rejects.toMatchObject({code: 'TM006'});
  await append(ana, null, 2);
  expect(await linesThere()).toHaveLength(2);
});

test('a run is not taken over by the lease of another checklist', async () => {
  const secret = randomUUID();
  await take(ana, secret);
  await open(ana, secret);
  await endLease();
  await expect(take(bob, randomUUID(), 1000, `${key} of another`)).rejects.toMatchObject({code: 'TM006'});
  await append(ana, secret, 1);
});

test.each(['ana', 'rita'])('%s changes nothing of it past the functions', async name => {
  const secret = randomUUID();
  await take(ana, secret);
  await open(ana, secret);
  const client = name === 'ana' ? ana : rita;
  const attacks = [
    `insert into tminus.writers (run, key, number, proof, role) values ('x', 'x', 1, 'x', 'x')`,
    `update tminus.writers set proof = 'x'`,
    'delete from tminus.writers',
    'truncate tminus.writers',
    `alter table tminus.writers disable trigger all`,
    `select tminus.only_its_writer('${id}', null)`,
  ];
  for (const sql of attacks) await expect(client.query(sql)).rejects.toMatchObject({code: '42501'});
  await expect(append(rita, secret, 1)).rejects.toMatchObject({code: '42501'});
  await expect(take(rita, randomUUID())).rejects.toMatchObject({code: '42501'});
  // Nor does the owner by mistake.
  await expect(owner.query('delete from tminus.writers')).rejects.toThrow(/nothing in the ledger/);
  await expect(owner.query('update tminus.writers set number = 1')).rejects.toThrow(/only grows/);
});

test('a lease that is over is renewed or taken, and never both', async () => {
  const [old, next] = [randomUUID(), randomUUID()];
  const {number} = await take(ana, old);
  await endLease();
  // Bob has looked at its end, and has not taken it yet.
  await owner.query('begin');
  await owner.query('lock table tminus.lease_numbers in share row exclusive mode');
  const waiting = async (count: number) =>
    (await owner.query('select from pg_locks where not granted')).rows.length === count;
  const taken = bob
    .query('select tminus.take_lease($1, $2, $3, $4, 1, $5, 600000) as answer', [
      key,
      newRunId(new Date()),
      'box2',
      'bob',
      next,
    ])
    .then(({rows}) => rows[0].answer.granted);
  await eventually('bob to be at it', () => waiting(1));
  let isRenewed: boolean | undefined;
  const renewed = ana
    .query('select tminus.renew_lease($1, $2, $3, 600000) as answer', [key, number, old])
    .then(({rows}) => {
      isRenewed = rows[0].answer.granted;
    });
  await eventually('ana to wait, or to have it', async () => isRenewed !== undefined || (await waiting(2)));
  await owner.query('commit');
  await renewed;
  expect([await taken, isRenewed]).toEqual([true, false]);
});
