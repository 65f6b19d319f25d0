/** One SSH connection: the way there, the host's key, the user's keys. */
import type {Duplex} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import ssh2, {type Client, type ConnectConfig} from 'ssh2';
import {compact} from '../../text/compact.ts';
import {LinkError, lostLink, serverWords} from '../link-error.ts';
import {keepAnswers} from '../remembered-answers.ts';
import type {Login} from '../world.ts';
import {type AuthOptions, authenticate, triedText} from './auth.ts';
import {agreeToHostKey, hostKeyAlgorithms, type SeenKey, verifyHostKey} from './host-key.ts';
import type {Link} from './link-interface.ts';
import {LoginAttempt} from './login-attempt.ts';
import {needOfAgent} from './openssh-needs.ts';
import {resolveDestination, type Target} from './ssh-config.ts';

export type DialOptions = AuthOptions & {
  /** Another ssh_config file. */
  config?: string;
  /** `openssh`: always through the system's own ssh. */
  transport?: 'openssh';
  /** Aborted when nobody needs the connection any more. */
  signal: AbortSignal;
  /** Returns why the connection is not to be used. */
  onLogin?: (login: Login) => LinkError | undefined;
  /** Why it takes longer: the server hung up, and is tried again. */
  onWait?: (why: string) => void;
};

const SSH_PORT = 22;
const KEEPALIVE_INTERVAL_MS = 5000;
const KEEPALIVE_MISSED_MAX = 3;
const JUMPS_MAX = 8;
/** A key to agree to, a passphrase to wait for, and once more. */
const CONNECTS_MAX = 4;
/** A server that has too many logins under way (MaxStartups) has fewer a moment later. */
const HUNG_UP_DELAY_MS = 500;
const HUNG_UP_DELAY_MS_MAX = 2000;

/**
 * Connects and authenticates: by our own client, or by the system's ssh where the configuration asks for what only that
 * does. Throws `LinkError` with its kind.
 */
export async function dial(destination: string, options: DialOptions): Promise<Link> {
  for (let delayMs = HUNG_UP_DELAY_MS; ; delayMs *= 2) {
    try {
      return await dialOnce(destination, options);
    } catch (error) {
      if (!(error instanceof LinkError && error.hungUp) || delayMs > HUNG_UP_DELAY_MS_MAX) throw error;
      options.onWait?.(`${error.message}; trying again`);
      await sleep(delayMs, undefined, {signal: options.signal}).catch(() => {
        throw error;
      });
    }
  }
}

async function dialOnce(destination: string, options: DialOptions): Promise<Link> {
  const why = options.transport === 'openssh' ? 'transport: openssh' : await openSshFor(destination, options.config);
  if (why === undefined) return await dialClient(destination, options, 0);
  const {dialOpenSsh} = await import('./openssh.ts');
  return await dialOpenSsh(destination, why, options);
}

async function openSshFor(destination: string, config: string | undefined): Promise<string | undefined> {
  const {agent, identitiesOnly} = resolveDestination(destination, config);
  return openSshOnWay(destination, config) ?? (identitiesOnly ? undefined : await needOfAgent(agent));
}

/** Why the system's ssh is needed for the host, or for one of those that lead to it. */
function openSshOnWay(destination: string, config: string | undefined, depth = 0): string | undefined {
  const {openSsh, jumps} = resolveDestination(destination, config);
  if (openSsh !== undefined || depth >= JUMPS_MAX) return openSsh;
  return jumps.map(jump => openSshOnWay(jump, config, depth + 1)).find(why => why !== undefined);
}

async function dialClient(destination: string, options: DialOptions, depth: number): Promise<Client> {
  const target = resolveDestination(destination, options.config);
  const route = await jump(target, options, depth);
  return await connectOver(route, target, options);
}

/** The connection to the last host on the way, or none when the target is reached directly. */
async function jump(target: Target, options: DialOptions, depth: number): Promise<Client | undefined> {
  const [nearest, ...further] = target.jumps;
  if (nearest === undefined) return undefined;
  if (depth >= JUMPS_MAX) throw new LinkError('unsupported', `${target.host}: its ProxyJump leads in a circle`);
  // The login is that of the host itself, not of those on the way.
  const {onLogin: _, ...onWay} = options;
  let client = await dialClient(nearest, onWay, depth + 1);
  for (const name of further) client = await connectOver(client, resolveDestination(name, options.config), onWay);
  return client;
}

async function connectOver(route: Client | undefined, target: Target, options: DialOptions): Promise<Client> {
  try {
    return await connectAsking(target, target.batch ? {...options, answers: NOT_ASKED} : options, route);
  } catch (error) {
    route?.end();
    throw error;
  }
}

const NOT_ASKED = keepAnswers(async () => ({unanswered: 'BatchMode forbids asking'}));

