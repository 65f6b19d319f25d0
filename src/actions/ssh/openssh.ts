/** A connection that the system's own ssh holds: for what ssh2 cannot do. One master, and a process for each session. */
import {EventEmitter} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Duplex} from 'node:stream';
import {LinkError, serverWords, unanswered} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import type {Login} from '../world.ts';
import type {Link, LinkChannel} from './link-interface.ts';
import {askForOpenSsh} from './openssh-asking.ts';
import {type Child, ProcessChannel} from './openssh-channel.ts';
import {resolveDestination} from './ssh-config.ts';
import {expandHome} from './ssh-config-text.ts';

export type OpenSshOptions = {
  /** For messages: its name in the bindings. */
  host: string;
  /** Another ssh_config file. */
  config?: string;
  answers: Answers;
  signal: AbortSignal;
  onLogin?: (login: Login) => LinkError | undefined;
  /** What a person must do or know meanwhile. */
  onWait?: (text: string) => void;
};

/** It ends itself when the server has been silent for this long, as our own client does. */
const ALIVE = ['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'];
/** ssh says it on its standard output once it is logged in and takes sessions. */
const READY = 'tminus-connected';
const CONNECT_TIMEOUT_S = 15;
/** Runs ssh with these arguments until its own input ends: an engine that is killed leaves no connection behind. */
const UNTIL_EOF = `exec 3<&0
ssh "$@" </dev/null & ssh=$!
{ cat <&3; kill $ssh; } >/dev/null 2>&1 &
exec 3<&-
wait $ssh`;

/** `why`: what of the configuration asks for it. Throws `LinkError`. */
export async function dialOpenSsh(destination: string, why: string, options: OpenSshOptions): Promise<Link> {
  const {execa} = await import('execa');
  const {batch} = resolveDestination(destination, options.config);
  // A socket's path must be short, and nobody else's business.
  const directory = mkdtempSync(join(tmpdir(), 'tminus-ssh-'));
  const common = [
    ...(options.config === undefined ? [] : ['-F', expandHome(options.config)]),
    ...['-o', `ControlPath=${join(directory, 'master')}`, '-o', 'RemoteCommand=none', '-T'],
    ...(batch ? ['-o', 'BatchMode=yes'] : []),
  ];
  const {host, answers, signal, onWait: onNotice} = options;
  const asking = askForOpenSsh(directory, {host, answers, signal, onNotice});
  const start = (program: string, ...args: readonly string[]): Child =>
    execa(program, args, {
      buffer: false,
      cleanup: false,
      detached: true,
      encoding: 'buffer',
      reject: false,
      env: asking.env,
      stdin: 'pipe',
    }) as unknown as Child;
  const master = start(
    'sh',
    ...['-c', UNTIL_EOF, 'sh', ...common, '-N', '-v', '-o', 'ControlMaster=yes', '-o', 'ControlPersist=no', ...ALIVE],
    ...[
      '-o',
      `ConnectTimeout=${CONNECT_TIMEOUT_S}`,
      '-o',
      'PermitLocalCommand=yes',
      '-o',
      `LocalCommand=echo ${READY}`,
    ],
    ...['--', destination],
  );
  const forget = () => {
    asking.close();
    rmSync(directory, {recursive: true, force: true});
  };
  const abort = () => master.stdin.end();
  options.signal.addEventListener('abort', abort, {once: true});
  try {
    const login = await connected(master, destination, why).catch((error: unknown) => {
      const because = asking.unanswered();
      throw because !== undefined && error instanceof LinkError
        ? unanswered(error.reason, `${error.message}: it asks, and ${because}`)
        : error;
    });
    const refusal = options.onLogin?.({...login, host: options.host, means: `OpenSSH (${why})`});
    if (refusal !== undefined) throw refusal;
  } catch (error) {
    abort();
    forget();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
  return new OpenSshLink({
    master,
    destination,
    forget,
    session: (...args) => start('ssh', ...common, '-o', 'ControlMaster=no', ...args),
  });
}

/** What its own words tell of the login. */
async function connected(
  master: Child,
  destination: string,
  why: string,
): Promise<Pick<Login, 'user' | 'address' | 'hostKey'>> {
  let said = '';
  master.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-SAID_MAX);
  });
  await new Promise<void>((resolve, reject) => {
    master.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString('utf8').includes(READY)) resolve();
    });
    master.then(result => {
      if (result.exitCode === NOT_FOUND) {
        const words = `${destination}: ${why} needs the system's ssh, which is not installed (openssh-client)`;
        return reject(new LinkError('unsupported', words));
      }
      reject(refusal(destination, why, said));
    });
  });
  const [, user = '', address = ''] = /Authenticating to (?:.+) as '(.+)'/.exec(said) ?? [];
  return {
    user,
    address: /Authenticated to (\S+)/.exec(said)?.[1] ?? (address || destination),
    hostKey: /Server host key: \S+ (SHA256:\S+)/.exec(said)?.[1] ?? '',
  };
}

