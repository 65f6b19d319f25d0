/** Finds every simple command in a text, also those in substitutions, behind `ssh`, and in the text for `sh -c`. */
import {compact} from '../../text/compact.ts';
import {memoize} from '../../text/memoize.ts';
import {behindOptions, type Option, optionNames, readArguments} from './arguments.ts';
import {type ShellCommand, shellCommands, withoutPrefixes} from './words.ts';

/** One simple command, wherever the text holds it. */
export type CarriedCommand = {
  /** Words of the program that does the work: `npx prisma db push` gives `prisma db push`. */
  words: readonly string[];
  /** The words as the shell reads them, with `sudo` and assignments in front. */
  raw: readonly string[];
  /** Position in the text; of a command inside quotes, the position of the outer command. */
  start: number;
  end: number;
  command: ShellCommand;
  /** The programs that carry the command (`ssh`, `sh`), outermost first. */
  by: readonly string[];
  /** A command around it reads a pipe or a file and passes that on as input. */
  fed?: true;
};

/** Every simple command of a text, with those that are passed to other shells. */
export const carriedCommands = memoize(allCarried);

function allCarried(text: string): CarriedCommand[] {
  const found: CarriedCommand[] = [];
  addCarried(found, text, [], undefined, false);
  return found;
}

const DEPTH_MAX = 4;
const CARRIED_MAX = 400;

function addCarried(
  found: CarriedCommand[],
  text: string,
  by: readonly string[],
  at: {start: number; end: number} | undefined,
  isFed: boolean,
): void {
  for (const command of shellCommands(text, true)) {
    if (found.length >= CARRIED_MAX) return;
    const raw = command.words.map(word => word.text);
    const own = withoutPrefixes(raw);
    const {start, end} = at ?? command;
    if (raw.length > 0 || command.redirections.length > 0)
      found.push(compact({words: withProgramFirst(own), raw, start, end, command, by, fed: isFed ? true : undefined}));
    if (by.length >= DEPTH_MAX) continue;
    const inside = carriedText(own);
    const feeds = isFed || readsInput(command);
    if (inside !== undefined) addCarried(found, inside, [...by, own[0] ?? ''], {start, end}, feeds);
    for (const {document} of command.redirections) {
      if (document === undefined || !READS_COMMANDS.test(own.join(' ')) || at !== undefined) continue;
      const inner: CarriedCommand[] = [];
      addCarried(inner, text.slice(document.start, document.end), [...by, own[0] ?? ''], undefined, false);
      for (const one of inner) found.push(shiftCommand(one, document.start));
    }
  }
}

/** Whether it reads a pipe or a file. */
export function readsInput({joined, redirections}: ShellCommand): boolean {
  return joined === '|' || redirections.some(({operator}) => operator.startsWith('<'));
}

function shiftCommand(one: CarriedCommand, by: number): CarriedCommand {
  const {command, start, end} = one;
  return {
    ...one,
    start: start + by,
    end: end + by,
    command: {...command, start: command.start + by, end: command.end + by},
  };
}

/** Programs that run their standard input as shell text. */
const READS_COMMANDS =
  /^(?:ssh|(?:ba|z|da|k)?sh|su)\b|^(?:docker|podman|kubectl|oc)(?: compose)? exec\b.*\b(?:ba|z|da)?sh$/;

/** The text that a shell on the same machine runs: of `sh -c` and `eval`. */
export function shellTextOf(words: readonly string[]): string | undefined {
  const [program = ''] = words;
  if (program === 'eval') return words.slice(1).join(' ');
  return /^(?:(?:ba|z|da|k)?sh|su)$/.test(program) ? valueAfter(words, /^-[a-z]*c$/) : undefined;
}

/** The shell text that a command passes on; undefined when it passes none. */
function carriedText(words: readonly string[]): string | undefined {
  const [program = ''] = words;
  if (program === 'ssh') return sshDestination(words)?.remote;
  if (/^(?:docker|podman|docker-compose|kubectl|oc)$/.test(program)) return textOfExec(words);
  if (program === 'xargs' || program === 'parallel') return quoted(behindOptions(words, LIST_OPTIONS));
  if (program === 'find') return valueAfter(words, /^-exec(?:dir)?$/, true);
  if (program === 'watch') return behindOptions(words, WATCH_OPTIONS).join(' ');
  if (program === 'ansible') return valueAfter(words, /^(?:-a|--args)$/);
  if (program === 'knife' && words[1] === 'ssh') return words.slice(2).filter(word => !word.startsWith('-'))[1];
  return shellTextOf(words);
}

