/** A shell on this machine. Only this and the system's ssh are started here. */
import type {Reply} from '../run/question.ts';

/**
 * On every host the run of a checklist with the highest number is the one that may start something. `key`: names the
 * checklist with its bindings; safe in a path.
 */
export type Fence = {key: string; number: number};

/** Somewhere `sh` can be started: this machine, or a host over its connection. */
export type Shell = {
  /** For messages: `vps`, `this machine`. */
  name: string;
  /** Where its jobs are kept, when not in `~/.tminus/jobs`. */
  jobsDirectory?: string;
  /** Absent: a sudo that needs a password fails at once. */
  sudo?: SudoPasswords;
  /** Whether it was reached before and is not now; absent: it is always there. */
  isAway?(): boolean;
  /** The number of the run as it is now; absent without a ledger. */
  fence?(): Fence | undefined;
  /** Another way to the same place that is open now, for when this one does not answer. */
  standby?(): Shell | undefined;
  /**
   * Hands POSIX sh text to an `sh`, whatever the login shell is. The text shares its standard input with us and must keep
   * it from what it runs; a text that goes on until it is told reads a line of it. Throws `LinkError` when the place
   * cannot be reached. An abort of `signal` before the text was handed over keeps it from being so.
   */
  start(text: string, listen: Listener, signal?: AbortSignal): Promise<Running>;
};

/** Passwords of one place. `wrong`: the answer that the same sudo has just refused. */
export type SudoPasswords = {ask(prompt: string, wrong: string | undefined, signal: AbortSignal): Promise<Reply>};

export type Listener = {out(chunk: Buffer): void; err(chunk: Buffer): void};

export type Running = {
  ended: Promise<Ending>;
  /** Tells a text that waits for a line to go. */
  release(): void;
  /** Kills the shell and what it runs; for a text that does not end in time. */
  abandon(): void;
};

/** `dropped`: the connection went away, or a signal ended the shell; what it had started may go on. */
export type Ending = {kind: 'exited'; code: number} | {kind: 'dropped'; detail: string};

type LocalShell = {directory: string; jobsDirectory?: string; umask?: number};

export function localShell({directory, jobsDirectory, umask}: LocalShell): Shell {
  const masked = umask === undefined ? '' : `umask ${umask.toString(8).padStart(4, '0')}\n`;
  return {
    name: 'this machine',
    ...(jobsDirectory === undefined ? {} : {jobsDirectory}),
    async start(text, listen) {
      // Loaded when first needed: the first frame of a run does not wait for it.
      const {execa} = await import('execa');
      const child = execa('sh', [], {
        cwd: directory,
        detached: true,
        cleanup: false,
        reject: false,
        buffer: false,
        encoding: 'buffer',
        stdin: 'pipe',
      });
      child.stdout.on('data', (chunk: Buffer) => listen.out(chunk));
      child.stderr.on('data', (chunk: Buffer) => listen.err(chunk));
      // A shell that is gone before it has read everything says so by its ending, not by a broken pipe.
      child.stdin.on('error', () => {});
      // It ends with the text: what follows a log is to be started again when it ended. Nothing is written behind the text:
      // where `sh` is bash, a text that waits for a line would read that.
      child.stdin.write(`{\n${masked}${text}\nexit\n}\n`);
      return {
        ended: child.then(({exitCode, shortMessage}): Ending => {
          if (exitCode !== undefined) return {kind: 'exited', code: exitCode};
          return {kind: 'dropped', detail: shortMessage ?? 'the shell ended'};
        }),
        release: () => child.stdin.end(),
        abandon: () => killGroup(child.pid),
      };
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
