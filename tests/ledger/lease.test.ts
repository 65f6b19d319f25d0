import {randomUUID} from 'node:crypto';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {newRunId} from '../../src/journal/run-directory.ts';
import {type Lease, type LeaseNews, type LeaseOptions, takeLease} from '../../src/ledger/lease.ts';
import {setUpLedger} from '../../src/ledger/setup.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {addPeople} from './people.ts';

let postgres: Postgres;
let proxy: TcpProxy;
let owner: pg.Client;
let key: string;
const taken: Lease[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  await setUpLedger(postgres.url);
  owner = new pg.Client({connectionString: postgres.url});
  await owner.connect();
  await addPeople(owner);
  proxy = await startTcpProxy(() => postgres.port);
});

afterAll(async () => {
  await owner?.end();
  await proxy?.stop();
  await postgres?.stop();
});

beforeEach(() => {
  key = `shop: deploy.md ${randomUUID()}`;
});

afterEach(async () => {
  proxy.mend();
  for (const lease of taken.splice(0)) await lease.giveBack(2000);
});

const urlOf = (user: string, port = postgres.port) => `postgres://${user}:${user}-1@127.0.0.1:${port}/postgres`;
const runOf = (user: string) => ({id: newRunId(new Date()), host: `box-of-${user}`, user});

async function take(user: string, more: Partial<LeaseOptions> = {}) {
  const run = runOf(user);
  const options = {url: urlOf(user), key, run, secret: randomUUID(), leaseMs: 2000, ...more};
  const lease = await takeLease(options);
  taken.push(lease);
  const news: LeaseNews[] = [lease.first];
  lease.listen(one => news.push(one));
  return {lease, news, options};
}

test('one has it, and the other hears who that is; given back, it goes to the next under a higher number', async () => {
  const ana = await take('ana');
  expect(ana.lease.first).toEqual({kind: 'taken', number: expect.any(Number)});
  expect(ana.lease.isValid()).toBe(true);
  const bob = await take('bob');
  expect(bob.lease.first).toMatchObject({
    kind: 'lost',
    holder: {run: ana.options.run.id, host: 'box-of-ana', account: 'ana', role: 'ana', pid: process.pid},
  });
  expect(bob.lease.isValid()).toBe(false);
  await ana.lease.giveBack(2000);
  expect(ana.lease.isValid()).toBe(false);
  await eventually('bob to have it', () => bob.news.some(one => one.kind === 'taken'));
  expect(bob.lease.number()).toBeGreaterThan(ana.lease.number() ?? 0);
  expect(bob.lease.isValid()).toBe(true);
});

test('of many at once exactly one gets it', async () => {
  const all = await Promise.all(Array.from({length: 12}, (_, index) => take(index % 2 === 0 ? 'ana' : 'bob')));
  expect(all.filter(({lease}) => lease.first.kind === 'taken')).toHaveLength(1);
  const {rows} = await owner.query('select number from tminus.lease_numbers where key = $1', [key]);
  expect(rows).toHaveLength(1);
});

test('it is renewed while its engine lives, and nobody gets it however long that is', async () => {
  const ana = await take('ana', {leaseMs: 6000});
  const ends = async () =>
    (await owner.query('select ends_at from tminus.leases where key = $1', [key])).rows[0].ends_at;
  const first = await ends();
  await eventually('it to be renewed', async () => (await ends()) > first);
  expect((await take('bob')).lease.first.kind).toBe('lost');
  expect(ana.news).toHaveLength(1);
});

test('cut from the ledger it is not valid any more before another can have it, and is lost then', async () => {
  const ana = await take('ana', {url: urlOf('ana', proxy.port), leaseMs: 600});
  proxy.cut();
  await eventually('it to be said', () => ana.news.at(-1)?.kind === 'unsure');
  expect(ana.lease.isValid()).toBe(false);
  const bob = await take('bob', {leaseMs: 600});
  await eventually('bob to have it', () => bob.lease.isValid());
  expect(bob.lease.number()).toBeGreaterThan(ana.lease.number() ?? 0);
  proxy.mend();
  await eventually('ana to hear of it', () => ana.news.at(-1)?.kind === 'lost');
  expect(ana.lease.isValid()).toBe(false);
  await bob.lease.giveBack(2000);
  // She hears who had it in between: what that run did is for a person to look at.
  await eventually('ana to have it again', () => ana.lease.isValid());
  expect(ana.news.at(-1)).toEqual({kind: 'taken', number: expect.any(Number), before: bob.options.run.id});
});

test('an engine that was away so shortly that nobody took it goes on under its number', async () => {
  const ana = await take('ana', {url: urlOf('ana', proxy.port), leaseMs: 600});
  proxy.cut();
  await eventually('it to be said', () => ana.news.at(-1)?.kind === 'unsure');
  const number = ana.lease.number();
  proxy.mend();
  await eventually('it to be valid', () => ana.lease.isValid());
  expect(ana.lease.number()).toBe(number);
});

