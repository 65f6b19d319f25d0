/** One SSH connection: the way there, the host's key, the user's keys. */
import {readFileSync} from 'node:fs';
import type {Duplex} from 'node:stream';
import ssh2, {type AgentAuthMethod, type Client, type ConnectConfig, type PublicKeyAuthMethod} from 'ssh2';
import {checkHostKey, fingerprint, knownKeyTypes, rememberHostKey} from './known-hosts.ts';
import {LinkError} from './link-error.ts';
import {resolveDestination, type Target} from './ssh-config.ts';

export type DialOptions = {
  /** Another ssh_config file. */
  config?: string;
  /** Answers whether a key that is on no file is to be trusted; absent = never. */
  onUnknownHostKey?: (host: string, fingerprint: string) => Promise<boolean>;
};

const KEEPALIVE_INTERVAL_MS = 5000;
const KEEPALIVE_MISSED_MAX = 3;
const JUMPS_MAX = 8;
const HOST_KEY_ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

/** Connects and authenticates. Throws `LinkError` with its kind. */
export async function dial(destination: string, options: DialOptions, depth = 0): Promise<Client> {
  const target = resolveDestination(destination, options.config);
  const route = await jump(target, options, depth);
  try {
    return await connectAsking(target, options, route);
  } catch (error) {
    route?.end();
    throw error;
  }
}

/** The connection to the last host on the way, or none when the target is reached directly. */
async function jump(target: Target, options: DialOptions, depth: number): Promise<Client | undefined> {
  const last = target.jumps.at(-1);
  if (last === undefined) return undefined;
  if (depth >= JUMPS_MAX) throw new LinkError('unsupported', `${target.host}: its ProxyJump leads in a circle`);
  let client = await dial(target.jumps[0] ?? last, options, depth + 1);
  for (const name of target.jumps.slice(1)) {
    const next = resolveDestination(name, options.config);
    client = await connectAsking(next, options, client);
  }
  return client;
}

/** An unknown key is asked about after the connection was refused: a person's thinking must not run into a time limit. */
async function connectAsking(target: Target, options: DialOptions, route: Client | undefined): Promise<Client> {
  const seen: SeenKey = {};
  try {
    return await connect(target, route, seen);
  } catch (error) {
    const {unknown} = seen;
    if (unknown === undefined) throw error;
    const name = target.port === 22 ? target.host : `${target.host}:${target.port}`;
    const trusted =
      target.unknownKey === 'accept' ||
      (target.unknownKey === 'ask' && (await options.onUnknownHostKey?.(name, fingerprint(unknown))) === true);
    if (!trusted) throw error;
    trust(target, unknown);
    return await connect(target, route, {});
  }
}

type SeenKey = {unknown?: Buffer; refusal?: LinkError};

function trust(target: Target, key: Buffer): void {
  const file = target.userKnownHostsFile;
  if (file === undefined)
    throw new LinkError('host-key-unknown', `${target.host}: no known_hosts file to keep its key in`);
  rememberHostKey(file, target.keyName, target.port, key, target.hashKnownHosts);
}

async function connect(target: Target, route: Client | undefined, seen: SeenKey): Promise<Client> {
  const sock = route === undefined ? undefined : await forward(route, target.host, target.port);
  const {methods, tried} = authMethods(target);
  const client = new ssh2.Client();
  // Every session listens for the end of its connection.
  client.setMaxListeners(0);
  client.once('close', () => route?.end());
  return await new Promise<Client>((resolve, reject) => {
    const fail = (error: Error & {level?: string; code?: string}) => {
      // One key of the agent that does not sign is not the end: the next one is tried.
      if (error.level === 'agent') return;
      reject(seen.refusal ?? explain(error, target, tried));
      client.destroy();
    };
    client.on('error', fail);
    client.once('close', () => reject(seen.refusal ?? explain(new Error('connection closed'), target, tried)));
    client.once('ready', () => {
      client.setNoDelay(true);
      resolve(client);
    });
    client.connect({...connectConfig(target, seen), authHandler: methods, ...(sock === undefined ? {} : {sock})});
  });
}

