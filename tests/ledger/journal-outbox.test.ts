import {randomUUID} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {createJournal, type Journal} from '../../src/journal/journal.ts';
import {newRunId} from '../../src/journal/run-directory.ts';
import type {Behind} from '../../src/ledger/copy-lag.ts';
import {type Outbox, startOutbox} from '../../src/ledger/journal-outbox.ts';
import {setUpLedger} from '../../src/ledger/setup.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

let postgres: Postgres;
let proxy: TcpProxy;
let owner: pg.Client;
let directory: string;
let id: string;
let journal: Journal;
let told: (Behind | undefined)[];
const begun: Outbox[] = [];
const retry = {min: 20, max: 200};
const host = 'box';

beforeAll(async () => {
  postgres = await startPostgres();
  await setUpLedger(postgres.url);
  await admin(`create role ana login password 'ana-1' in role tminus_operator`);
  await admin(`create role rita login password 'rita-1' in role tminus_reader`);
  proxy = await startTcpProxy(() => postgres.port);
});

afterAll(async () => {
  await owner?.end();
  await proxy?.stop();
  await postgres?.stop();
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-ledger-'));
  id = newRunId(new Date());
  mkdirSync(join(directory, id));
  directory = join(directory, id);
  writeFileSync(join(directory, 'checklist.md'), '# Deploy\n');
  journal = await createJournal(directory);
  told = [];
});

afterEach(async () => {
  proxy.mend();
  for (const outbox of begun.splice(0)) await outbox.finish(0);
  await journal.close();
  rmSync(join(directory, '..'), {recursive: true, force: true});
});

test('every line of the journal comes to the ledger as it stands, with what the run was opened with', async () => {
  const outbox = begin();
  await note(outbox, 'one', 'two');
  await note(outbox, 'a NUL \0, half a sign \ud800 and 30 kB', 'x'.repeat(30_000));
  expect(await outbox.finish(10_000)).toBe(0);
  expect(await linesThere()).toEqual(linesHere());
  const {rows} = await admin(
    `select name, convert_from(content, 'UTF8') as text from tminus.files where run = '${id}'`,
  );
  expect(rows).toEqual([{name: 'checklist.md', text: '# Deploy\n'}]);
  const {rows: runs} = await admin(`select opened_by, host from tminus.runs where id = '${id}'`);
  expect(runs).toEqual([{opened_by: 'ana', host}]);
});

test('a connection that is cut again and again loses, doubles and reorders nothing', async () => {
  const outbox = begin(viaProxy());
  for (let round = 0; round < 40; round += 1) {
    await note(outbox, `${round} ${'y'.repeat(round * 997)}`, randomUUID());
    if (round % 4 === 3) proxy.cut();
    if (round % 4 === 1) proxy.mend();
  }
  proxy.mend();
  expect(await outbox.finish(60_000)).toBe(0);
  expect(await linesThere()).toEqual(linesHere());
});

test('a server that falls silent is given up, and the run hears why and when it is over', async () => {
  const outbox = begin(viaProxy(), {answerMs: 300, tellAfterMs: 200});
  await note(outbox, 'before');
  await eventually('the first lines', async () => (await linesThere()).length === linesHere().length);
  proxy.stall();
  await note(outbox, 'while it is silent');
  await eventually('it to be said', () => told.some(each => each !== undefined && each.copied === 1));
  proxy.mend();
  await eventually('its end to be said', () => told.at(-1) === undefined && told.length > 1);
  expect(await linesThere()).toEqual(linesHere());
});

test('the next engine goes on where the last one stopped', async () => {
  const first = begin();
  await note(first, 'one');
  await first.finish(10_000);
  await note(first, 'two');
  expect(await linesThere()).toHaveLength(1);
  const second = begin(undefined, {}, 2);
  expect(await second.finish(10_000)).toBe(0);
  expect(await linesThere()).toEqual(linesHere());
});

test('two at once leave one journal', async () => {
  const outboxes = [begin(), begin(), begin()];
  for (let round = 0; round < 20; round += 1) {
    await journal.append([{type: 'note-added', text: `${round}`}], {at: round, by: 'ana'});
    for (const outbox of outboxes) outbox.reached(round + 1);
  }
  expect(await Promise.all(outboxes.map(outbox => outbox.finish(10_000)))).toEqual([0, 0, 0]);
  expect(await linesThere()).toEqual(linesHere());
});

