/** Where in the grammar of a shell a stretch of text stands. Errs towards `plain-only`. */
import type {Filling} from './escaping.ts';

export type ShellPlace =
  | {kind: 'word' | 'single' | 'double' | 'comment'}
  | {kind: 'here-document'; delimiter: string; literal: boolean}
  /** Read again by another interpreter, or too entangled to be sure. */
  | {kind: 'plain-only'};

/** The place of each filling; they are passed over as wholes, whatever characters they hold. */
export function shellPlaces(text: string, fillings: readonly Filling[]): ShellPlace[] {
  const scanner = new Scanner(text, fillings);
  scanner.run();
  return scanner.places;
}

type Frame =
  /** Commands: the text itself, `$(…)` or `(…)`. `start`: where the simple command being read begins. */
  | {kind: 'commands'; start: number}
  | {kind: 'single' | 'double' | 'ansi' | 'backtick' | 'parameter' | 'arithmetic'; start: number};

type Document = {delimiter: string; literal: boolean; stripTabs: boolean; command: string};

class Scanner {
  readonly places: ShellPlace[] = [];
  private readonly frames: Frame[] = [{kind: 'commands', start: 0}];
  private readonly documents: Document[] = [];
  private at = 0;
  /** Grammar that this scanner does not follow was met: trust nothing behind it. */
  private lost = false;
  private readonly text: string;
  private readonly fillings: readonly Filling[];

