/** Commands that follow a log and can say when each line was written: after a lost link they go on at the last one. */
import {shellCommands, simpleCommands} from '../../plan/script.ts';
import {type LogMoment, type LogPosition, seenStreams} from './seen-lines.ts';

export type LogCommand = {
  /** Shell text for the next stay: the first one as it was written, a later one from the last line on. */
  text(): string;
  /** Takes what the command writes. `lines`: those that have not come before, as it writes them by itself. */
  read(chunk: Buffer): {lines: Buffer; words: readonly string[]};
  /** What a stay left unfinished comes whole with the next one. */
  ended(): void;
  position(): LogPosition | undefined;
};

/** `rest`: the line as it would be without the time. */
type Stamped = LogMoment & {rest: string};

type Tool = {
  /** `words`: the command without `sudo`. */
  isUsed(words: readonly string[]): boolean;
  /** Options that make each line begin with its time. */
  stamps(words: readonly string[]): string;
  goesOn(at: Date): string;
  stamped(line: string, words: readonly string[]): Stamped | undefined;
  /** A line without a time belongs to the one above it, and is written so; absent: the tool says it of itself. */
  further?(line: string, words: readonly string[]): string;
};

const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)`;
const COMPOSED = new RegExp(String.raw`^(\S+ +\| )${TIME} ?`);
const CONTAINER = new RegExp(`^()${TIME} ?`);
const POD = new RegExp(String.raw`^((?:\[[^\]]*\] )?)${TIME} ?`);
const ENTRY = new RegExp(`^()${TIME}`);
const TIMES_ASKED = /^(?:--timestamps(?:=true)?|-[a-su-z]*t[a-z]*)$/;
const POD_TIMES_ASKED = /^--timestamps(?:=true)?$/;

const TOOLS: readonly Tool[] = [
  containers(/^(?:docker|podman) compose (?:.* )?logs /, COMPOSED, 'all'),
  containers(/^docker (?:container )?logs /, CONTAINER, 'all'),
  containers(/^podman (?:container )?logs /, CONTAINER, '-1'),
  {
    isUsed: words => /^(?:kubectl|oc) (?:.* )?logs /.test(`${words.join(' ')} `),
    stamps: words => (words.some(word => POD_TIMES_ASKED.test(word)) ? '' : ' --timestamps'),
    goesOn: at => ` --since-time=${at.toISOString()} --tail=-1`,
    stamped: (line, words) =>
      stampedBy(
        POD,
        line,
        words.some(word => POD_TIMES_ASKED.test(word)),
      ),
  },
  {
    isUsed: words => words[0] === 'journalctl' && JOURNAL_TIMES[formatOf(words)] !== undefined,
    stamps: () => ' --output=short-iso-precise',
    goesOn: at => ` --since=@${Math.floor(at.getTime() / 1000)} --no-tail --lines=all`,
    stamped(line, words) {
      const entry = stampedBy(ENTRY, line, false);
      return entry && {...entry, rest: journalTime(line, words) + entry.rest};
    },
    // An entry of several lines is indented by the length of its time and what follows it.
    further: (line, words) =>
      line.startsWith(' '.repeat(ISO_LENGTH)) ? line.slice(ISO_LENGTH - journalTime(EXAMPLE, words).length) : line,
  },
];

function containers(used: RegExp, pattern: RegExp, all: string): Tool {
  const isAsked = (words: readonly string[]) => words.some(word => TIMES_ASKED.test(word));
  return {
    isUsed: words => used.test(`${words.join(' ')} `),
    stamps: words => (isAsked(words) ? '' : ' --timestamps'),
    goesOn: at => ` --since=${at.toISOString()} --tail=${all}`,
    stamped: (line, words) => stampedBy(pattern, line, isAsked(words)),
  };
}

function stampedBy(pattern: RegExp, line: string, keepsTime: boolean): Stamped | undefined {
  const found = pattern.exec(line);
  if (found === null) return undefined;
  const [whole, name = '', second = '', fraction = '', zone = ''] = found;
  const ms = Date.parse(second + zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(ms)) return undefined;
  return {
    name,
    at: ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0')),
    rest: keepsTime ? line : name + line.slice(whole.length),
  };
}

const EXAMPLE = '2026-01-05T13:00:07.250000+0000';
const ISO_LENGTH = EXAMPLE.length;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The times of journalctl's formats, from the one that says all. Others cannot be told from what is in a line. */
const JOURNAL_TIMES: Readonly<Record<string, (iso: string) => string>> = {
  short: iso => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10)} ${iso.slice(11, 19)}`,
  'short-precise': iso => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10)} ${iso.slice(11, 26)}`,
  'short-iso': iso => iso.slice(0, 19) + iso.slice(26, ISO_LENGTH),
  'short-iso-precise': iso => iso.slice(0, ISO_LENGTH),
};

function journalTime(line: string, words: readonly string[]): string {
  return JOURNAL_TIMES[formatOf(words)]?.(line) ?? '';
}

function formatOf(words: readonly string[]): string {
  const at = words.findIndex(word => /^(?:--output|-[a-z]*o)(?:$|=)|^-o./.test(word));
  if (at === -1) return 'short';
  const word = words[at] ?? '';
  return /^(?:--output=|-o=?)(.+)$/.exec(word)?.[1] ?? words[at + 1] ?? '';
}

const UNFINISHED_MAX = 1024 * 1024;

/** Undefined for a command that cannot say where it stopped. */
export function logCommand(command: string, from?: LogPosition): LogCommand | undefined {
  const [[program, ...options] = [], ...more] = simpleCommands(command);
  const [written] = shellCommands(command);
  if (program === undefined || written === undefined || more.length > 0) return undefined;
  const words = [program.replace(/^.*\//, ''), ...options];
  const tool = TOOLS.find(({isUsed}) => isUsed(words));
  if (tool === undefined || words.includes('--') || written.redirections.length + written.within.length > 0)
    return undefined;
  const seen = seenStreams(from);
  let unfinished = '';
  let isNew = from === undefined;

  function readLine(line: string): {line?: string; word?: string} {
    const entry = tool?.stamped(line, words);
    if (entry !== undefined) {
      isNew = seen.add(entry, line);
      return isNew ? {line: entry.rest} : {};
    }
    if (tool?.further === undefined) return line.trim() === '' ? {} : {word: line};
    return isNew ? {line: tool.further(line, words)} : {};
  }

  return {
    text() {
      const since = seen.since();
      const goesOn = since === undefined ? '' : tool.goesOn(new Date(since / 1000));
      const kept = since === undefined ? command.slice(0, written.end) : withoutBeginning(command, written);
      // What a container writes on either stream comes in the order in which it wrote it.
      const joined = tool.further === undefined ? ' 2>&1' : '';
      return `${kept}${tool.stamps(words)}${goesOn}${joined}`;
    },
    read(chunk) {
      const lines = (unfinished + chunk.toString('latin1')).split('\n');
      unfinished = lines.pop() ?? '';
      if (unfinished.length > UNFINISHED_MAX) {
        lines.push(unfinished);
        unfinished = '';
      }
      const found = lines.map(readLine);
      const text = found.map(({line}) => (line === undefined ? '' : `${line}\n`)).join('');
      return {lines: Buffer.from(text, 'latin1'), words: found.flatMap(({word}) => word ?? [])};
    },
    ended() {
      unfinished = '';
      seen.comesAgain();
      isNew = seen.since() === undefined;
    },
    position: seen.position,
  };
}

/** What says where it begins; that is said anew. */
const BEGINS = /^(?:--tail|--since|--since-time|-S|--cursor|-c|--after-cursor)(?:=|$)/;

function withoutBeginning(command: string, {start, end, words}: ReturnType<typeof shellCommands>[number]): string {
  let text = '';
  let at = 0;
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]?.text ?? '';
    const isValue = BEGINS.test(before) && !before.includes('=');
    if (!isValue && !BEGINS.test(word.text)) continue;
    text += command.slice(at, word.start);
    at = word.end;
  }
  return text + command.slice(Math.max(at, start), end);
}
