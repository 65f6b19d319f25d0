/** Recognises commands that only look, and whose exit status says what they saw. */
import {eachChild, parseShell, type SyntaxNode} from '../grammar.ts';
import {shellCommands, withoutPrefixes} from '../words.ts';

/**
 * Whether a command changes nothing and fails when what it looks for is not so: `test ! -e F`, `! grep -q ERROR log`,
 * `curl -f URL`, `curl URL
 * grep ok`, `[ -f X ] || exit 1`. Not `grep x f || true`, nor `cat f`.
 */
export function looksOnly(command: string): boolean {
  return readsOnly(command) && endsWithCheck(parseShell(command).script.commands.at(-1));
}

/** Whether all of its programs only read and print. An unknown program does not. */
export function readsOnly(command: string): boolean {
  const tree = parseShell(command);
  if (tree.error !== undefined || tree.script.commands.length === 0 || writes(tree.script)) return false;
  return shellCommands(command, true).every(
    ({words, within}) =>
      !within.some(around => around === 'function' || around === 'background') && reads(words.map(({text}) => text)),
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

type Words = readonly string[];

/**
 * `reads`: whether it changes nothing with these arguments (absent: always). `tells`: whether it fails when it is not
 * so.
 */
type Program = {reads?: (args: Words) => boolean; tells?: (args: Words) => boolean};

const always = () => true;
const has = (pattern: RegExp) => (args: Words) => args.some(word => pattern.test(word));
const lacks = (pattern: RegExp) => (args: Words) => !has(pattern)(args);
const asks = (pattern: RegExp) => (args: Words) => pattern.test(args.filter(word => !word.startsWith('-')).join(' '));

const PRINTS: Program = {};
const CHECKS: Program = {tells: always};
const SENDS = /^(?:-\w*[dFT]|--data.*|--form.*|--json|--upload-file|--post-.*|-X.*|--request.*|--method.*)$/;
const GIT_READS =
  /^(?:log|status|rev-parse|describe|show|diff|show-ref|merge-base|ls-files|ls-remote|ls-tree|cat-file|rev-list|for-each-ref|name-rev|shortlog|grep)\b/;
const SUMS = {tells: has(/^(?:-\w*c|--check)$/)};

const PROGRAMS: Readonly<Record<string, Program>> = {
  ...rows('test [ grep egrep fgrep zgrep rg ag diff cmp zdiff pgrep pg_isready mountpoint getent', CHECKS),
  ...rows('true false : echo printf read export exit return break sleep wait cd pwd set', PRINTS),
  ...rows('cat zcat head tail sort uniq wc cut tr tac rev column ls stat file du df ps uptime date seq', PRINTS),
  ...rows(
    'readlink realpath basename dirname hostname whoami id uname ss netstat lsof free nproc cksum dig host',
    PRINTS,
  ),
  ...rows('md5sum sha1sum sha256sum sha512sum shasum b2sum', SUMS),
  curl: {reads: args => lacks(SENDS)(args) && writesNoFile(args), tells: has(/^-\w*f|^--fail/)},
  wget: {reads: args => lacks(SENDS)(args) && has(/^--spider$|^-\w*O(?:-|\/dev\/null)?$/)(args), tells: always},
  jq: {tells: has(/^-\w*e|^--exit-status$/)},
  nc: {reads: has(/^-\w*z/), tells: always},
  ping: {reads: has(/^-\w*c/), tells: always},
  which: CHECKS,
  type: CHECKS,
  awk: {reads: lacks(/>|\bsystem\b|\||^-i$/)},
  sed: {reads: lacks(/^(?:-\w*i|--in-place)|(?:^|[;}\d/])\s*[we]\s/)},
  find: {reads: lacks(/^-(?:delete|exec|execdir|ok|okdir|fprint.*|fls)$/)},
  systemctl: {reads: asks(/^(?:is-|status|show|list-|cat)/), tells: asks(/^(?:is-|status)/)},
  service: {reads: asks(/ status$/), tells: always},
  supervisorctl: {reads: asks(/^status/)},
  nginx: {reads: has(/^-[tT]$/), tells: always},
  apachectl: {reads: asks(/^configtest/), tells: always},
  mysqladmin: {reads: asks(/\b(?:ping|status)$/), tells: always},
  git: {
    reads: args =>
      asks(GIT_READS)(args) || asks(/^symbolic-ref \S+$/)(args) || (args[0] === 'config' && args[1] === '--get'),
    tells: args =>
      asks(/^(?:grep|ls-remote)\b/)(args)
        ? has(/^(?:grep|--exit-code)$/)(args)
        : has(/^(?:--quiet|-q|--exit-code|--is-ancestor|--verify|-e)$/)(args) && !asks(/^(?:log|show|status)\b/)(args),
  },
  kubectl: {
    reads: asks(/\b(?:get|describe|logs|top|wait|rollout (?:status|history))\b/),
    tells: asks(/\b(?:wait|rollout status)\b/),
  },
  docker: {reads: asks(/^(?:ps|inspect|images|logs|version|info|compose ps|compose logs)\b/)},
};

function rows(names: string, look: Program): Record<string, Program> {
  return Object.fromEntries(names.split(' ').map(name => [name, look]));
}

/** It prints or discards what it fetches. */
function writesNoFile(args: Words): boolean {
  return args.every((word, index) => {
    if (/^(?:-\w*O|--remote-name.*)$/.test(word)) return false;
    return !/^(?:-\w*o|--output)$/.test(word) || /^(?:-|\/dev\/null)$/.test(args[index + 1] ?? '');
  });
}

function reads(words: Words): boolean {
  const {args, look} = programOf(words);
  return words.length === 0 || (look !== undefined && (look.reads?.(args) ?? true));
}

function programOf(words: Words): {args: Words; look: Program | undefined} {
  if (words[0] === 'command' && /^-[vV]$/.test(words[1] ?? '')) return {args: [], look: CHECKS};
  const [program = '', ...rest] = withoutPrefixes(words);
  const name = program.replace(/^.*\//, '');
  const args = name === 'git' ? withoutGlobals(rest) : rest;
  return {args, look: Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined};
}

/** `git -C /srv/app rev-parse HEAD` */
function withoutGlobals(args: Words): Words {
  if (/^-[Cc]$/.test(args[0] ?? '')) return withoutGlobals(args.slice(2));
  return args[0]?.startsWith('--git-dir=') || args[0] === '--no-pager' ? withoutGlobals(args.slice(1)) : args;
}

/** Whether the exit status depends on what was seen. */
function endsWithCheck(node: SyntaxNode | undefined): boolean {
  switch (node?.type) {
    case 'Command':
      return node.name !== undefined && isCheck(wordsOf(node));
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
      const [program = '', status] = wordsOf(node);
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

function isCheck(words: Words): boolean {
  const {args, look} = programOf(words);
  return look?.tells?.(args) ?? false;
}

function wordsOf({name, args}: Extract<SyntaxNode, {type: 'Command'}>): string[] {
  return [
    ...(name === undefined ? [] : [name.value]),
    ...args.map(word => (word.type === 'Word' ? word.value : word.text)),
  ];
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
