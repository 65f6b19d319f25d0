import {expect, test} from 'vitest';
import {secretsIn} from '../../../src/journal/secrets/secrets.ts';
import type {Bindings} from '../../../src/plan/bindings/types.ts';

const NO_BINDINGS: Bindings = {
  values: {},
  hosts: {},
  databases: {},
  choices: {},
  contexts: {},
  steps: [],
  probes: {},
  logs: {},
  rules: [],
  rollback: {auto: false, countdownMs: 3000, requires: []},
  contacts: {},
};

test('the environment gives up its secrets by name, and passwords in any URL', () => {
  const secrets = secretsIn(NO_BINDINGS, {
    API_TOKEN: 'tok-12345',
    DATABASE_URL: 'postgres://app:p%40ss-word@db/main',
    PATH: '/usr/bin',
    USE_SSH_KEY: 'true',
    KEYBOARD_LAYOUT: 'us-intl',
  });
  expect(secrets).toEqual(expect.arrayContaining(['tok-12345', 'p%40ss-word', 'p@ss-word']));
  expect(secrets).not.toContain('/usr/bin');
  expect(secrets).not.toContain('true');
  expect(secrets).not.toContain('us-intl');
});

test('bindings give up secret values, database passwords and credentials in requests', () => {
  const http = {
    method: 'GET',
    url: 'https://u:url-pass@x.example.com/',
    headers: {Authorization: 'Bearer abc.def.ghi', Accept: 'text/plain'},
  };
  const secrets = secretsIn(
    {
      ...NO_BINDINGS,
      values: {
        'your-db': {value: 'main', secret: false, line: 1},
        'your-pin': {value: '48151623', secret: true, line: 2},
        'your-api-key': {value: 'key-by-name', secret: false, line: 3},
      },
      databases: {main: {url: 'postgres://app:pg-pass@db/main', default: true, line: 4}},
      probes: {health: {kind: 'http', http, everyMs: 1000, timeoutMs: 1000, line: 5}},
    },
    {},
  );
  expect(secrets).toEqual(
    expect.arrayContaining(['48151623', 'key-by-name', 'pg-pass', 'url-pass', 'Bearer abc.def.ghi', 'abc.def.ghi']),
  );
  expect(secrets).not.toContain('main');
  expect(secrets).not.toContain('text/plain');
});

test('a secret is known in the shapes it may be printed in', () => {
  const secrets = secretsIn(NO_BINDINGS, {
    PRIVATE_KEY: 'first line of a key\nsecond "line" of a key',
    MY_PASSWORD: 'a b&c/d',
  });
  expect(secrets).toEqual(
    expect.arrayContaining([
      'first line of a key',
      'first line of a key\\nsecond \\"line\\" of a key',
      'a%20b%26c%2Fd',
    ]),
  );
});
