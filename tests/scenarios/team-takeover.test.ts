/** A second machine goes on with a run whose engine is cut off, frozen or gone; what it must not do is counted on the host. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

type Machine = Operator & {directory: string};

const args = ['run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none'];
let postgres: Postgres;
let proxy: TcpProxy;
let sshd: Sshd;
let owner: pg.Client;
let directory: string;
let ana: Machine;
let bob: Machine;
let round = 0;

beforeAll(async () => {
  if (sshdMissing) return;
  [postgres, sshd] = await Promise.all([startPostgres(), startSshd()]);
  proxy = await startTcpProxy(() => postgres.port);
  directory = mkdtempSync(join(tmpdir(), 'tminus-takeover-'));
  const setup = newOperator(directory, {TMINUS_LEDGER: postgres.url});
  expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
  setup.stop();
  owner = new pg.Client({connectionString: postgres.url});
  await owner.connect();
  for (const name of ['ana', 'bob'])
    await owner.query(`create role ${name} login password '${name}-1' in role tminus_operator`);
});

afterAll(async () => {
  await owner?.end();
  await Promise.all([proxy?.stop(), postgres?.stop(), sshd?.stop()]);
  if (directory !== undefined) rmSync(directory, {recursive: true, force: true});
});

beforeEach(() => {
  round += 1;
  if (sshdMissing) return;
  ana = machineOf('ana', proxy.port);
  bob = machineOf('bob', postgres.port);
});

afterEach(() => {
  proxy?.mend();
  ana?.stop();
  bob?.stop();
});

/** A machine with its own state and directory. Only ana's has the checklist. */
function machineOf(name: string, port: number): Machine {
  const own = join(directory, `${name}${round}`, `shop${round}`);
  mkdirSync(own, {recursive: true});
  const url = `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;
  return {...newOperator(own, {TMINUS_LEDGER: url}), directory: own};
}

const onHost = (name: string) => join(sshd.directory, `${name}${round}`);

function writeChecklist(more = '', bindings = ''): void {
  writeFileSync(
    join(ana.directory, 'deploy.md'),
    `# Deploy\n\n## Deployment\n\n### Step 1: Build\n
\`\`\`bash\nssh user@your-vps-ip\necho begun >>${onHost('log')}\nuntil [ -e ${onHost('go')} ] || [ ! -d ${sshd.directory} ]; do sleep 0.1; done\necho built >>${onHost('log')}\n\`\`\`\n
### Step 2: Migrate\n\n\`\`\`bash\necho migrated >>${onHost('log')}\n\`\`\`\n${more}`,
  );
  writeFileSync(
    join(ana.directory, 'tminus.yaml'),
    `tminus: 1\nhosts:\n  vps: {matches: user@your-vps-ip, destination: box, config: ${sshd.configFile}}\n  dead: {matches: nobody@nowhere, destination: 'ana@127.0.0.1:1'}\n${bindings}`,
  );
}

const logged = () => (existsSync(onHost('log')) ? readFileSync(onHost('log'), 'utf8').trim().split('\n') : []);
/** As if the time of its lease were over. */
const endLease = () => owner.query(`update tminus.leases set ends_at = now() where key like 'shop${round}:%'`);
const linesThere = async (id: string) =>
  (await owner.query('select line from tminus.lines where run = $1 order by first_seq', [id])).rows.map(
    ({line}) => line,
  );
