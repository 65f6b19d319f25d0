/** A shell on this machine. The only file of the product that starts processes here. */
import {execa} from 'execa';

/** Somewhere `sh` can be started: this machine, or a host over its connection. */
export type Shell = {
  /** For messages: `vps`, `this machine`. */
  name: string;
  /**
   * Hands POSIX sh text to a fresh `sh`, whatever the login shell is. The text must redirect the standard input of what it
   * runs: it shares it. Throws `LinkError` when the place cannot be reached.
   */
  start(text: string, listen: Listener): Promise<Running>;
};

export type Listener = {out(chunk: Buffer): void; err(chunk: Buffer): void};

export type Running = {
  ended: Promise<Ending>;
  /** Ends its standard input; followers take that as the sign to go. */
  release(): void;
};

/** `dropped`: the connection went away, or a signal ended the shell; what it had started may go on. */
export type Ending = {kind: 'exited'; code: number} | {kind: 'dropped'; detail: string};

export function localShell(directory: string): Shell {
  return {
    name: 'this machine',
    async start(text, listen) {
      const process = execa('sh', [], {
        cwd: directory,
        detached: true,
        cleanup: false,
        reject: false,
        buffer: false,
        encoding: 'buffer',
        stdin: 'pipe',
      });
      process.stdout.on('data', (chunk: Buffer) => listen.out(chunk));
      process.stderr.on('data', (chunk: Buffer) => listen.err(chunk));
      // A shell that is gone before it has read everything says so by its ending, not by a broken pipe.
      process.stdin.on('error', () => {});
      process.stdin.write(text);
      return {
        ended: process.then(({exitCode, shortMessage}): Ending => {
          if (exitCode !== undefined) return {kind: 'exited', code: exitCode};
          return {kind: 'dropped', detail: shortMessage ?? 'the shell ended'};
        }),
        release: () => process.stdin.end(),
      };
    },
  };
}