/** What a shell ends with that does not find a program. */
const NOT_FOUND = 127;
const SAID_MAX = 64_000;

function refusal(destination: string, why: string, said: string): LinkError {
  const lines = said.split(/\r?\n/).filter(line => line.trim() !== '' && !/^(?:debug\d|OpenSSH_)/.test(line));
  const words = serverWords(lines.slice(-3).join(' · ')) || 'connection closed';
  const text = `${destination}: ${words} (through the system's ssh, for ${why})`;
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY/.test(said))
    return new LinkError('host-key-changed', text);
  if (/Host key verification failed/.test(said)) return new LinkError('host-key-unknown', text);
  if (/Permission denied|Too many authentication failures/.test(said)) return new LinkError('auth', text);
  if (/Bad configuration|terminating, \d+ bad configuration|Unsupported option/i.test(said))
    return new LinkError('unsupported', text);
  return Object.assign(new LinkError('unreachable', text), {hungUp: HUNG_UP.test(said)});
}

const HUNG_UP = /kex_exchange_identification: (?:read: )?Connection (?:closed|reset)/;

type Parts = {master: Child; destination: string; forget(): void; session(...args: readonly string[]): Child};

class OpenSshLink extends EventEmitter<{close: []}> implements Link {
  readonly #parts: Parts;
  readonly #channels = new Set<ProcessChannel>();

  constructor(parts: Parts) {
    super();
    this.setMaxListeners(0);
    this.#parts = parts;
    parts.master.then(() => {
      this.#drop();
      parts.forget();
      this.emit('close');
    });
  }

  /** Where the server allows no further session, ssh opens a connection of its own for it: it goes with the master. */
  #drop(): void {
    for (const channel of this.#channels) channel.destroy();
  }

  #channel(...args: readonly string[]): ProcessChannel {
    const channel = new ProcessChannel(this.#parts.session(...args));
    this.#channels.add(channel);
    channel.once('close', () => this.#channels.delete(channel));
    return channel;
  }

  exec(command: string, opened: (error: undefined, channel: LinkChannel) => void): void {
    opened(undefined, this.#channel('--', this.#parts.destination, command));
  }

  /** With more output, ssh says that the way is open; when it is refused, ssh does not know why. */
  forwardOut(
    _fromHost: string,
    _fromPort: number,
    host: string,
    port: number,
    opened: (error: Error | undefined, stream: Duplex) => void,
  ): void {
    const to = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const channel = this.#channel('-v', '-W', to, '--', this.#parts.destination);
    let said = '';
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SAID_MAX);
      if (!WAY_IS_OPEN.test(said)) return;
      channel.stderr.off('data', hear);
      channel.stderr.resume();
      channel.off('exit', refuse);
      opened(undefined, channel);
    };
    const refuse = () => {
      const reason = WAY_IS_REFUSED.test(said) ? {reason: UNSAID} : {};
      opened(Object.assign(new Error(reason.reason === undefined ? 'link lost' : 'refused'), reason), channel);
    };
    channel.stderr.on('data', hear);
    channel.once('exit', refuse);
  }

  end(): void {
    this.#drop();
    this.#parts.master.stdin.end();
  }

  destroy(): void {
    this.end();
  }
}

/** Through the master, or by a connection of its own. */
const WAY_IS_OPEN = /master session id|Entering interactive session/;
const WAY_IS_REFUSED = /refused by peer|open failed/;
/** In the place of one of the reasons that SSH knows. */
const UNSAID = 0;
