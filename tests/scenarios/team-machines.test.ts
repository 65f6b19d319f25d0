/** Ten consoles on three machines, each with a network of its own, on one run: what all of them know, and who drives. */
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join, resolve} from 'node:path';
import {createInterface} from 'node:readline';
import pg from 'pg';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readRun} from '../../src/commands/past-run.ts';
import {socketPath} from '../../src/journal/run-directory.ts';
import type {Intent} from '../../src/run/event.ts';
import type {RunState} from '../../src/run/state.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Namespace, namespacesMissing, openNamespace} from '../helpers/namespace.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {addPeople} from '../ledger/people.ts';

type Machine = {name: string; network: Namespace; operator: Operator; directory: string; enter: readonly string[]};

/** `seqs`: the events that it was told of, as they came, behind those that it had at first. */
type Console = {
  id: string;
  first: number;
  seqs: number[];
  lost: string[];
  send(intent: Intent): Promise<string | undefined>;
  state(): Promise<RunState>;
  end(): void;
};

const NOTES = 5;
let postgres: Postgres;
let pooler: Awaited<ReturnType<typeof startPgbouncer>>;
let directory: string;
let one: Machine;
let two: Machine;
let three: Machine;
const networks: Namespace[] = [];
const consoles: Console[] = [];

describe.skipIf(namespacesMissing || pgbouncerMissing)('three machines', () => {
  beforeAll(async () => {
    for (let count = 0; count < 3; count += 1) networks.push(openNamespace());
    const addresses = networks.map(({gateway}) => gateway);
    postgres = await startPostgres({addresses});
    const people = {bob: 'bob-1'};
    pooler = await startPgbouncer(postgres, {address: addresses[1] ?? '', people});
    directory = mkdtempSync(join(tmpdir(), 'tminus-machines-'));
    const setup = newOperator(directory, {TMINUS_LEDGER: postgres.url});
    expect(await setup.run('ledger', 'setup')).toMatchObject({code: 0});
    setup.stop();
    const owner = new pg.Client({connectionString: postgres.url});
    await owner.connect();
    await addPeople(owner);
    await owner.end();
    [one, two, three] = [machineOf(0, 'ana'), machineOf(1, 'bob'), machineOf(2, 'cyd')];
  });

  afterAll(async () => {
    for (const console of consoles) console.end();
    for (const machine of [one, two, three]) machine?.operator.stop();
    pooler?.stop();
    await postgres?.stop();
    for (const network of networks) network.stop();
    if (directory !== undefined) rmSync(directory, {recursive: true, force: true});
  });

  function machineOf(index: number, role: string): Machine {
    const network = networks[index];
    if (network === undefined) throw new Error('there are three networks');
    const name = `desk${index + 1}`;
    const own = join(directory, name, 'shop');
    mkdirSync(own, {recursive: true});
    const enter = [...network.enter, 'unshare', '--uts', 'sh', '-c', 'hostname "$0"; exec "$@"', name];
    const operator = newOperator(own, {TMINUS_LEDGER: urlOf(role, network.gateway), TMPDIR: own}, {enter});
    return {name, network, operator, directory: own, enter};
  }

  const urlOf = (role: string, address: string, port = postgres.port) =>
    `postgres://${role}:${role}-1@${address}:${port}/postgres?sslmode=disable`;

  test('all know the same in the end, each event once and in order; the baton passes, and a link that was cut comes back', async () => {
    writeFileSync(
      join(one.directory, 'deploy.md'),
      '# Deploy\n\n## Deployment\n\n### Step 1: Wait\n\n```bash\nuntil [ -e go ]; do sleep 0.1; done\n```\n\n### Step 2: Migrate\n\n```bash\nhostname\n```\n',
    );
    const run = one.operator.start('run', 'deploy.md', '--auto', '--yes', 'all', '--plain', '--watch', 'none');
    await one.operator.recorded('step-started');
    const runDirectory = await one.operator.runDirectory();
    const engine = await one.operator.enginePid();
    const id = basename(runDirectory);
    await eventually('the run to be in the ledger', async () =>
      (await two.operator.run('runs', '--team')).out.includes(id),
    );
    const beside = [id, socketPath(runDirectory)];
    const rita = {TMINUS_LEDGER: urlOf('rita', three.network.gateway)};
    const pooled = {TMINUS_LEDGER: urlOf('bob', two.network.gateway, pooler.port)};
    const all = await Promise.all([
      ...[beside, beside, [...beside, '--observe']].map(args => consoleOn(one, args)),
      ...[[id], [id], [id, '--observe']].map(args => consoleOn(two, args)),
      consoleOn(two, [id], pooled),
      consoleOn(three, [id]),
      ...[rita, rita].map(env => consoleOn(three, [id], env)),
    ]);
    consoles.push(...all);
    expect(all).toHaveLength(10);
    const [ana, , , bob, , , pool, cyd] = all as [Console, ...Console[]] & Record<number, Console>;
    if (bob === undefined || pool === undefined || cyd === undefined) throw new Error('there are ten');
    for (const console of [ana, bob, pool, cyd]) await joined(console);

    run.child.kill('SIGTERM');
    await run.ended;
    await one.operator.recorded('console-left');
    expect(await bob.send({type: 'pass-baton', to: bob.id})).toBeUndefined();
    for (const [from, to] of [
      [bob, cyd],
      [cyd, ana],
      [ana, pool],
      [pool, bob],
    ] as const) {
      await notes(from);
      expect(await from.send({type: 'pass-baton', to: to.id})).toBeUndefined();
      expect(await from.send({type: 'note', text: 'too late'})).toMatch(/drives, you observe/);
    }

    // The third machine hears nothing, until it has given the ledger up.
    three.network.cut();
    await notes(bob);
    await eventually('it to give up', () => !three.network.isConnectedTo(postgres.port));
    await notes(bob);
    const before = (await one.operator.journal()).length;
    expect(Math.max(...cyd.seqs)).toBeLessThan(before - NOTES);
    three.network.mend();
    await eventually('it to hear what it missed', () => Math.max(...cyd.seqs) >= before);
    await joined(cyd);
    expect(await bob.send({type: 'pass-baton', to: cyd.id})).toBeUndefined();
    await notes(cyd);

    writeFileSync(join(one.directory, 'go'), '');
    await one.operator.recorded('run-closed');
    await eventually('the engine to be gone', () => !existsSync(`/proc/${engine}`));
    const {state, events} = await readRun(runDirectory);
    for (const [index, console] of all.entries()) {
      const where = `console ${index}`;
      await eventually(`${where} to have all of it`, async () => (await console.state()).seq === state.seq);
      expect(await console.state(), where).toEqual(JSON.parse(JSON.stringify(state)));
      const due = Array.from({length: state.seq - console.first}, (_, at) => console.first + 1 + at);
      expect(console.seqs, where).toEqual(due);
    }
    const drove = events.flatMap(event => (event.type === 'note-added' && /^note/.test(event.text) ? [event.by] : []));
    const times = (by: string, count: number) => Array.from({length: count * NOTES}, () => by);
    expect(drove).toEqual([
      ...times('bob@ledger', 1),
      ...times('cyd@ledger', 1),
      ...times(drove[2 * NOTES] ?? '', 1),
      ...times('bob@ledger', 3),
      ...times('cyd@ledger', 1),
    ]);
    expect(events.flatMap(event => (event.type === 'console-joined' ? [event.console.origin] : []))).toEqual(
      expect.arrayContaining(['desk2', 'desk3']),
    );
  });

  async function notes(console: Console): Promise<void> {
    for (let count = 0; count < NOTES; count += 1)
      expect(await console.send({type: 'note', text: `note ${count}`})).toBeUndefined();
  }

  async function joined({id}: Console): Promise<void> {
    await eventually('the console to be let in', async () => {
      const own = (await one.operator.journal()).findLast(
        event =>
          (event.type === 'console-joined' && event.console.id === id) ||
          (event.type === 'console-left' && event.consoleId === id),
      );
      return own?.type === 'console-joined';
    });
  }

  async function consoleOn({enter, operator, directory: cwd}: Machine, args: readonly string[], extra = {}) {
    const [first = '', ...words] = [...enter, process.execPath, resolve('tests/fixtures/team-console.ts'), ...args];
    const env = {...operator.environment, ...extra};
    const child = spawn(first, words, {cwd, env, stdio: ['pipe', 'pipe', 'inherit']});
    return await consoleOf(child);
  }
});

async function consoleOf(child: ChildProcess): Promise<Console> {
  const opened = Promise.withResolvers<{id: string; seq: number}>();
  const answers: ((said: string | undefined) => void)[] = [];
  const states: ((state: RunState) => void)[] = [];
  const seqs: number[] = [];
  const lost: string[] = [];
  if (child.stdout === null || child.stdin === null) throw new Error('its ends are pipes');
  const {stdin} = child;
  createInterface({input: child.stdout}).on('line', line => {
    const message = JSON.parse(line);
    if ('id' in message) opened.resolve(message);
    else if ('seqs' in message) seqs.push(...message.seqs);
    else if ('lost' in message) lost.push(message.lost);
    else if ('state' in message) states.shift()?.(message.state);
    else answers.shift()?.(message.answered ?? undefined);
  });
  child.once('exit', code => opened.reject(new Error(`the console ended with ${code}`)));
  const {id, seq} = await opened.promise;
  return {
    id,
    first: seq,
    seqs,
    lost,
    send: intent => new Promise(done => answers.push(done) && stdin.write(`${JSON.stringify(intent)}\n`)),
    state: () => new Promise(done => states.push(done) && stdin.write('state\n')),
    end: () => child.kill('SIGKILL'),
  };
}
