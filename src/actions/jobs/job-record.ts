/** What a job writes down about itself, one `@` line per fact. */
/** Its lines are appended whole, and read from the start as often as needed. */
export type JobRecord = {
  pid?: number;
  /** By index; `arm` as it stood in the record. */
  commands: Map<number, {startedAt: Stamp; endedAt?: Stamp; code?: number}>;
  /** By index of the expression. */
  captures: Map<number, string>;
  exports: Record<string, string>;
  /** Names of variables that are not exported any more. */
  unset: Set<string>;
  directory?: string;
  /** In words, since the last arm or stage began. */
  unproved: string[];
  /** Nothing more was run because something was missing. */
  refused: boolean;
  /** Parts of pipelines that ended otherwise than with 0, by number. */
  parts: {part: number; code: number}[];
  /** All was gone through, or as far as the first failure, whose status it is. */
  over?: number;
  /** The shell was left by the command that had begun, whose end was seen: its status is that of the job. */
  left?: true;
  /** `outputBytes`: size of the output when the job ended; not known where nothing is kept. */
  done?: {code: number; outputBytes?: number};
  /** It was told to end before it had done so by itself. */
  stopped?: true;
  /** Why there will be no `done`. */
  gone?: 'vanished' | 'rebooted' | 'killed' | 'missing';
  /** What there is of the output once nothing runs any more: it may have been made shorter since. */
  bytesThere?: number;
  /** It was not begun: why its place cannot keep it, in the words of the place. */
  unkept?: string;
  /** It was not begun: a run of its checklist with this higher number has been there. */
  fenced?: number;
  /** With `missing`: its host may have lost it in a restart. */
  restarted?: boolean;
  /** Its run was over: what it printed is no longer there. */
  forgotten?: boolean;
};

/** Milliseconds by the host's clock where it has parts of a second, else by ours on arrival. */
type Stamp = {ms: number; exact: boolean; arrivedMs: number};

export function emptyRecord(): JobRecord {
  return {
    commands: new Map(),
    captures: new Map(),
    exports: {},
    unset: new Set(),
    unproved: [],
    parts: [],
    refused: false,
  };
}

/** Its place has not begun it. */
export function isRefused({unkept, fenced}: JobRecord): boolean {
  return unkept !== undefined || fenced !== undefined;
}

/** What a line ends in whose own end was never written; watched.sh writes it. */
const TORN = ' @torn';

/** Lines of one word. */
const MARKS = ['left', 'stopped', 'refused', 'forgotten'] as const;

/** Takes in one line; anything that is not a whole record line is not ours and is left alone. */
export function readRecordLine(record: JobRecord, line: string, arrivedMs: number): void {
  const match = /^@ (\S+) ?(.*)$/.exec(line);
  if (match === null || line.endsWith(TORN)) return;
  const [, word = '', rest = ''] = match;
  const [first = '', second = '', third = ''] = rest.split(' ');
  const mark = MARKS.find(name => name === word);
  if (mark !== undefined) record[mark] = true;
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
    case 'capture':
      readCapture(record, Number(first), rest.slice(first.length + 1));
      break;
    case 'export':
      readExport(record, rest);
      break;
    case 'unset':
      delete record.exports[rest];
      record.unset.add(rest);
      break;
    case 'part':
      record.parts.push({part: Number(first), code: Number(second)});
      break;
    case 'over':
      record.over = Number(first);
      break;
    case 'cwd':
      if (rest !== '') record.directory = rest;
      break;
    case 'unproved':
      record.unproved.push(rest.slice(first.length + 1));
      break;
    case 'done':
      record.done = {code: Number(first), ...(second === '-' ? {} : {outputBytes: Number(second)})};
      endLast(record, Number(first), arrivedMs);
      break;
    case 'unkept':
      record.unkept = rest;
      break;
    case 'fenced':
      record.fenced = Number(first);
      break;
    case 'gone':
      // Without a size nobody knows what there is to be read.
      if (!/^\d+$/.test(second)) break;
      record.gone ??= first === 'rebooted' ? 'rebooted' : 'vanished';
      record.bytesThere = Math.min(record.bytesThere ?? Number.POSITIVE_INFINITY, Number(second));
      break;
    case 'missing':
      record.restarted = first === 'restarted';
      record.gone ??= word;
      break;
    case 'killed':
      record.gone ??= word;
  }
}

/** A command that left the shell ended with it: by `exit`, by a signal, or because it had taken its place and failed. */
function endLast(record: JobRecord, code: number, arrivedMs: number): void {
  const last = [...record.commands.values()].at(-1);
  if (last === undefined || last.code !== undefined || record.over !== undefined) return;
  if (record.left === true || code !== 0) Object.assign(last, {code, endedAt: {ms: 0, exact: false, arrivedMs}});
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

/** One line of the value. */
function readCapture({captures}: JobRecord, index: number, line: string): void {
  const before = captures.get(index);
  captures.set(index, before === undefined ? line : `${before}\n${line}`);
}

function readExport(record: JobRecord, text: string): void {
  const at = text.indexOf('=');
  if (at <= 0) return;
  const value = text.slice(at + 1).replace(/\\(\\|n)/g, (_, sign: string) => (sign === 'n' ? '\n' : '\\'));
  record.exports[text.slice(0, at)] = value;
  record.unset.delete(text.slice(0, at));
}

function stampOf(text: string, arrivedMs: number): Stamp {
  const seconds = Number(text.replace(',', '.'));
  return {ms: seconds * 1000, exact: /[.,]/.test(text) && Number.isFinite(seconds), arrivedMs};
}
