/** Splits shell text into simple commands and their words. */
import {memoize} from '../../text/memoize.ts';
import {behindOptions, type OptionNames, optionNames} from './arguments.ts';
import {eachChild, parseShell, type SyntaxNode, unmasked} from './grammar.ts';

/** A word without its quotes. `expands`: the shell inserts the value of a variable or command. */
export type Word = {text: string; expands: boolean; quoted: boolean; start: number; end: number};

export type Redirection = {
  operator: string;
  target: string;
  descriptor: number | undefined;
  document: HereDocument | undefined;
};

/** `literal`: the shell expands nothing in it. */
export type HereDocument = {delimiter: string; start: number; end: number; literal: boolean};

/** The construct around a command, outermost first. */
export type Around = 'subshell' | 'substitution' | 'loop' | 'condition' | 'function' | 'group' | 'background';

export type ShellCommand = {
  words: readonly Word[];
  /** The assignments before the command. `word` is undefined for an array or `+=`. */
  assignments: readonly {name: string; word: Word | undefined}[];
  redirections: readonly Redirection[];
  start: number;
  end: number;
  /** The operator before the command: '' for the first, `;` also for a line end. */
  joined: '' | ';' | '|' | '|&' | '&&' | '||';
  within: readonly Around[];
  /** The `for` loops around it, outermost first. */
  loops: readonly Loop[];
};

/** `for name in words`. */
export type Loop = {name: string; words: readonly Word[]};

