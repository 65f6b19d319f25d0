/** A run watched from another machine through the team's ledger, straight and through a pooler that passes no notices on. */
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';

let postgres: Postgres;
let directory: string;
const operators: Operator[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  directory = mkdtempSync(join(tmpdir(), 'tminus-team-watch-'));
  expect(await machine('owner', postgres.url).run('ledger', 'setup')).toMatchObject({code: 0});
  const client = new pg.Client({connectionString: postgres.url});
  await client.connect();
  await client.query(`create role ana login password 'ana-1' in role tminus_operator`);
  await client.query(`create role rita login password 'rita-1' in role tminus_reader`);
  await client.end();
});

afterAll(async () => {
  for (const operator of operators) operator.stop();
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

function machine(name: string, url: string): Operator {
  const own = join(directory, name, `shop-${name.replace('ana-', '')}`);
  mkdirSync(own, {recursive: true});
  writeFileSync(
    join(own, 'deploy.md'),
    '# Deploy\n\n## Deployment\n\n### Step 1: Wait\n\n```bash\nuntil [ -e go ]; do sleep 0.1; done; rm go\n```\n\n### Step 2: Migrate\n\n```bash\necho migrated\n```\n',
  );
  const operator = newOperator(own, {TMINUS_LEDGER: url, TMPDIR: own});
  operators.push(operator);
  return operator;
}

const urlOf = (name: string, port = postgres.port) =>
  `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;

/** What a watcher with this address sees of a run of ana's, from its middle to its end. */
async function watched(name: string, url: string) {
  const ana = machine(`ana-${name}`, urlOf('ana'));
  const run = ana.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none');
  await ana.recorded('step-started');
  const id = basename(await ana.runDirectory());
  const rita = machine(name, url);
  await eventually('the run to be in the ledger', async () => (await rita.run('runs', '--team')).out.includes(id));
  const watcher = rita.start('attach', id, '--json');
  let seen = '';
  watcher.child.stdout?.on('data', text => (seen += text));
  await eventually('the first step to be seen', () => seen.includes('"step-started"'));
  expect(seen).not.toContain('"run-closed"');
  writeFileSync(join(directory, `ana-${name}`, `shop-${name}`, 'go'), '');
  expect((await run.ended).code).toBe(0);
  const ended = await watcher.ended;
  const whole = (await ana.journal()).map(({seq, type}) => `${seq} ${type}`);
  expect(ended.events.map(({seq, type}) => `${seq} ${type}`)).toEqual(whole);
  expect(ended.code).toBe(0);
  // What came here is gone with the console.
  expect(readdirSync(join(directory, name, `shop-${name}`)).filter(file => file.startsWith('tminus-watch-'))).toEqual(
    [],
  );
}

test('a reader elsewhere sees every event as it comes, each once and in order', async () => {
  await watched('rita', urlOf('rita'));
});

test.skipIf(pgbouncerMissing)('so does one behind a pooler', async () => {
  const pooler = await startPgbouncer(postgres);
  try {
    await watched('pooled', pooler.url);
  } finally {
    pooler.stop();
  }
});

test('a run that nobody knows is said to be unknown, and one whose ledger is away so', async () => {
  const rita = machine('unknown', urlOf('rita'));
  const unknown = await rita.run('attach', '20200101T000000Z-abcd', '--json');
  expect(unknown).toMatchObject({code: 2, said: expect.stringContaining('there is no run 20200101T000000Z-abcd')});
  const cut = machine('cut', `postgres://rita:rita-1@127.0.0.1:1/postgres`);
  expect((await cut.run('attach', '20200101T000000Z-abcd', '--json')).code).toBe(69);
});
