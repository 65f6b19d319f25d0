/** A world for probes, and servers that they ask. */
import {execFile} from 'node:child_process';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {exchange} from '../../src/actions/http/http.ts';
import type {World} from '../../src/actions/world.ts';
import type {Bindings} from '../../src/plan/bindings-file/types.ts';

/** The part of a world that probes use, on this machine: a real shell, real requests. Databases are not part of it. */
export const localWorld: World = {
  capture: (_place, command, timeoutMs) => {
    const {promise, resolve} = Promise.withResolvers<{code: number; output: string}>();
    const options = {timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024};
    const child = execFile('/bin/sh', ['-c', command], options, (_error, stdout, stderr) => {
      resolve({code: child.exitCode ?? 255, output: stdout + stderr});
    });
    return promise;
  },
  measure: exchange,
  perform: () => notHere('perform'),
  prove: () => notHere('prove'),
  read: () => notHere('read'),
  follow: () => notHere('follow'),
  query: () => notHere('query'),
  reserve: () => notHere('reserve'),
  askAgain: () => notHere('askAgain'),
  forget: () => notHere('forget'),
  raiseFence: () => notHere('raiseFence'),
  hostsOf: async () => [],
  forgetLooks() {},
  close: async () => {},
};

export const noBindings: Bindings = {
  values: {},
  hosts: {},
  databases: {},
  choices: {},
  contexts: {},
  steps: [],
  probes: {},
  logs: {},
  rules: [],
  rollback: {auto: false, countdownMs: 3000, requires: []},
  contacts: {},
};

/** A server on loopback for the length of a test. */
export async function serve(listener: RequestListener): Promise<{url: string} & AsyncDisposable> {
  const server = createServer(listener);
  const {promise, resolve} = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}

function notHere(member: string): never {
  throw new Error(`probes do not use ${member} here`);
}
