import {describe, expect, test} from 'vitest';
import {isGuarded, readCurl} from '../../../src/plan/shell/curl.ts';
import {simpleCommands} from '../../../src/plan/shell/words.ts';

function request(command: string) {
  return readCurl(command, 7)?.request;
}

describe('a plain curl line is a request', () => {
  test.each([
    ['curl https://a/health', {method: 'GET', url: 'https://a/health', line: 7}],
    ['curl -s -f -i https://a', {method: 'GET', url: 'https://a'}],
    ['curl -sSfk https://a', {insecure: true}],
    ['curl -I https://a', {method: 'HEAD'}],
    ['curl localhost:8000/x', {url: 'http://localhost:8000/x'}],
    ['curl -XDELETE https://a', {method: 'DELETE'}],
    ['curl --request=PUT --url https://a', {method: 'PUT', url: 'https://a'}],
    ['curl -d a=1 -d b=2 https://a', {method: 'POST', body: 'a=1&b=2'}],
    ['curl -X PUT -d x https://a', {method: 'PUT', body: 'x'}],
    ['curl https://a | jq .', {url: 'https://a'}],
    ['curl -o /dev/null -w "%{http_code}" https://a', {url: 'https://a'}],
    ['curl -s https://a 2>/dev/null', {url: 'https://a'}],
    ['curl https://<api domain>/x', {url: 'https://<api domain>/x'}],
  ])('%s', (command, expected) => {
    expect(request(command)).toMatchObject(expected);
  });

  test('headers keep their colons and data its quotes', () => {
    expect(request(`curl -H 'X-At: 10:30' -H "Accept: a/b" --data '{"m": "it''s"}' https://a`)).toMatchObject({
      method: 'POST',
      headers: [
        {name: 'X-At', value: '10:30'},
        {name: 'Accept', value: 'a/b'},
        {name: 'Content-Type', value: 'application/x-www-form-urlencoded'},
      ],
      body: '{"m": "its"}',
    });
  });

  test('a stated content type is kept', () => {
    const headers = request(`curl -H 'Content-Type: application/json' -d '{}' https://a`)?.headers;
    expect(headers).toEqual([{name: 'Content-Type', value: 'application/json'}]);
  });

  test('-m is the time limit, in milliseconds', () => {
    expect(readCurl('curl -m 2.5 https://a', 1)?.timeoutMs).toBe(2500);
  });
});

describe('what would lose its meaning stays a command', () => {
  test.each([
    'curl -H "Authorization: Bearer $TOKEN" https://a',
    'curl https://a/$(hostname)',
    'curl -d @body.json https://a',
    'curl -o file.tgz https://a',
    'curl https://a > file',
    'curl https://a | sh',
    'curl -F file=@x https://a',
    'curl -u user:pass https://a',
    'curl https://a https://b',
    'curl https://a && echo ok',
    'wget https://a',
    'curl',
  ])('%s', command => {
    expect(readCurl(command, 1)).toBeUndefined();
  });
});

test.each([
  ['curl -f u', true],
  ['curl -sSf u', true],
  ['curl --fail-with-body u', true],
  ["curl -w '%{http_code}' u", true],
  ['curl -s u', false],
  ['curl --form x u', false],
])('%s guards against an error status: %s', (command, guarded) => {
  expect(isGuarded(simpleCommands(command)[0] ?? [])).toBe(guarded);
});