function valueAfter(words: readonly string[], option: RegExp, all = false): string | undefined {
  const at = words.findIndex((word, index) => index > 0 && option.test(word));
  if (at === -1) return undefined;
  return all ? quoted(words.slice(at + 1).filter(word => !/^(?:;|\+|\{\})$/.test(word))) : words[at + 1];
}

const LIST_OPTIONS = optionNames('', 'I n d L P s a E max-args max-procs max-lines max-chars delimiter arg-file');
const WATCH_OPTIONS = optionNames('', 'n interval');
const EXEC_OPTIONS = optionNames('', 'e w u n c env workdir user namespace container index');
const PACKAGE_OPTIONS = optionNames('', 'p package');

function textOfExec(words: readonly string[]): string | undefined {
  const exec = words.indexOf('exec');
  if (exec === -1 || exec > 8) return undefined;
  const dashes = words.indexOf('--', exec);
  if (dashes !== -1) return quoted(words.slice(dashes + 1));
  return quoted(behindOptions(words.slice(exec), EXEC_OPTIONS).slice(1));
}

function quoted(words: readonly string[]): string {
  return words
    .map(word => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}

/** The destination of an ssh command, its options, and what it runs there (empty: it only logs in). */
export function sshDestination(
  words: readonly string[],
): {destination: string; remote: string; options: readonly Option[]} | undefined {
  if (words[0] !== 'ssh') return undefined;
  const {options, operands} = readArguments(words.slice(1), SSH_OPTIONS, true);
  const [destination, ...remote] = operands;
  return destination === undefined ? undefined : {destination, remote: remote.join(' '), options};
}

const SSH_OPTIONS = optionNames('', 'b c D E e F I i J L l m O o p Q R S W w');

/** The destination of an ssh command that leaves a person logged in there; `-N`, `-f` and `-W` open no shell. */
export function loginDestination(words: readonly string[]): string | undefined {
  const ssh = sshDestination(words);
  return ssh?.remote === '' && !ssh.options.some(({name}) => /^[NfW]$/.test(name)) ? ssh.destination : undefined;
}

/** The program without its path and without a launcher such as `npx` or `bundle exec`. */
export function withProgramFirst(words: readonly string[]): readonly string[] {
  const [first = '', second = '', third = ''] = words;
  const program = first.includes('/') ? first.slice(first.lastIndexOf('/') + 1) : first;
  if (/^(?:npx|bunx|pnpx)$/.test(program)) return withProgramFirst(behindOptions(words, PACKAGE_OPTIONS));
  if (
    /^(?:bundle|pnpm|npm|yarn|poetry|pipenv|uv|dotenv|doppler)$/.test(program) &&
    /^(?:exec|dlx|run|x)$/.test(second)
  ) {
    if (/^(?:npm|pnpm|yarn)$/.test(program) && second === 'run') return [program, ...words.slice(1)];
    return third === '' ? [program, ...words.slice(1)] : withProgramFirst(words.slice(third === '--' ? 3 : 2));
  }
  if (/^python[\d.]*$/.test(program) && /(?:^|\/)manage\.py$/.test(second)) return ['manage.py', ...words.slice(2)];
  if (program === 'php' && second === 'artisan') return ['artisan', ...words.slice(2)];
  if (/^(?:docker|podman)$/.test(program) && second === 'compose')
    return withProgramFirst(['docker-compose', ...words.slice(2)]);
  if (/^(?:microk8s|k3s)$/.test(program) && second === 'kubectl') return words.slice(1);
  return [program, ...withoutGlobals(program, words.slice(1))];
}

/** Removes options before the verb: `kubectl -n shop delete`, `git -C /srv pull`. */
function withoutGlobals(program: string, rest: readonly string[]): readonly string[] {
  if (!VERB_PROGRAMS.test(program)) return rest;
  let at = 0;
  while (rest[at]?.startsWith('-') && at < rest.length - 1) at += GLOBALS_VALUED.test(rest[at] ?? '') ? 2 : 1;
  return at === 0 || rest[at] === undefined ? rest : rest.slice(at);
}

const VERB_PROGRAMS = /^(?:kubectl|oc|k|helm|git|docker|podman|docker-compose|terraform|tofu|aws|systemctl)$/;
const GLOBALS_VALUED =
  /^(?:-[nCcHfps]|--(?:namespace|context|kubeconfig|cluster|user|server|kube-context|host|profile|region|endpoint-url|output|git-dir|work-tree|file|project-name|env-file))$/;
