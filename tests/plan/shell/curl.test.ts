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

describe('what only curl does is left to curl, as a request all the same', () => {
  test.each([
    ['curl -fsSL https://a', 'GET'],
    ['curl --compressed https://a', 'GET'],
    ['curl -u user:pass https://a', 'GET'],
    ['curl -x http://proxy https://a', 'GET'],
    ['curl --resolve a:443:127.0.0.1 https://a', 'GET'],
    ['curl --connect-timeout 5 --retry 3 https://a', 'GET'],
    ['curl -d @body.json https://a', 'POST'],
    ['curl -F file=@x https://a', 'POST'],
    ['curl -T file https://a', 'PUT'],
    ['curl -G -d a=1 https://a', 'GET'],
    ['curl --data-urlencode a=1 https://a', 'POST'],
    ['curl --cacert ca.pem https://a', 'GET'],
    ['curl -b jar https://a', 'GET'],
    ["curl -H 'Accept:' https://a", 'GET'],
    ["curl -H 'X-A: 1' -H 'X-A: 2' https://a", 'GET'],
    ["curl 'https://a/{b,c}'", 'GET'],
    ["curl 'https://a/[1-3]'", 'GET'],
    ["curl -g 'https://a/{b}'", 'GET'],
    ["curl 'https://a/b c'", 'GET'],
    ['curl -w "%{time_total}" https://a', 'GET'],
  ])('%s', (command, method) => {
    expect(request(command)).toMatchObject({method, curl: {text: command}});
  });

  test('its line throws nothing away, and is not made prettier', () => {
    expect(request(`curl -sLo /dev/null -w '%{time_total}\\n' "https://<api domain>/x" 2>&1 | jq .`)?.curl).toEqual({
      text: `curl -sLo - -w '%{time_total}\\n' "https://<api domain>/x"`,
      writeOut: '%{time_total}\\n',
    });
  });

  test.each([
    'curl https://a/users/{id}',
    'curl http://[::1]:8000/x',
    "curl -g 'https://a/b'",
    'curl https://<api domain>/x',
    'curl -w "%{http_code}\\n" https://a',
    'curl -H "Accept: a" -A me -b a=1 -e https://b -m 3 --http1.1 https://a',
  ])('our own client does %s', command => {
    expect(request(command)).toBeDefined();
    expect(request(command)).not.toHaveProperty('curl');
  });
});

describe('what would lose its meaning stays a command', () => {
  test.each([
    'curl -H "Authorization: Bearer $TOKEN" https://a',
    'curl https://a/$(hostname)',
    'curl -o file.tgz https://a',
    'curl https://a > file',
    'curl https://a | sh',
    'curl -O https://a/file.tgz',
    'curl -c jar https://a',
    'curl -K settings https://a',
    'curl --option-of-next-year x https://a',
    'curl -P - https://a',
    'curl https://a -X',
    'curl ftp://a/file',
    'curl -w @format https://a',
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
