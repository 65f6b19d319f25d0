/** The programs of Ansible on this machine: which version is there, and how one of them is run. */
import {type ChildProcess, spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import {tailBuffer} from '../jobs/tail-buffer.ts';
import {LinkError, serverWords} from '../link-error.ts';

/** `ansible-core`, of which Debian 12 has this version. */
const VERSION_MIN = [2, 14] as const;
const INSTALL = 'install ansible-core 2.14 or newer (Debian: apt install ansible-core)';
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const WORDS_BYTES_MAX = 16 * 1024;

type Program = 'ansible-playbook' | 'ansible-inventory';

export type AnsibleRun = {
  words: readonly string[];
  /** Where Ansible looks for its `ansible.cfg`. */
  directory: string;
  env?: Readonly<Record<string, string>>;
  out(chunk: Buffer): void;
  /** Output of file descriptor 3. */
  events?(chunk: Buffer): void;
  signal?: AbortSignal;
};

/** `2.14.18`. Throws `LinkError` in one line where there is no Ansible, or one that is too old. */
export async function ansibleVersion(): Promise<string> {
  const printed = await ask('ansible-playbook', ['--version'], '/');
  const [, version = '', major = '', minor = ''] = /\[core ((\d+)\.(\d+)[^\]\s]*)/.exec(printed) ?? [];
  const old = /^ansible-playbook (?:\[base )?(\d[\w.]*)/.exec(printed)?.[1];
  const isNewEnough =
    Number(major) > VERSION_MIN[0] || (Number(major) === VERSION_MIN[0] && Number(minor) >= VERSION_MIN[1]);
  if (version !== '' && isNewEnough) return version;
  const found = version || old || 'of an unknown version';
  throw new LinkError('unreachable', `Ansible ${found} is too old for a group of hosts; ${INSTALL}`);
}

/** What the program prints. Throws `LinkError` with its own words when it fails. */
export async function ask(program: Program, words: readonly string[], directory: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const out = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= OUTPUT_BYTES_MAX) chunks.push(chunk);
  };
  const {code, errors} = await runAnsible(program, {words, directory, out});
  if (code !== 0) throw new LinkError('unreachable', `${program}: ${ansibleWords(errors) || `exit ${code}`}`);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * To its end. The program has a process group of its own: an abort ends what it has started here, too. Throws `LinkError`
 * when there is none.
 */
export async function runAnsible(program: Program, run: AnsibleRun): Promise<{code: number; errors: string}> {
  const errors = tailBuffer(WORDS_BYTES_MAX);
  const child = spawn(program, run.words, {
    cwd: run.directory,
    env: {...process.env, ...localeOf(process.env), ...OURS, ...run.env},
    stdio: ['ignore', 'pipe', 'pipe', run.events === undefined ? 'ignore' : 'pipe'],
    detached: true,
  });
  const stop = () => endGroup(child);
  run.signal?.addEventListener('abort', stop, {once: true});
  if (run.signal?.aborted === true) stop();
  child.stdout?.on('data', run.out);
  child.stderr?.on('data', (chunk: Buffer) => errors.add(chunk));
  const events = child.stdio[3] as Readable | null;
  const told = Promise.withResolvers<void>();
  if (events === null || run.events === undefined) told.resolve();
  else events.on('data', run.events).once('close', () => told.resolve());
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      // What it leaves behind to keep connections open has its error stream, so that never closes.
      child.once('exit', exitCode => resolve(exitCode ?? KILLED));
    });
    await told.promise;
    return {code, errors: errors.text()};
  } catch (error) {
    throw new LinkError('unreachable', `a group of hosts needs Ansible, and there is no ${program}; ${INSTALL}`, error);
  } finally {
    run.signal?.removeEventListener('abort', stop);
  }
}

const KILLED = 137;

function endGroup({pid}: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It ended in the meantime.
  }
}

/** What is sent to hosts holds values of the bindings: nothing of it is written to a log of Ansible, here or there. */
const OURS = {
  ANSIBLE_NOCOLOR: '1',
  ANSIBLE_CALLBACKS_ENABLED: '',
  ANSIBLE_LOG_PATH: '/dev/null',
  ANSIBLE_NO_TARGET_SYSLOG: 'True',
  ANSIBLE_RETRY_FILES_ENABLED: 'False',
  ANSIBLE_DEPRECATION_WARNINGS: 'False',
  // Without it, the hosts of a source that cannot be read are left out unnoticed.
  ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True',
} as const;

/** Ansible refuses to start where the locale is not UTF-8. */
function localeOf({LC_ALL, LC_CTYPE, LANG}: NodeJS.ProcessEnv): {LC_ALL?: string} {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? {} : {LC_ALL: 'C.UTF-8'};
}

/** It gives up with `ERROR! …`; warnings come before that. */
export function ansibleWords(errors: string): string {
  const lines = errors.split('\n').filter(line => line.trim() !== '');
  const from = lines.findIndex(line => /^(?:ERROR!|\[ERROR\]:?)/.test(line));
  const said = from === -1 ? lines.slice(-1) : lines.slice(from, from + 2);
  const words = said.join(' ').replace(/^(?:ERROR!|\[ERROR\]:?)\s*/, '');
  const unread = /failed to parse inventory source (\S+)/i.exec(words)?.[1];
  if (unread === undefined) return serverWords(words);
  const why = whyUnread(lines);
  return serverWords(`it cannot read the inventory ${unread}${why === '' ? '' : `: ${why}`}`);
}

/**
 * Ansible tries one form after the other and warns of each, over several lines: `[WARNING]:  * Failed to parse hosts.sh with
 * script plugin: …`. The first that the file could be in is what was meant.
 */
function whyUnread(lines: readonly string[]): string {
  const warnings = lines.join(' ').split(/\s*(?:\[WARNING\]:|ERROR!|\[ERROR\]:?)\s*/);
  const reasons = warnings.flatMap(text => /^\* Failed to parse .*? with \S+ plugin: (.*)$/.exec(text)?.[1] ?? []);
  return reasons.find(reason => !reason.includes("no root 'plugin' key")) ?? '';
}
