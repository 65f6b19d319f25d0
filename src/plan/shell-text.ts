import type {TextLine} from './markdown.ts';

/**
 * One logical line of shell text. Continuations, open quotes, here-documents and `if … fi` are one command.
 * `trailing` is the comment behind a command.
 */
export type ShellLine =
  | {kind: 'blank'; line: number}
  | {kind: 'comment'; line: number; text: string}
  | {kind: 'command'; line: number; text: string; trailing?: string};

/** Reads the body of a fence. Where commands stand behind `$ ` prompts, the other lines are sample output and dropped. */
export function readShell(body: readonly TextLine[]): ShellLine[] {
  const prompted = body.some(({text}) => PROMPT.test(text));
  const found: ShellLine[] = [];
  for (let index = 0; index < body.length; ) {
    const {line, text} = body[index] ?? {line: 0, text: ''};
    const trimmed = text.trim();
    if (trimmed === '') {
      found.push({kind: 'blank', line});
      index += 1;
    } else if (trimmed.startsWith('#')) {
      found.push({kind: 'comment', line, text: trimmed.replace(/^#+!?\s*/, '')});
      index += 1;
    } else if (prompted && !PROMPT.test(text)) {
      index += 1;
    } else {
      const {command, next} = commandAt(body, index, prompted);
      found.push(command);
      index = next;
    }
  }
  return found;
}

/** `$ make`, `user@host:~$ make`. A lone `#` prompt cannot be told from a comment. */
const PROMPT = /^\s*(?:[\w.-]+@[\w.-]+:\S*)?[$%❯]\s+(?=\S)/;

function commandAt(body: readonly TextLine[], start: number, prompted: boolean): {command: ShellLine; next: number} {
  const scan = newScan();
  const parts: string[] = [];
  let next = start;
  do {
    const raw = body[next]?.text ?? '';
    const text = prompted && next === start ? raw.replace(PROMPT, '') : raw;
    parts.push(next === start ? text.trim() : text);
    read(scan, next === start ? text.trim() : text);
    next += 1;
  } while (isOpen(scan) && next < body.length);
  const whole = parts.join('\n');
  const line = body[start]?.line ?? 0;
  if (scan.comment === undefined || parts.length > 1) return {command: {kind: 'command', line, text: whole}, next};
  const text = whole.slice(0, scan.comment).trim();
  const trailing = whole
    .slice(scan.comment)
    .replace(/^#+\s*/, '')
    .trim();
  return {command: {kind: 'command', line, text, ...(trailing === '' ? {} : {trailing})}, next};
}

/** Where the scanner stands between two physical lines. */
type Scan = {
  quote: '' | "'" | '"';
  brackets: number;
  compound: number;
  heredocs: string[];
  continued: boolean;
  /** Offset of the comment on the line just read. */
  comment: number | undefined;
};

function newScan(): Scan {
  return {quote: '', brackets: 0, compound: 0, heredocs: [], continued: false, comment: undefined};
}

function isOpen(scan: Scan): boolean {
  return scan.quote !== '' || scan.brackets > 0 || scan.compound > 0 || scan.heredocs.length > 0 || scan.continued;
}

function read(scan: Scan, text: string): void {
  scan.continued = false;
  scan.comment = undefined;
  const [heredoc] = scan.heredocs;
  if (heredoc !== undefined && scan.quote === '') {
    if (text.trim() === heredoc) scan.heredocs.shift();
    return;
  }
  let code = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (scan.quote !== '') {
      if (character === '\\' && scan.quote === '"') at += 1;
      else if (character === scan.quote) scan.quote = '';
      continue;
    }
    if (character === '\\') {
      if (at === text.length - 1) scan.continued = true;
      at += 1;
      continue;
    }
    if (character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) {
      scan.comment = at;
      break;
    }
    if (character === "'" || character === '"') {
      scan.quote = character;
      code += '""';
      continue;
    }
    if (character === '(') scan.brackets += 1;
    if (character === ')') scan.brackets = Math.max(0, scan.brackets - 1);
    code += character;
  }
  noteHeredocs(scan, code, text);
  scan.compound = Math.max(0, scan.compound + compoundChange(code));
  if (/(?:\|\||&&|\|)\s*$/.test(code) && scan.quote === '') scan.continued = true;
}

function noteHeredocs(scan: Scan, code: string, text: string): void {
  if (!code.includes('<<')) return;
  for (const [, word] of text.matchAll(/(?<!<)<<-?\s*["']?(\w+)["']?/g))
    if (word !== undefined) scan.heredocs.push(word);
}

/** `if`, `for`, `{` … open; `fi`, `done`, `}` … close. Only where a command may begin. */
function compoundChange(code: string): number {
  let change = 0;
  for (const part of code.split(/;|&&|\|\||\bthen\b|\bdo\b|\belse\b|(?<=\{)\s/)) {
    const word = part.trim();
    if (/^(?:if|for|while|until|case|select)\b/.test(word)) change += 1;
    if (/^(?:fi|done|esac)\b/.test(word)) change -= 1;
    if (/^\{|(?:\(\)|^function\s+\S+)\s*\{$/.test(word)) change += 1;
    if (/^\}/.test(word)) change -= 1;
  }
  return change;
}
