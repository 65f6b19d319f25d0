import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

let postgres: Postgres;
let proxy: TcpProxy;
let directory: string;
let operator: Operator;
let owner: Operator;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startTcpProxy(() => postgres.port);
  directory = mkdtempSync(join(tmpdir(), 'tminus-team-'));
  const at = (user: string) => `postgres://${user}@127.0.0.1:${proxy.port}/postgres?sslmode=disable`;
  owner = newOperator(directory, {TMINUS_LEDGER: at(`${postgres.user}:${postgres.password}`)});
  operator = newOperator(directory, {TMINUS_LEDGER: at('ana:ana-secret-1')});
  writeFileSync(
    join(directory, 'deploy.md'),
    '# Deploy\n\n## Deployment\n\n```bash\nprintenv TMINUS_LEDGER >seen || echo none >seen\n```\n',
  );
});

afterAll(async () => {
  operator?.stop();
  owner?.stop();
  await proxy?.stop();
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

async function linesThere(): Promise<readonly string[]> {
  const client = new pg.Client({connectionString: postgres.url});
  await client.connect();
  const {rows} = await client.query('select line from tminus.lines order by run, first_seq');
  await client.end();
  return rows.map(({line}) => line);
}

async function linesHere(): Promise<readonly string[]> {
  return readFileSync(join(await operator.runDirectory(), 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
}

test('a run is copied to the team; with the ledger away it goes on, and what is missing is sent later', async () => {
  expect(await owner.run('ledger', 'setup')).toMatchObject({code: 0});
  const client = new pg.Client({connectionString: postgres.url});
  await client.connect();
  await client.query(`create role ana login password 'ana-secret-1' in role tminus_operator`);
  await client.end();

  const args = ['run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none'];
  expect((await operator.run(...args)).code).toBe(0);
  await operator.idle();
  expect(await linesThere()).toEqual(await linesHere());
  // The programs of a step are not given the password.
  expect(readFileSync(join(directory, 'seen'), 'utf8')).toBe('none\n');
  expect((await operator.run('ledger', 'status')).out).toMatch(
    /ana: reads all runs, adds to them[\s\S]*has everything/,
  );

  // Another operator, on another machine as far as the program can tell, sees it.
  const team = await owner.run('runs', '--team', '--json');
  expect(JSON.parse(team.out)).toMatchObject([
    {title: 'Deploy', status: 'succeeded', exitCode: 0, machine: hostname()},
  ]);
  expect((await owner.run('runs', '--team')).out).toContain('LAST HEARD');

  // Whether somebody else runs it nobody knows then: a person says that it starts all the same.
  proxy.cut();
  const refused = await operator.run(...args);
  expect(refused.code).toBe(7);
  expect(refused.out).toContain('nobody knows whether another machine runs this checklist');
  // At once: the engine of the refused run has given back its lock.
  const cut = await operator.run(...args, '--without-ledger', 'it is being moved');
  expect(cut.code).toBe(0);
  await operator.idle();
  expect(readFileSync(join(await operator.runDirectory(), 'report.md'), 'utf8')).toContain('it is being moved');
  const away = await operator.run('ledger', 'push');
  expect(away).toMatchObject({code: 69});
  expect(away.said).not.toContain('ana-secret-1');
  proxy.mend();
  expect((await operator.run('ledger', 'status')).out).toMatch(/\d+ to send/);
  expect(await operator.run('ledger', 'push')).toMatchObject({code: 0});
  expect((await linesThere()).slice(-(await linesHere()).length)).toEqual(await linesHere());
});

test.each([
  [{TMINUS_LEDGER: ''}, ['status'], 2, 'no ledger is set'],
  [
    {TMINUS_LEDGER: 'mysql://x'},
    ['status'],
    7,
    'the ledger: it is a PostgreSQL database: write postgres://USER@HOST/DATABASE',
  ],
  [{}, ['sell'], 2, 'there is no `tminus ledger sell`'],
  [{}, ['push', 'nothing-such'], 2, 'no run nothing-such here'],
])('%j %j ends with %d and one line', async (env, words, code, said) => {
  const other = newOperator(directory, {...operator.environment, ...env, TMINUS_HOME: operator.home});
  const ended = await other.run('ledger', ...words);
  expect(ended.code).toBe(code);
  expect(ended.said).toContain(said);
  expect(ended.said.trimEnd().split('\n')).toHaveLength(1);
});
