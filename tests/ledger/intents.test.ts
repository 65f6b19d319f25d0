/** Consoles on other machines: who may ask what of an engine, tried by hand-written SQL, and what comes of it. */
import {randomBytes, randomUUID} from 'node:crypto';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {readIntentText} from '../../src/attach/client-message.ts';
import {newRunId} from '../../src/journal/run-directory.ts';
import {setUpLedger} from '../../src/ledger/setup.ts';
import {serveTeamConsoles, type TeamConsoles} from '../../src/ledger/team-consoles.ts';
import {attendRun, type TeamDriver} from '../../src/ledger/team-driver.ts';
import type {Console} from '../../src/run/console.ts';
import type {Intent} from '../../src/run/event.ts';
import {eventually} from '../helpers/eventually.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {addPeople} from './people.ts';

let postgres: Postgres;
let owner: pg.Client;
let clients: Record<'ana' | 'bob' | 'rita', pg.Client>;
let id: string;
let secret: string;
const open: (TeamConsoles | TeamDriver)[] = [];

const urlOf = (name: string) => `postgres://${name}:${name}-1@127.0.0.1:${postgres.port}/postgres?sslmode=disable`;

beforeAll(async () => {
  postgres = await startPostgres();
  await setUpLedger(postgres.url);
  owner = await clientOf(postgres.url);
  await addPeople(owner);
  const [ana, bob, rita] = await Promise.all([clientOf(urlOf('ana')), clientOf(urlOf('bob')), clientOf(urlOf('rita'))]);
  clients = {ana, bob, rita};
});

afterAll(async () => {
  await Promise.all([owner, ...Object.values(clients ?? {})].map(client => client?.end()));
  await postgres?.stop();
});

