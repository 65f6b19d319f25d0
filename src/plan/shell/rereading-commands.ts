/** Recognises commands that read an argument or their input again, as shell text or as another language. */
import type {Filling} from './escaping.ts';
import type {SyntaxNode} from './grammar.ts';

type Path = readonly SyntaxNode[];
type CommandNode = Extract<SyntaxNode, {type: 'Command'}>;

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
  const words = wordsOf(node);
  if (words.some(word => SHELLS.has(nameOf(word)))) return true;
  // The program itself is a variable, so nobody knows how it reads its arguments.
  if (node.name !== undefined && /[$`]/.test(node.name.text)) return true;
  if (words.includes('aws') && words.includes('ssm')) return true;
  const [program = ''] = words;
  // The value would be read as the name of a variable, and an array index in it could hold a substitution.
  if (/^(?:test|\[|printf|wait)$/.test(program) && words.includes('-v')) return true;
  if (/^(?:export|local|readonly)$/.test(program) && path.at(-1)?.type === 'Word' && !path.some(isAssignment))
    return true;
  const speaks = words.some(word => INTERPRETERS.test(nameOf(word)));
  const inDocument = path.some(({type}) => type === 'HereDocBody' || type === 'HereString');
  if (inDocument) return speaks;
  const argument = node.suffix.find(part => part.pos <= filling.start && filling.end <= part.end);
  if (!speaks || argument?.type !== 'Word') return false;
  const isProgram = words.some(word => PROGRAMS.has(nameOf(word)));
  const before = node.suffix.findLast(part => part.end <= argument.pos);
  const isOptionValue = before?.type === 'Word' && /^-/.test(before.text);
  const isQuoted = /["']/.test(argument.text);
  const isWhole = argument.end - argument.pos === filling.end - filling.start + (isQuoted ? 2 : 0);
  if (!isQuoted) return (isProgram && text[filling.start - 1] !== ' ') || (isOptionValue && isCode(before.text));
  return !isWhole || isOptionValue || words.some(word => /^(?:g?awk|mawk|sed)$/.test(nameOf(word)));
}

/** `-c`, `-e`, `--eval`: the next word is a program. */
function isCode(option: string): boolean {
  return /^-{1,2}(?:[a-zA-Z]*[ceE]|eval|command|execute|query)$/.test(option);
}

/** A later part of the pipeline reads what is printed into it. */
function isReadByNext(pipeline: Extract<SyntaxNode, {type: 'Pipeline'}>, holder: SyntaxNode | undefined): boolean {
  const at = pipeline.commands.findIndex(({pos}) => pos === holder?.pos);
  if (at === -1) return true;
  return pipeline.commands
    .slice(at + 1)
    .some(
      next => next.type !== 'Command' || wordsOf(next).some(word => SHELLS.has(nameOf(word)) || FED.test(nameOf(word))),
    );
}

function wordsOf({name, args}: CommandNode): string[] {
  return [
    ...(name === undefined ? [] : [name.value]),
    ...args.map(word => (word.type === 'Word' ? word.value : word.text)),
  ];
}

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function isAssignment({type}: SyntaxNode): boolean {
  return type === 'Assignment';
}