function connectConfig(target: Target, seen: SeenKey): ConnectConfig {
  return {
    host: target.host,
    port: target.port,
    username: target.user,
    readyTimeout: target.connectTimeoutMs,
    keepaliveInterval: KEEPALIVE_INTERVAL_MS,
    keepaliveCountMax: KEEPALIVE_MISSED_MAX,
    algorithms: {serverHostKey: hostKeyAlgorithms(target)},
    hostVerifier: (key: Buffer) => verify(target, key, seen),
  };
}

function verify(target: Target, key: Buffer, seen: SeenKey): boolean {
  const verdict = checkHostKey(target.knownHostsFiles, target.keyName, target.port, key);
  const print = fingerprint(key);
  switch (verdict.kind) {
    case 'known':
      return true;
    case 'unknown':
      seen.unknown = key;
      seen.refusal = new LinkError('host-key-unknown', `${target.host}: host key ${print} is not in known_hosts`);
      return false;
    case 'changed': {
      const words = `${target.host}: HOST KEY CHANGED to ${print}, expected the one in ${verdict.where}`;
      seen.refusal = new LinkError('host-key-changed', words);
      return false;
    }
    case 'revoked':
      seen.refusal = new LinkError(
        'host-key-changed',
        `${target.host}: host key ${print} is revoked in ${verdict.where}`,
      );
      return false;
  }
}

/** Types on file first, as OpenSSH does: a server with several keys must show the one that can be checked. */
function hostKeyAlgorithms(target: Target): (typeof HOST_KEY_ALGORITHMS)[number][] {
  const types = knownKeyTypes(target.knownHostsFiles, target.keyName, target.port);
  const isKnown = (name: string) => types.includes(name) || (name.startsWith('rsa-') && types.includes('ssh-rsa'));
  return [...HOST_KEY_ALGORITHMS.filter(isKnown), ...HOST_KEY_ALGORITHMS.filter(name => !isKnown(name))];
}

type Method = PublicKeyAuthMethod | AgentAuthMethod;

/** Keys the config names come before the agent's: servers count failed attempts. */
function authMethods(target: Target): {methods: Method[]; tried: string[]} {
  const username = target.user;
  const tried: string[] = [];
  const keys = target.identityFiles.flatMap((file): Method[] => {
    const key = readKey(file);
    tried.push(key instanceof Error ? `${file} (${key.message})` : file);
    return key instanceof Error ? [] : [{type: 'publickey', username, key}];
  });
  const agent: Method[] =
    target.agent === undefined || target.identitiesOnly ? [] : [{type: 'agent', username, agent: target.agent}];
  if (agent.length > 0) tried.push('agent');
  return {methods: target.identitiesNamed ? [...keys, ...agent] : [...agent, ...keys], tried};
}

function readKey(file: string): Buffer | Error {
  try {
    const text = readFileSync(file);
    const parsed = ssh2.utils.parseKey(text);
    return parsed instanceof Error ? parsed : text;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function explain(error: Error & {level?: string; code?: string}, target: Target, tried: readonly string[]): LinkError {
  const where = `${target.host}:${target.port}`;
  if (error.level === 'client-authentication') {
    const keys = tried.length === 0 ? 'no key to offer' : `tried ${tried.join(', ')}`;
    return new LinkError('auth', `${target.user}@${where}: permission denied (${keys})`, error);
  }
  if (error.level === 'client-timeout') {
    return new LinkError('unreachable', `no answer from ${where} within ${target.connectTimeoutMs / 1000} s`, error);
  }
  switch (error.code) {
    case 'ECONNREFUSED':
      return new LinkError('unreachable', `connection refused by ${where}`, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new LinkError('unreachable', `no such host: ${target.host}`, error);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new LinkError('unreachable', `no route to ${where}`, error);
    default:
      return new LinkError('unreachable', `${where}: ${error.message}`, error);
  }
}

/** A stream through a connection to somewhere its host can reach. */
export async function forward(client: Client, host: string, port: number): Promise<Duplex> {
  return await new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
      if (error === undefined || error === null) resolve(stream);
      else reject(new LinkError('unreachable', `no way through to ${host}:${port}: ${error.message}`, error));
    });
  });
}