test('a clock that jumps, or a machine that slept, makes it uncertain at once', async () => {
  const clock = {steady: 0, wall: 0};
  const {lease} = await take('ana', {
    leaseMs: 60_000,
    clock: {steady: () => clock.steady, wall: () => clock.wall},
  });
  expect(lease.isValid()).toBe(true);
  clock.wall = 59_000;
  expect(lease.isValid()).toBe(false);
  clock.wall = 0;
  clock.steady = 59_000;
  expect(lease.isValid()).toBe(false);
});

test('the next engine of a run on its machine has it at once, another with the run does not, nor ever again', async () => {
  const run = runOf('ana');
  const secret = randomUUID();
  const first = await take('ana', {run, secret, leaseMs: 6000});
  const again = await take('ana', {run, secret, leaseMs: 6000});
  expect(again.lease.first).toEqual({kind: 'taken', number: expect.any(Number)});
  expect(again.lease.number()).toBeGreaterThan(first.lease.number() ?? 0);
  await eventually('the first to hear of it', () => first.news.at(-1)?.kind !== 'taken');
  const elsewhere = await take('bob', {run});
  expect(elsewhere.lease.first.kind).toBe('lost');
  await first.lease.giveBack(0);
  await again.lease.giveBack(2000);
  await eventually('it to be taken over', () => elsewhere.lease.isValid());
  const late = await take('ana', {run, secret});
  expect(late.lease.first).toMatchObject({kind: 'lost', holder: {takenOver: true, host: run.host}});
  await elsewhere.lease.giveBack(2000);
  expect((await take('ana', {run, secret})).lease.first.kind).toBe('lost');
});

test('what cannot be reached is said in time, and taken once it can be', async () => {
  proxy.cut();
  const ana = await take('ana', {url: urlOf('ana', proxy.port), leaseMs: 600, firstMs: 300});
  expect(ana.lease.first).toMatchObject({kind: 'unsure'});
  expect(ana.lease.number()).toBeUndefined();
  proxy.mend();
  await eventually('it to be taken', () => ana.news.at(-1)?.kind === 'taken');
});

test.each(['ana', 'rita'])('%s with a client of her own changes no lease of another', async name => {
  const bob = await take('bob');
  const number = bob.lease.number();
  const client = new pg.Client({connectionString: urlOf(name)});
  await client.connect();
  const before = (await owner.query('select * from tminus.leases where key = $1', [key])).rows;
  const asked = async (sql: string) =>
    await client.query(sql).then(
      ({rows}) => JSON.stringify(rows[0] ?? 'nothing'),
      error => String(error.code),
    );
  const quoted = `'${key}'`;
  const answers = [
    await asked(`select tminus.renew_lease(${quoted}, ${number}, '${randomUUID()}', 600000)->>'granted' as yes`),
    await asked(`select tminus.give_back_lease(${quoted}, ${number}, '${randomUUID()}') as yes`),
    await asked(
      `select tminus.take_lease(${quoted}, '${newRunId(new Date())}', 'x', 'x', 1, '${randomUUID()}', 1000)->>'granted' as yes`,
    ),
    await asked(`update tminus.leases set given_back = true`),
    await asked(`update tminus.leases set ends_at = now()`),
    await asked(`insert into tminus.leases select * from tminus.leases`),
    await asked(
      `insert into tminus.lease_numbers (key, number, run, host, account, proof) values ('x', 99, 'x', 'x', 'x', 'x')`,
    ),
    await asked(`delete from tminus.lease_numbers`),
    await asked(`truncate tminus.leases`),
    await asked(`alter table tminus.leases disable row level security`),
  ];
  await client.end();
  expect(answers.filter(answer => !['42501', '{"yes":"false"}', '{"yes":false}', '42P17'].includes(answer))).toEqual(
    [],
  );
  const after = (await owner.query('select * from tminus.leases where key = $1', [key])).rows;
  expect(after.map(({ends_at: _, ...row}) => row)).toEqual(before.map(({ends_at: _, ...row}) => row));
  expect(bob.lease.isValid()).toBe(true);
});

test('not even the owner takes a number back by mistake', async () => {
  await take('ana');
  await expect(owner.query(`delete from tminus.leases`)).rejects.toThrow(/nothing in the ledger/);
  await expect(owner.query(`update tminus.leases set number = 0 where key = '${key}'`)).rejects.toThrow(/only grows/);
});

test('a ledger that is made anew gives out no number that hosts have seen before', async () => {
  const lease = await take('ana');
  const since = Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1000);
  expect(lease.lease.number()).toBeGreaterThan(since - 60);
  // It fits into what every shell can compare.
  expect(lease.lease.number()).toBeLessThan(2 ** 31);
});
