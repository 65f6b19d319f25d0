import {execFile} from 'node:child_process';
import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {exchange} from '../../src/actions/http/http.ts';
import {readCurl} from '../../src/plan/shell/curl.ts';

const run = promisify(execFile);
let server: Server;
let address: string;
let seen: object | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    seen = await asked(request);
    response.end('ok');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Without what says who asks, how long the connection stays, and that nothing is sent. */
async function asked(request: IncomingMessage) {
  const {connection: _, 'user-agent': agent = '', ...headers} = request.headers;
  const named = /^(?:curl|tminus)/.test(agent) ? {} : {agent};
  if (headers['content-length'] === '0') delete headers['content-length'];
  return {method: request.method, url: request.url, body: await text(request), headers, ...named};
}

describe('a request of our own is the one that curl sends', () => {
  test.each([
    'curl http://ADDRESS',
    'curl -s ADDRESS/health?a=1&b=2#part',
    'curl http://ADDRESS/a/../b//c/./d',
    "curl -g 'http://ADDRESS/x?q=(1)~*!'",
    'curl http://ana:p%40ss@ADDRESS/x',
    'curl http://ana@ADDRESS/x',
    "curl -H 'Accept: text/html' -A me/1 -e http://b -b 'a=1; b=2' http://ADDRESS",
    "curl -d a=1 -d 'b=x y' http://ADDRESS",
    "curl -X PUT -H 'Content-Type: application/json' -d '{\"a\": [1]}' http://ADDRESS",
    'curl --json \'{"a": 1}\' http://ADDRESS',
    "curl --data-raw '@x' http://ADDRESS",
    "curl --data-binary 'a\nb' http://ADDRESS",
    'curl -XDELETE http://ADDRESS/1',
    'curl -sSfI http://ADDRESS',
    'curl -H "Host: other.example" http://ADDRESS',
    'curl -X POST http://ADDRESS',
    "curl -d '' http://ADDRESS",
    'curl -m 20 --http1.1 -w "%{http_code}" -o /dev/null http://ADDRESS',
  ])('%s', async written => {
    const line = written.replaceAll('ADDRESS', address);
    const request = readCurl(line.replaceAll('&', '\\&').replaceAll('#', '\\#'), 1)?.request;
    expect(request).toBeDefined();
    expect(request).not.toHaveProperty('curl');
    await run('bash', ['-c', line.replaceAll('&', '\\&').replaceAll('#', '\\#')]);
    const byCurl = seen;
    const headers = Object.fromEntries(request?.headers.map(({name, value}) => [name, value]) ?? []);
    const answer = await exchange({method: 'GET', url: '', ...request, headers}, 60_000);
    expect(answer).toMatchObject({status: 200});
    expect(seen).toEqual(byCurl);
  });
});
