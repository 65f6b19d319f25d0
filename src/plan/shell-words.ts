/** A word of a shell command, quotes removed; `expands`: the shell would put a variable's or command's value into it. */
export type Word = {kind: 'word'; text: string; expands: boolean; quoted: boolean} | {kind: 'operator'; text: string};

const OPERATOR = /^(?:&&|\|\||;;|>>|<<<|<<-?|>&|<&|&>|>\||[|&;()<>\n])/;

/** Splits one command as a POSIX shell would, without expanding anything. An open quote runs to the end. */
export function shellWords(command: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < command.length) {
    const blank = /^(?:[ \t]|\\\n)+/.exec(command.slice(at, at + BLANKS_AT_ONCE));
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const operator = OPERATOR.exec(command.slice(at, at + 3));
    if (operator !== null && placeholderAt(command, at) === undefined) {
      words.push({kind: 'operator', text: operator[0]});
      at += operator[0].length;
      continue;
    }
    const {word, end} = wordAt(command, at);
    words.push(word);
    at = end;
  }
  return words;
}

const BLANKS_AT_ONCE = 64;

function wordAt(command: string, start: number): {word: Word; end: number} {
  let text = '';
  let expands = false;
  let quoted = false;
  let at = start;
  while (at < command.length) {
    const character = command[at] ?? '';
    const placeholder = placeholderAt(command, at);
    if (placeholder !== undefined) {
      text += placeholder;
      at += placeholder.length;
      continue;
    }
    if (/[\s|&;()<>]/.test(character)) break;
    if (character === '\\') {
      if (command[at + 1] !== '\n') text += command[at + 1] ?? '';
      at += 2;
    } else if (character === "'") {
      const close = endOf(command, at, "'");
      text += command.slice(at + 1, close);
      quoted = true;
      at = close + 1;
    } else if (character === '"') {
      const inside = doubleQuoted(command, at);
      text += inside.text;
      expands ||= inside.expands;
      quoted = true;
      at = inside.end;
    } else if (character === '$' && command[at + 1] === '(') {
      const end = substitutionEnd(command, at + 1);
      text += command.slice(at, end);
      expands = true;
      at = end;
    } else {
      if ((character === '$' && /[\w{?@*#!$-]/.test(command[at + 1] ?? '')) || character === '`') expands = true;
      text += character;
      at += 1;
    }
  }
  return {word: {kind: 'word', text, expands, quoted}, end: Math.max(at, start + 1)};
}

/** `<commit hash>` is something to fill in, not a redirection from one file to another. */
function placeholderAt(command: string, at: number): string | undefined {
  if (command[at] !== '<') return undefined;
  return /^<[A-Za-z](?:[\w .:/@-]*[\w])?>/.exec(command.slice(at, at + PLACEHOLDER_CHARACTERS_MAX))?.[0];
}

const PLACEHOLDER_CHARACTERS_MAX = 60;

function endOf(command: string, open: number, quote: string): number {
  const close = command.indexOf(quote, open + 1);
  return close === -1 ? command.length : close;
}

function doubleQuoted(command: string, open: number): {text: string; expands: boolean; end: number} {
  let text = '';
  let expands = false;
  let at = open + 1;
  while (at < command.length && command[at] !== '"') {
    const character = command[at] ?? '';
    if (character === '\\' && /["\\$`\n]/.test(command[at + 1] ?? '')) {
      if (command[at + 1] !== '\n') text += command[at + 1];
      at += 2;
    } else if (character === '$' && command[at + 1] === '(') {
      const end = substitutionEnd(command, at + 1);
      text += command.slice(at, end);
      expands = true;
      at = end;
    } else {
      if (character === '`' || (character === '$' && /[\w{]/.test(command[at + 1] ?? ''))) expands = true;
      text += character;
      at += 1;
    }
  }
  return {text, expands, end: at + 1};
}

/** Past the bracket that closes the one at `open`. */
function substitutionEnd(command: string, open: number): number {
  let depth = 0;
  for (let at = open; at < command.length; at += 1) {
    if (command[at] === '(') depth += 1;
    if (command[at] === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return command.length;
}

/**
 * The simple commands in a line, each as its words without redirections, assignments before it and `sudo`:
 * `sudo FOO=1 a b | c > d` is `[[a, b], [c]]`.
 */
export function simpleCommands(command: string): string[][] {
  const commands: string[][] = [];
  let current: string[] = [];
  let redirection = false;
  for (const word of shellWords(command)) {
    if (word.kind === 'operator') {
      redirection = /^(?:>>?|<|>&|<&|&>|>\||<<<|<<-?)$/.test(word.text);
      if (redirection) continue;
      commands.push(current);
      current = [];
    } else if (redirection) redirection = false;
    else current.push(word.text);
  }
  commands.push(current);
  return commands.map(bare).filter(words => words.length > 0);
}

/** Whether the shell may stand elsewhere afterwards; what a subshell does stays in it. */
export function movesShell(command: string): boolean {
  let depth = 0;
  let atStart = true;
  for (const word of shellWords(command)) {
    if (word.kind === 'operator') {
      if (word.text === '(') depth += 1;
      if (word.text === ')') depth -= 1;
      atStart ||= /^(?:&&|\|\||[|&;(\n])$/.test(word.text);
    } else {
      if (atStart && depth === 0 && /^(?:cd|pushd|popd)$/.test(word.text)) return true;
      atStart &&= /^(?:then|do|else|!|\{)$/.test(word.text);
    }
  }
  return false;
}

function bare(words: readonly string[]): string[] {
  let rest = [...words];
  for (let [first] = rest; first !== undefined; [first] = rest) {
    if (/^(?:[A-Za-z_]\w*=|then$|do$|else$|!$|\{$|nohup$|time$|exec$|command$|env$)/.test(first)) rest = rest.slice(1);
    else if (first === 'sudo' || first === 'doas') rest = afterSudo(rest);
    else break;
  }
  return rest;
}

function afterSudo(words: readonly string[]): string[] {
  let rest = words.slice(1);
  while (rest[0]?.startsWith('-')) rest = /^-[ugpCh]$/.test(rest[0]) ? rest.slice(2) : rest.slice(1);
  return [...rest];
}

/** Splits the words after the program into options and the rest; `--` ends options. */
export function operands(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  const before = end === -1 ? words : words.slice(0, end);
  return [...before.slice(1).filter(word => !word.startsWith('-')), ...(end === -1 ? [] : words.slice(end + 1))];
}
