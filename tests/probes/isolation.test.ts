/** Sources that hang, refuse or are gone, beside healthy ones: real servers, a real database, a real SSH server. */

import {createServer, type Server, type Socket} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import type {ProbeBinding} from '../../src/plan/bindings-file/probe-kinds.ts';
import {type Bindings, emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {startProbes} from '../../src/probes/schedule.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {Sample} from '../../src/run/outcome.ts';
import type {RunState} from '../../src/run/state.ts';
import {eventually} from '../helpers/eventually.ts';
import {freePort} from '../helpers/ports.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {bindings, commands, expectKind, hostAt, openTestWorld, performed, script} from '../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {serve} from './local-world.ts';

const plan = parsePlan('# Deploy', emptyBindings);
const EVERY_MS = 100;
const TIMEOUT_MS = 1000;
/** Longer than any test. */
const NEVER_MS = 600_000;
const clock = {everyMs: EVERY_MS, timeoutMs: TIMEOUT_MS, line: 1};

describe.skipIf(sshdMissing)('a source in trouble', () => {
  let postgres: Postgres;
  let sshd: Sshd;
  let stalling: TcpProxy;
  let behind: Sshd;
  let silent: {server: Server; port: number; sockets: Set<Socket>};
  let web: Awaited<ReturnType<typeof serve>>;
  let world: World;
  let bound: Bindings;

  beforeAll(async () => {
    silent = await acceptsAndSaysNothing();
    [postgres, sshd] = await Promise.all([startPostgres(), startSshd()]);
    stalling = await startTcpProxy(() => behind.port);
    behind = await startSshd({via: stalling.port});
    web = await serve((request, response) => {
      if (request.url !== '/hangs') response.end('ok');
    });
    const at = (port: number) => postgres.url.replace(String(postgres.port), String(port));
    const database = (url: string, more = {}) => ({url, default: false, line: 1, ...more});
    bound = bindings({
      hosts: {
        vps: hostAt('box', sshd.configFile),
        stalled: hostAt('box', behind.configFile),
        gone: hostAt(`nobody@127.0.0.1:${await freePort()}`, sshd.configFile),
        mute: hostAt(`nobody@127.0.0.1:${silent.port}`, sshd.configFile),
      },
      databases: {
        main: database(postgres.url, {default: true}),
        refusing: database(at(await freePort())),
        mute: database(at(silent.port)),
        stalled: database(postgres.url, {via: 'stalled'}),
      },
    });
    world = openTestWorld({directory: '/', bindings: bound}).world;
    // The link that stalls is one that was up.
    await world.capture({kind: 'host', host: 'stalled', destination: 'box'}, 'true', 20_000);
    stalling.stall();
  });
  afterAll(async () => {
    await world?.close();
    await stalling?.stop();
    await Promise.all([web?.[Symbol.asyncDispose](), sshd?.stop(), behind?.stop(), postgres?.stop()]);
    for (const socket of silent.sockets) socket.destroy();
    silent.server.close();
  });

  const get = (path: string): ProbeBinding => ({
    ...clock,
    kind: 'http',
    http: {method: 'GET', url: `${web.url}${path}`, headers: {}},
  });
  const healthy = (): Record<string, ProbeBinding> => ({
    web: get('/'),
    orders: {...clock, kind: 'sql', sql: 'select 7', on: 'main'},
    load: {...clock, kind: 'run', run: 'echo 3', on: 'vps'},
  });
  /** Each is left this long before it is said to have failed. */
  const sick = (timeoutMs: number): Record<string, ProbeBinding> => {
    const slow = {...clock, timeoutMs};
    return {
      'endpoint that hangs': {...get('/hangs'), timeoutMs},
      'database that refuses': {...slow, kind: 'sql', sql: 'select 1', on: 'refusing'},
      'database that says nothing': {...slow, kind: 'sql', sql: 'select 1', on: 'mute'},
      'database behind a stalled link': {...slow, kind: 'postgres', about: 'connections', on: 'stalled'},
      'query that hangs': {...slow, kind: 'sql', sql: 'select pg_sleep(60)', on: 'main'},
      'host that is gone': {...slow, kind: 'run', run: 'echo 1', on: 'gone'},
      'host that says nothing': {...slow, kind: 'run', run: 'echo 1', on: 'mute'},
      'host behind a stalled link': {...slow, kind: 'rss', pattern: 'sshd', on: 'stalled'},
      'command that hangs': {...slow, kind: 'run', run: 'sleep 60', on: 'vps'},
    };
  };

  function watch(probes: Record<string, ProbeBinding>) {
    let state: RunState = initialState;
    let seq = 0;
    const report = (samples: readonly Sample[]) => {
      seq += 1;
      state = evolve(plan, state, {type: 'sample-taken', samples, seq, at: Date.now(), by: 'engine'});
    };
    const spoolLines = () => ({length: 0, read: () => []});
    const {stop} = startProbes({...bound, probes}, world, {report, bind: text => text, spoolLines, now: Date.now});
    const count = (signal: string) => state.signals[signal]?.samples.length ?? 0;
    return {signals: () => state.signals, count, stop};
  }

  test('keeps none of the others waiting: each goes on being read while all of these hang', async () => {
    const together = watch({...healthy(), ...sick(NEVER_MS)});
    for (const name of Object.keys(healthy())) {
      await eventually(`10 readings of ${name}`, () => together.count(name) >= 10);
    }
    const hanging = ['endpoint that hangs', 'query that hangs', 'command that hangs'];
    expect(hanging.map(name => together.count(name))).toEqual([0, 0, 0]);
    together.stop();
  });

  test('says for how long it has been so', async () => {
    const together = watch({...healthy(), ...sick(TIMEOUT_MS)});
    for (const name of Object.keys(sick(TIMEOUT_MS))) {
      await eventually(`two failures of the ${name}`, () => together.count(name) >= 2);
      const {failing, failingSince, lastValueAt, samples = []} = together.signals()[name] ?? {};
      expect(samples.every(({value}) => value === undefined)).toBe(true);
      expect(failing, name).toMatch(/no answer|no connection|refused|no way through|timeout|canceling/);
      expect(failingSince).toBe(samples[0]?.at);
      expect(lastValueAt).toBeUndefined();
    }
    for (const name of Object.keys(healthy())) {
      const {failing, samples = []} = together.signals()[name] ?? {};
      expect(failing).toBeUndefined();
      expect(samples.every(({value}) => value !== undefined)).toBe(true);
    }
    together.stop();
  });

  test('keeps no step waiting, neither on the same host nor on the same database', async () => {
    const watched = watch(sick(TIMEOUT_MS));
    await eventually('a reading that hangs', () => watched.count('command that hangs') > 0);
    const run = await performed(
      world,
      script([commands('echo done')], {place: {kind: 'host', host: 'vps', destination: 'box'}}),
    );
    expect(expectKind(run.outcome, 'exited').code).toBe(0);
    const statements = [{line: 1, text: 'select 42'}];
    const asked = await performed(world, {kind: 'sql', database: 'main', statements, timeoutMs: 10_000});
    expect(expectKind(asked.outcome, 'returned').tables[0]?.rows).toEqual([['42']]);
    watched.stop();
  });

  test('is read again as soon as it answers', async () => {
    stalling.mend();
    const watched = watch({'host behind a stalled link': {...clock, kind: 'run', run: 'echo 5', on: 'stalled'}});
    const signal = () => watched.signals()['host behind a stalled link'];
    await eventually('a reading', () => signal()?.lastValueAt !== undefined);
    stalling.stall();
    await eventually('a failure', () => signal()?.failingSince !== undefined);
    stalling.mend();
    await eventually('the next reading', () => signal()?.failing === undefined);
    expect(signal()?.failingSince).toBeUndefined();
    watched.stop();
  });
});

async function acceptsAndSaysNothing(): Promise<{server: Server; port: number; sockets: Set<Socket>}> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  const port = await freePort();
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  return {server, port, sockets};
}
