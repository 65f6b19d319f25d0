/** The SSH server of the box. */
import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {timingSafeEqual} from 'node:crypto';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import ssh2, {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type ServerChannel,
  type Session,
  type TcpipRequestInfo,
} from 'ssh2';
import {boxEnvironment, hostAlias, type Layout} from './file-paths.ts';
import {listen} from './ports.ts';

const userName = 'deploy';

export type SshServer = {
  port: number;
  /** Cuts every connection, as a failing network would, and takes no new one for a while. Commands run on. */
  drop(refuseForMs: number): void;
  /** Whether a request or a query is on its way through: nobody could tell what became of one that is cut off. */
  isForwarding(): boolean;
  close(): Promise<void>;
};

/** A real SSH server on loopback for one key, running each command with bash; what a client needs to reach it is written beside it. */
export async function openSshServer(layout: Layout): Promise<SshServer> {
  const hostKey = freshKey('rehearsal host');
  const userKey = freshKey('rehearsal operator');
  const allowed = parsed(userKey.public);
  const ssh = new ssh2.Server({hostKeys: [hostKey.private]}, connection => {
    serve(connection, allowed, layout);
    connection.on('tcpip', (accept, reject, info) => forward(accept, reject, info, forwarded));
  });
  const sockets = new Set<Socket>();
  const forwarded = new Set<Socket>();
  let refuseUntil = 0;
  // A listener of our own in front, because only whoever holds the sockets can cut them without a farewell.
  const server = createServer({noDelay: true}, socket => {
    if (Date.now() < refuseUntil) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  const port = await listen(server);
  await writeClientFiles(layout, port, hostKey.public, userKey.private);
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    drop: refuseForMs => {
      refuseUntil = Date.now() + refuseForMs;
      cutAll();
    },
    isForwarding: () => forwarded.size > 0,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}

function parsed(publicKey: string): ParsedKey {
  const key = ssh2.utils.parseKey(publicKey);
  if (key instanceof Error) throw key;
  return key;
}

async function writeClientFiles(layout: Layout, port: number, hostKey: string, userKey: string): Promise<void> {
  await mkdir(layout.ssh, {recursive: true, mode: 0o700});
  const knownHosts = join(layout.ssh, 'known_hosts');
  const identity = join(layout.ssh, 'id_ed25519');
  const [type, key] = hostKey.split(' ');
  await writeFile(knownHosts, `[127.0.0.1]:${port} ${type} ${key}\n`);
  await writeFile(identity, userKey.endsWith('\n') ? userKey : `${userKey}\n`);
  await chmod(identity, 0o600);
  const options = {
    HostName: '127.0.0.1',
    Port: String(port),
    User: userName,
    IdentityFile: `"${identity}"`,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    UserKnownHostsFile: `"${knownHosts}"`,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    ForwardAgent: 'no',
  };
  const lines = Object.entries(options).map(([name, value]) => `  ${name} ${value}\n`);
  await writeFile(layout.sshConfig, `Host ${hostAlias}\n${lines.join('')}`);
}

function serve(connection: Connection, allowed: ParsedKey, layout: Layout): void {
  // A client that vanishes is ordinary here.
  connection.on('error', () => {});
  connection.on('authentication', context => authenticate(context, allowed));
  connection.on('session', accept => serveSession(accept(), layout));
}

function authenticate(context: AuthContext, allowed: ParsedKey): void {
  if (context.method !== 'publickey') return context.reject(['publickey']);
  const {key, signature, blob, hashAlgo} = context;
  const expected = allowed.getPublicSSH();
  const known =
    context.username === userName &&
    key.algo === allowed.type &&
    key.data.length === expected.length &&
    timingSafeEqual(key.data, expected);
  if (!known) return context.reject(['publickey']);
  // Without a signature the client only asks whether this key would do.
  if (signature && blob && allowed.verify(blob, signature, hashAlgo) !== true) return context.reject(['publickey']);
  context.accept();
}

function serveSession(session: Session, layout: Layout): void {
  const environment = boxEnvironment(layout);
  let child: ChildProcessWithoutNullStreams | undefined;
  session.on('env', (accept, _reject, {key, val}) => {
    if (/^(LANG|LC_\w+)$/.test(key)) environment[key] = val;
    accept?.();
  });
  session.on('signal', (accept, _reject, {name}) => {
    if (child?.pid) signalGroup(child.pid, `SIG${name}` as NodeJS.Signals);
    accept?.();
  });
  session.on('exec', (accept, _reject, {command}) => {
    // A session of its own, as sshd gives: what detaches from it lives on when the channel closes.
    child = spawn('bash', ['-c', command], {cwd: layout.home, env: environment, detached: true});
    tie(child, accept());
  });
}

/** Ties a process to a channel. A closed channel closes the pipes and nothing more, as sshd does without a terminal. */
function tie(child: ChildProcessWithoutNullStreams, channel: ServerChannel): void {
  for (const stream of [child.stdin, child.stdout, child.stderr, channel]) stream.on('error', () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, {end: false});
  child.stderr.pipe(channel.stderr, {end: false});
  channel.on('close', () => {
    child.stdin.destroy();
    child.stdout.destroy();
    child.stderr.destroy();
  });
  child.on('error', error => {
    channel.stderr.write(`${error.message}\n`);
    channel.exit(127);
    channel.end();
  });
  child.on('close', (code, signal) => {
    if (channel.destroyed) return;
    if (signal) channel.exit(signal.replace(/^SIG/, ''));
    else channel.exit(code ?? 255);
    channel.end();
  });
}

function forward(
  accept: () => ServerChannel,
  reject: () => void,
  info: TcpipRequestInfo,
  forwarded: Set<Socket>,
): void {
  const socket = connect(info.destPort, info.destIP);
  forwarded.add(socket);
  socket.on('close', () => forwarded.delete(socket));
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    const channel = accept();
    for (const stream of [socket, channel]) stream.on('error', () => {});
    channel.on('close', () => socket.destroy());
    socket.on('close', () => channel.close());
    channel.pipe(socket).pipe(channel);
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended, or the name is none of this system's.
  }
}

/** One key of a few hundred that ssh2 makes (1.17) it cannot read itself: then another one is made. */
function freshKey(comment: string): {private: string; public: string} {
  while (true) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519', {comment});
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