/** A run of ana's, as its engine makes it known. */
beforeEach(async () => {
  id = newRunId(new Date());
  secret = randomUUID();
  const lease = [`shop: ${id}`, id, 'box', 'ana', secret];
  await clients.ana.query('select tminus.take_lease($1, $2, $3, $4, 1, $5, 600000)', lease);
  await clients.ana.query('select tminus.open_run($1, $2, $3, $4)', [id, 'box', 'ana', secret]);
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function clientOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  return client;
}

type Heard = {joined: Console[]; left: string[]; asked: [string, Intent][]};

/** The engine's side; it refuses every note that says "no". */
function serve(): Heard {
  const heard: Heard = {joined: [], left: [], asked: []};
  const host = {
    join: async (console: Console) => void heard.joined.push(console),
    leave: (consoleId: string) => void heard.left.push(consoleId),
    async submit({user}: Console, intent: Intent) {
      heard.asked.push([user, intent]);
      return intent.type === 'note' && intent.text === 'no' ? 'not that' : undefined;
    },
  };
  open.push(serveTeamConsoles({url: urlOf('ana'), runId: id, secret, host, read: readIntentText, retryMs: 50}));
  return heard;
}

async function attend(url = urlOf('bob'), name = 'bob'): Promise<TeamDriver> {
  const driver = await attendRun({url, runId: id, name, host: 'desk', observes: false});
  open.push(driver);
  return driver;
}

test('what a console elsewhere asks is decided by the engine, under the role that the server knows', async () => {
  const heard = serve();
  const bob = await attend(urlOf('bob'), 'root');
  await eventually('it to be let in', () => heard.joined.length === 1);
  expect(await bob.send({type: 'note', text: 'yes'})).toBeUndefined();
  expect(await bob.send({type: 'note', text: 'no'})).toBe('not that');
  expect(heard.joined).toEqual([
    {
      id: bob.consoleId,
      user: 'bob@ledger',
      role: 'bob',
      name: 'root',
      origin: 'desk',
      observer: false,
      claimed: 'name',
    },
  ]);
  expect(heard.asked.map(([user]) => user)).toEqual(['bob@ledger', 'bob@ledger']);
  // What was asked is not kept once it is answered.
  const {rows} = await owner.query('select intent, refusal from tminus.intents where run = $1 order by id', [id]);
  expect(rows).toEqual([
    {intent: null, refusal: null},
    {intent: null, refusal: 'not that'},
  ]);
  await bob.close();
  await eventually('it to have left', () => heard.left.includes(bob.consoleId));
});

test.skipIf(pgbouncerMissing)('so it is through a pooler that passes no notices on', async () => {
  const heard = serve();
  const pooler = await startPgbouncer(postgres);
  try {
    const bob = await attend(pooler.url, 'bob');
    await eventually('it to be let in', () => heard.joined.length === 1);
    expect(await bob.send({type: 'note', text: 'yes'})).toBeUndefined();
    expect(heard.asked).toHaveLength(1);
    await bob.close();
  } finally {
    pooler.stop();
  }
});

test('what was asked of an engine that has ended is not done by the next one; nonsense is refused', async () => {
  const console = randomBytes(8).toString('hex');
  const {bob} = clients;
  await bob.query('select tminus.attend($1, $2, $3, $4, false)', [id, console, 'bob', 'desk']);
  const ask = (intent: string) => bob.query('select tminus.ask($1, $2, $3)', [id, console, intent]);
  await ask('{"type":"roll-back"}');
  const heard = serve();
  const refusals = async () =>
    (
      await owner.query('select refusal from tminus.intents where run = $1 and answered_at is not null order by id', [
        id,
      ])
    ).rows;
  await eventually('the first to be answered', async () => (await refusals()).length === 1);
  await ask('{"type":"destroy"}');
  await ask('nonsense');
  await eventually('the others to be answered', async () => (await refusals()).length === 3);
  expect((await refusals()).map(({refusal}) => refusal)).toEqual([
    'the engine that was asked has ended: ask again',
    'there is no intent destroy',
    'an intent needs a type',
  ]);
  expect(heard.asked).toEqual([]);
});

test('nobody asks in the name of another, and a reader asks nothing and reads nothing of it', async () => {
  const {ana, bob, rita} = clients;
  const console = randomBytes(8).toString('hex');
  const attendAs = (client: pg.Client) =>
    client.query('select tminus.attend($1, $2, $3, $4, false)', [id, console, 'bob', 'desk']);
  const ask = (client: pg.Client) => client.query(`select tminus.ask($1, $2, '{}') as id`, [id, console]);
  await attendAs(bob);
  await expect(attendAs(ana)).rejects.toMatchObject({code: 'TM006'});
  await expect(ask(ana)).rejects.toMatchObject({code: 'TM006'});
  const asked = (await ask(bob)).rows[0].id;
  await expect(bob.query('select tminus.answer($1, null, $2)', [asked, randomUUID()])).rejects.toMatchObject({
    code: 'TM006',
  });
  for (const client of [ana, bob, rita])
    for (const sql of [
      `insert into tminus.consoles (run, console, role, name, host, observes) values ('${id}', '0000000000000000', 'ana', 'a', 'a', false)`,
      `update tminus.consoles set role = 'ana'`,
      'delete from tminus.consoles',
      `insert into tminus.intents (run, console, role, intent) values ('${id}', '${console}', 'ana', '{}')`,
      `update tminus.intents set role = 'ana'`,
      'delete from tminus.intents',
      'truncate tminus.intents, tminus.consoles',
      'alter table tminus.intents disable trigger all',
    ])
      await expect(client.query(sql)).rejects.toMatchObject({code: '42501'});
  for (const sql of [
    `select tminus.attend('${id}', '1111111111111111', 'rita', 'desk', false)`,
    `select tminus.ask('${id}', '${console}', '{}')`,
    `select tminus.answer(${asked}, null, '${secret}')`,
    `select tminus.leave('${id}', '${console}')`,
    'select * from tminus.intents',
  ])
    await expect(rita.query(sql)).rejects.toMatchObject({code: '42501'});
  await ana.query('select tminus.answer($1, null, $2)', [asked, secret]);
  // Not even the owner changes by mistake what was answered, or whose a console is.
  await expect(owner.query(`update tminus.intents set refusal = 'x' where id = ${asked}`)).rejects.toThrow(/once/);
  await expect(owner.query(`update tminus.consoles set role = 'ana' where run = '${id}'`)).rejects.toThrow(/stays/);
});