const linesOf = async (machine: Machine) =>
  readFileSync(join(await machine.runDirectory(), 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
const fencesThere = () =>
  readdirSync(join(sshd.tminusHome, 'fences')).flatMap(key => readdirSync(join(sshd.tminusHome, 'fences', key)));

/** Ana's run with its first step begun on the host. */
async function begun(): Promise<{id: string; run: ReturnType<Operator['start']>}> {
  const run = ana.start(...args);
  await ana.recorded('step-started');
  await eventually('the host to be at work', () => logged().length === 1);
  const id = basename(await ana.runDirectory());
  await eventually('the ledger to have it', async () =>
    (await linesThere(id)).some(line => line.includes('"step-started"')),
  );
  return {id, run};
}

describe.skipIf(sshdMissing)('a run is taken over', () => {
  test('from an engine that is cut from the ledger, and not from the host: nothing runs twice, nor under the old number', async () => {
    writeChecklist();
    const {id, run} = await begun();
    proxy.cut();
    await endLease();
    const next = bob.start('resume', id, '--here', '--plain');
    const taken = await bob.recorded('run-taken-over');
    expect(taken).toMatchObject({fenced: ['vps'], unknown: [{host: 'dead'}], from: {host: taken.host}});
    expect(fencesThere()).not.toContain(String((await ana.recorded('lease-taken')).number));
    // Both watch the one job, and both go on when it ends.
    writeFileSync(onHost('go'), '');
    const [first, second] = await Promise.all([run.ended, next.ended]);
    expect(second.code).toBe(0);
    expect(second.said).toMatch(/number \d+ is up on vps\n.*dead: unknown, its number is not up: /);
    expect(logged()).toEqual(['begun', 'built', 'migrated']);
    expect(first.code).toBe(3);
    const [, migrate] = finishedSteps(await ana.journal());
    expect(migrate).toMatchObject({outcome: {kind: 'refused', reason: 'fenced'}});
    await bob.idle();
    expect(await linesThere(id)).toEqual(await linesOf(bob));
    // Nor does what the old engine has written come in behind.
    proxy.mend();
    await ana.idle();
    expect((await ana.run('ledger', 'push')).said).toContain('an engine on another machine goes on with it');
    expect(await linesThere(id)).toEqual(await linesOf(bob));
    expect((await ana.run('resume', '--plain')).code).not.toBe(0);
  });

  test('from one that is frozen: when it comes back it lets go, and changes nothing', async () => {
    writeChecklist('\n### Step 3: Here\n\n```bash\nexit\n# back on this machine\necho here >>here\n```\n');
    const {id, run} = await begun();
    const engine = await ana.enginePid();
    const early = await bob.run('resume', id, '--here', '--plain');
    expect(early.code).toBe(9);
    expect(early.said).toContain('has an engine that works');
    process.kill(engine, 'SIGSTOP');
    await endLease();
    const next = bob.start('resume', id, '--here', '--plain');
    await bob.recorded('run-taken-over');
    process.kill(engine, 'SIGCONT');
    const first = await run.ended;
    expect(first.code).toBe(8);
    expect(first.said).toMatch(new RegExp(`taken over by the engine of run ${id} of .*attach ${id}. shows it`));
    await ana.idle();
    expect((await ana.run('resume', '--plain')).said).toContain('was taken over by');
    const watcher = ana.start('attach', id, '--json');
    writeFileSync(onHost('go'), '');
    await next.ended;
    expect((await watcher.ended).events.at(-1)?.type).toBe('run-closed');
    expect(logged()).toEqual(['begun', 'built', 'migrated']);
    await bob.idle();
    expect(await linesThere(id)).toEqual(await linesOf(bob));
    expect((await bob.run('runs', '--team')).out).toContain(id);
  });

  test('with what ran on the machine that is gone unknown, its secrets given again, and back once more', async () => {
    const local =
      '\n## Verification\n\n### Step 3: Look\n\n```bash\nuntil [ -e go-on ]; do sleep 0.1; done; echo x >>seen\n```\n';
    writeChecklist(local, 'values: {your-token: "${SHOP_TOKEN}"}\n');
    ana.environment['SHOP_TOKEN'] = 'not-a-secret-1';
    writeFileSync(onHost('go'), '');
    const run = ana.start(...args);
    await ana.recorded('step-started', ({outputFrom = 0}) => outputFrom > 4);
    const id = basename(await ana.runDirectory());
    await eventually('the ledger to have it', async () =>
      (await linesThere(id)).some(line => line.includes('"outputFrom":6')),
    );
    process.kill(await ana.enginePid(), 'SIGKILL');
    await run.ended;
    await endLease();
    const missing = await bob.run('resume', id, '--here', '--plain');
    expect(missing).toMatchObject({code: 65, said: expect.stringContaining('SHOP_TOKEN')});
    bob.environment['SHOP_TOKEN'] = 'not-a-secret-1';
    const taken = await bob.run('resume', id, '--here', '--plain');
    expect(taken.code).not.toBe(0);
    const look = finishedSteps(await bob.journal()).at(-1);
    expect(look).toMatchObject({outcome: {kind: 'lost'}});
    expect(look?.verdict.because).toContain('this run was taken over from');
    expect(logged()).toEqual(['begun', 'built', 'migrated']);
    expect((await bob.run('resume', id, '--here', '--plain')).said).toMatch(/own|closed/);
    expect((await bob.run('resume', '20200101T000000Z-abcd', '--here')).said).toContain('the ledger knows no run');
  });
});
