/** An SSH server that asks: passwords and codes by keyboard-interactive, or a plain password. It runs commands with `sh`. */
import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import ssh2, {type AuthContext, type Connection} from 'ssh2';
import {makeKey, publicKey} from './sshd.ts';

export type AskingSshd = {
  port: number;
  /** A client config with the alias `asker`. */
  configFile: string;
  /** What was answered, in order, by round. */
  answered: string[][];
  /** Hangs up on whoever is being asked. */
  hangUp(): void;
  stop(): Promise<void>;
};

export type Rounds = readonly {instructions?: string; prompts: readonly {prompt: string; echo: boolean}[]}[];

export type Asking = {
  /** By keyboard-interactive; every round's answers must be these. */
  rounds?: Rounds;
  answers?: readonly (readonly string[])[];
  password?: string;
  /** Lines for the client's config. */
  lines?: readonly string[];
};

export async function startAskingSshd(directory: string, asking: Asking): Promise<AskingSshd> {
  const hostKey = join(directory, 'asking_host_key');
  makeKey(hostKey);
  const answered: string[][] = [];
  const connections = new Set<Connection>();
  const server = new ssh2.Server({hostKeys: [readFileSync(hostKey)]}, connection => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => {});
    connection.on('authentication', context => authenticate(context, asking, answered));
    connection.on('session', accept => {
      accept().on('exec', (acceptExec, _reject, {command}) => {
        const channel = acceptExec();
        const child = spawn('sh', ['-c', command]);
        channel.pipe(child.stdin);
        child.stdout.pipe(channel);
        child.stderr.pipe(channel.stderr);
        child.on('close', code => {
          channel.exit(code ?? 255);
          channel.end();
        });
        channel.on('close', () => child.kill('SIGKILL'));
      });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as {port: number};
  const knownHosts = join(directory, 'asking_known_hosts');
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${publicKey(hostKey)}\n`);
  const configFile = join(directory, 'asking_config');
  const options = [
    'HostName 127.0.0.1',
    `Port ${port}`,
    'User deploy',
    'IdentityAgent none',
    `IdentityFile ${join(directory, 'no_such_key')}`,
    `UserKnownHostsFile ${knownHosts}`,
    'GlobalKnownHostsFile none',
    ...(asking.lines ?? []),
  ];
  writeFileSync(configFile, `Host asker\n${options.map(line => `  ${line}\n`).join('')}`);
  return {
    port,
    configFile,
    answered,
    hangUp() {
      for (const connection of connections) connection.end();
    },
    async stop() {
      for (const connection of connections) connection.end();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

function authenticate(context: AuthContext, asking: Asking, answered: string[][]): void {
  const {rounds, answers = [], password} = asking;
  const offered = [
    ...(rounds === undefined ? [] : ['keyboard-interactive']),
    ...(password === undefined ? [] : ['password']),
  ];
  const refuse = () => context.reject(offered as Parameters<typeof context.reject>[0] & string[]);
  if (context.method === 'password') {
    answered.push([context.password]);
    if (context.password === password) return context.accept();
    return refuse();
  }
  if (context.method !== 'keyboard-interactive' || rounds === undefined) return refuse();
  const ask = (index: number): void => {
    const round = rounds[index];
    if (round === undefined) return context.accept();
    context.prompt([...round.prompts], 'Login', round.instructions ?? '', given => {
      answered.push(given);
      if (given.join('\n') === answers[index]?.join('\n')) ask(index + 1);
      else refuse();
    });
  };
  ask(0);
}
