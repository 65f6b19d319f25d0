/** `tminus rollback RUN` on another machine than the engine of the run: asked for by way of the team's ledger. */
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {addPeople} from '../ledger/people.ts';

let postgres: Postgres;
let owner: pg.Client;
let directory: string;
let round = 0;
let ana: Operator;
let bob: Operator;
let rita: Operator;

beforeAll(async () => {
  postgres = await startPostgres();
  directory = mkdtempSync(join(tmpdir(), 'tminus-team-rollback-'));
  const setup = newOperator(directory, {TMINUS_LEDGER: postgres.url});
  expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
  setup.stop();
  owner = new pg.Client({connectionString: postgres.url});
  await owner.connect();
  await addPeople(owner);
});

afterAll(async () => {
  await owner?.end();
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

beforeEach(() => {
  round += 1;
  [ana, bob, rita] = [machine('ana'), machine('bob'), machine('rita')];
});

afterEach(() => {
  for (const operator of [ana, bob, rita]) operator.stop();
});

const own = (name: string, ...file: readonly string[]) => join(directory, `${name}${round}`, `shop${round}`, ...file);

/** A machine with its own state and directory. Only ana's has the checklist. */
function machine(name: string): Operator {
  mkdirSync(own(name), {recursive: true});
  const url = `postgres://${name}:${name}-1@127.0.0.1:${postgres.port}/postgres?sslmode=disable`;
  return newOperator(own(name), {TMINUS_LEDGER: url});
}

/** Ana's run, deployed up to a step that waits. `back`: what its rollback does first. */
async function deployed({back = 'true'} = {}): Promise<{id: string; leave(): Promise<void>}> {
  writeFileSync(own('ana', 'flag'), '');
  writeFileSync(
    own('ana', 'deploy.md'),
    `# Deploy\n\n## Deployment\n\n### Step 1: Release\n\n\`\`\`bash\ntouch more\n\`\`\`\n
### Step 2: Wait\n\n\`\`\`bash\nuntil [ -e go ]; do sleep 0.1; done\n\`\`\`\n
## Rollback\n\n\`\`\`bash\n${back}\nrm flag\ntest ! -e flag\n\`\`\`\n`,
  );
  const run = ana.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none');
  await eventually('the second step to have begun', async () => {
    return (await ana.journal()).filter(({type}) => type === 'step-started').length === 2;
  });
  await ana.recorded('readiness-changed');
  const id = basename(await ana.runDirectory());
  await eventually('the ledger to have it', async () => {
    const {rows} = await owner.query('select max(last_seq)::int as seq from tminus.lines where run = $1', [id]);
    return rows[0].seq === (await ana.journal()).at(-1)?.seq;
  });
  return {
    id,
    async leave() {
      run.child.kill('SIGTERM');
      await run.ended;
      await ana.recorded('console-left');
    },
  };
}

const isBack = () => !existsSync(own('ana', 'flag'));
const endLease = (id: string) => owner.query('update tminus.leases set ends_at = now() where run = $1', [id]);

test('its engine rolls it back, under the role that asked, and the command shows it and ends as one beside it', async () => {
  const {id, leave} = await deployed();
  await leave();
  const {code, events, said} = await bob.run('rollback', id, '--json');
  expect(said).toBe('');
  expect(code).toBe(4);
  expect(isBack()).toBe(true);
  expect(events.find(({type}) => type === 'rollback-requested')).toMatchObject({by: 'bob@ledger'});
  expect(events.find(({type}) => type === 'rollback-finished')).toMatchObject({result: 'rolled-back'});
});

test('it is refused by who drives beside the engine, to a reader, and once the run is closed; and printed to both', async () => {
  const {id} = await deployed();
  expect(await bob.run('rollback', id)).toMatchObject({
    code: 7,
    said: expect.stringContaining('drives: ask for the baton'),
  });
  const refused = await rita.run('rollback', id);
  expect(refused).toMatchObject({code: 7, said: expect.stringContaining('rita only reads in the ledger')});
  for (const operator of [bob, rita]) {
    const {code, out} = await operator.run('rollback', id, '--print');
    expect(code).toBe(0);
    expect(out).toMatch(/^rm flag/m);
    expect(out).toMatch(/^# on \S+, the machine of the engine:$/m);
  }
  expect(isBack()).toBe(false);
  writeFileSync(own('ana', 'go'), '');
  await ana.recorded('run-closed');
  await ana.idle();
  const {code, said} = await bob.run('rollback', id);
  expect(said).toMatch(/run \S+ is closed, .*: `.* rollback \S+` on \S+ rolls it back/);
  expect(code).toBe(7);
});

test('of an engine that is gone the next command is said, in one line', async () => {
  const {id, leave} = await deployed();
  await leave();
  process.kill(await ana.enginePid(), 'SIGKILL');
  await endLease(id);
  const {code, said} = await bob.run('rollback', id);
  expect(code).toBe(7);
  expect(said.trim().split('\n')).toEqual([
    expect.stringMatching(
      /its engine on \S+ is gone: `.* resume \S+ --here` takes the run up here, then R rolls it back$/,
    ),
  ]);
});

test('an engine that ends in the middle of it does not keep the command for ever', async () => {
  const {id, leave} = await deployed({back: 'until [ -e back ]; do sleep 0.1; done'});
  await leave();
  const asked = bob.start('rollback', id, '--plain');
  await ana.recorded('phase-changed', ({phase}) => phase === 'rolling-back');
  await eventually('bob to see it', async () => {
    const {rows} = await owner.query('select max(last_seq)::int as seq from tminus.lines where run = $1', [id]);
    return rows[0].seq === (await ana.journal()).at(-1)?.seq;
  });
  process.kill(await ana.enginePid(), 'SIGKILL');
  await endLease(id);
  const {code, said} = await asked.ended;
  expect(said).toMatch(/its engine on \S+ is gone: /);
  expect(code).toBe(75);
});
