/** Two machines of a team, one ledger and one host: the checklist is run once at a time, and the host sees to it. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

const args = ['run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none'];
let postgres: Postgres;
let proxy: TcpProxy;
let sshd: Sshd;
let owner: pg.Client;
let directory: string;
let ana: Machine;
let bob: Machine;

type Machine = Operator & {directory: string};

describe.skipIf(sshdMissing)('a team with one host', () => {
  beforeAll(async () => {
    [postgres, sshd] = await Promise.all([startPostgres(), startSshd()]);
    proxy = await startTcpProxy(() => postgres.port);
    directory = mkdtempSync(join(tmpdir(), 'tminus-lease-'));
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
    rmSync(directory, {recursive: true, force: true});
  });

  let round = 0;
  beforeEach(() => {
    round += 1;
    ana = machineOf('ana', proxy.port);
    bob = machineOf('bob', postgres.port);
  });

  afterEach(() => {
    proxy.mend();
    ana.stop();
    bob.stop();
  });

  /** A machine with its own state and its own copy of the checklist; the host is the same. */
  function machineOf(name: string, port: number): Machine {
    const own = join(directory, `${name}${round}`, `shop${round}`);
    mkdirSync(own, {recursive: true});
    const counted = join(sshd.directory, `count${round}`);
    writeFileSync(
      join(own, 'deploy.md'),
      `# Deploy\n\n## Deployment\n\n### Step 1: Wait\n\n\`\`\`bash\nuntil [ -e go ]; do sleep 0.1; done\n\`\`\`\n
### Step 2: Migrate\n\n\`\`\`bash\nssh user@your-vps-ip\necho migrated >>${counted}\n\`\`\`\n`,
    );
    writeFileSync(
      join(own, 'tminus.yaml'),
      `tminus: 1\nhosts:\n  vps: {matches: user@your-vps-ip, destination: box, config: ${sshd.configFile}}\n`,
    );
    const url = `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;
    return {...newOperator(own, {TMINUS_LEDGER: url}), directory: own};
  }

  const counted = () => {
    const path = join(sshd.directory, `count${round}`);
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0;
  };
  const fences = () =>
    readdirSync(join(sshd.tminusHome, 'fences')).flatMap(key => readdirSync(join(sshd.tminusHome, 'fences', key)));
  const numberOf = async (machine: Machine) => (await machine.recorded('lease-taken')).number;
  const letGo = ({directory: own}: Machine) => writeFileSync(join(own, 'go'), '');

  test('the second one is refused and told who runs it; when the first is over it may', async () => {
    const first = ana.start(...args);
    await ana.recorded('step-started');
    letGo(bob);
    const refused = await bob.run(...args);
    expect(refused.code).toBe(9);
    expect(refused.said).toMatch(
      new RegExp(
        `being run by run \\S+ of \\S+ on ${hostname()} \\(pid ${await ana.enginePid()}, since .*its lease ends in \\d+ s`,
      ),
    );
    expect((await bob.run('ledger', 'status')).out).toMatch(
      new RegExp(`running   shop${round}: deploy.md with tminus.yaml: run \\S+ of .*, role ana, number \\d+`),
    );
    letGo(ana);
    expect((await first.ended).code).toBe(0);
    await ana.idle();
    expect((await bob.run(...args)).code).toBe(0);
    expect(counted()).toBe(2);
    expect(fences()).toContain(String(await numberOf(bob)));
  });

  test('an engine that is cut from the ledger, and not from the host, starts nothing there once another has been', async () => {
    const known = `select from tminus.lines where 'step-started' = any(types) and written_by = 'ana'`;
    const startedBefore = (await owner.query(known)).rows.length;
    const first = ana.start(...args);
    await ana.recorded('lease-taken');
    await ana.recorded('step-started');
    // Until the ledger has heard of it, what runs on her own machine is not begun.
    await eventually('the ledger to have it', async () => (await owner.query(known)).rows.length > startedBefore);
    proxy.cut();
    // As if its time were over; she believes to have it still.
    await owner.query(`update tminus.leases set ends_at = now() where key like 'shop${round}:%'`);
    letGo(bob);
    expect((await bob.run(...args)).code).toBe(0);
    expect(counted()).toBe(1);
    letGo(ana);
    expect((await first.ended).code).toBe(3);
    const [, migrate] = finishedSteps(await ana.journal());
    expect(migrate).toMatchObject({outcome: {kind: 'refused', reason: 'fenced'}});
    expect(migrate?.verdict.because).toContain('a newer engine of this checklist has been there');
    expect(counted()).toBe(1);
  });

  test('an engine that was killed is followed by the next one of its run at once', async () => {
    const first = ana.start(...args);
    await ana.recorded('step-started');
    process.kill(await ana.enginePid(), 'SIGKILL');
    await first.ended;
    letGo(ana);
    expect((await ana.run('resume', '--plain')).code).toBe(0);
    expect(counted()).toBe(1);
    const numbers = (await ana.journal()).flatMap(event => (event.type === 'lease-taken' ? [event.number] : []));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers).toHaveLength(2);
  });

  test('without a ledger nothing of a fence is on the host', async () => {
    rmSync(join(sshd.tminusHome, 'fences'), {recursive: true, force: true});
    letGo(ana);
    const alone = newOperator(ana.directory, {TMINUS_LEDGER: ''});
    try {
      expect((await alone.run(...args)).code).toBe(0);
      expect(existsSync(join(sshd.tminusHome, 'fences'))).toBe(false);
      expect(existsSync(join(await alone.runDirectory(), 'lease.json'))).toBe(false);
      await eventually('it to be over', () => counted() === 1);
    } finally {
      alone.stop();
    }
  });
});
