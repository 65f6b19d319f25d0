import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {secretsIn} from '../../../src/journal/secrets/secrets.ts';
import type {Bindings} from '../../../src/plan/bindings-file/types.ts';
import {escapeShell} from '../../../src/plan/shell/quoting.ts';
import {withoutUnsafeSigns} from '../../../src/text/unsafe-signs.ts';

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

test.for(['a#bcde/fg', '12345#bcd', 'ab%cd%4', 'a@bcde#fg', 'abcd?efg'])(
  'no part of %j is left when a reader of URLs cuts it in another place',
  password => {
    const known = secretsIn(NO_BINDINGS, {DATABASE_URL: `postgres://app:${password}@db.internal/main?options=x`});
    const hides = createRedactor(known);
    for (const part of [password, ...password.split(/[/?#@:]/)].filter(({length}) => length >= 4)) {
      expect(hides.text(`getaddrinfo ENOTFOUND ${part} here`)).toBe('getaddrinfo ENOTFOUND [redacted] here');
    }
    expect(hides.text('cannot reach db.internal/main?options=x')).toBe('cannot reach db.internal/main?options=x');
  },
);

test.for(['http://localhost:8000/users/@me', 'https://registry.internal/@scope/pack', 'postgres://db:5432/app?as=a@b'])(
  'nothing of %s is a password',
  url => {
    expect(secretsIn(NO_BINDINGS, {SERVICE_URL: url})).toEqual([]);
  },
);

const ODD = ['back`tick`s', 'back\\slash\\es', '$dollar$', `it's"both"`, 'first line\nsecond line', 'bell\u0007inside'];

test.for(ODD)('%j is known wherever a shell or SQL quotes it', secret => {
  const {text} = createRedactor(secretsIn(NO_BINDINGS, {MY_PASSWORD: secret}));
  const places: readonly [before: string, after: string][] = [
    ['echo ', ''],
    ["echo 'x", "'"],
    ['echo "x', '"'],
    ['cat <<E\nx', '\nE'],
    ["cat <<'E'\nx", '\nE'],
  ];
  for (const [before, after] of places) {
    const [written] = escapeShell(`${before}S${after}`, [
      {start: before.length, end: before.length + 1, text: 'S', value: secret},
    ]);
    expect(written?.kind).toBe('data');
    const quoted = written?.kind === 'data' ? written.text : '';
    for (const shown of [quoted, JSON.stringify(quoted), quoted.split('\n').join('\n> '), withoutUnsafeSigns(quoted)]) {
      const left = text(shown);
      expect(left).toContain('[redacted]');
      for (const word of secret.split(/[^A-Za-z]+/).filter(({length}) => length >= 4)) expect(left).not.toContain(word);
    }
  }
});

test.for(['back`tick`s', 'back\\slash\\es', '$dollar$', `it's"both"`, 'two words#1!', '#first~', 'a,b;c{d}*?[e]^'])(
  '%j is known as bash and a form write it',
  secret => {
    const {text} = createRedactor(secretsIn(NO_BINDINGS, {MY_PASSWORD: secret}));
    const {stdout} = spawnSync('bash', ['-c', 'printf %q "$1"', 'bash', secret], {
      encoding: 'utf8',
      env: {LC_ALL: 'C'},
    });
    expect(text(stdout)).toBe('[redacted]');
    expect(text(new URLSearchParams({a: secret}).toString())).toBe('a=[redacted]');
  },
);
