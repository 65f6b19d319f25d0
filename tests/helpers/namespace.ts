/** A network namespace: a machine beside this one, with a loopback of its own. */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {userInfo} from 'node:os';
import {createInterface} from 'node:readline';
import type {Elsewhere} from './sshd.ts';

export type Namespace = Elsewhere & {
  /** The address of this machine, as it is seen from there. */
  gateway: string;
  /** Its one link is down until `mend`: nothing comes through, and nobody is told. */
  cut(): void;
  mend(): void;
  /** Whether a connection to this port is open there, as far as its own end knows. */
  isConnectedTo(port: number): boolean;
  /** Runs a program of Node's there until `stop`; resolves with the first line that it prints. */
  start(program: string, ...args: readonly string[]): Promise<string>;
  stop(): void;
};

/** For `describe.skipIf`. */
export const namespacesMissing = !canMake();
if (namespacesMissing) {
  process.stderr.write(
    '\nNetwork namespaces are not permitted here: tests with a host of its own loopback are SKIPPED\n',
  );
}

function canMake(): boolean {
  if (userInfo().uid !== 0) return false;
  const name = `tminus-try-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return true;
  } catch {
    return false;
  }
}

function ip(...words: readonly string[]): void {
  execFileSync('ip', words, {stdio: 'pipe'});
}

let made = 0;
/** So many for one process, each with a network of four addresses. */
const EACH = 32;
const PROCESSES = 1024;

export function openNamespace(): Namespace {
  made += 1;
  const name = `tminus-${process.pid}-${made}`;
  const link = `tm${process.pid % 1_000_000}x${made}`;
  // Of the addresses that are set aside for measurements between networks (198.18.0.0/15).
  const first = ((process.pid % PROCESSES) * EACH + ((made - 1) % EACH)) * 4;
  const address = (nth: number) =>
    `198.${18 + ((first + nth) >> 16)}.${((first + nth) >> 8) & 255}.${(first + nth) & 255}`;
  const [ours, theirs] = [address(1), address(2)];
  const inside = ['ip', 'netns', 'exec', name];
  const children: ChildProcess[] = [];
  ip('netns', 'add', name);
  ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'host0', 'netns', name);
  ip('addr', 'add', `${ours}/30`, 'dev', link);
  ip('link', 'set', link, 'up');
  for (const words of [
    ['addr', 'add', `${theirs}/30`, 'dev', 'host0'],
    ['link', 'set', 'host0', 'up'],
    ['link', 'set', 'lo', 'up'],
    ['route', 'add', 'default', 'via', ours],
  ]) {
    ip('-n', name, ...words);
  }
  return {
    address: theirs,
    gateway: ours,
    enter: inside,
    cut: () => ip('link', 'set', link, 'down'),
    mend: () => ip('link', 'set', link, 'up'),
    isConnectedTo(port) {
      const [first = '', ...words] = [...inside, 'ss', '-Htn', 'state', 'established', `( dport = :${port} )`];
      return execFileSync(first, words, {encoding: 'utf8'}).trim() !== '';
    },
    async start(program, ...args) {
      const [first = '', ...words] = [...inside, process.execPath, '-e', program, ...args];
      const child = spawn(first, words, {stdio: ['ignore', 'pipe', 'inherit']});
      children.push(child);
      for await (const line of createInterface({input: child.stdout})) return line;
      throw new Error('it printed nothing');
    },
    stop() {
      for (const child of children) child.kill('SIGKILL');
      // Whoever still ends in there would keep it otherwise.
      ip('link', 'del', link);
      ip('netns', 'del', name);
    },
  };
}

/**
 * A program for `start`: an HTTP server that says who answers and what it was asked. Its arguments are its name, a port or
 * 0, and a key and a certificate when it is to speak TLS. Prints its port.
 */
export const NAMED_SERVER = `
const {readFileSync} = require('node:fs');
const [name, port, key, cert] = process.argv.slice(1);
const answer = (request, response) => {
  const {url, method, headers} = request;
  if (url === '/never') return;
  if (url === '/moved') return response.writeHead(302, {location: '/arrived'}).end();
  if (url === '/missing') response.statusCode = 404;
  let body = '';
  request.on('data', chunk => { body += chunk; });
  request.on('end', () => response.end(JSON.stringify({name, url, method, body, agent: headers['user-agent']})));
};
const server = key === undefined
  ? require('node:http').createServer(answer)
  : require('node:https').createServer({key: readFileSync(key), cert: readFileSync(cert)}, answer);
server.listen(Number(port), '127.0.0.1', () => console.log(server.address().port));
`;
