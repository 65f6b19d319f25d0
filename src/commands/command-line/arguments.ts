/** The words behind a command, read by the table of commands. What is wrong with them is one line, with exit code 2. */
import {parseArgs} from 'node:util';
import {parseInterval} from '../../plan/plan.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {nearest} from '../../text/nearest.ts';
import {CommandError} from '../command-error.ts';
import {COMMANDS, type CommandName, commandEntries, type Entry} from './command-table.ts';
import {programName} from './program-name.ts';

type Parsed<Name extends CommandName> = ReturnType<
  typeof parseArgs<{options: (typeof COMMANDS)[Name]['flags']; strict: true; allowPositionals: true}>
>;

export function parseArguments<Name extends CommandName>(command: Name, args: readonly string[]): Parsed<Name> {
  const entry: Entry = COMMANDS[command];
  refuseWrong(command, entry, args);
  try {
    const config = {args: [...args], options: COMMANDS[command].flags, strict: true, allowPositionals: true} as const;
    return parseArgs(config) as Parsed<Name>;
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw wrong(command, message ?? '');
  }
}

function refuseWrong(command: CommandName, {argument, words = 1, flags}: Entry, args: readonly string[]): void {
  const {tokens, positionals} = parseArgs({args: [...args], options: flags, strict: false, tokens: true});
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const {name, rawName, value} = token;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) {
      const meant = rawName.startsWith('--') ? nearest(name, Object.keys(flags)) : undefined;
      const hint = meant === undefined ? '' : `; did you mean --${meant}?`;
      throw wrong(command, `there is no flag ${rawName} of ${command}${hint}`);
    }
    if (flag.type === 'string' && value === undefined)
      throw wrong(command, `${rawName} wants ${flag.value ?? 'a value'}`);
    if (flag.type === 'boolean' && value !== undefined) throw wrong(command, `${rawName} takes no value`);
  }
  const extra = positionals[argument === undefined ? 0 : words];
  if (extra !== undefined) throw wrong(command, `unexpected "${extra}"`);
}

function wrong(command: CommandName, what: string): CommandError {
  return new CommandError(EXIT.usage, `${what}; see \`${programName()} help ${command}\``);
}

/** A word that is no command, with the one that was probably meant. */
export function noCommand(name: string): CommandError {
  const meant = nearest(
    name,
    commandEntries().map(([known]) => known),
  );
  const hint = meant === undefined ? '' : `did you mean \`${programName()} ${meant}\`? `;
  return new CommandError(EXIT.usage, `there is no command "${name}"; ${hint}\`${programName()} help\` lists them`);
}

/** `--help` or `-h` among the flags; behind `--` it is an argument. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some(word => word === '--help' || word === '-h');
}

/** `K=V`, cut at the first `=`. */
export function pairOf(text: string, flag: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new CommandError(EXIT.usage, `${flag} wants NAME=VALUE, got "${text}"`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** `--value K=V`, each as often as it is given. */
export function valuesOf(flags: {value?: readonly string[] | undefined}): Readonly<Record<string, string>> {
  return Object.fromEntries((flags.value ?? []).map(text => pairOf(text, '--value')));
}

export function watchOf(text: string | undefined, hasTerminal: boolean): 'none' | 'all' | number {
  if (text === undefined) return hasTerminal ? 'all' : 'none';
  if (text === 'none' || text === 'all') return text;
  const ms = parseInterval(text);
  if (ms === undefined)
    throw new CommandError(EXIT.usage, `--watch wants none, all or a duration such as 30m, got "${text}"`);
  return ms;
}