/** Asks what it can before the server waits, so that the server's time limit does not run while a person thinks. */
async function connectAsking(target: Target, options: DialOptions, route: Client | undefined): Promise<Client> {
  let trusted: Buffer | undefined;
  for (let tries = 1; ; tries += 1) {
    const seen: SeenKey = trusted === undefined ? {} : {trusted};
    const attempt = new LoginAttempt(target, options.signal);
    try {
      return await connect(target, options, route, seen, attempt);
    } catch (error) {
      if (tries >= CONNECTS_MAX) throw error;
      if (seen.unknown !== undefined) {
        await agreeToHostKey(target, seen.unknown, options);
        trusted = seen.unknown;
      } else if (attempt.opening === undefined) throw error;
      // The server did not wait for the passphrase; its reason to be refused is the better one.
      await attempt.opening;
    }
  }
}

async function connect(
  target: Target,
  options: DialOptions,
  route: Client | undefined,
  seen: SeenKey,
  attempt: LoginAttempt,
): Promise<Client> {
  const sock = route === undefined ? undefined : await forward(route, target.host, target.port);
  const client = new ssh2.Client();
  // Every session listens for the end of its connection.
  client.setMaxListeners(0);
  return await new Promise<Client>((resolve, reject) => {
    const refuse = (error: LinkError) => {
      attempt.end();
      reject(error);
      client.destroy();
    };
    attempt.onFail = refuse;
    attempt.open();
    let stage: 'calling' | 'greeting' | 'login' = sock === undefined ? 'calling' : 'greeting';
    client.once('connect', () => (stage = 'greeting'));
    client.once('handshake', () => (stage = 'login'));
    const why = (error: Error, isLoss: boolean) => {
      if (seen.refusal !== undefined) return seen.refusal;
      if (stage === 'greeting') return hungUp(target, error);
      const refusal = explain(error, target, attempt.tried);
      // Nobody was asked in vain: it does no harm to log in again.
      return isLoss && stage === 'login' && !attempt.hasAsked ? Object.assign(refusal, {hungUp: true}) : refusal;
    };
    client.on('error', (error: Error & {level?: string; code?: string}) => {
      // One key of the agent that does not sign is not the end: the next one is tried.
      if (error.level !== 'agent') refuse(why(error, error.level === 'client-socket'));
    });
    client.once('close', () => refuse(why(new Error('connection closed'), true)));
    client.on('change password', () => refuse(new LinkError('auth', `${target.host} wants a new password first`)));
    client.once('ready', () => {
      attempt.end();
      client.once('close', () => route?.end());
      client.setNoDelay(true);
      const {user, host: name, port} = target;
      const address = port === SSH_PORT ? name : `${name}:${port}`;
      const login = {host: options.host, user, address, means: attempt.means, hostKey: seen.print ?? ''};
      const refusal = options.onLogin?.(login);
      if (refusal === undefined) resolve(client);
      else refuse(refusal);
    });
    const authHandler = authenticate(target, options, attempt);
    client.connect({...connectConfig(target, seen), authHandler, ...compact({sock})});
  });
}

function connectConfig(target: Target, seen: SeenKey): ConnectConfig {
  return {
    host: target.host,
    port: target.port,
    username: target.user,
    // The attempt has a clock of its own, which stands still while a person is asked.
    readyTimeout: 0,
    keepaliveInterval: KEEPALIVE_INTERVAL_MS,
    keepaliveCountMax: KEEPALIVE_MISSED_MAX,
    algorithms: {serverHostKey: hostKeyAlgorithms(target)},
    hostVerifier: (key: Buffer) => verifyHostKey(target, key, seen),
  };
}

/** A stream through a connection to somewhere its host can reach. */
export async function forward(client: Pick<Link, 'forwardOut'>, host: string, port: number): Promise<Duplex> {
  return await new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      const words = `no way through to ${host}:${port}: ${serverWords(error.message)}`;
      // A server that refuses gives a reason.
      reject('reason' in error ? new LinkError('unreachable', words, error) : lostLink(words, error));
    };
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
        if (error === undefined || error === null) resolve(stream);
        else refuse(error);
      });
    } catch (error) {
      // The connection closed while a person was asked.
      refuse(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function hungUp({host, port}: Target, error: Error): LinkError {
  const words = `${host}:${port} hung up before a login could begin: it has too many of them under way (MaxStartups), or wants none from here`;
  return Object.assign(new LinkError('unreachable', words, error), {hungUp: true});
}

function explain(error: Error & {level?: string; code?: string}, target: Target, tried: readonly string[]): LinkError {
  const where = `${target.host}:${target.port}`;
  if (error.level === 'client-authentication') {
    return new LinkError('auth', `${target.user}@${where}: permission denied (${triedText(tried)})`, error);
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
      return new LinkError('unreachable', `${where}: ${serverWords(error.message)}`, error);
  }
}