test.each([
  ['was written anew', 'another journal of run'],
  ['was cut', 'it was cut or replaced'],
])('a journal that %s is refused, in words', async (how, words) => {
  const first = begin();
  await note(first, 'one');
  await note(first, 'two');
  await first.finish(10_000);
  await journal.close();
  rmSync(join(directory, 'journal.ndjson'));
  journal = await createJournal(directory);
  const texts = how === 'was cut' ? ['one'] : ['another one', 'two'];
  for (const text of texts) await journal.append([{type: 'note-added', text}], {at: 1, by: 'ana'});
  const second = begin(undefined, {once: true}, texts.length);
  expect(await second.finish(10_000)).toBeGreaterThan(0);
  expect(told.at(-1)?.because).toContain(words);
});

test.each([
  ['ana', 'ana-1'],
  ['rita', 'rita-1'],
])('%s can change or delete nothing, and reads all', async (name, password) => {
  const outbox = begin();
  await note(outbox, 'kept');
  await outbox.finish(10_000);
  const before = await linesThere();
  const client = new pg.Client({connectionString: urlOf(name, password)});
  await client.connect();
  const refused: string[] = [];
  try {
    for (const sql of attacks(id)) {
      const failure = await client.query(sql).then(
        () => 'done',
        error => error.code,
      );
      refused.push(failure);
    }
    expect((await client.query('select * from tminus.lines where run = $1', [id])).rows).toHaveLength(1);
  } finally {
    await client.end();
  }
  expect(refused).not.toContain('done');
  expect(await linesThere()).toEqual(before);
});

test('a reader cannot add to a run', async () => {
  const client = new pg.Client({connectionString: urlOf('rita', 'rita-1')});
  await client.connect();
  await expect(client.query('select tminus.open_run($1, $2, $3, null)', [id, host, 'rita'])).rejects.toThrow(
    /permission/,
  );
  await expect(client.query('select tminus.append($1, $2, $3, $4, null)', [id, ['{}'], [1], ['']])).rejects.toThrow(
    /permission/,
  );
  await client.end();
});

test('even the owner changes nothing by mistake', async () => {
  const outbox = begin();
  await note(outbox, 'kept');
  await outbox.finish(10_000);
  await expect(admin(`delete from tminus.lines`)).rejects.toThrow(/nothing in the ledger is changed/);
  await expect(admin(`truncate tminus.lines`)).rejects.toThrow(/nothing in the ledger is changed/);
});

/** What somebody with a client of his own would try. */
function attacks(run: string): readonly string[] {
  return [
    `update tminus.lines set line = '{}' where run = '${run}'`,
    `delete from tminus.lines where run = '${run}'`,
    `truncate tminus.lines`,
    `insert into tminus.lines (run, first_seq, last_seq, types, line) values ('${run}', 99, 99, '{}', '{}')`,
    `update tminus.runs set opened_by = 'bob'`,
    `delete from tminus.files`,
    `drop table tminus.lines cascade`,
    `alter table tminus.lines disable trigger all`,
    `alter table tminus.lines disable row level security`,
    `create or replace function tminus.refuse_change() returns trigger language plpgsql as $$ begin return new; end $$`,
    `set session_replication_role = replica`,
    `set role tminus_owner`,
    `create table tminus.mine (x int)`,
  ];
}

type More = Partial<Pick<Parameters<typeof startOutbox>[0], 'once' | 'answerMs' | 'tellAfterMs'>>;

function begin(url = urlOf('ana', 'ana-1'), more: More = {}, seq = 0): Outbox {
  const run = {id, host, user: 'ana'};
  const outbox = startOutbox({url, runDirectory: directory, run, seq, show: each => told.push(each), retry, ...more});
  begun.push(outbox);
  return outbox;
}

/** One line with these notes, and its way to the ledger. */
async function note(outbox: Outbox, ...texts: readonly string[]): Promise<void> {
  const recorded = await journal.append(
    texts.map(text => ({type: 'note-added', text}) as const),
    {at: 1, by: 'ana'},
  );
  outbox.reached(recorded.at(-1)?.seq ?? 0);
}

function linesHere(): readonly string[] {
  return readFileSync(join(directory, 'journal.ndjson'), 'utf8').trimEnd().split('\n');
}

async function linesThere(): Promise<readonly string[]> {
  const {rows} = await admin(`select line from tminus.lines where run = '${id}' order by first_seq`);
  return rows.map(({line}) => line);
}

async function admin(sql: string): Promise<pg.QueryResult> {
  if (owner === undefined) {
    owner = new pg.Client({connectionString: postgres.url});
    await owner.connect();
  }
  return await owner.query(sql);
}

function urlOf(user: string, password: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${postgres.port}/postgres`;
}

function viaProxy(): string {
  return urlOf('ana', 'ana-1').replace(`:${postgres.port}/`, `:${proxy.port}/`);
}
