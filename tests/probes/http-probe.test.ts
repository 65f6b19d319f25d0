import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {expect, test, vi} from 'vitest';
import {exchange} from '../../src/actions/http/http.ts';
import type {World} from '../../src/actions/world.ts';
import type {Check} from '../../src/plan/plan.ts';
import {httpProbe} from '../../src/probes/http-probe.ts';
import type {Of} from '../../src/probes/reading.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {localWorld, serve} from './local-world.ts';

const HERE = {kind: 'local'} as const;
const plain = (written: string) => written;

/** Patient enough for a loaded machine. */
function probing(url: string, more: Partial<Of<'http'>['http']> = {}, checks: readonly Check[] = []): Of<'http'> {
  const http = {method: 'GET', url, headers: {}, ...more};
  return {kind: 'http', everyMs: 1000, timeoutMs: 60_000, line: 1, http, expect: {checks}};
}

test('the value is the time of the whole answer', async () => {
  await using server = await serve((_request, response) => {
    setTimeout(() => response.end('late'), 60);
  });
  const reading = await httpProbe(probing(server.url), HERE, localWorld, plain)();
  expect(reading).toMatchObject({kind: 'value', value: expect.any(Number)});
  expect(reading.kind === 'value' && reading.value).toBeGreaterThan(50);
});

test('its parts say where the time went; what an address and plain HTTP do without is absent', async () => {
  await using server = await serve((_request, response) => {
    setTimeout(() => response.write('first'), 60);
    setTimeout(() => response.end('last'), 140);
  });
  const measure = httpProbe(probing(server.url), HERE, localWorld, plain);
  // A machine with other work to do may hand over both pieces of the answer at once.
  const {parts, value} = await vi.waitFor(async () => {
    const reading = await measure();
    if (reading.kind !== 'value') throw new Error('no value');
    expect(reading.value - (reading.parts?.['first-byte'] ?? 0)).toBeGreaterThan(60);
    return {value: reading.value, parts: reading.parts ?? {}};
  }, PATIENT);
  expect(Object.keys(parts).sort()).toEqual(['connect', 'first-byte']);
  expect(parts['first-byte']).toBeGreaterThan(55);
  expect(parts['connect']).toBeLessThanOrEqual(parts['first-byte'] ?? 0);
  expect(value).toBeGreaterThan(135);
  const named = probing(server.url.replace('127.0.0.1', 'localhost'));
  const byName = await httpProbe(named, HERE, localWorld, plain)();
  expect(byName).toMatchObject({kind: 'value', parts: {dns: expect.any(Number)}});
});

test('every request comes over a connection of its own, TLS and all', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-tls-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  execFileSync('openssl', made, {stdio: 'ignore'});
  const ports: (number | undefined)[] = [];
  const server = createServer({key: readFileSync(key), cert: readFileSync(cert)}, (request, response) => {
    ports.push(request.socket.remotePort);
    response.end('ok');
  });
  let resumed = 0;
  server.on('secureConnection', socket => {
    if (socket.isSessionReused()) resumed += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const trusting: World = {...localWorld, measure: (request, ms) => exchange({...request, insecure: true}, ms)};
    const measure = httpProbe(probing(url), HERE, trusting, plain);
    for (const reading of [await measure(), await measure()]) {
      if (reading.kind !== 'value') throw new Error(JSON.stringify(reading));
      expect(Object.keys(reading.parts ?? {}).sort()).toEqual(['connect', 'first-byte', 'tls']);
      expect(reading.parts?.['tls']).toBeGreaterThan(0);
    }
    expect(new Set(ports).size).toBe(2);
    expect(resumed).toBe(0);
    // The certificate is nobody's whom this machine trusts.
    const strict = await httpProbe(probing(url), HERE, localWorld, plain)();
    expect(strict).toMatchObject({kind: 'error', error: expect.stringContaining('self-signed'), reached: false});
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(directory, {recursive: true});
  }
});

test('an answer other than 2xx is an error in words, not a latency', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(503).end();
  });
  expect(await httpProbe(probing(server.url), HERE, localWorld, plain)()).toEqual({
    kind: 'error',
    error: 'status 503, expected 2xx',
    reached: true,
  });
});

test('a status the binding asks for is not held against 2xx', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(404).end();
  });
  const reading = await httpProbe(probing(server.url, {}, [{kind: 'status', codes: [404]}]), HERE, localWorld, plain)();
  expect(reading.kind).toBe('value');
});

test('an answer without the JSON that is expected is an error that quotes both', async () => {
  await using server = await serve((_request, response) => {
    response.end('{"status": "starting"}');
  });
  const checks: Check[] = [{kind: 'json', subset: {status: 'healthy'}}];
  expect(await httpProbe(probing(server.url, {}, checks), HERE, localWorld, plain)()).toMatchObject({
    kind: 'error',
    error: '{"status": "starting"}, expected {"status":"healthy"}',
  });
});

test('a server that never answers is an error and was not reached', async () => {
  await using server = await serve(() => {});
  expect(await httpProbe({...probing(server.url), timeoutMs: 300}, HERE, localWorld, plain)()).toEqual({
    kind: 'error',
    error: expect.stringMatching(/^no answer from 127\.0\.0\.1:\d+ within 0\.3 s$/),
    reached: false,
  });
});

test('placeholders are bound inside the strings of a JSON body, quotes in a value included', async () => {
  let received = {body: '', type: ''};
  await using server = await serve(async (request, response) => {
    received = {body: await text(request), type: request.headers['content-type'] ?? ''};
    response.end();
  });
  const bind = (written: string) => written.replace('YOUR_NAME', 'Ana "A" B');
  await httpProbe(probing(server.url, {method: 'POST', json: {from: ['YOUR_NAME'], n: 1}}), HERE, localWorld, bind)();
  expect(received).toEqual({body: '{"from":["Ana \\"A\\" B"],"n":1}', type: 'application/json'});
});
