/** Finds the variables that shell text uses, sets and exports. */
import {matchesOf} from '../../text/matches.ts';
import {memoizeObject} from '../../text/memoize.ts';
import {eachChild, parseShell, type SyntaxNode} from './grammar.ts';
import {shellCommands} from './words.ts';

/** All names written as `$NAME` or `${NAME…` in a document. */
export const variablesIn = memoizeObject((lines: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const line of lines) {
    if (!line.includes('$')) continue;
    for (const [, name] of matchesOf(line, /\$\{?([A-Za-z_]\w*)/g)) if (name !== undefined) names.add(name);
  }
  return names;
});

type Use = {name: string; start: number; end: number};

export type Variables = {
  used: readonly Use[];
  /** Uses at which the shell itself stops when the variable is not set: `${NAME:?}`. */
  demanded: readonly Use[];
  set: readonly string[];
  /** It reads a settings file or runs computed text, so that any variable may be set afterwards. */
  setsMore: boolean;
};

/** The variables of a shell text, as the shell that runs it sees them. */
export function variablesOf(text: string): Variables {
  const used: Use[] = [];
  const demanded: Use[] = [];
  const set: string[] = [];
  const visit = (node: SyntaxNode) => {
    if (node.type === 'SimpleExpansion') note(used, node.text.slice(1), node);
    else if (node.type === 'ParameterExpansion') {
      if (node.operation?.type !== 'Default') note(used, node.parameter, node);
      else if (node.operation.operator.endsWith('?')) note(demanded, node.parameter, node);
      else set.push(node.parameter);
    } else if (node.type === 'Assignment') set.push(node.name);
    else if (node.type === 'For' || node.type === 'Select') set.push(node.name.value);
    eachChild(node, visit);
  };
  if (text.includes('$') || text.includes('=') || /\bread\b/.test(text)) eachChild(parseShell(text).script, visit);
  let setsMore = false;
  for (const {words} of shellCommands(text)) {
    const [program = '', ...rest] = words.map(word => word.text);
    if (/^(?:source|\.|eval|set|nvm|conda|workon|assume)$/.test(program)) setsMore = true;
    if (program === 'export' && rest.some(word => /^\$\(|^`/.test(word))) setsMore = true;
    if (/^(?:read|mapfile|readarray|getopts)$/.test(program))
      set.push(...rest.filter(word => /^[A-Za-z_]\w*$/.test(word)));
    if (program === 'printf' && rest[0] === '-v') set.push(rest[1] ?? '');
  }
  return {used, demanded, set, setsMore};
}

function note(used: Use[], name: string, {pos, end}: SyntaxNode): void {
  if (/^[A-Za-z_]\w*$/.test(name)) used.push({name, start: pos, end});
}

/** Whether a shell, a login or a CI system sets this variable. */
export function isOfEnvironment(name: string): boolean {
  return ENVIRONMENT.test(name);
}

const ENVIRONMENT =
  /^(?:HOME|USER|LOGNAME|PATH|PWD|OLDPWD|SHELL|HOSTNAME|HOST|LANG|TERM|TMPDIR|TEMP|TMP|EDITOR|VISUAL|UID|EUID|GROUPS|RANDOM|SECONDS|LINENO|PPID|IFS|OSTYPE|HOSTTYPE|MAIL|DISPLAY|KUBECONFIG|VIRTUAL_ENV|JAVA_HOME|GOPATH|REPLY|OPTARG|OPTIND|PIPESTATUS|FUNCNAME|(?:LC|XDG|SSH|BASH|AWS|GITHUB|CI|DOCKER|SUDO|HTTPS?|NO)_\w+|CI|(?:http|https|no)_proxy)$/;
