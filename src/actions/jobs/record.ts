/** What a job writes down about itself, one `@` line per fact, and how it ended by that. */
import {LinkError} from '../link-error.ts';
import type {JobScript} from './job-script.ts';

/** Its lines are appended whole, and read from the start as often as needed. */
export type JobRecord = {
  pid?: number;
  /** By index; `arm` as it stood in the record. */
  commands: Map<number, {startedAt: Stamp; endedAt?: Stamp; code?: number}>;
  /** By index of the expression. */
  captures: Map<number, string>;
  exports: Record<string, string>;
  directory?: string;
  /** In words, since the last arm or stage began. */
  unproved: string[];
  /** Nothing more was run because something was missing. */
  refused: boolean;
  /** Size of the output when the job ended, in bytes. */
  done?: {code: number; outputBytes: number};
  /** Why there will be no `done`. */
  gone?: 'vanished' | 'rebooted' | 'killed' | 'missing';
  /** With `missing`: its host may have lost it in a restart. */
  restarted?: boolean;
  /** Its run was over: what it printed is no longer there. */
  forgotten?: boolean;
};

/** Milliseconds by the host's clock where it has parts of a second, else by ours on arrival. */
type Stamp = {ms: number; exact: boolean; arrivedMs: number};

export function emptyRecord(): JobRecord {
  return {commands: new Map(), captures: new Map(), exports: {}, unproved: [], refused: false};
}

/** What a line ends in whose own end was never written; watched.sh writes it. */
const TORN = ' @torn';

/** Takes in one line; anything that is not a whole record line is not ours and is left alone. */
export function readRecordLine(record: JobRecord, line: string, arrivedMs: number): void {
  const match = /^@ (\S+) ?(.*)$/.exec(line);
  if (match === null || line.endsWith(TORN)) return;
  const [, word = '', rest = ''] = match;
  const [first = '', second = '', third = ''] = rest.split(' ');
  switch (word) {
    case 'pid':
      record.pid = Number(first);
      break;
    case 'start':
      record.commands.set(Number(first), {startedAt: stampOf(second, arrivedMs)});
      break;
    case 'end': {
      const startedAt = record.commands.get(Number(first))?.startedAt ?? stampOf(third, arrivedMs);
      record.commands.set(Number(first), {startedAt, endedAt: stampOf(third, arrivedMs), code: Number(second)});
      break;
    }
    case 'capture': {
      const value = rest.slice(first.length + 1);
      const before = record.captures.get(Number(first));
      record.captures.set(Number(first), before === undefined ? value : `${before}\n${value}`);
      break;
    }
    case 'export':
      readExport(record, rest);
      break;
    case 'cwd':
      if (rest !== '') record.directory = rest;
      break;
    case 'unproved':
      record.unproved.push(rest.slice(first.length + 1));
      break;
    case 'refused':
      record.refused = true;
      break;
    case 'done':
      record.done = {code: Number(first), outputBytes: Number(second)};
      break;
    case 'forgotten':
      record.forgotten = true;
      break;
    case 'gone':
      record.gone ??= first === 'rebooted' ? 'rebooted' : 'vanished';
      break;
    case 'missing':
      record.restarted = first === 'restarted';
      record.gone ??= word;
      break;
    case 'killed':
      record.gone ??= word;
  }
}

/** Whole lines out of chunks. */
export function recordLines(take: (line: string) => void): (chunk: Buffer) => void {
  let held = '';
  const decoder = new TextDecoder();
  return chunk => {
    const lines = (held + decoder.decode(chunk, {stream: true})).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
}

export function durationOf(command: {startedAt: Stamp; endedAt?: Stamp}): number {
  const {startedAt, endedAt} = command;
  if (endedAt === undefined) return 0;
  const exact = startedAt.exact && endedAt.exact;
  return Math.max(0, Math.round(exact ? endedAt.ms - startedAt.ms : endedAt.arrivedMs - startedAt.arrivedMs));
}

function readExport(record: JobRecord, text: string): void {
  const at = text.indexOf('=');
  if (at <= 0) return;
  const value = text.slice(at + 1).replace(/\\(\\|n)/g, (_, sign: string) => (sign === 'n' ? '\n' : '\\'));
  record.exports[text.slice(0, at)] = value;
}

function stampOf(text: string, arrivedMs: number): Stamp {
  const seconds = Number(text.replace(',', '.'));
  return {ms: seconds * 1000, exact: /[.,]/.test(text) && Number.isFinite(seconds), arrivedMs};
}

export type HowItEnded = {kind: 'done' | 'cancelled' | 'timed-out' | 'lost'; detail: string};

export type Ended = {
  /** The place. */
  name: string;
  script: JobScript;
  stopping: 'cancelled' | 'timed-out' | undefined;
  /** An engine that has ended had heard of it. */
  wasSeen: boolean;
  /** What the place last said that was no record. */
  complaint: string;
};

/** Throws `LinkError` when it never began. */
export function howItEnded(record: JobRecord, {name, script, stopping, wasSeen, complaint}: Ended): HowItEnded {
  const {done, gone, forgotten} = record;
  if (forgotten === true) return lost(forgottenText(name, record));
  // A job that succeeded before the request to stop it arrived counts as succeeded.
  if (done !== undefined && (stopping === undefined || done.code === 0)) return {kind: 'done', detail: ''};
  if (stopping !== undefined) return {kind: stopping, detail: `stopped on ${name}`};
  if (gone === 'missing' && (record.restarted === true || wasSeen)) {
    return lost(`${name} has no trace of it, and has been restarted or cleared since it began`);
  }
  if (gone === 'missing') {
    const why = complaint === '' ? '' : `: ${complaint}`;
    throw new LinkError('unreachable', `${name}: could not start the job${why}`);
  }
  const how = gone === 'rebooted' ? `${name} was restarted while it ran` : `the job on ${name} vanished`;
  return lost(`${how}, without an exit status; ${lastSeen(record, script)}`);
}

function lost(detail: string): HowItEnded {
  return {kind: 'lost', detail};
}

function lastSeen({commands}: JobRecord, script: JobScript): string {
  const [index, seen] = [...commands].at(-1) ?? [];
  const command = index === undefined ? undefined : script.commands[index]?.command;
  if (command === undefined || seen === undefined) return 'no command had begun';
  const how = seen.code === undefined ? 'had begun and not ended' : `had ended with ${seen.code}`;
  return `the command of line ${command.line} ${how}`;
}

function forgottenText(name: string, {done}: JobRecord): string {
  const how = done === undefined ? 'its end is not known' : `it ended with ${done.code}`;
  return `it was run on ${name} before: ${how}, and what it printed is no longer there`;
}
