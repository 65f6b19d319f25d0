/** What steps print, by way of the ledger: who may add to it, tried by hand-written SQL, and how it comes to who watches. */
import {randomUUID} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {keepText} from '../../src/commands/ledger/receive-text.ts';
import {newRunId, spoolPath} from '../../src/journal/run-directory.ts';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {createSpool, type Spool} from '../../src/journal/spool/spool.ts';
import {openSpoolReader} from '../../src/journal/spool/spool-reader.ts';
import {followRun} from '../../src/ledger/follow-journal.ts';
import {followText} from '../../src/ledger/follow-text.ts';
import {setUpLedger} from '../../src/ledger/setup.ts';
import {serveTeamConsoles} from '../../src/ledger/team-consoles.ts';
import {startTextOutbox} from '../../src/ledger/text-outbox.ts';
import {eventually} from '../helpers/eventually.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {addPeople} from './people.ts';

let postgres: Postgres;
let proxy: TcpProxy;
let owner: pg.Client;
let clients: Record<'ana' | 'bob' | 'rita', pg.Client>;
let directory: string;
let id: string;
let secret: string;

const urlOf = (name: string, port = postgres.port) =>
  `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startTcpProxy(() => postgres.port);
  await setUpLedger(postgres.url);
  owner = await clientOf(postgres.url);
  await addPeople(owner);
  const [ana, bob, rita] = await Promise.all([clientOf(urlOf('ana')), clientOf(urlOf('bob')), clientOf(urlOf('rita'))]);
  clients = {ana, bob, rita};
});

afterAll(async () => {
  await Promise.all([owner, ...Object.values(clients ?? {})].map(client => client?.end()));
  await proxy?.stop();
  await postgres?.stop();
});

async function clientOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  return client;
}

/** A run of ana's, as its engine makes it known. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-texts-'));
  id = newRunId(new Date());
  secret = randomUUID();
  const lease = [`shop: ${id}`, id, 'box', 'ana', secret];
  await clients.ana.query('select tminus.take_lease($1, $2, $3, $4, 1, $5, 600000)', lease);
  await clients.ana.query('select tminus.open_run($1, $2, $3, $4)', [id, 'box', 'ana', secret]);
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(directory, {recursive: true, force: true});
});

const refusedBy = (code: string) => ({code});

describe('who may do what', () => {
  const add = (client: pg.Client, own: string, first = 0, content = 'a\n', source = 'output') =>
    client.query('select tminus.add_text($1, $2, $3, $4, 0, $5, $6)', [
      ...[id, source, first, 1, Buffer.from(content), own],
    ]);
  const there = async () =>
    (await owner.query('select first_line::int as line from tminus.texts where run = $1 order by id', [id])).rows.map(
      ({line}) => line,
    );

  test('text comes from the engine of the run alone, and nobody changes or removes any', async () => {
    const {ana, bob, rita} = clients;
    await add(ana, secret);
    for (const own of ['no secret of anybody', randomUUID()])
      for (const client of [ana, bob]) await expect(add(client, own, 1)).rejects.toMatchObject(refusedBy('TM006'));
    await expect(add(rita, secret, 1)).rejects.toMatchObject(refusedBy('42501'));
    const byHand = [
      'update tminus.texts set content = $1',
      'insert into tminus.texts (run, source, first_line, lines, came_at, until_byte, content) select run, source, 9, 1, 0, 9, $1 from tminus.texts',
    ];
    const more = [
      'delete from tminus.texts',
      'truncate tminus.texts',
      'delete from tminus.sources',
      'delete from tminus.watched',
    ];
    for (const client of [ana, bob, rita]) {
      for (const sql of byHand) await expect(client.query(sql, ['x\n'])).rejects.toMatchObject(refusedBy('42501'));
      for (const sql of more) await expect(client.query(sql)).rejects.toMatchObject(refusedBy('42501'));
    }
    await expect(owner.query('update tminus.texts set lines = 2')).rejects.toMatchObject(refusedBy('TM003'));
    for (const call of ['begin_text($1, $2)', 'tell_sources($1, $2, $2)'])
      await expect(rita.query(`select tminus.${call}`, [id, secret])).rejects.toMatchObject(refusedBy('42501'));
    await expect(bob.query('select tminus.begin_text($1, $2)', [id, randomUUID()])).rejects.toMatchObject(
      refusedBy('TM006'),
    );
    // A reader reads it, and may say that he looks.
    expect((await rita.query('select content from tminus.texts where run = $1', [id])).rows).toEqual([
      {content: Buffer.from('a\n')},
    ]);
    await rita.query('select tminus.watch($1)', [id]);
    expect(await there()).toEqual([0]);
  });

  test('an engine whose run another has taken over adds nothing any more', async () => {
    await add(clients.ana, secret);
    await owner.query('update tminus.leases set ends_at = now() where run = $1', [id]);
    const next = randomUUID();
    await clients.bob.query('select tminus.take_lease($1, $2, $3, $4, 1, $5, 600000)', [
      `shop: ${id}`,
      id,
      'box2',
      'bob',
      next,
    ]);
    await expect(add(clients.ana, secret, 1)).rejects.toMatchObject(refusedBy('TM006'));
    await clients.bob.query('select tminus.begin_text($1, $2)', [id, next]);
    await add(clients.bob, next, 7);
    expect(await there()).toEqual([7]);
  });

  test('it is bounded: pieces, what is kept of a source, and how many sources there are; what came before is passed over', async () => {
    const {ana} = clients;
    const piece = 'x'.repeat(65_535);
    await expect(add(ana, secret, 0, `${piece}x\n`)).rejects.toMatchObject(refusedBy('23514'));
    for (let line = 0; line < 20; line += 1) await add(ana, secret, line, `${piece}\n`);
    await add(ana, secret, 3, 'again\n');
    expect(await there()).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
    for (let source = 1; source < 32; source += 1) await add(ana, secret, 0, 'a\n', `log ${source}`);
    await expect(add(ana, secret, 0, 'a\n', 'one too many')).rejects.toMatchObject(refusedBy('TM005'));
  });

  test('what nobody has watched for an hour goes when the next engine begins to send', async () => {
    const {ana} = clients;
    await add(ana, secret);
    await ana.query('select tminus.watch($1)', [id]);
    const [other, own] = [newRunId(new Date()), randomUUID()];
    await ana.query('select tminus.take_lease($1, $2, $3, $4, 1, $5, 600000)', [
      `shop: ${other}`,
      other,
      'box',
      'ana',
      own,
    ]);
    await ana.query('select tminus.begin_text($1, $2)', [other, own]);
    expect(await there()).toEqual([0]);
    await owner.query(`update tminus.watched set seen_at = now() - interval '61 min' where run = $1`, [id]);
    await ana.query('select tminus.begin_text($1, $2)', [other, own]);
    expect(await there()).toEqual([]);
  });
});

describe('from the engine to who watches', () => {
  let spool: Spool;

  /** The engine's side. Its way to the ledger can be cut. */
  function serve(): Spool {
    const runDirectory = join(directory, 'engine');
    mkdirSync(dirname(spoolPath(runDirectory, 'output')), {recursive: true});
    spool = createSpool(runDirectory, createRedactor(['hush-hush']));
    const of = {url: urlOf('ana', proxy.port), runId: id, secret, retryMs: 50};
    const text = startTextOutbox({...of, runDirectory, sources: spool.statuses});
    const host = {join: async () => {}, leave: () => {}, submit: async () => undefined};
    const consoles = serveTeamConsoles({
      ...of,
      host,
      watched: text.watched,
      read: () => ({reason: 'nothing is asked'}),
    });
    ends.push(spool.close, () => text.close(2000), consoles.close);
    return spool;
  }

  /** A console elsewhere, as a reader. */
  function watch(url = urlOf('rita')) {
    const own = join(directory, randomUUID());
    mkdirSync(own);
    const here = keepText(own);
    const reader = openSpoolReader(own);
    const following = followRun({url, runId: id, after: 0, take() {}, away() {}, text: followText(id, here)});
    ends.push(() => reader.close(), following.close);
    return {
      close: following.close,
      sources: here.sources,
      /** What is here of the output. */
      async shows(last: string) {
        const output = () => here.sources().find(({id: source}) => source === 'output');
        const lastLine = () => {
          reader.refresh();
          return reader.read('output', (output()?.lines ?? 0) - 1, 1)[0];
        };
        await eventually(`"${last}" to be seen`, () => lastLine() === last, {seen: () => String(lastLine())});
        const {lines = 0, gone = 0} = output() ?? {};
        return {
          lines,
          gone,
          text: reader.read('output', gone, lines),
          said: reader.read('output', gone - 1, gone && 1),
        };
      },
    };
  }

  const connectionsOf = async () =>
    (await owner.query(`select count(*)::int as all from pg_stat_activity where usename = 'ana'`)).rows[0].all;
  const textThere = async () =>
    (await owner.query('select count(*)::int as all from tminus.texts where run = $1', [id])).rows[0].all;

  test('nothing is sent while nobody watches; then the newest, as it comes, without secrets, and to who comes late', async () => {
    serve();
    spool.open('error', 'error.log · vps');
    spool.write('output', 'before\n');
    await eventually('the engine to look after consoles', async () => (await connectionsOf()) === 2);
    expect(await textThere()).toBe(0);
    const first = watch();
    expect(await first.shows('before')).toMatchObject({lines: 1, gone: 0, text: ['before']});
    spool.write('output', 'the word is hush-hush\nand ümlauts\n');
    spool.write('error', 'ERROR\n');
    spool.mark('error', {up: false, detail: 'no link'});
    const text = ['before', 'the word is [redacted]', 'and ümlauts'];
    expect(await first.shows('and ümlauts')).toMatchObject({text});
    await eventually('the log to be seen', () => first.sources()[1]?.lines === 1 && first.sources()[1]?.up === false);
    expect(first.sources()[1]).toMatchObject({id: 'error', title: 'error.log · vps', detail: 'no link'});
    const second = watch(urlOf('bob'));
    expect(await second.shows('and ümlauts')).toMatchObject({text});
  });

  test('of a flood the newest is there, and how much is missing', async () => {
    serve();
    const watcher = watch();
    spool.write('output', 'begun\n');
    await watcher.shows('begun');
    const lines = Array.from({length: 20_000}, (_, index) => `line ${index} ${'x'.repeat(50)}`);
    spool.write('output', `${lines.join('\n')}\nended\n`);
    const seen = await watcher.shows('ended');
    expect(seen.lines).toBe(20_002);
    expect(seen.gone).toBeGreaterThan(0);
    expect(seen.text).toEqual(['begun', ...lines, 'ended'].slice(seen.gone));
    expect(seen.said).toEqual([expect.stringContaining(`lines 1 to ${seen.gone} are not kept any more`)]);
    const late = await watch().shows('ended');
    expect(late.text).toEqual(['begun', ...lines, 'ended'].slice(late.gone));
    const [{bytes}] = (
      await owner.query('select sum(octet_length(content))::int as bytes from tminus.texts where run = $1', [id])
    ).rows;
    expect(bytes).toBeLessThanOrEqual(512 * 1024);
  });

  test('while the ledger is away nothing waits for it, and what came meanwhile is seen when it is back', async () => {
    serve();
    const watcher = watch();
    spool.write('output', 'before\n');
    await watcher.shows('before');
    proxy.stall();
    spool.write('output', 'meanwhile\n');
    proxy.cut();
    spool.write('output', 'still away\n');
    proxy.mend();
    expect((await watcher.shows('still away')).text).toEqual(['before', 'meanwhile', 'still away']);
  });

  test.skipIf(pgbouncerMissing)('so it comes through a pooler that passes no notices on', async () => {
    serve();
    const pooler = await startPgbouncer(postgres);
    ends.push(pooler.stop);
    const watcher = watch(pooler.url);
    spool.write('output', 'one\n');
    await watcher.shows('one');
    spool.write('output', 'two\n');
    expect((await watcher.shows('two')).text).toEqual(['one', 'two']);
  });
});
