/** Gives the terminal back as it was, whatever ends the process. */
import {writeSync} from 'node:fs';
import {EXIT} from '../../run/exit-codes.ts';

export type Guard = {
  /** Once; later calls do nothing. */
  restore(): void;
  /** Stops watching over the process. */
  dispose(): void;
};

/** Synchronised output, mouse, bracketed paste and wrap off and on again, colours, cursor, back from the alternate screen. */
const RESTORE = '\u001B[?2026l\u001B[?1002l\u001B[?1006l\u001B[?2004l\u001B[?7h\u001B[0m\u001B[?25h\u001B[?1049l';
/** A terminal with a whole frame still before it takes a while; a frozen one must not keep the process. */
const TRIES_MAX = 40;
const BETWEEN_TRIES_MS = 5;
const SIGNALS = {SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp} as const;

export type GuardOptions = {
  /** File descriptor of the terminal. */
  fd: number;
  /** Before the process ends by a signal. */
  onSignal(): void;
  /** Written as well, such as what puts the title back. */
  also?(): string;
};

export function guardTerminal({fd, onSignal, also}: GuardOptions): Guard {
  let restored = false;
  const restore = () => {
    if (restored) return;
    restored = true;
    giveBackNow(fd, also?.() ?? '');
  };
  const ended = (signal: keyof typeof SIGNALS) => {
    restore();
    onSignal();
    process.exit(SIGNALS[signal]);
  };
  const [onTerm, onHup] = [() => ended('SIGTERM'), () => ended('SIGHUP')];
  process.on('exit', restore);
  // The monitor runs before Node prints the error, which then lands on the normal screen.
  process.on('uncaughtExceptionMonitor', restore);
  process.on('SIGTERM', onTerm);
  process.on('SIGHUP', onHup);
  return {
    restore,
    dispose() {
      process.off('exit', restore);
      process.off('uncaughtExceptionMonitor', restore);
      process.off('SIGTERM', onTerm);
      process.off('SIGHUP', onHup);
    },
  };
}

/** The terminal as a program without a screen wants it, at once; `also` is written before that. */
export function giveBackNow(fd: number, also = ''): void {
  writeNow(fd, also + RESTORE);
}

/** A frozen terminal refuses with EAGAIN; a hung-up one with EIO. Neither may keep the process. */
function writeNow(fd: number, text: string): void {
  let rest = Buffer.from(text);
  for (let tries = 0; tries < TRIES_MAX && rest.length > 0; tries++) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      // The process is about to end: nothing but this thread can wait for it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_TRIES_MS);
    }
  }
}
