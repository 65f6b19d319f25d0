/** Servers that many faults share: opened when they are first needed, and closed at the end of the suite. */
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {newDirectory} from '../helpers/new-directory.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {clientConfig, publicKey, type Sshd, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

const opened: (() => Promise<void>)[] = [];

/** What is closed last was opened first. */
export async function closeShared(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

function once<T>(open: () => Promise<T>, close: (one: T) => Promise<void>): () => Promise<T> {
  let one: Promise<T> | undefined;
  return () => {
    one ??= open().then(made => {
      opened.push(() => close(made));
      return made;
    });
    return one;
  };
}

const sharedSshd = once(startSshd, stopSshd);
/** Only what breaks links and statements may use it, never the server itself. */
export const sharedPostgres = once(startPostgres, (one: Postgres) => one.stop());

/** Jobs are detached from their server, on purpose. */
async function stopSshd(sshd: Sshd): Promise<void> {
  endProcessesWith(sshd.tminusHome);
  await sshd.stop();
}

/** A host to break, with a link of its own, and a directory in which `mark.sh NAME` notes that it ran and how it ended. */
export type SharedHost = {
  sshd: Sshd;
  link: TcpProxy;
  /** A client config with the alias `box`, through the link. */
  configFile: string;
  directory: string;
  /** `NAME begin`, `NAME end STATUS`, line by line. */
  ledger(): readonly string[];
};

/** `own`: the host is this server, which nobody else uses and which is stopped afterwards. */
export async function onHost<T>(work: (host: SharedHost) => Promise<T>, own?: Sshd): Promise<T> {
  const sshd = own ?? (await sharedSshd());
  const link = await startTcpProxy(() => sshd.port, sshd.host);
  const directory = newDirectory('host-', sshd.directory);
  const at = (name: string) => join(directory, name);
  mkdirSync(at('work'));
  writeFileSync(at('work/mark.sh'), markScript(at('work/ledger')));
  writeFileSync(at('known_hosts'), `[127.0.0.1]:${link.port} ${publicKey(sshd.hostKeyFile)}\n`);
  writeFileSync(
    at('config'),
    clientConfig({...sshd, address: '127.0.0.1', port: link.port, knownHosts: at('known_hosts')}),
  );
  const ledger = at('work/ledger');
  try {
    return await work({
      sshd,
      link,
      configFile: at('config'),
      directory: at('work'),
      ledger: () => (existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : []),
    });
  } finally {
    await link.stop();
    if (own === undefined) rmSync(directory, {recursive: true, force: true, maxRetries: 5});
    else await stopSshd(own);
  }
}

/** `mark.sh NAME [SECONDS [STATUS]]` */
function markScript(ledger: string): string {
  return `echo "$1 begin" >>${ledger}
sleep "\${2:-0}"
echo "output of $1"
echo "$1 end \${3:-0}" >>${ledger}
exit "\${3:-0}"
`;
}