/** The simple commands of a shell text in order; with `withSubstitutions` also those in `$(…)`. */
export function shellCommands(text: string, withSubstitutions = false): readonly ShellCommand[] {
  return withSubstitutions && /[$`(]/.test(text) ? allCommands(text) : ownCommands(text);
}

const allCommands = memoize(text => readCommands(text, true));
const ownCommands = memoize(text => readCommands(text, false));

function readCommands(text: string, withSubstitutions: boolean): readonly ShellCommand[] {
  const walk: Walk = {found: [], joined: '', within: [], loops: [], substitutions: withSubstitutions};
  visitAll(walk, parseShell(text).script);
  return walk.found;
}

/**
 * The simple commands of a line as words, without redirections, assignments and `sudo`: `sudo FOO=1 a b
 * c > d` gives `[[a, b], [c]]`.
 */
export const simpleCommands = memoize(wordsOfCommands);

function wordsOfCommands(text: string): (readonly string[])[] {
  return shellCommands(text)
    .map(command => withoutPrefixes(command.words.map(word => word.text)))
    .filter(words => words.length > 0);
}

/** Whether the shell may be in another directory afterwards. A `cd` in a subshell does not count. */
export function movesShell(text: string): boolean {
  return shellCommands(text).some(
    ({words, within}) =>
      /^(?:cd|pushd|popd)$/.test(words[0]?.text ?? '') && !within.some(around => /^(?:sub|function)/.test(around)),
  );
}

/** The words after the program that are no options; everything behind `--` counts. */
export function operands(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  const before = end === -1 ? words : words.slice(0, end);
  return [...before.slice(1).filter(word => !word.startsWith('-')), ...(end === -1 ? [] : words.slice(end + 1))];
}

/**
 * Removes `sudo`, `env`, `nohup`, `timeout 30` and the like: the program that does the work comes first; `/bin/rm`
 * becomes `rm`.
 */
export function withoutPrefixes(words: readonly string[]): readonly string[] {
  let rest = withName(words);
  for (let [first] = rest; first !== undefined && rest.length > 1; [first] = rest) {
    const valued = PREFIXES.get(first);
    // `sudo -i` and `command -v x` open a shell or ask a question, and run no program named here.
    if (valued !== undefined) rest = withName(behindOptions(rest, valued).slice(first === 'timeout' ? 1 : 0));
    else if (/^[A-Za-z_]\w*=/.test(first)) rest = withName(rest.slice(1));
    else break;
  }
  return rest.length === 1 && /^[A-Za-z_]\w*=/.test(rest[0] ?? '') ? [] : rest;
}

/** Removes a system directory from the program: `/usr/bin/git` is `git`. */
function withName(words: readonly string[]): readonly string[] {
  const [first] = words;
  return first?.startsWith('/') === true
    ? [first.replace(/^(?:\/usr)?\/s?bin\/(?=[^/]+$)/, ''), ...words.slice(1)]
    : words;
}

/** Programs that only run another one, and which of their options take a value. */
const PREFIXES: ReadonlyMap<string, OptionNames> = new Map(
  Object.entries({
    sudo: 'u g p C h r t D R T U user group prompt close-from host role type chdir chroot command-timeout other-user',
    doas: 'u C',
    env: 'u C S unset chdir split-string',
    nohup: '',
    time: 'f o format output',
    exec: 'a',
    command: '',
    builtin: '',
    nice: 'n adjustment',
    ionice: 'c n class classdata',
    stdbuf: 'i o e input output error',
    timeout: 'k s kill-after signal',
  }).map(([program, valued]) => [program, optionNames('', valued)]),
);

type Walk = {
  found: ShellCommand[];
  joined: ShellCommand['joined'];
  within: readonly Around[];
  loops: readonly Loop[];
  substitutions: boolean;
};

const AROUND: Readonly<Partial<Record<SyntaxNode['type'], Around>>> = {
  Subshell: 'subshell',
  CommandExpansion: 'substitution',
  ProcessSubstitution: 'substitution',
  For: 'loop',
  ArithmeticFor: 'loop',
  While: 'loop',
  Select: 'loop',
  If: 'condition',
  Case: 'condition',
  Function: 'function',
  BraceGroup: 'group',
  Coproc: 'background',
};

function visitAll(walk: Walk, node: SyntaxNode): void {
  eachChild(node, child => visit(walk, child));
}

function visit(walk: Walk, node: SyntaxNode): void {
  if (node.type === 'Command') return addCommand(walk, node);
  if (node.type === 'AndOr' || node.type === 'Pipeline') {
    node.commands.forEach((command, index) => {
      if (index > 0) walk.joined = node.operators[index - 1] ?? ';';
      visit(walk, command);
    });
    return undefined;
  }
  if (!walk.substitutions && (isWord(node) || node.type === 'TestCommand' || node.type === 'ArithmeticCommand'))
    return undefined;
  const around = node.type === 'Statement' && node.background === true ? 'background' : AROUND[node.type];
  if (node.type === 'Statement' || node.type === 'CompoundList') walk.joined = walk.found.length === 0 ? '' : ';';
  if (around === undefined) return visitAll(walk, node);
  const {within, loops} = walk;
  walk.within = [...within, around];
  if (node.type === 'For' && node.wordlist !== undefined)
    walk.loops = [...loops, {name: node.name.value, words: node.wordlist.map(wordOf)}];
  visitAll(walk, node);
  Object.assign(walk, {within, loops});
  return undefined;
}

function isWord(node: SyntaxNode): boolean {
  return node.type === 'Word' || node.type === 'Assignment' || node.type === 'Redirect' || node.type.startsWith('Here');
}

type CommandNode = Extract<SyntaxNode, {type: 'Command'}>;

function addCommand(walk: Walk, node: CommandNode): void {
  const named = node.name === undefined ? [] : [wordOf(node.name)];
  walk.found.push({
    words: [...named, ...node.args.map(wordOf)],
    assignments: node.prefix.flatMap(part =>
      part.type === 'Assignment' ? [{name: part.name, word: plainOf(part)}] : [],
    ),
    redirections: node.redirects.map(redirectionOf),
    start: node.pos,
    end: node.end,
    joined: walk.joined,
    within: walk.within,
    loops: walk.loops,
  });
  if (walk.substitutions) visitAll(walk, node);
}

function plainOf({value, append, index}: Extract<SyntaxNode, {type: 'Assignment'}>): Word | undefined {
  return append !== true && index === undefined && value.type === 'Word' ? wordOf(value) : undefined;
}

function wordOf(node: CommandNode['args'][number]): Word {
  const {pos: start, end} = node;
  if (node.type === 'Assignment') {
    const value = node.value.type === 'Word' ? wordOf(node.value) : undefined;
    const text = value === undefined ? node.text : `${node.name}=${value.text}`;
    return {text: unmasked(text), expands: value?.expands ?? true, quoted: value?.quoted ?? false, start, end};
  }
  const quoted = /["']/.test(node.text);
  const expands = /[$`]|[<>]\(/.test(node.text) && hasExpansion(node);
  return {text: unmasked(node.value), expands, quoted, start, end};
}

function hasExpansion(node: SyntaxNode): boolean {
  let found = false;
  eachChild(node, child => {
    found ||= child.type.endsWith('Expansion') && child.type !== 'BraceExpansion';
    found ||= child.type === 'ProcessSubstitution' || hasExpansion(child);
  });
  return found;
}

function redirectionOf(node: CommandNode['redirects'][number]): Redirection {
  const {operator, descriptor} = node;
  const from = descriptor?.type === 'FileDescriptor' ? descriptor.value : undefined;
  if (node.type !== 'HereDoc') {
    const target = unmasked(node.target?.value ?? '');
    return {operator, target, descriptor: from, document: undefined};
  }
  const delimiter = node.delimiter?.value ?? '';
  const document = {
    delimiter,
    start: node.body.pos,
    end: node.body.end,
    literal: node.delimiter?.quoted ?? false,
  };
  return {operator, target: delimiter, descriptor: from, document};
}
