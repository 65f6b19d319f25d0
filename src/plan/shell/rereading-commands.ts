/** Recognises commands that read an argument or their input again, as shell text or as another language. */
import {countBelow} from '../../text/count-below.ts';
import {memoizeObject} from '../../text/memoize.ts';
import type {Filling} from './escaping.ts';
import {type SyntaxNode, wordsOfCommand} from './grammar.ts';

type Path = readonly SyntaxNode[];
type CommandNode = Extract<SyntaxNode, {type: 'Command'}>;
type PipelineNode = Extract<SyntaxNode, {type: 'Pipeline'}>;

/** Whether the text at `path` is read again, by its own command or by one that it is piped into. */
export function isReadAgain(path: Path, filling: Filling, text: string): boolean {
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const node = path[index];
    if (node?.type === 'Command' && isReadByCommand(node, path, filling, text)) return true;
    if (node?.type === 'Pipeline' && isReadByNext(node, path[index + 1])) return true;
  }
  return false;
}

/** A shell reads their arguments again, here or on another machine; or an argument names a variable. */
const SHELLS = new Set(
  `ssh scp rsync sshpass mosh eval su watch parallel trap xargs at batch ansible salt heroku fab pssh pdsh tmux screen make
  sh bash dash zsh ksh csh tcsh ash fish [[ let declare typeset unset read mapfile readarray knife`.split(/\s+/),
);
/** Their program may stand without quotes: `sed s/a/b/`. */
const PROGRAMS = new Set(['awk', 'gawk', 'mawk', 'sed', 'perl', 'ruby', 'jq']);
/** Their quoted arguments are programs in another language. */
const INTERPRETERS =
  /^(?:python[\d.]*|node|deno|bun|perl|ruby|php|g?awk|mawk|sed|psql|mysql|mariadb|sqlite3|mongo|mongosh|redis-cli|jq|osascript|pwsh|powershell|tclsh|expect|cypher-shell|clickhouse-client)$/;
const FED = /^(?:psql|mysql|mariadb|python[\d.]*|node|perl|ruby|php)$/;

function isReadByCommand(node: CommandNode, path: Path, filling: Filling, text: string): boolean {
  const reader = readerOf(node);
  if (reader.readsAll) return true;
  if (reader.exports && path.at(-1)?.type === 'Word' && !path.some(({type}) => type === 'Assignment')) return true;
  const inDocument = path.some(({type}) => type === 'HereDocBody' || type === 'HereString');
  if (inDocument || !reader.speaks) return reader.speaks;
  const at = countBelow(reader.ends, filling.end);
  const argument = node.suffix[at];
  if (argument?.type !== 'Word' || argument.pos > filling.start) return false;
  const before = node.suffix[at - 1];
  const isOptionValue = before?.type === 'Word' && /^-/.test(before.text);
  const isQuoted = /["']/.test(argument.text);
  const isWhole = argument.end - argument.pos === filling.end - filling.start + (isQuoted ? 2 : 0);
  if (!isQuoted) return (reader.isProgram && text[filling.start - 1] !== ' ') || (isOptionValue && isCode(before.text));
  return !isWhole || isOptionValue || reader.isEditor;
}

/** What a command does with its arguments, whichever of them is asked for. */
type Reader = {
  readsAll: boolean;
  /** It takes names of variables. */
  exports: boolean;
  /** It reads quoted arguments as another language. */
  speaks: boolean;
  isProgram: boolean;
  isEditor: boolean;
  /** Where its words behind the name end. */
  ends: readonly number[];
};

/** One command may hold thousands of placeholders, so its words are looked at once. */
const readerOf = memoizeObject((node: CommandNode): Reader => {
  const words = wordsOfCommand(node);
  const names = words.map(nameOf);
  const [program = ''] = words;
  return {
    readsAll:
      names.some(name => SHELLS.has(name)) ||
      // The program itself is a variable, so nobody knows how it reads its arguments.
      (node.name !== undefined && /[$`]/.test(node.name.text)) ||
      (words.includes('aws') && words.includes('ssm')) ||
      // The value would be read as the name of a variable, and an array index in it could hold a substitution.
      (/^(?:test|\[|printf|wait)$/.test(program) && words.includes('-v')),
    exports: /^(?:export|local|readonly)$/.test(program),
    speaks: names.some(name => INTERPRETERS.test(name)),
    isProgram: names.some(name => PROGRAMS.has(name)),
    isEditor: names.some(name => /^(?:g?awk|mawk|sed)$/.test(name)),
    ends: node.suffix.map(({end}) => end),
  };
});

/** `-c`, `-e`, `--eval`: the next word is a program. */
function isCode(option: string): boolean {
  return /^-{1,2}(?:[a-zA-Z]*[ceE]|eval|command|execute|query)$/.test(option);
}

/** A later part of the pipeline reads what is printed into it. */
function isReadByNext(pipeline: PipelineNode, holder: SyntaxNode | undefined): boolean {
  const {begins, lastReader} = feedingOf(pipeline);
  return holder === undefined || !begins.has(holder.pos) || holder.pos < lastReader;
}

/** Where the commands of a pipeline begin, and the last of them that reads its input as a program (-1: none). */
const feedingOf = memoizeObject(({commands}: PipelineNode): {begins: ReadonlySet<number>; lastReader: number} => {
  const last = commands.findLast(
    next =>
      next.type !== 'Command' || wordsOfCommand(next).some(word => SHELLS.has(nameOf(word)) || FED.test(nameOf(word))),
  );
  return {begins: new Set(commands.map(({pos}) => pos)), lastReader: last?.pos ?? -1};
});

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
