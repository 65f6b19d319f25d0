import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, symlinkSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import type {HostBinding} from '../../src/plan/bindings-file/types.ts';
import type {BoundHttp, HttpStep, Origin, Request} from '../../src/run/request.ts';
import {NAMED_SERVER, type Namespace, namespacesMissing, openNamespace} from '../helpers/namespace.ts';
import {box, commands, expectKind, here, openHostWorld, performed, script} from '../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';

const CURL = /^curl\//;
let steps = 0;

describe.skipIf(sshdMissing || namespacesMissing)('behind ssh, on a host with a loopback of its own', () => {
  let host: Namespace;
  let sshd: Sshd;
  let world: World;
  let mine: Server;
  let port: number;
  const worlds: World[] = [];
  const servers: Sshd[] = [];

  async function worldOn(options: Parameters<typeof startSshd>[0]): Promise<World> {
    const server = await startSshd({...options, machine: host});
    servers.push(server);
    return openWorldOn(server);
  }

  function openWorldOn(server: Sshd, more: Partial<HostBinding> = {}): World {
    const {world: opened} = openHostWorld(server, {host: more});
    worlds.push(opened);
    return opened;
  }

  beforeAll(async () => {
    host = openNamespace();
    mine = createServer((_request, response) => response.end('{"name":"this machine"}'));
    await new Promise<void>(resolve => mine.listen(0, '127.0.0.1', resolve));
    ({port} = mine.address() as AddressInfo);
    expect(await host.start(NAMED_SERVER, 'the host', String(port))).toBe(String(port));
    world = await worldOn({});
    [sshd] = servers as [Sshd];
  });
  afterAll(async () => {
    for (const opened of worlds) await opened.close();
    for (const server of servers) await server.stop();
    mine?.close();
    host?.stop();
  });

  const get = (path = '/', more: Partial<BoundHttp> = {}): BoundHttp => ({
    line: 7,
    method: 'GET',
    url: `http://localhost:${port}${path}`,
    headers: {},
    insecure: false,
    ...more,
  });
  function asked(request: BoundHttp, more: Partial<Origin> = {}): HttpStep {
    steps += 1;
    const from: Origin = {jobId: `test-${process.pid}-http-${steps}`, place: box, lane: 'main', exports: {}, ...more};
    return {kind: 'http', requests: [request], timeoutMs: 20_000, from};
  }
  async function answerOf(request: Request, of = world) {
    const {outcome, printed} = await performed(of, request);
    const [answer] = expectKind(outcome, 'answered').answers;
    return {...answer, said: JSON.parse(answer?.body ?? '') as Record<string, string>, printed};
  }

  test('a step is answered by the host, through the connection, with its times and its place', async () => {
    const {said, timing, printed} = await answerOf(asked(get('/health')));
    expect(said).toMatchObject({name: 'the host', url: '/health', agent: 'tminus'});
    expect(timing?.connectMs).toBeGreaterThan(0);
    expect(timing?.firstByteMs).toBeGreaterThanOrEqual(timing?.connectMs ?? 0);
    // Names are looked up by the host: nobody here knows how long that took.
    expect(timing).not.toHaveProperty('dnsMs');
    expect(printed).toContain(`> GET http://localhost:${port}/health (from vps)`);
    expect((await answerOf(asked(get(), {place: here}))).said['name']).toBe('this machine');
  });

  test('so is a request that changes something, and one over the connection of the rollback', async () => {
    const post = get('/', {method: 'POST', body: 'a=1', headers: {'Content-Type': 'text/plain'}});
    expect((await answerOf(asked(post))).said).toMatchObject({name: 'the host', method: 'POST', body: 'a=1'});
    expect((await answerOf(asked(get(), {lane: 'rollback'}))).said['name']).toBe('the host');
  });

  test('a request among commands is', async () => {
    const stages = [commands('echo before'), {kind: 'http' as const, request: get()}, commands('echo after')];
    const outcome = expectKind((await performed(world, script(stages, {place: box}))).outcome, 'exited');
    expect(outcome.answers?.map(({body}) => JSON.parse(body).name)).toEqual(['the host']);
    expect(outcome.output).toMatch(/before.*from vps.*after/s);
  });

  test('a probe is, and a query of Prometheus', async () => {
    const {url} = get();
    const answer = await world.measure({method: 'GET', url, headers: {}, from: box}, 20_000);
    expect(answer).toMatchObject({status: 200, body: expect.stringContaining('the host')});
    const query: Request = {kind: 'prometheus', url, query: 'up', timeoutMs: 20_000, from: originOn()};
    expect(expectKind((await performed(world, query)).outcome, 'refused').detail).toContain('not an answer');
  });
  const originOn = (): Origin => ({jobId: 'none', place: box, lane: 'main', exports: {}});

  test('what nothing answers there is refused there, and a name that the host does not know is not found there', async () => {
    const {outcome} = await performed(world, asked(get('/', {url: 'http://localhost:1/'})));
    expect(expectKind(outcome, 'refused')).toMatchObject({
      reason: 'unreachable',
      detail: 'connection refused by localhost:1, asked from vps',
    });
    const unknown = await performed(world, asked(get('/', {url: 'http://nowhere.invalid/'})));
    expect(expectKind(unknown.outcome, 'refused').detail).toBe('no such host: nowhere.invalid:80, asked from vps');
  });

  test('a line that only curl does is done by curl there, judged by its status all the same', async () => {
    const line = (words: string, more: Partial<BoundHttp> = {}) =>
      asked(get('/', {curl: {text: `curl ${words}`}, ...more}), {directory: sshd.directory});
    const followed = await answerOf(line(`-L -f http://localhost:${port}/moved`));
    expect(followed).toMatchObject({
      status: 200,
      said: {name: 'the host', url: '/arrived', agent: expect.stringMatching(CURL)},
    });
    expect(followed.timing?.totalMs).toBeGreaterThan(0);
    const missing = await answerOf(line(`-f -u ana:secret http://localhost:${port}/missing`));
    expect(missing.status).toBe(404);
    const sent = await answerOf(line(`--data-binary @sshd_config http://localhost:${port}/`, {method: 'POST'}));
    expect(sent.said['body']).toContain('AuthorizedKeysFile');
    const cut = await performed(world, line(`-m 0.2 http://localhost:${port}/never`, {method: 'POST'}));
    expect(expectKind(cut.outcome, 'lost').detail).toMatch(/^curl: \(28\).* took effect, nobody saw/);
    const {outcome} = await performed(world, line('--compressed http://localhost:1/', {method: 'POST'}));
    expect(expectKind(outcome, 'refused').detail).toMatch(/curl: \(7\).*, asked by curl on vps$/);
  });

  test('where forwarding is prohibited curl there asks, and without one nobody does', async () => {
    const settings = ['AllowTcpForwarding no'];
    const closed = await worldOn({settings});
    const post = get('/', {method: 'POST', body: '@not-a-file', headers: {'X-One': "it's"}});
    expect((await answerOf(asked(post), closed)).said).toMatchObject({
      name: 'the host',
      body: '@not-a-file',
      method: 'POST',
    });
    expect((await answerOf(asked(get('/[1-2]')), closed)).said['url']).toBe('/[1-2]');
    const probed = await closed.measure({method: 'HEAD', url: get().url, headers: {}, from: box}, 20_000);
    expect(probed).toMatchObject({status: 200, body: '', timing: {totalMs: expect.any(Number)}});

    const tools = join(sshd.directory, 'tools');
    mkdirSync(tools);
    for (const name of readdirSync('/usr/bin')) if (name !== 'curl') symlinkSync(`/usr/bin/${name}`, join(tools, name));
    const bare = await worldOn({settings, environment: {PATH: tools}});
    expect(expectKind((await performed(bare, asked(get()))).outcome, 'lost').detail).toBe(
      'there is no curl on vps to ask with',
    );
    expect(await bare.measure({method: 'GET', url: get().url, headers: {}, from: box}, 20_000)).toEqual({
      error: 'there is no curl on vps to ask with',
      unasked: true,
    });
  });

  test("through the system's ssh it is the same", async () => {
    const over = openWorldOn(sshd, {transport: 'openssh'});
    expect((await answerOf(asked(get()), over)).said).toMatchObject({name: 'the host', agent: 'tminus'});
    const {outcome} = await performed(over, asked(get('/', {url: 'http://localhost:1/'})));
    expect(expectKind(outcome, 'refused').detail).toMatch(/curl: \(7\).*, asked by curl on vps$/);
  });

  test('a proxy of the host, or one that the document exports, is gone through', async () => {
    const proxy = `http://127.0.0.1:${await host.start(NAMED_SERVER, 'the proxy', '0')}`;
    const proxied = await worldOn({environment: {http_proxy: proxy}});
    expect((await answerOf(asked(get()), proxied)).said).toMatchObject({name: 'the proxy', url: get().url});
    expect((await answerOf(asked(get(), {exports: {http_proxy: proxy}}))).said['name']).toBe('the proxy');
    expect((await answerOf(asked(get(), {exports: {http_proxy: proxy, no_proxy: 'localhost'}}))).said['name']).toBe(
      'the host',
    );
  });

  test('whom the host trusts is trusted, and nobody else', async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(sshd.directory, name)) as [string, string];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...names, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    const secure = await host.start(NAMED_SERVER, 'over TLS', '0', key, cert);
    const url = `https://localhost:${secure}/`;
    const trusting = await worldOn({environment: {CURL_CA_BUNDLE: cert}});
    const {said, timing} = await answerOf(asked(get('/', {url})), trusting);
    expect(said).toMatchObject({name: 'over TLS', agent: 'tminus'});
    expect(timing?.tlsMs).toBeGreaterThan(0);
    const {outcome} = await performed(world, asked(get('/', {url})));
    expect(expectKind(outcome, 'refused').detail).toMatch(/\(60\).*certificate.*asked by curl on vps/);
    expect((await answerOf(asked(get('/', {url, insecure: true})))).said['name']).toBe('over TLS');
    // Another name than the certificate's, whoever has signed it.
    const other = await performed(trusting, asked(get('/', {url: `https://127.0.0.1:${secure}/`})));
    expectKind(other.outcome, 'refused');
  });

  test('what takes too long ends in time, and what is cancelled at once', async () => {
    const slow = asked(get('/never'));
    const late = await performed(world, {...slow, timeoutMs: 300});
    expect(expectKind(late.outcome, 'timed-out').detail).toBe(
      `no answer from localhost:${port} within 0.3 s, asked from vps`,
    );
    const cancel = new AbortController();
    const outcome = await world.perform(slow, () => cancel.abort(), cancel.signal);
    expectKind(outcome, 'cancelled');
  });
});
