/** Gives the terminal to the shell or to another program, and takes it back as it was. */
import {spawn} from 'node:child_process';
import type {FrameOutput, TerminalStream} from './frame-output.ts';
import {giveBackNow} from './restore.ts';
import type {FilteredInput, TerminalInput} from './terminal-input.ts';

type HandOverOptions = {
  output: FrameOutput;
  input: FilteredInput;
  stdin: TerminalInput;
  stdout: TerminalStream;
  /** File descriptor of the terminal; negative where there is none. */
  fd: number;
  env: Readonly<Record<string, string | undefined>>;
  /** Written before the terminal is given away, and after it came back. */
  before(): string;
  after(): void;
  /** There is no shell to go back to. */
  onAlone(): void;
};

export type HandOver = {
  /** As Ctrl-Z does: stops the processes of this job until the shell lets them go on. */
  suspend(): void;
  /** Runs a command of the shell on the terminal. Resolves to its exit code. */
  lend(command: string): Promise<number>;
  dispose(): void;
};

/** A write that a slow terminal has not accepted by then is dropped. */
const LAST_WRITE_MS_MAX = 200;
/** A stop signal has taken effect by then, or nobody can let this process go on, and so nothing stops it. */
const STOPPED_MS = 300;
const NOT_FOUND = 127;

export function handOver(options: HandOverOptions): HandOver {
  const {output, input, stdin, stdout, fd, env} = options;
  let owner: 'console' | 'shell' | 'program' = 'console';

  async function giveAway(to: 'shell' | 'program'): Promise<void> {
    owner = to;
    output.hold();
    input.hold();
    await lastWrite(output);
    giveBackNow(fd, options.before());
    stdin.setRawMode?.(false);
    setBlocking(stdout, true);
  }

  function takeBack(): void {
    owner = 'console';
    // A program that had the terminal may have changed this, and it is shared with it.
    setBlocking(stdout, false);
    setBlocking(stdin, false);
    stdin.setRawMode?.(false);
    stdin.setRawMode?.(true);
    input.release();
    output.release();
    options.after();
  }

  async function stop(): Promise<void> {
    if (owner !== 'console') return;
    if (fd < 0) return options.onAlone();
    await giveAway('shell');
    process.off('SIGTSTP', onStop);
    // A signal to the whole job: a shell waits for all of it.
    process.kill(0, 'SIGTSTP');
    const check = () => {
      if (owner !== 'shell') return;
      goOn();
      options.onAlone();
    };
    // A signal that came meanwhile is seen before an immediate.
    setTimeout(() => setImmediate(check), STOPPED_MS);
  }

  function goOn(): void {
    if (owner === 'program') return;
    if (!process.listeners('SIGTSTP').includes(onStop)) process.on('SIGTSTP', onStop);
    takeBack();
  }

  const onStop = () => void stop();
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', goOn);

  return {
    suspend: onStop,
    async lend(command) {
      await giveAway('program');
      process.off('SIGTSTP', onStop);
      try {
        return await exitOf(command, env);
      } finally {
        process.on('SIGTSTP', onStop);
        takeBack();
      }
    },
    dispose() {
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', goOn);
    },
  };
}

/** Ctrl-C is for the program, and Ctrl-Z stops it and this process together. */
async function exitOf(command: string, env: HandOverOptions['env']): Promise<number> {
  const ignore = () => {};
  process.on('SIGINT', ignore);
  process.on('SIGQUIT', ignore);
  try {
    return await new Promise(resolve => {
      // As git does it: less shows colours unless somebody wants it otherwise.
      const child = spawn('/bin/sh', ['-c', command], {stdio: 'inherit', env: {LESS: 'R', ...env}});
      child.on('error', () => resolve(NOT_FOUND));
      child.on('close', code => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGQUIT', ignore);
  }
}

/** Node writes to terminals in blocking mode. A terminal that reads nothing (Ctrl-S, a dead link) would block every key, also R. */
export function setBlocking(stream: unknown, blocking: boolean): void {
  const {_handle} = stream as {_handle?: {setBlocking?: (blocking: boolean) => void}};
  _handle?.setBlocking?.(blocking);
}

export async function lastWrite(output: FrameOutput): Promise<void> {
  const deadline = Date.now() + LAST_WRITE_MS_MAX;
  while (output.busy && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 5));
}
