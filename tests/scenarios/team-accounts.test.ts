/** A run that is taken over on a machine from where its host would be another account: refused by name, before anything is begun. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {addAccount, type OtherAccount, othersMissing, removeAccounts} from '../helpers/other-account.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {addPeople} from '../ledger/people.ts';

type Machine = Operator & {directory: string; loginAs(account: string, port?: number): void};

const args = ['run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none'];
let postgres: Postgres;
let sshd: Sshd;
/** Between bob's machine and the host. */
let link: TcpProxy;
let owner: pg.Client;
let directory: string;
let shop: OtherAccount;
let stranger: OtherAccount;
let ana: Machine;
let bob: Machine;
let round = 0;

describe.skipIf(sshdMissing || othersMissing !== undefined)('a host with two accounts', () => {
  beforeAll(async () => {
    shop = addAccount(`tmshop${process.pid}`);
    stranger = addAccount(`tmother${process.pid}`);
    [postgres, sshd] = await Promise.all([startPostgres(), startSshd({accounts: [shop, stranger]})]);
    link = await startTcpProxy(() => sshd.port);
    directory = mkdtempSync(join(tmpdir(), 'tminus-accounts-'));
    const setup = newOperator(directory, {TMINUS_LEDGER: postgres.url});
    expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
    setup.stop();
    owner = new pg.Client({connectionString: postgres.url});
    await owner.connect();
    await addPeople(owner);
  });

  afterAll(async () => {
    await owner?.end();
    await Promise.all([link?.stop(), postgres?.stop(), sshd?.stop()]);
    removeAccounts([shop, stranger].filter(account => account !== undefined));
    if (directory !== undefined) rmSync(directory, {recursive: true, force: true});
  });

  beforeEach(() => {
    round += 1;
    ana = machineOf('ana');
    bob = machineOf('bob');
    ana.loginAs(shop.name);
  });

  afterEach(() => {
    link.mend();
    ana.stop();
    bob.stop();
  });

  /** With a `~/.ssh/config` of its own, which alone says as whom `box` is reached. */
  function machineOf(name: string): Machine {
    const own = join(directory, `${name}${round}`, `shop${round}`);
    const home = join(directory, `${name}${round}`, 'home');
    mkdirSync(own, {recursive: true});
    mkdirSync(join(home, '.ssh'), {recursive: true});
    const url = `postgres://${name}:${name}-1@127.0.0.1:${postgres.port}/postgres?sslmode=disable`;
    return {
      ...newOperator(own, {TMINUS_LEDGER: url, HOME: home}),
      directory: own,
      loginAs(account, port = sshd.port) {
        const known = `HostKeyAlias [${sshd.host}]:${sshd.port}`;
        const text = readFileSync(sshd.configFile, 'utf8').replace(/User .*/, `User ${account}\n  ${known}`);
        writeFileSync(join(home, '.ssh', 'config'), text.replace(/Port .*/, `Port ${port}`));
      },
    };
  }

  const onHost = (name: string) => join(sshd.directory, shop.name, `${name}${round}`);
  const logged = () => (existsSync(onHost('log')) ? readFileSync(onHost('log'), 'utf8').trim().split('\n') : []);
  const endLease = () => owner.query(`update tminus.leases set ends_at = now() where key like 'shop${round}:%'`);
  const numbers = async () =>
    (await owner.query(`select number from tminus.lease_numbers where key like 'shop${round}:%'`)).rows.length;
  /** Of the runs in this test, what T-Minus has left in the home of the other account. */
  const ofStranger = () => {
    const kept = (name: string) => {
      const path = join(sshd.directory, stranger.name, 'tminus', name);
      return existsSync(path) ? readdirSync(path) : [];
    };
    return [...kept('jobs'), ...kept('fences')];
  };
  const otherAccount = () =>
    `vps: this run works there as ${shop.name}, and from here it would as ${stranger.name}; log in as ${shop.name}`;

  /** Ana's run with its first step begun on the host. */
  async function begun(reached = ''): Promise<string> {
    writeFileSync(
      join(ana.directory, 'deploy.md'),
      `# Deploy\n\n## Deployment\n\n### Step 1: Build\n
\`\`\`bash\nssh user@your-vps-ip\necho begun by $(id -un) >>${onHost('log')}\nuntil [ -e ${onHost('go')} ] || [ ! -d ${sshd.directory} ]; do sleep 0.1; done\n\`\`\`\n
### Step 2: Migrate\n\n\`\`\`bash\necho migrated by $(id -un) >>${onHost('log')}\n\`\`\`\n`,
    );
    writeFileSync(
      join(ana.directory, 'tminus.yaml'),
      `tminus: 1\nhosts:\n  vps: {matches: user@your-vps-ip, destination: box${reached}}\n`,
    );
    const run = ana.start(...args);
    await ana.recorded('step-started');
    await eventually('the host to be at work', () => logged().length === 1);
    const id = basename(await ana.runDirectory());
    const known = `select from tminus.lines where run = $1 and 'step-started' = any(types)`;
    await eventually('the ledger to have it', async () => (await owner.query(known, [id])).rows.length > 0);
    process.kill(await ana.enginePid(), 'SIGKILL');
    await run.ended;
    return id;
  }

  async function succeeds(id: string): Promise<void> {
    writeFileSync(onHost('go'), '');
    const done = await bob.run('resume', id, '--here', '--plain');
    expect(done, done.said).toMatchObject({code: 0});
    expect(logged()).toEqual([`begun by ${shop.name}`, `migrated by ${shop.name}`]);
  }

  test.each([
    ['our own client', ''],
    ['the ssh of the system', ', transport: openssh, config: ~/.ssh/config'],
  ])(
    'as another one, by %s, a run is not taken over: nothing is taken, kept or begun; as before it goes on',
    async (_, reached) => {
      const id = await begun(reached);
      // Its lease has not even ended: nobody waits for that first.
      bob.loginAs(stranger.name);
      const refused = await bob.run('resume', id, '--here', '--plain');
      expect(refused).toMatchObject({code: 7, said: expect.stringContaining(otherAccount())});
      expect(refused.said).not.toContain('waits for the lease');
      expect(await numbers()).toBe(1);
      expect(ofStranger()).toEqual([]);
      expect(existsSync(join(bob.home, 'runs', id))).toBe(false);
      expect(logged()).toEqual([`begun by ${shop.name}`]);
      await endLease();
      bob.loginAs(shop.name);
      await succeeds(id);
    },
  );

  test('so it is where the host answers only when its number is put up', async () => {
    const id = await begun();
    bob.loginAs(stranger.name, link.port);
    link.cut();
    const late = bob.start('resume', id, '--here', '--plain');
    let said = '';
    late.child.stderr?.on('data', text => (said += text));
    await eventually('it to wait for the lease', () => said.includes('waits for the lease'));
    link.mend();
    await endLease();
    expect(await late.ended).toMatchObject({code: 7, said: expect.stringContaining(otherAccount())});
    expect(existsSync(join(bob.home, 'runs', id))).toBe(false);
    expect(logged()).toEqual([`begun by ${shop.name}`]);
    bob.loginAs(shop.name);
    await succeeds(id);
  });

  test('a host that could not be looked at runs nothing as another account when it answers later', async () => {
    const id = await begun();
    bob.loginAs(stranger.name, link.port);
    link.cut();
    await endLease();
    writeFileSync(onHost('go'), '');
    const taken = bob.start('resume', id, '--here', '--plain');
    const {unknown} = await bob.recorded('run-taken-over');
    expect(unknown).toMatchObject([{host: 'vps'}]);
    link.mend();
    const ended = await taken.ended;
    expect(ended.code).not.toBe(0);
    const [build] = finishedSteps(await bob.journal());
    expect(build?.verdict.because).toContain(otherAccount());
    expect(ofStranger()).toEqual([]);
    expect(logged()).toEqual([`begun by ${shop.name}`]);
  });
});
