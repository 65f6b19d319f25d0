/** A second machine goes on with a run on a group: its number is up on every host that it reaches before anything begins. */
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {ansibleMissing, type HostOfGroup, startGroup, type TestGroup} from '../helpers/group.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {type Ended, finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {addPeople} from '../ledger/people.ts';

type Machine = Operator & {directory: string};

const checklist = `# Release
## Deployment
### Step 1: Build
\`\`\`bash
ssh deploy@web
echo begun >> ran
until [ -e go ]; do sleep 0.1; done
echo built >> ran
\`\`\`
### Step 2: Migrate
\`\`\`bash
ssh deploy@web
echo migrated >> ran
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh deploy@web
echo restored >> ran
\`\`\`
`;

let root: string;
let postgres: Postgres;
let owner: pg.Client;
let ledger: TcpProxy;
let group: TestGroup;
let ana: Machine;
let bob: Machine;
let round = 0;

describe.skipIf(ansibleMissing)('a run on a group is taken over', () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'tminus-takeover-'));
    postgres = await startPostgres();
    ledger = await startTcpProxy(() => postgres.port);
    const setup = newOperator(root, {TMINUS_LEDGER: postgres.url});
    expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
    setup.stop();
    owner = new pg.Client({connectionString: postgres.url});
    await owner.connect();
    await addPeople(owner);
  });

  afterAll(async () => {
    await owner?.end();
    await Promise.all([ledger?.stop(), postgres?.stop()]);
    rmSync(root, {recursive: true, force: true});
  });

  beforeEach(async () => {
    round += 1;
    ana = machineOf('ana', ledger.port);
    bob = machineOf('bob', postgres.port);
    group = await startGroup(ana.directory, 3);
  });

  afterEach(async () => {
    ledger.mend();
    ana.stop();
    bob.stop();
    await group.stop();
  });

  test('by one that does not reach every host: the old engine starts nothing on the others, and the third is named', async () => {
    const {inventory, ways} = await group.byWays();
    ways[2]?.cut();
    const run = await begun('max-failures: 1', group.hosts);
    cpSync(join(ana.directory, inventory), inventoryOf(bob));
    ledger.cut();
    await endLease();
    const next = takeOver(run.id);
    const taken = await bob.recorded('run-taken-over');
    expect(taken).toMatchObject({fenced: ['web1', 'web2'], unknown: [{host: 'web3'}]});
    const number = String(taken.number);
    expect(group.hosts.map(host => fencesOn(host).includes(number))).toEqual([true, true, false]);
    // While the new engine stands still the old one comes to its next step.
    process.kill(await bob.enginePid(), 'SIGSTOP');
    for (const host of group.hosts) letGo(host);
    expect(await run.ended).toMatchObject({code: 3});
    const refused = {kind: 'failed', because: expect.stringContaining(`with number ${number}`)};
    expect(finishedSteps(await ana.journal()).at(-1)?.verdict.hosts).toMatchObject([
      {host: 'web1', ...refused},
      {host: 'web2', ...refused},
      {host: 'web3', kind: 'passed'},
    ]);
    expect(ran().map(lines => lines.length)).toEqual([2, 2, 3]);
    process.kill(await bob.enginePid(), 'SIGCONT');
    const {code, out, said} = await next;
    expect({code, out}, out).toMatchObject({code: 0});
    expect(said).toMatch(/number \d+ is up on web1, web2\n.*web3: unknown, its number is not up: /);
    expect(ran()).toEqual(group.hosts.map(() => ['begun', 'built', 'migrated']));
  });

  test('and by a second engine there: on a host that the first could not look at nothing is begun either', async () => {
    const [first, second, third] = group.hosts;
    const {inventory, ways} = await group.byWays();
    ways[2]?.cut();
    const run = await begun('max-failures: 1', group.hosts);
    process.kill(await ana.enginePid(), 'SIGKILL');
    await run.ended;
    await endLease();
    cpSync(join(ana.directory, inventory), inventoryOf(bob));
    const next = takeOver(run.id);
    expect(await bob.recorded('run-taken-over')).toMatchObject({unknown: [{host: 'web3'}]});
    process.kill(await bob.enginePid(), 'SIGKILL');
    await next;
    // As where the first engine was another account, whose jobs nobody here can see.
    rmSync(join(third?.sshd.tminusHome ?? root, 'jobs'), {recursive: true});
    ways[2]?.mend();
    for (const host of [first, second]) letGo(host as HostOfGroup);
    await bob.run('resume', run.id, '--plain');
    expect(ran()).toEqual([...[first, second].map(() => ['begun', 'built', 'migrated']), ['begun']]);
    expect(finishedSteps(await bob.journal())[0]?.verdict.hosts).toMatchObject([
      {host: 'web1', kind: 'passed'},
      {host: 'web2', kind: 'passed'},
      {host: 'web3', kind: 'unknown'},
    ]);
  });

  test('in the middle of a batch, and nothing runs twice; without the inventory, or on another host, nothing begins', async () => {
    const [first, second] = group.hosts;
    letGo(first);
    const run = await begun('batches: [1, 100%], pause: 1s', [second as HostOfGroup]);
    process.kill(await ana.enginePid(), 'SIGKILL');
    await run.ended;
    await endLease();
    const blind = await takeOver(run.id);
    expect(blind).toMatchObject({code: 69, said: expect.stringContaining('there is no inventory hosts.ini in ')});
    const known = readFileSync(inventoryOf(ana), 'utf8');
    const other = await startGroup(bob.directory, 1);
    const [line = ''] = readFileSync(inventoryOf(bob), 'utf8').match(/^web1 .*$/m) ?? [];
    writeFileSync(
      inventoryOf(bob),
      known.replace(/^web1 .*$/m, () => line),
    );
    const strange = await takeOver(run.id);
    await other.stop();
    expect(strange).toMatchObject({code: 7, said: expect.stringMatching(/web1: as \S+ nothing of this run is there/)});
    const number = String((await ana.recorded('lease-taken')).number);
    expect(group.hosts.map(fencesOn)).toEqual(group.hosts.map(() => [number]));
    writeFileSync(inventoryOf(bob), known);
    for (const host of group.hosts) letGo(host);
    const {code, out} = await takeOver(run.id);
    expect({code, out}, out).toMatchObject({code: 0});
    expect(ran()).toEqual(group.hosts.map(() => ['begun', 'built', 'migrated']));
  });

  /** A machine with its own state and directory; only ana's has the checklist and the inventory. */
  function machineOf(name: string, port: number): Machine {
    const directory = join(root, `${name}${round}`, `shop${round}`);
    mkdirSync(directory, {recursive: true});
    const url = `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;
    return {...newOperator(directory, {TMINUS_LEDGER: url}), directory};
  }

  /** Ana's run, once its first step has begun on these hosts. */
  async function begun(settings: string, on: readonly HostOfGroup[]): Promise<{id: string; ended: Promise<Ended>}> {
    const web = `{ matches: deploy@web, inventory: hosts.ini, group: web, ${settings} }`;
    for (const {directory} of [ana, bob])
      writeFileSync(join(directory, 'tminus.yaml'), `tminus: 1\nhosts:\n  web: ${web}\n`);
    writeFileSync(join(ana.directory, 'deploy.md'), checklist);
    const {ended} = ana.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none');
    await eventually('the hosts to be at work', () => on.every(({lines}) => lines('ran').length === 1));
    const id = basename(await ana.runDirectory());
    const started = (await ana.journal()).findLast(event => event.type === 'step-started')?.seq ?? 0;
    await eventually('the ledger to have it', async () => {
      const {rows} = await owner.query('select max(last_seq) as seq from tminus.lines where run = $1', [id]);
      return Number(rows[0].seq) >= started;
    });
    return {id, ended};
  }

  /** As if the time of its lease were over. */
  async function endLease(): Promise<void> {
    await owner.query(`update tminus.leases set ends_at = now() where key like 'shop${round}:%'`);
  }

  function takeOver(id: string): Promise<Ended> {
    return bob.run('resume', id, '--here', '-b', 'tminus.yaml', '--plain');
  }

  const ran = () => group.hosts.map(({lines}) => lines('ran'));
  const inventoryOf = ({directory}: Machine) => join(directory, 'hosts.ini');
  const letGo = ({home}: HostOfGroup) => writeFileSync(join(home, 'go'), '');
});

function fencesOn({sshd}: HostOfGroup): readonly string[] {
  const fences = join(sshd.tminusHome, 'fences');
  return existsSync(fences) ? readdirSync(fences).flatMap(key => readdirSync(join(fences, key))) : [];
}