  constructor(text: string, fillings: readonly Filling[]) {
    this.text = text;
    this.fillings = fillings;
    const substitution = text.search(/\$\(|`/);
    this.lost = substitution !== -1 && /\bcase\b/.test(text.slice(substitution));
  }

  run(): void {
    while (this.at < this.text.length) {
      const filling = this.fillings[this.places.length];
      if (filling?.start === this.at) this.pass(filling, this.place(filling));
      else this.step();
    }
  }

  private get frame(): Frame {
    return this.frames.at(-1) ?? {kind: 'commands', start: 0};
  }

  private pass(filling: Filling, place: ShellPlace): void {
    this.places.push(place);
    this.at = filling.end;
  }

  private place(filling: Filling): ShellPlace {
    const {kind} = this.frame;
    const entangled = this.lost || this.isEscaped() || (this.text[this.at - 1] === '$' && kind !== 'single');
    if (entangled || this.isReadAgain(filling)) return {kind: 'plain-only'};
    if (this.frames.some(frame => frame.kind === 'backtick' || frame.kind === 'parameter')) return {kind: 'plain-only'};
    if (kind === 'commands') return {kind: 'word'};
    return kind === 'single' || kind === 'double' ? {kind} : {kind: 'plain-only'};
  }

  /** A backslash in front would take the first character of the quoting away. */
  private isEscaped(): boolean {
    if (this.frame.kind === 'single') return false;
    const slashes = /\\*$/.exec(this.text.slice(Math.max(0, this.at - 100), this.at))?.[0].length ?? 0;
    return slashes % 2 === 1;
  }

  private isReadAgain({start, end}: Filling): boolean {
    const depth = this.frames.findLastIndex(frame => frame.kind === 'commands');
    // Up to the quote that the filling stands in: words inside it name no command.
    const command = this.text.slice(this.frames[depth]?.start ?? 0, this.frames[depth + 1]?.start ?? start);
    const rest = /^[^\n]*/.exec(this.text.slice(end))?.[0] ?? '';
    if (SHELLS.test(command) || VARIABLE_COMMAND.test(command) || FED_TO_SHELL.test(rest)) return true;
    if (this.frame.kind === 'commands') return PROGRAMS.test(command) && /\S$/.test(command);
    return INTERPRETERS.test(command) && !this.isWholeArgument(start, end, command);
  }

  /** `psql "<url>"` names a database; `psql -c "<query>"` is a program. */
  private isWholeArgument(start: number, end: number, command: string): boolean {
    const quotes = `${this.text[start - 1]}${this.text[end]}`;
    return (
      (quotes === '""' || quotes === "''") && !/\s-{1,2}[\w-]*[\s=]?$/.test(command) && !/\b(?:awk|sed)\b/.test(command)
    );
  }

  private step(): void {
    const frame = this.frame;
    switch (frame.kind) {
      case 'commands':
        return this.stepInCommands(frame);
      case 'single':
        return this.stepUntil("'");
      case 'ansi':
        return this.text[this.at] === '\\' ? this.skip(2) : this.stepUntil("'");
      case 'double':
        return this.stepInDouble();
      case 'backtick':
        return this.text[this.at] === '\\' ? this.skip(2) : this.stepUntil('`');
      case 'parameter':
        if (/["'\\{]/.test(this.text[this.at] ?? '')) this.lost = true;
        return this.opensSubstitution() ? undefined : this.stepUntil('}');
      case 'arithmetic':
        return this.text.startsWith('))', this.at) ? this.leave(2) : this.skip(1);
    }
  }

  private stepInCommands(frame: Frame & {kind: 'commands'}): void {
    const character = this.text[this.at] ?? '';
    if (character === '\\') return this.skip(2);
    if (character === '\n') return this.newLine(frame);
    if (character === '#' && /^$|[\s;&|()]/.test(this.text[this.at - 1] ?? '')) return this.comment();
    if (character === "'") return this.enter('single', 1);
    if (character === '"') return this.enter('double', 1);
    if (this.text.startsWith("$'", this.at)) return this.enter('ansi', 2);
    if (this.opensSubstitution()) return undefined;
    if (this.text.startsWith('((', this.at)) return this.enter('arithmetic', 2);
    if (this.text.startsWith('<<', this.at)) return this.hereDocument(frame);
    if (character === '(') return this.enterCommands(1);
    if (character === ')') return this.frames.length > 1 ? this.leave(1) : this.skip(1);
    this.skip(1);
    const around = this.text.slice(this.at - 2, this.at + 1);
    if (/[;&|]/.test(character) && !/[<>]&|&>/.test(around)) frame.start = this.at;
  }

  private stepInDouble(): void {
    if (this.text[this.at] === '\\') return this.skip(2);
    if (!this.opensSubstitution()) this.stepUntil('"');
  }

  /** `$((`, `$(`, `${` and backticks, which open in commands and in double quotes alike. */
  private opensSubstitution(): boolean {
    const {at, text} = this;
    if (text.startsWith('$((', at)) this.enter('arithmetic', 3);
    else if (text.startsWith('$(', at)) this.enterCommands(2);
    else if (text.startsWith('${', at)) this.enter('parameter', 2);
    else if (text[at] === '`') this.enter('backtick', 1);
    else if (/^\$[#$!?*@-]/.test(text.slice(at, at + 2))) this.skip(2);
    else return false;
    return true;
  }

  private comment(): void {
    while (this.at < this.text.length && this.text[this.at] !== '\n') {
      const filling = this.fillings[this.places.length];
      if (filling?.start === this.at) this.pass(filling, {kind: 'comment'});
      else this.at += 1;
    }
  }

  private hereDocument(frame: Frame & {kind: 'commands'}): void {
    const match = /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|(\\?)([\w.-]+))/.exec(
      this.text.slice(this.at, this.at + 200),
    );
    if (match === null || this.text.startsWith('<<<', this.at))
      return this.skip(this.text.startsWith('<<<', this.at) ? 3 : 2);
    const delimiter = match[2] ?? match[3] ?? match[5] ?? '';
    const lineEnd = this.text.indexOf('\n', this.at);
    const command = this.text.slice(frame.start, lineEnd === -1 ? undefined : lineEnd);
    const literal = match[2] !== undefined || match[3] !== undefined || match[4] === '\\';
    this.documents.push({delimiter, literal, stripTabs: match[1] === '-', command});
    this.skip(match[0].length);
  }

  private newLine(frame: Frame & {kind: 'commands'}): void {
    this.skip(1);
    for (const document of this.documents.splice(0)) this.readDocument(document);
    frame.start = this.at;
  }

  private readDocument(document: Document): void {
    const start = this.at;
    const end = this.endOfDocument(document);
    while (this.at < end) {
      const filling = this.fillings[this.places.length];
      if (filling?.start === this.at) this.pass(filling, this.placeInDocument(document, start));
      else this.at += 1;
    }
  }

  private placeInDocument({command, delimiter, literal}: Document, start: number): ShellPlace {
    const substitutes = !literal && /`|\$[({]/.test(this.text.slice(start, this.at));
    const readAgain = SHELLS.test(command) || INTERPRETERS.test(command) || FED_TO_SHELL.test(command);
    const entangled = !literal && (this.isEscaped() || this.text[this.at - 1] === '$');
    if (this.lost || substitutes || readAgain || entangled) return {kind: 'plain-only'};
    return {kind: 'here-document', delimiter, literal};
  }

  private endOfDocument({delimiter, stripTabs}: Document): number {
    for (let lineStart = this.at; lineStart < this.text.length; ) {
      const next = this.text.indexOf('\n', lineStart);
      const lineEnd = next === -1 ? this.text.length : next;
      const line = this.text.slice(lineStart, lineEnd);
      if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) return lineEnd;
      lineStart = lineEnd + 1;
    }
    return this.text.length;
  }

  private stepUntil(close: string): void {
    if (this.text[this.at] === close) this.leave(1);
    else this.skip(1);
  }

  private enter(kind: Exclude<Frame['kind'], 'commands'>, length: number): void {
    this.frames.push({kind, start: this.at});
    this.at += length;
  }

  private enterCommands(length: number): void {
    this.at += length;
    this.frames.push({kind: 'commands', start: this.at});
  }

  private leave(length: number): void {
    this.frames.pop();
    this.at += length;
  }

  /** Never over a filling: a backslash in front of one must not hide it. */
  private skip(length: number): void {
    const next = this.fillings[this.places.length]?.start ?? Number.POSITIVE_INFINITY;
    this.at = Math.max(this.at + 1, Math.min(this.at + length, next));
  }
}

const NAME_ENDS = String.raw`(?=[\s"'<|;&)]|$)`;
const NAME_STARTS = String.raw`(?:^|[\s;|&(/"'=])`;

/** Their arguments are read by a shell once more, here or on another machine. */
const SHELLS = new RegExp(
  String.raw`${NAME_STARTS}(?:ssh|scp|rsync|sshpass|mosh|eval|su|watch|parallel|trap|xargs|at|batch|ansible|salt|heroku|fab|pssh|pdsh|tmux|screen|make|aws\s+ssm|(?:ba|da|z|k|c|tc|a|fi)?sh|\[\[|let|declare|typeset|test\s+-v)${NAME_ENDS}`,
);
/** Nobody knows what runs. */
const VARIABLE_COMMAND = /^\s*(?:(?:sudo|env|exec|nohup|time)\s+)*["']?\$\{?\w+\}?["']?\s/;

/** Their program may stand bare: `sed s/a/b/`. */
const PROGRAMS = new RegExp(`${NAME_STARTS}(?:g?awk|mawk|sed|perl|ruby|jq)${NAME_ENDS}`);
const FED_TO_SHELL =
  /\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:ssh|eval|xargs|parallel|(?:ba|da|z|k|c|a)?sh|psql|mysql|python3?|node|perl|ruby|php)\b/;

/** Quoted text of theirs is a program in another language. */
const INTERPRETERS = new RegExp(
  String.raw`${NAME_STARTS}(?:python[\d.]*|node|deno|bun|perl|ruby|php|g?awk|mawk|sed|psql|mysql|mariadb|sqlite3|mongo|mongosh|redis-cli|jq|osascript|pwsh|powershell|tclsh|expect|cypher-shell|clickhouse-client)${NAME_ENDS}`,
);
