/** A run that is driven from another machine by way of the team's ledger; the baton passes between the machines. */
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../src/attach/client.ts';
import {socketPath} from '../../src/journal/run-directory.ts';
import {attendRun} from '../../src/ledger/team-driver.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';

let postgres: Postgres;
let directory: string;
let ana: Operator;

/** The step behind it, six lines later in the document. */
const migrateOf = (waitId: string) => waitId.replace(/\d+$/, line => String(Number(line) + 6));
const urlOf = (name: string) => `postgres://${name}:${name}-1@127.0.0.1:${postgres.port}/postgres?sslmode=disable`;

beforeAll(async () => {
  postgres = await startPostgres();
  directory = mkdtempSync(join(tmpdir(), 'tminus-drive-'));
  const own = join(directory, 'shop');
  mkdirSync(own);
  const setup = newOperator(own, {TMINUS_LEDGER: postgres.url});
  expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
  setup.stop();
  const client = new pg.Client({connectionString: postgres.url});
  await client.connect();
  for (const name of ['ana', 'bob'])
    await client.query(`create role ${name} login password '${name}-1' in role tminus_operator`);
  await client.end();
  writeFileSync(
    join(own, 'deploy.md'),
    '# Deploy\n\n## Deployment\n\n### Step 1: Wait\n\n```bash\nuntil [ -e go ]; do sleep 0.1; done\n```\n\n### Step 2: Migrate\n\n```bash\necho migrated >>done\n```\n',
  );
  ana = newOperator(own, {TMINUS_LEDGER: urlOf('ana')});
});

afterAll(async () => {
  ana?.stop();
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

test('bob elsewhere takes the baton that is free, hands it to ana and has it back, and what he asks is done', async () => {
  const run = ana.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none');
  const {stepId: wait} = await ana.recorded('step-started');
  const runDirectory = await ana.runDirectory();
  const runId = basename(runDirectory);
  await eventually('the run to be in the ledger', async () => (await ana.run('runs', '--team')).out.includes(runId));
  const bob = await attendRun({url: urlOf('bob'), runId, name: 'bob', host: 'desk', observes: false});
  try {
    await ana.recorded('console-joined', ({console}) => console.role === 'bob');
    const skip = {type: 'skip', stepId: migrateOf(wait), reason: 'bob has done it'} as const;
    // Whoever drives where the engine is goes on driving.
    expect(await bob.send(skip)).toMatch(/drives, you observe/);
    expect(await bob.send({type: 'pass-baton', to: bob.consoleId, takeOver: true})).toMatch(/ask for the baton/);
    run.child.kill('SIGTERM');
    await run.ended;
    await ana.recorded('console-left');
    expect(await bob.send({type: 'pass-baton', to: bob.consoleId})).toBeUndefined();
    const here = await connect(socketPath(runDirectory), {observe: false, name: 'ana'});
    expect(await here.send({type: 'note', text: 'mine'})).toMatch(/bob@ledger from desk drives/);
    expect(await bob.send({type: 'pass-baton', to: here.consoleId})).toBeUndefined();
    expect(await bob.send(skip)).toMatch(/drives, you observe/);
    expect(await here.send({type: 'pass-baton', to: bob.consoleId})).toBeUndefined();
    expect(await bob.send(skip)).toBeUndefined();
    writeFileSync(join(directory, 'shop', 'go'), '');
    await ana.recorded('run-closed');
    here.close();
  } finally {
    await bob.close();
  }
  expect(existsSync(join(directory, 'shop', 'done'))).toBe(false);
  const skipped = (await ana.journal()).find(event => event.type === 'step-skipped');
  expect(skipped).toMatchObject({by: 'bob@ledger', reason: 'bob has done it'});
  const joined = (await ana.journal()).find(event => event.type === 'console-joined' && event.console.role === 'bob');
  expect(joined).toMatchObject({console: {user: 'bob@ledger', origin: 'desk'}});
});
