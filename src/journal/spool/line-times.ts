/** When the lines of a source came, kept beside its file: the first line of each second in which some did. */
import {closeSync, constants, fchmodSync, openSync, writeSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import type {LineMoment} from '../../text/log-text.ts';

export type LineTimes = {
  /** Lines from this one on come now. Never throws: a run does not depend on it. */
  note(line: number): void;
  close(): void;
};

const SECOND_MS = 1000;
/**
 * For how many seconds with lines each is kept by itself; later ones are kept by tens. Two days of a busy log make
 * about 400 KB.
 */
const SECONDS_MAX = 20_000;
const LATER_GRAIN = 10;

export function keepLineTimes(path: string, fileMode: number, now: () => number): LineTimes {
  let file: number | undefined;
  let broken = false;
  let grain = 1;
  let kept = 0;
  let next = 0;

  function write(second: number, line: number): void {
    try {
      file ??= openForAppending(path, fileMode);
      writeSync(file, `${second} ${line}\n`);
    } catch {
      broken = true;
    }
  }

  return {
    note(line) {
      const ms = now();
      // One comparison is all that a flood pays.
      if (ms < next || broken) return;
      const second = Math.floor(ms / SECOND_MS / grain) * grain;
      next = (second + grain) * SECOND_MS;
      kept += 1;
      if (kept === SECONDS_MAX) grain = LATER_GRAIN;
      write(second, line);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
      broken = true;
    },
  };
}

/** The last moment at or before `at`, or the first one after it; undefined when none was kept. */
export async function momentAt(path: string, at: number): Promise<LineMoment | undefined> {
  const moments = await momentsOf(path);
  return moments.findLast(moment => moment.at <= at) ?? moments[0];
}

/** The first line that came in a later second than `at`; undefined while none has. */
export async function lineAfter(path: string, at: number): Promise<number | undefined> {
  return (await momentsOf(path)).find(moment => moment.at > at)?.line;
}

export async function momentsOf(path: string): Promise<LineMoment[]> {
  return momentsIn(await readFile(path, 'utf8').catch(() => ''));
}

/** As they stand in the file, oldest first. */
export function momentsIn(text: string): LineMoment[] {
  return text.split('\n').flatMap(entry => {
    const [, second, line] = ENTRY.exec(entry) ?? [];
    return second === undefined ? [] : [{line: Number(line), at: Number(second) * SECOND_MS}];
  });
}

const ENTRY = /^(\d+) (\d+)$/;

function openForAppending(path: string, fileMode: number): number {
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  fchmodSync(descriptor, fileMode);
  return descriptor;
}
