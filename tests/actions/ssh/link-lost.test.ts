/** The link to a host is lost at the very moment at which something begins: it waits for the next one. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {openConnections} from '../../../src/actions/ssh/connection-pool.ts';
import {openShells} from '../../../src/actions/ssh/ssh-shell.ts';
import {untilReached} from '../../../src/actions/until-reached.ts';
import type {World} from '../../../src/actions/world.ts';
import type {Outcome} from '../../../src/run/outcome.ts';
import type {Request} from '../../../src/run/request.ts';
import {eventually} from '../../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../../helpers/postgres.ts';
import {bindings, box, commands, hostAt, openTestWorld, performed, script} from '../../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-link-lost-'));
const file = join(root, 'seen.log');
/** Of one login, where the server hangs up. */
const ATTEMPTS = 4;
let sshd: Sshd;
let proxy: TcpProxy;
let postgres: Postgres;
let owner: pg.Client;
let service: Server;
let world: World;
let links: {up: boolean}[];

describe.skipIf(sshdMissing)('a link that is lost at that very moment', () => {
  beforeAll(async () => {
    writeFileSync(file, '');
    service = createServer((_, answer) => void answer.end('well'));
    await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve));
    let port = 0;
    proxy = await startTcpProxy(() => port);
    [sshd, postgres] = await Promise.all([startSshd({via: proxy.port}), startPostgres()]);
    port = sshd.port;
    owner = new pg.Client({connectionString: postgres.url});
    await owner.connect();
    await owner.query('create table orders (id int)');
  });

  afterAll(async () => {
    await owner?.end();
    service?.close();
    await Promise.all([proxy?.stop(), sshd?.stop(), postgres?.stop()]);
    rmSync(root, {recursive: true, force: true});
  });

  beforeEach(async () => {
    ({world, links} = openTestWorld({
      directory: root,
      bindings: bindings({
        hosts: {vps: hostAt('box', sshd.configFile)},
        databases: {main: {url: postgres.url, default: true, line: 1, via: 'vps'}},
      }),
    }));
    await performed(world, script([commands('true')], {place: box}));
  });

  afterEach(async () => {
    proxy.mend();
    await world.close();
  });

  const sql = (text: string): Request => {
    return {kind: 'sql', database: 'main', statements: [{line: 1, text}], timeoutMs: 60_000};
  };
  const get = (): Request => {
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
    const from = {place: box, lane: 'main', jobId: 'get', exports: {}} as const;
    return {kind: 'http', requests: [{line: 1, method: 'GET', url, headers: {}, insecure: false}], from};
  };
  const kinds: readonly [string, () => Request, Partial<Outcome>][] = [
    ['a script', () => script([commands('echo ran')], {place: box}), {kind: 'exited', code: 0}],
    ['SQL behind the host', () => sql('select 42'), {kind: 'returned'}],
    ['a request from the host', get, {kind: 'answered'}],
    ['a log', () => ({kind: 'tail', source: 'seen', place: box, file}), {kind: 'opened'}],
  ];

  test.each(kinds)('keeps nothing from being done: %s', async (_, request, outcome) => {
    proxy.cut();
    // Nobody knows of it yet.
    const running = performed(world, request());
    await eventually('the loss', () => links.at(-1)?.up === false);
    proxy.mend();
    expect((await running).outcome).toMatchObject(outcome);
  });

  test('has what a statement reads asked again', async () => {
    await owner.query('begin');
    await owner.query('lock table orders in access exclusive mode');
    const running = performed(world, sql('select count(*) from orders'));
    const waiting = 'select 1 from pg_locks where not granted';
    await eventually('the statement at the server', async () => ((await owner.query(waiting)).rowCount ?? 0) > 0);
    proxy.cut();
    await eventually('the loss', () => links.at(-1)?.up === false);
    await owner.query('commit');
    proxy.mend();
    const {outcome, printed} = await running;
    expect(outcome).toMatchObject({kind: 'returned', tables: [{rows: [['0']]}]});
    expect(printed).toContain('link to vps lost; asked again once it is back\n');
  });

  test('is another thing than a database or a service that cannot be reached', async () => {
    const nobody = await new Promise<number>(resolve => {
      const one = createServer().listen(0, '127.0.0.1', () => {
        const {port} = one.address() as AddressInfo;
        one.close(() => resolve(port));
      });
    });
    const request = get() as Request & {kind: 'http'};
    const gone = {...request, requests: request.requests.map(one => ({...one, url: `http://127.0.0.1:${nobody}/`}))};
    expect((await performed(world, gone)).outcome).toMatchObject({kind: 'refused', reason: 'unreachable'});
    expect(links.at(-1)?.up).toBe(true);
  });

  test('is waited for where an engine before this one has reached the host', async () => {
    const {world: opened, running} = begin(true);
    const before = proxy.connections();
    await eventually('a second round of attempts', () => proxy.connections() > before + ATTEMPTS);
    proxy.mend();
    expect((await running).outcome).toMatchObject({kind: 'exited', code: 0});
    await opened.close();
  });

  test('is told at once where nobody has ever reached the host', async () => {
    const {world: opened, running} = begin(false);
    expect((await running).outcome).toMatchObject({kind: 'refused', reason: 'unreachable'});
    await opened.close();
  });

  /** In a world that has not reached the host itself. */
  function begin(reached: boolean) {
    proxy.cut();
    const hosts = {vps: hostAt('box', sshd.configFile)};
    const opened = openTestWorld({directory: root, bindings: bindings({hosts}), wasReached: () => reached});
    return {...opened, running: performed(opened.world, script([commands('true')], {place: box}))};
  }

  test('is known as one also before anybody was told that it is closed', async () => {
    const host = hostAt('box', sshd.configFile);
    const options = {bindings: bindings({hosts: {vps: host}}), directory: root, onLink() {}};
    const connections = openConnections(options, keepAnswers());
    const shell = openShells(connections).to('vps', 'box', 'main');
    const lease = await connections.lease('vps', 'box', 'main');
    lease.release();
    lease.client.destroy();
    let said = '';
    const listen = {
      out(chunk: Buffer) {
        said += chunk.toString();
      },
      err() {},
    };
    const start = () => shell.start('echo here', listen);
    const running = await untilReached(start, shell, new AbortController().signal);
    await running.ended;
    expect(said).toBe('here\n');
    await connections.close();
  });
});
