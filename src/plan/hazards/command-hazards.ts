/** Decides whether a command destroys something, never ends, or waits for a person. */
import {memoize} from '../../text/memoize.ts';
import {namesIn, optionNames, readArguments} from '../shell/arguments.ts';
import {type CarriedCommand, carriedCommands, loginDestination, readsInput} from '../shell/carried-commands.ts';
import {eachChild, parseShell, type SyntaxNode} from '../shell/grammar.ts';
import {operands} from '../shell/words.ts';
import {destroysByClient} from './destroyed-data.ts';
import {DESTRUCTIVE} from './destructive.ts';
import {ENDLESS, ENDS_A_PIPE} from './endless.ts';
import {rowFor, wordsOfRow} from './hazard-row.ts';
import {INTERACTIVE} from './interactive.ts';

/** What a command destroys, in words; undefined when it destroys nothing. */
export function destroys(text: string): string | undefined {
  for (const one of carriedCommands(text)) {
    const found = destroyedBy(one);
    if (found !== undefined) return found;
  }
  return destroysByClient(text);
}

export function destroyedBy({words, command}: CarriedCommand): string | undefined {
  const [program = ''] = words;
  const row = rowFor(DESTRUCTIVE, words);
  if (row !== undefined) return wordsOfRow(row, words, operandsWithoutNamespace(words));
  if (/^mkfs/.test(program)) return 'formats a file system';
  if (/^(?:docker|podman)$/.test(program) && words.slice(1, 3).some(word => /^(?:prune|rm|rmi)$/.test(word))) {
    const things = operands(words).filter(word => !DOCKER_WORDS.test(word));
    return `removes ${things.join(' ') || 'everything unused'}`;
  }
  if (words.some(word => /^--(?:force-reset|accept-data-loss)$/.test(word))) return 'empties the database';
  const [emptied] = program === '' || program === ':' ? command.redirections : [];
  return emptied?.operator === '>' && emptied.target !== '/dev/null' ? `empties ${emptied.target}` : undefined;
}

function operandsWithoutNamespace(words: readonly string[]): string[] {
  return operands(words.filter((_, index) => !/^(?:-n|--namespace|--context)$/.test(words[index - 1] ?? '')));
}

const DOCKER_WORDS = /^(?:rm|rmi|prune|container|image|volume|network|system|builder)$/;

/** Whether a command runs until somebody stops it. */
export function isEndless(text: string): boolean {
  return endlessIn(text) !== undefined;
}

/** The first command of the text that never ends by itself. */
export const endlessIn = memoize(findEndless);

function findEndless(text: string): {says: string; start: number; end: number} | undefined {
  const all = carriedCommands(text);
  for (const [index, one] of all.entries()) {
    const row = rowFor(ENDLESS, one.words);
    if (row === undefined || isStopped(one, all[index + 1])) continue;
    return {says: row.says, start: one.start, end: one.end};
  }
  return /\b(?:while|until|for)\b/.test(text) ? endlessLoop(text) : undefined;
}

function isStopped({raw, command}: CarriedCommand, next: CarriedCommand | undefined): boolean {
  if (command.within.includes('background') || raw[0] === 'timeout' || raw[1] === 'timeout') return true;
  if (command.within.includes('function')) return true;
  return next?.command.joined === '|' && ENDS_A_PIPE.test(next.words.join(' '));
}

/** `while true; do …; done` with nothing in its body that leaves the loop. */
function endlessLoop(text: string): {says: string; start: number; end: number} | undefined {
  let found: {says: string; start: number; end: number} | undefined;
  const visit = (node: SyntaxNode) => {
    if (node.type === 'While') {
      const head = text.slice(node.clause.pos, node.clause.end).trim();
      const leaves = /\b(?:break|exit|return)\b/.test(text.slice(node.body.pos, node.body.end));
      const always = node.kind === 'while' ? /^(?:true|:|\[ 1 \]|\(\(\s*1\s*\)\));?$/ : /^false;?$/;
      if (always.test(head) && !leaves) found ??= {says: 'repeats for ever', start: node.pos, end: node.end};
    }
    if (node.type !== 'Word' && node.type !== 'Function') eachChild(node, visit);
  };
  eachChild(parseShell(text).script, visit);
  return found;
}

/** Why a command waits for somebody at a terminal; undefined when it does not. */
export function needsTerminal(text: string): string | undefined {
  return terminalIn(text)?.says;
}

export const terminalIn = memoize(findTerminal);

function findTerminal(text: string): {says: string; start: number; end: number} | undefined {
  for (const one of carriedCommands(text)) {
    const says = waitsBecause(one);
    if (says !== undefined) return {says, start: one.start, end: one.end};
  }
  return undefined;
}

/** Why one simple command waits. A program that reads a file or a pipe does not ask for its input. */
function waitsBecause({words, raw, command, by, fed: isFed}: CarriedCommand): string | undefined {
  const [program = ''] = words;
  const fed = isFed === true || readsInput(command);
  const row = rowFor(INTERACTIVE, words);
  if (row !== undefined) return fed && program !== 'vim' ? undefined : wordsOfRow(row, words, operands(words));
  if (fed) return undefined;
  if (CONSOLES.test(program) && opensConsole(words)) return `opens a ${program} console`;
  if (program === 'su' && !words.some(word => /^(?:-c|--command)/.test(word))) return 'opens a login shell';
  if (raw[0] === 'sudo' && opensRoot(raw)) return 'opens a login shell';
  if (loginDestination(words) !== undefined) return 'opens a login shell';
  return by.length === 0 && words.length === 1 && /^(?:ba|z|da)?sh$/.test(program) ? 'opens a shell' : undefined;
}

const CONSOLES = /^(?:psql|mysql|mariadb|mongo|mongosh|redis-cli|sqlite3|python3?|node)$/;

function opensConsole(words: readonly string[]): boolean {
  const [program = ''] = words;
  if (/^(?:python3?|node)$/.test(program)) return words.length === 1 || words[1] === '-i';
  if (program === 'redis-cli') return opensRedis(words);
  if (program === 'sqlite3') return operands(words).length < 2;
  const text = words.slice(1).join(' ');
  return !/(?:^|\s)(?:-[a-zA-Z]*[cefl](?![a-z]*=)|--(?:command|file|execute|eval|list|version|help)\b)/.test(text);
}

/** Without a command behind its options, unless one of them does something that ends by itself. */
function opensRedis(words: readonly string[]): boolean {
  const {options, operands} = readArguments(words.slice(1), REDIS_OPTIONS, true);
  return operands.length === 0 && !options.some(({name}) => REDIS_ACTS.has(name));
}

const REDIS_OPTIONS = optionNames(
  '',
  'h p s a u n r i d D X user pass sni cacert cacertdir cert key tls-ciphers tls-ciphersuites show-pushes',
);
const REDIS_ACTS = new Set(
  namesIn('x X v version help eval scan pipe bigkeys memkeys memkeys-samples hotkeys rdb functions-rdb cluster'),
);

/** `sudo -i`, `sudo -iu postgres`, `sudo -s` without a command. */
function opensRoot(raw: readonly string[]): boolean {
  const text = raw.slice(1).join(' ');
  return /^(?:-u \S+ )?-(?:i|s|-login|-shell|iu \S+|su \S+|i -u \S+)$/.test(text) || /^-i?u? ?\S* ?-i$/.test(text);
}
