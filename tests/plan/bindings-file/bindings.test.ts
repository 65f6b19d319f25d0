import {describe, expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {isSecretName} from '../../../src/plan/words/secret-name.ts';

/** The example of the documentation, word for word. */
const example = `tminus: 1
values:                                  # placeholders, as the document writes them; the longest match wins
  your-api-domain.com: api.example.net
  /path/to/myhibachi-backend: /srv/myhibachi-backend
hosts:
  vps:
    matches: user@your-vps-ip            # the destination as the document writes it
    destination: deploy@203.0.113.7      # anything ~/.ssh/config understands
    directory: /srv/myhibachi-backend
databases:
  main: { url: "\${DATABASE_URL}", default: true }     # optional  via: vps
choices: { "Step 2: Deploy Backend to VPS": "Option B" }
contexts: { "4. Backup Current Production": vps }
steps:
  - { match: "Verify database connection working", sql: "select 1", on: main }
  - { match: "All required environment variables present", env-file: .env, on: vps }
probes:
  health:        { http: "https://your-api-domain.com/health", every: 5s, expect: { status: 200, json: { status: healthy } } }
  store_message: { http: { method: POST, url: "https://your-api-domain.com/api/ai/chat", json: { message: "probe", customer_id: probe } }, every: 15s }
  memory:        { on: vps, rss: "python.*myhibachi", every: 10s }
  errors:        { log: error, count: "ERROR|Traceback", of: requests }
  p95_real:      { sql: "select …", on: main, every: 30s }
  cluster:       { prometheus: "https://prom.example.net", query: "histogram_quantile(0.95, …)", every: 15s }
logs:
  error: { on: vps, tail: /var/log/myhibachi-api/error.log }
rules:
  - { match: "P95 response time", probe: store_message, window: 5m, samples: 20, consecutive: 3 }
  - { match: "Error rate >5%", probe: health, statistic: error-rate, window: 2m }
rollback: { auto: false, countdown: 3s, requires: [ { on: vps, run: "df -Pm / | awk 'NR==2{exit $4<500}'" } ] }
contacts: { On-Call: "…" }
`;

const env = {DATABASE_URL: 'postgres://app:s3cret@db/app'};

function read(yaml: string, variables: Record<string, string> = {}) {
  return parseBindings(yaml, {file: '/srv/tminus.yaml', env: variables});
}

function messages(yaml: string): string[] {
  return read(yaml).problems.map(({line, code, message, hint}) => `${line} ${code} ${message}; ${hint}`);
}

describe('the example of the documentation', () => {
  const {bindings, problems} = read(example, env);

  test('is understood without a complaint', () => {
    expect(problems).toEqual([]);
    expect(bindings.file).toBe('/srv/tminus.yaml');
  });

  test('gives names to the world, each with its line', () => {
    expect(bindings.values['your-api-domain.com']).toEqual({value: 'api.example.net', secret: false, line: 3});
    expect(bindings.hosts['vps']).toEqual({
      matches: ['user@your-vps-ip'],
      destination: 'deploy@203.0.113.7',
      directory: '/srv/myhibachi-backend',
      line: 6,
    });
    expect(bindings.databases['main']).toEqual({url: env.DATABASE_URL, default: true, line: 11});
    expect(bindings.choices).toEqual({'Step 2: Deploy Backend to VPS': 'Option B'});
    expect(bindings.contexts).toEqual({'4. Backup Current Production': 'vps'});
    expect(bindings.contacts).toEqual({'On-Call': '…'});
  });

  test('gives steps their actions', () => {
    expect(bindings.steps).toMatchObject([
      {action: {kind: 'sql', sql: 'select 1'}, on: 'main', all: false, line: 15},
      {action: {kind: 'env-file', file: '.env'}, on: 'vps', line: 16},
    ]);
  });

  test('measures in every way there is', () => {
    expect(Object.values(bindings.probes).map(({kind}) => kind)).toEqual([
      'http',
      'http',
      'rss',
      'log',
      'sql',
      'prometheus',
    ]);
    expect(bindings.probes['health']).toMatchObject({
      everyMs: 5000,
      http: {method: 'GET', url: 'https://your-api-domain.com/health'},
      expect: {
        checks: [
          {kind: 'status', codes: [200]},
          {kind: 'json', subset: {status: 'healthy'}},
        ],
      },
    });
    expect(bindings.probes['store_message']).toMatchObject({http: {method: 'POST', json: {message: 'probe'}}});
    expect(bindings.probes['errors']).toMatchObject({log: 'error', count: 'ERROR|Traceback', of: 'requests'});
  });

  test('ties rules and asks things of the rollback', () => {
    expect(bindings.rules).toMatchObject([
      {match: 'P95 response time', probe: 'store_message', windowMs: 300_000, samples: 20, consecutive: 3, line: 27},
      {probe: 'health', statistic: 'error-rate', windowMs: 120_000, line: 28},
    ]);
    expect(bindings.rollback).toEqual({
      auto: false,
      countdownMs: 3000,
      requires: [{on: 'vps', run: "df -Pm / | awk 'NR==2{exit $4<500}'", line: 29}],
    });
  });
});

describe('what is wrong is said in one line, where it is and what to do', () => {
  test.each([
    ['hostss: {}', '1 unknown-binding unknown key `hostss`; did you mean `hosts`?'],
    ['hosts:\n  vps: {matchs: a, destination: b}', '2 unknown-binding unknown key `matchs`; did you mean `matches`?'],
    [
      'hosts:\n  vps: {matches: a}',
      '2 invalid-binding hosts.vps: has no destination; add `destination: user@address`, or `inventory` and `group`',
    ],
    ['tminus: 2', '1 invalid-binding tminus: unknown version; write `tminus: 1`'],
    [
      'notify: [{on: closed}]',
      '1 invalid-binding notify.0: says no way to tell anybody; write {webhook: "${HOOK}", on: [trigger, rollback, closed]}',
    ],
    [
      'notify: [{webhook: "https://x.example", mail: a@b.example}]',
      '1 invalid-binding notify.0: holds webhook and mail; give each an entry of its own',
    ],
    [
      'notify: [{webhook: "https://x.example", token: t}]',
      '1 invalid-binding notify.0: webhook takes no token; only grafana does',
    ],
    ['metrics: here', '1 invalid-binding metrics: `here` is no address; write it as 127.0.0.1:9464'],
    [
      'metrics: 127.0.0.1:99999',
      '1 invalid-binding metrics: `127.0.0.1:99999` is no address; write it as 127.0.0.1:9464',
    ],
    ['notify: [{webhook: x.example}]', '1 invalid-binding notify.0.webhook: expected an address; write `https://…`'],
    [
      'notify: [{mail: a@b.example, on: [sometimes]}]',
      '1 invalid-binding notify.0.on.0: unknown occasion; one of trigger, failed, needs-person, rollback, deploy, window, closed',
    ],
    [
      'probes:\n  h:\n    http: http://x\n    every: 5',
      '4 invalid-binding probes.h.every: `5` is no duration; write it with a unit, as 500ms, 5s, 15m or 1h30m',
    ],
    [
      'probes:\n  h: {every: 5s}',
      '2 invalid-binding probes.h: measures nothing; give one of http, rss, cpu, disk, run, log, sql, postgres, prometheus, step',
    ],
    ['probes:\n  h: {prometheus: http://x}', '2 invalid-binding probes.h: `prometheus` needs a `query`; add it'],
    ['steps:\n  - {match: a, run: b, sql: c}', '2 invalid-binding steps.0: has run and sql; keep one of them'],
    ['steps:\n  match: a', '1 invalid-binding steps: expected a list; start each step with `- `'],
    [
      'steps:\n  - {match: a, absent: x}',
      '2 invalid-binding steps.0: `absent` and `present` are patterns for a log; add `log: SOURCE`',
    ],
    [
      'values:\n  a: ${NOPE}',
      '2 invalid-binding environment variable NOPE is not set; set NOPE, or write the value here',
    ],
    [
      'rules:\n  - {probe: x}',
      '2 invalid-binding rules.0: matches no rule and defines none; give `match`, or `name`, `op` and `value`',
    ],
    ['- a', '1 invalid-binding bindings are not a mapping; start with `tminus: 1`'],
  ])('%j', (yaml, message) => {
    expect(messages(yaml)).toEqual([message]);
  });

  test('broken YAML is reported at its line', () => {
    expect(read('tminus: 1\nhosts: [').problems).toMatchObject([
      {code: 'invalid-binding', line: 2, file: '/srv/tminus.yaml', severity: 'error'},
    ]);
  });

  test('the sections beside it still hold', () => {
    const {bindings, problems} = read('hosts: {vps: {destination: a}}\nprobes: {h: {every: 1}}\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(bindings.hosts['vps']?.destination).toBe('a');
    expect(bindings.probes).toEqual({});
  });

  test('a bomb of aliases does not go off', () => {
    const levels = Array.from(
      {length: 30},
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(',')}]`,
    );
    expect(read(`a0: &a0 [x]\n${levels.join('\n')}`).problems.length).toBeGreaterThan(0);
  });
});

describe('values', () => {
  test('stay as they are written, and unfilled ones are left open', () => {
    const {bindings} = read('values:\n  vX.Y: 1.10\n  <port>: 0755\n  <flag>: yes\n  <later>:\n  <empty>: ""\n');
    expect(Object.entries(bindings.values).map(([name, {value}]) => [name, value])).toEqual([
      ['vX.Y', '1.10'],
      ['<port>', '0755'],
      ['<flag>', 'yes'],
    ]);
  });

  test('are secret by word, by name, or by where they come from', () => {
    const yaml =
      'values:\n  a: {value: x, secret: true}\n  API_TOKEN: x\n  c: ${DB_PASSWORD}\n  monkey: x\n  d: {value: x}\n  your-api-key: {value: x, secret: false}\n';
    const {bindings} = read(yaml, {DB_PASSWORD: 'x'});
    const secret = Object.entries(bindings.values).filter(([, value]) => value.secret);
    expect(secret.map(([name]) => name)).toEqual(['a', 'API_TOKEN', 'c']);
  });

  test.each([
    ['clientSecret', true],
    ['DB_PASSPHRASE', true],
    ['sshkey', true],
    ['PASSWORDS', true],
    ['primaryKey', true],
    ['registry credentials', true],
    ['<your api key>', true],
    ['key', true],
    ['keyboard', false],
    ['tokenizer', false],
    ['monkeyName', false],
    ['KEYSPACE', false],
    ['branch', false],
  ])('named %j: secret is %j, as wherever a name decides', (name, secret) => {
    expect(read(`values: {${JSON.stringify(name)}: x}\n`).bindings.values[name]?.secret).toBe(secret);
    expect(isSecretName(name)).toBe(secret);
  });

  test('take variables, defaults, and leave what is escaped to the shell', () => {
    const {bindings} = read('values: {a: "x-${HOST}-${PORT:-80}"}\nsteps: [{match: a, run: "echo $${HOME} $USER"}]\n', {
      HOST: 'h',
    });
    expect(bindings.values['a']?.value).toBe('x-h-80');
    expect(bindings.steps[0]?.action).toEqual({kind: 'run', run: 'echo ${HOME} $USER'});
  });
});

test('short forms mean what they seem to', () => {
  const yaml = [
    'hosts: {box: local}',
    'databases: {main: "postgres://h/d"}',
    'logs: {app: /var/log/app.log}',
    'steps:',
    '  - {match: a, tables: true}',
    '  - {match: b, http: "http://x", expect: healthy}',
    '  - {match: c, run: x, expect: {below: 800ms, at-least: 3, rows: ">= 2", absent: [e, f]}, timeout: 5m, retries: 2}',
    'rollback: {requires: ["test -d /srv"]}',
  ].join('\n');
  const {bindings, problems} = read(yaml);
  expect(problems).toEqual([]);
  expect(bindings.hosts['box']).toMatchObject({destination: 'local', matches: []});
  expect(bindings.databases['main']).toMatchObject({url: 'postgres://h/d', default: false});
  expect(bindings.logs['app']).toMatchObject({tail: '/var/log/app.log'});
  expect(bindings.rollback).toMatchObject({countdownMs: 3000, requires: [{run: 'test -d /srv'}]});
  expect(bindings.steps).toMatchObject([
    {action: {kind: 'tables', tables: []}},
    {action: {kind: 'http'}, expect: {checks: [{kind: 'contains', text: 'healthy'}]}},
    {
      expect: {
        checks: [
          {kind: 'absent', text: 'e'},
          {kind: 'absent', text: 'f'},
          {kind: 'rows', op: '>=', value: 2},
          {kind: 'duration', op: '<', value: 800},
          {kind: 'number', op: '>=', value: 3},
        ],
      },
      timeoutMs: 300_000,
      retries: 2,
    },
  ]);
});

test('how long a restart may be unwell is a duration, and said with its line where it is none', () => {
  expect(parseBindings('tminus: 1\nsettle: 90s\n', {env: {}}).bindings.settleMs).toBe(90_000);
  expect(parseBindings('tminus: 1\n', {env: {}}).bindings.settleMs).toBeUndefined();
  expect(parseBindings('tminus: 1\nsettle: soon\n', {env: {}}).problems).toMatchObject([
    {code: 'invalid-binding', line: 2, message: expect.stringContaining('`soon` is no duration')},
  ]);
});

describe('a group of hosts', () => {
  const group = (fields: string) => `tminus: 1\nhosts:\n  web: {${fields}}\n`;

  test('is a group of an inventory that Ansible reads', () => {
    const fields =
      'matches: deploy@web, inventory: hosts.ini, group: web, max-failures: 10%, forks: 20, directory: /srv';
    expect(read(group(fields)).bindings.hosts['web']).toEqual({
      matches: ['deploy@web'],
      destination: 'group web of hosts.ini',
      directory: '/srv',
      group: {inventory: 'hosts.ini', name: 'web', maxFailures: {percent: 10}, forks: 20},
      line: 3,
    });
  });

  test.each([
    ['inventory: hosts.ini', 'has an inventory and no group; add `group: NAME`, or `group: all`'],
    ['group: web', 'has a group and no inventory; add `inventory: hosts.ini`'],
    [
      'inventory: hosts.ini, group: web, destination: deploy@web1',
      'is a group and has destination; how its hosts are reached is for the inventory to say, remove destination',
    ],
    ['destination: deploy@web1, forks: 5', 'is one host and has forks, which is for a group; remove forks'],
    ['destination: deploy@web1, batches: [1]', 'is one host and has batches, which is for a group; remove batches'],
    ['matches: deploy@web', 'has no destination; add `destination: user@address`, or `inventory` and `group`'],
  ])('says in one line what is wrong with %s', (fields, said) => {
    expect(messages(group(fields))).toEqual([`3 invalid-binding hosts.web: ${said}`]);
  });

  test('goes batch by batch, with a pause between two', () => {
    const fields = 'inventory: hosts.ini, group: web, batches: [1, 25%, 100%], pause: 5m';
    expect(read(group(fields)).bindings.hosts['web']?.group).toMatchObject({
      batches: [{hosts: 1}, {percent: 25}, {percent: 100}],
      pause: 300_000,
    });
    expect(
      read(group('inventory: h, group: web, batches: 2, pause: person')).bindings.hosts['web']?.group,
    ).toMatchObject({batches: [{hosts: 2}], pause: 'person'});
  });

  test.each([
    ['batches: [1, 0%]', '.batches: has a batch of 0 hosts; each is at least 1, or a share such as 25%'],
    ['batches: []', '.batches: names no batch; write them as [1, 25%, 100%]'],
    ['batches: [one]', '.batches.0: `one` is no number of hosts; write 2, or a share such as 10%'],
    ['batches: [1], pause: 5', '.pause: `5` is no pause; write it with a unit, as 5m or 90s, or `person`'],
    ['pause: 5m', ': has a pause and no batches to pause between; add `batches: [1, 25%, 100%]`'],
  ])('says in one line what is wrong with %s', (fields, said) => {
    expect(messages(group(`inventory: h, group: web, ${fields}`))).toEqual([`3 invalid-binding hosts.web${said}`]);
  });

  test('has a number of hosts that may fail, or a share', () => {
    expect(messages(group('inventory: h, group: web, max-failures: some'))).toEqual([
      '3 invalid-binding hosts.web.max-failures: `some` is no number of hosts; write 2, or a share such as 10%',
    ]);
  });
});
