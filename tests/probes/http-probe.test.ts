import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import type {Check} from '../../src/plan/plan.ts';
import {type HttpProbe, httpProbe} from '../../src/probes/http-probe.ts';
import {localWorld, serve} from './local-world.ts';

const plain = (written: string) => written;

function probing(url: string, more: Partial<HttpProbe['http']> = {}, checks: readonly Check[] = []): HttpProbe {
  const http = {method: 'GET', url, headers: {}, ...more};
  return {kind: 'http', everyMs: 1000, timeoutMs: 300, line: 1, http, expect: {checks}};
}

test('the value is the time of the whole answer', async () => {
  await using server = await serve((_request, response) => {
    setTimeout(() => response.end('late'), 60);
  });
  const reading = await httpProbe(probing(server.url), localWorld, plain)();
  expect(reading).toMatchObject({kind: 'value', value: expect.any(Number)});
  expect(reading.kind === 'value' && reading.value).toBeGreaterThan(50);
});

test('an answer other than 2xx is an error in words, not a latency', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(503).end();
  });
  expect(await httpProbe(probing(server.url), localWorld, plain)()).toEqual({
    kind: 'error',
    error: 'status 503, expected 2xx',
    reached: true,
  });
});

test('a status the binding asks for is not held against 2xx', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(404).end();
  });
  const reading = await httpProbe(probing(server.url, {}, [{kind: 'status', codes: [404]}]), localWorld, plain)();
  expect(reading.kind).toBe('value');
});

test('an answer without the JSON that is expected is an error that quotes both', async () => {
  await using server = await serve((_request, response) => {
    response.end('{"status": "starting"}');
  });
  const checks: Check[] = [{kind: 'json', subset: {status: 'healthy'}}];
  expect(await httpProbe(probing(server.url, {}, checks), localWorld, plain)()).toMatchObject({
    kind: 'error',
    error: '{"status": "starting"}, expected {"status":"healthy"}',
  });
});

test('a server that never answers is an error and was not reached', async () => {
  await using server = await serve(() => {});
  expect(await httpProbe(probing(server.url), localWorld, plain)()).toEqual({
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
  await httpProbe(probing(server.url, {method: 'POST', json: {from: ['YOUR_NAME'], n: 1}}), localWorld, bind)();
  expect(received).toEqual({body: '{"from":["Ana \\"A\\" B"],"n":1}', type: 'application/json'});
});
