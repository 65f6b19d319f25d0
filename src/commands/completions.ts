/** `tminus completions SHELL`: a script that completes commands, flags, runs, themes and files. */
import {readdirSync} from 'node:fs';
import {EXIT} from '../run/exit-codes.ts';
import {inSingleQuotes} from '../text/command-text.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {type Completes, commandEntries, type Entry, type Flag} from './command-line/command-table.ts';
import {themesDirectory} from './terminal/appearance.ts';
import {print} from './terminal/print.ts';

export async function completionsCommand(args: readonly string[]): Promise<number> {
  const [shell] = parseArguments('completions', args).positionals;
  const write = shell !== undefined && Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (write === undefined) {
    const got = shell === undefined ? '' : `, got "${shell}"`;
    throw new CommandError(EXIT.usage, `name a shell: ${Object.keys(SCRIPTS).join(', ')}${got}`);
  }
  print(write());
  return EXIT.succeeded;
}

const SCRIPTS: Readonly<Record<string, () => string>> = {bash: bashScript, zsh: zshScript, fish: fishScript};

const RUNS = 'ls -1r "${TMINUS_HOME:-${XDG_STATE_HOME:-$HOME/.local/state}/tminus}/runs" 2>/dev/null';
const OWN_THEMES = 'ls -1 "${XDG_CONFIG_HOME:-$HOME/.config}/tminus/themes" 2>/dev/null | sed -n \'s/\\.json$//p\'';

function shippedThemes(): readonly string[] {
  const files = readdirSync(themesDirectory()).filter(file => file.endsWith('.json'));
  return files.map(file => file.slice(0, -'.json'.length)).sort();
}

/** Names of functions that print what may stand there, and the words themselves. */
function wordsFor(completes: Completes | undefined): string {
  switch (completes) {
    case undefined:
    case 'files':
      return '';
    case 'runs':
      return '$(_tminus_runs)';
    case 'themes':
      return '$(_tminus_themes)';
    case 'commands':
      return names().join(' ');
    default:
      return completes.join(' ');
  }
}

function names(): readonly string[] {
  return commandEntries().map(([name]) => name);
}

function flagsOf({flags}: Entry): readonly (readonly [name: string, flag: Flag])[] {
  return Object.entries(flags);
}

function listsInShell(): readonly string[] {
  return [
    `_tminus_runs() { ${RUNS}; }`,
    `_tminus_themes() { printf '%s\\n' ${shippedThemes().join(' ')}; ${OWN_THEMES}; }`,
  ];
}

/** Where it offers nothing of its own, bash completes files. */
function bashScript(): string {
  const values = commandEntries().flatMap(([name, entry]) =>
    flagsOf(entry)
      .filter(([, {type}]) => type === 'string')
      .map(([flag, {short, completes}]) => {
        const patterns = [`"${name} --${flag}"`, ...(short === undefined ? [] : [`"${name} -${short}"`])];
        return `    ${patterns.join('|')}) words="${wordsFor(completes)}" ;;`;
      }),
  );
  const rest = commandEntries().map(([name, entry]) => {
    const flags = [...flagsOf(entry).map(([flag]) => `--${flag}`), '--help'].join(' ');
    return `      ${name}) case $cur in -*) words="${flags}" ;; *) words="${wordsFor(entry.completes)}" ;; esac ;;`;
  });
  return script([
    '# bash completion for tminus; load it with: source <(tminus completions bash)',
    ...listsInShell(),
    '_tminus() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=""',
    `  if [ "$COMP_CWORD" -eq 1 ]; then words="${names().join(' ')} --help --version"; else`,
    '  case "$command $prev" in',
    ...values,
    '    *) case $command in',
    ...rest,
    '    esac ;;',
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -o default -F _tminus tminus',
  ]);
}

function zshScript(): string {
  const described = commandEntries().map(([name, {help}]) => `    ${inSingleQuotes(`${name}:${help}`)}`);
  const cases = commandEntries().map(([name, entry]) => {
    const flags = flagsOf(entry).flatMap(([flag, it]) => zshFlag(flag, it));
    const place =
      entry.argument === undefined ? [] : [`1:${entry.argument.replace(/[[\]]/g, '')}:${zshWords(entry.completes)}`];
    return `    ${name}) _arguments ${[...flags, ...place, '--help[this help]'].map(inSingleQuotes).join(' ')} ;;`;
  });
  return script([
    '#compdef tminus',
    '# zsh completion for tminus; load it with: source <(tminus completions zsh)',
    ...listsInShell(),
    '_tminus() {',
    '  local -a commands',
    '  commands=(',
    ...described,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  shift words; (( CURRENT-- ))',
    '  case $words[1] in',
    ...cases,
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _tminus ]; then _tminus "$@"; else compdef _tminus tminus; fi',
  ]);
}

function zshFlag(name: string, {type, short, multiple, value = '', completes, help}: Flag): readonly string[] {
  const said = `[${help.replace(/[[\]:\\]/g, '\\$&')}]`;
  const behind = type === 'boolean' ? '' : `:${value.replace(/[:\\]/g, '\\$&')}:${zshWords(completes)}`;
  const forms = [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
  return forms.map(form => `${multiple === true ? '*' : ''}${form}${said}${behind}`);
}

function zshWords(completes: Completes | undefined): string {
  if (completes === undefined) return ' ';
  return completes === 'files'
    ? '_files'
    : `(${wordsFor(completes)})`.replace(/^\(\$\((\w+)\)\)$/, '{compadd -- $($1)}');
}

function fishScript(): string {
  const lines = commandEntries().flatMap(([name, entry]) => {
    const on = `complete -c tminus -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c tminus -n __fish_use_subcommand -f -a ${name} -d ${inSingleQuotes(entry.help)}`,
      ...flagsOf(entry).map(([flag, {type, short, completes, help}]) => {
        const forms = `-l ${flag}${short === undefined ? '' : ` -s ${short}`}`;
        return `${on} ${forms}${type === 'boolean' ? '' : ` ${fishWords(completes)}`} -d ${inSingleQuotes(help)}`;
      }),
      ...(entry.completes === 'files'
        ? []
        : [`${on} -f${entry.completes === undefined ? '' : ` -a ${fishList(entry.completes)}`}`]),
    ];
  });
  return script([
    '# fish completion for tminus; load it with: tminus completions fish | source',
    `function __tminus_runs; sh -c ${inSingleQuotes(RUNS)}; end`,
    `function __tminus_themes; printf '%s\\n' ${shippedThemes().join(' ')}; sh -c ${inSingleQuotes(OWN_THEMES)}; end`,
    ...lines,
  ]);
}

function fishWords(completes: Completes | undefined): string {
  return completes === undefined || completes === 'files' ? '-r' : `-x -a ${fishList(completes)}`;
}

function fishList(completes: Completes): string {
  if (completes === 'runs' || completes === 'themes') return `'(__tminus_${completes})'`;
  return inSingleQuotes(wordsFor(completes));
}

function script(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
