/** Recognises commands that only look, and whose exit status says what they saw. */
import {memoize} from '../../../text/memoize.ts';
import {eachChild, parseShell, type SyntaxNode, wordsOfCommand} from '../grammar.ts';
import {shellCommands} from '../words.ts';
import {lookOfWords} from './look-of-words.ts';
import type {Look} from './program.ts';

/**
 * Whether a command changes nothing and fails when what it looks for is not so: `test ! -e F`, `! grep -q ERROR log`,
 * `curl -f URL`, `curl URL
 * grep ok`, `[ -f X ] || exit 1`. Not `grep x f || true`, nor `cat f`.
 */
export function looksOnly(command: string): boolean {
  return readsOnly(command) && endsWithCheck(parseShell(command).script.commands.at(-1));
}

/** Whether all of its programs only read and print. What is not sure does not: an unknown program, option or subcommand. */
export const readsOnly = memoize(onlyLooks);

function onlyLooks(command: string): boolean {
  const tree = parseShell(command);
  if (tree.error !== undefined || tree.script.commands.length === 0 || writes(tree.script)) return false;
  return shellCommands(command, true).every(
    ({words, within}) =>
      !within.some(around => around === 'function' || around === 'background') &&
      lookOf(words.map(({text}) => text)) !== 'none',
  );
}

/** Whether it writes a file: `> file`, but not `2>&1` or `>/dev/null`. */
function writes(node: SyntaxNode): boolean {
  if (node.type === 'Function' || node.type === 'Coproc') return true;
  if (
    node.type === 'Redirect' &&
    node.operator.includes('>') &&
    !/^(?:\/dev\/(?:null|stdout|stderr)|\d|-)$/.test(node.target?.value ?? '')
  )
    return true;
  let found = false;
  eachChild(node, child => {
    found ||= writes(child);
  });
  return found;
}

function lookOf(words: readonly string[]): Look {
  return lookOfWords(words, text => (looksOnly(text) ? 'tells' : readsOnly(text) ? 'prints' : 'none'));
}

/** Whether the exit status depends on what was seen. */
function endsWithCheck(node: SyntaxNode | undefined): boolean {
  switch (node?.type) {
    case 'Command':
      return node.name !== undefined && lookOf(wordsOfCommand(node)) === 'tells';
    case 'TestCommand':
    case 'ArithmeticCommand':
      return true;
    case 'Pipeline':
      return endsWithCheck(node.commands.at(-1));
    case 'AndOr':
      return node.commands.slice(1).reduce((told, next, index) => {
        if (node.operators[index] === '&&') return told || endsWithCheck(next);
        return told && (fails(next) || endsWithCheck(next));
      }, endsWithCheck(node.commands[0]));
    case 'Statement':
    case 'Redirected':
      return endsWithCheck(node.command);
    case 'Subshell':
    case 'BraceGroup':
      return endsWithCheck(node.body);
    case 'CompoundList':
      return endsWithCheck(node.commands.at(-1));
    case 'If':
      return endsWithCheck(node.clause) && [node.then, ...node.elif.map(({then}) => then), node.else].some(fails);
    case 'While':
      return (
        node.kind === 'until' && endsWithCheck(node.clause) && !/\b(?:break|exit|return)\b/.test(textOf(node.body))
      );
    default:
      return false;
  }
}

/** Whether it always ends with an error: `exit 1`, `{ echo bad; false; }`. */
function fails(node: SyntaxNode | undefined): boolean {
  switch (node?.type) {
    case 'Command': {
      const [program = '', status] = wordsOfCommand(node);
      return program === 'false' || (/^(?:exit|return)$/.test(program) && /^[1-9]\d*$/.test(status ?? ''));
    }
    case 'Statement':
      return fails(node.command);
    case 'Subshell':
    case 'BraceGroup':
      return fails(node.body);
    case 'CompoundList':
      return fails(node.commands.at(-1));
    default:
      return false;
  }
}

/** All words in it, as one text to search in. */
function textOf(node: SyntaxNode): string {
  if (node.type === 'Word') return node.value;
  const found: string[] = [];
  eachChild(node, child => {
    found.push(textOf(child));
  });
  return found.join(' ');
}
