import {createServer, type IncomingMessage, type RequestListener, type Server} from 'node:http';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {bindings, expectKind, openTestWorld, performed} from '../../helpers/real-world.ts';

let server: Server;
let origin: string;
let requests: {request: IncomingMessage; body: string}[] = [];
let answer: RequestListener = (_, response) => response.end();
const {world} = openTestWorld({directory: '/', bindings: bindings()});

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({request, body});
      answer(request, response);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  await world.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const get = (path: string, more = {}) => ({
  line: 108,
  method: 'GET',
  url: `${origin}${path}`,
  headers: {},
  insecure: false,
  ...more,
});
const http = (...all: readonly ReturnType<typeof get>[]) => ({kind: 'http', requests: all, timeoutMs: 5000}) as const;

describe('an http request', () => {
  test('is sent as it is bound and answered with status, body and times; its body is shown as JSON', async () => {
    requests = [];
    answer = (_, response) => response.writeHead(201).end('{"status":"healthy"}');
    const post = get('/chat?x=1', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: '{"message":"hi"}',
    });
    const {outcome, printed} = await performed(world, http(post));
    const [first] = expectKind(outcome, 'answered').answers;
    expect(first).toMatchObject({line: 108, status: 201, body: '{"status":"healthy"}'});
    expect(first?.timing.totalMs).toBeGreaterThanOrEqual(first?.timing.firstByteMs ?? Number.POSITIVE_INFINITY);
    expect(first?.timing.connectMs).toBeGreaterThanOrEqual(0);
    expect(requests[0]?.body).toBe('{"message":"hi"}');
    expect(requests[0]?.request).toMatchObject({method: 'POST', url: '/chat?x=1'});
    expect(requests[0]?.request.headers['content-type']).toBe('application/json');
    expect(printed).toMatch(/^> POST .*\/chat\?x=1\n< 201 · \d+ ms\n\{\n {2}"status": "healthy"\n\}\n$/);
  });

  test('takes a redirect for the answer it is', async () => {
    requests = [];
    answer = (_, response) => response.writeHead(302, {location: '/elsewhere'}).end();
    const {outcome} = await performed(world, http(get('/')));
    expect(expectKind(outcome, 'answered').answers[0]?.status).toBe(302);
    expect(requests).toHaveLength(1);
  });

  test('keeps at most a mebibyte of the body and shows less', async () => {
    answer = (_, response) => response.end('x'.repeat(3 * 1024 * 1024));
    const {outcome, printed} = await performed(world, http(get('/')));
    expect(expectKind(outcome, 'answered').answers[0]?.body.length).toBe(1024 * 1024);
    expect(printed.length).toBeLessThan(20_000);
  });

  test('that nothing answers is refused in words', async () => {
    const {outcome, printed} = await performed(world, http(get('/', {url: 'http://127.0.0.1:1/health'})));
    expect(expectKind(outcome, 'refused')).toMatchObject({
      reason: 'unreachable',
      detail: 'connection refused by 127.0.0.1:1',
    });
    expect(printed).toContain('connection refused by 127.0.0.1:1');
  });

  test('that takes too long is timed out, and ends at once when it is cancelled', async () => {
    answer = () => {};
    const slow = await performed(world, {...http(get('/')), timeoutMs: 200});
    expect(expectKind(slow.outcome, 'timed-out').detail).toContain('within 0.2 s');
    const abort = new AbortController();
    const running = performed(world, http(get('/')), abort.signal);
    abort.abort();
    expectKind((await running).outcome, 'cancelled');
  });

  test('with patience is asked again until a restarted service answers', async () => {
    let asked = 0;
    answer = (_, response) => response.writeHead(++asked < 2 ? 503 : 200).end();
    const {outcome} = await performed(world, http(get('/', {patienceMs: 10_000})));
    expect(expectKind(outcome, 'answered').answers.map(({status}) => status)).toEqual([200]);
    expect(asked).toBe(2);
  });
});

test('measure returns an error in words instead of throwing', async () => {
  answer = (_, response) => response.end('ok');
  expect(await world.measure(get('/'), 5000)).toMatchObject({status: 200, body: 'ok'});
  expect(await world.measure({...get('/'), url: 'http://no-such-host.invalid/'}, 5000)).toEqual({
    error: 'no such host: no-such-host.invalid:80',
  });
  expect(await world.measure({...get('/'), url: 'nonsense'}, 5000)).toEqual({error: 'not a URL: nonsense'});
});

test('a prometheus query is a table of its labels and values', async () => {
  requests = [];
  const result = [
    {metric: {job: 'api', pod: 'a'}, value: [1, '0.5']},
    {metric: {job: 'api'}, value: [1, '7']},
  ];
  answer = (_, response) => response.end(JSON.stringify({status: 'success', data: {resultType: 'vector', result}}));
  const request = {kind: 'prometheus', url: `${origin}/`, query: 'rate(x[5m]) > 0', timeoutMs: 5000} as const;
  const {outcome} = await performed(world, request);
  expect(requests[0]?.request.url).toBe('/api/v1/query?query=rate(x%5B5m%5D)%20%3E%200');
  expect(expectKind(outcome, 'returned').tables).toEqual([
    {
      columns: ['job', 'pod', 'value'],
      rows: [
        ['api', 'a', '0.5'],
        ['api', null, '7'],
      ],
      rowCount: 2,
    },
  ]);
  answer = (_, response) => response.writeHead(400).end('{"status":"error","error":"parse error"}');
  expect(expectKind((await performed(world, request)).outcome, 'refused').detail).toBe('parse error');
});

test('a log request is not for the world to answer', async () => {
  const {outcome} = await performed(world, {kind: 'log', source: 'error', absent: 'ERROR'});
  expect(expectKind(outcome, 'refused').reason).toBe('unsupported');
});
