import {type ParseArgsConfig, parseArgs} from 'node:util';
import {parseInterval} from '../../plan/plan.ts';
import {CommandError, EXIT} from '../exit-codes.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs` whose complaint is one line with exit code 2. */
export function parseArguments<T extends Options>(args: readonly string[], options: T, positionalsMax: number) {
  try {
    const parsed = parseArgs({args: [...args], options, allowPositionals: true, strict: true});
    const extra = parsed.positionals[positionalsMax];
    if (extra !== undefined) throw new CommandError(EXIT.usage, `unexpected "${extra}"; see \`tminus help\``);
    return parsed;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new CommandError(EXIT.usage, `${message}; see \`tminus help\``);
  }
}

/** `K=V`, cut at the first `=`. */
export function pairOf(text: string, flag: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new CommandError(EXIT.usage, `${flag} wants NAME=VALUE, got "${text}"`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

export function watchOf(text: string | undefined, hasTerminal: boolean): 'none' | 'all' | number {
  if (text === undefined) return hasTerminal ? 'all' : 'none';
  if (text === 'none' || text === 'all') return text;
  const ms = parseInterval(text);
  if (ms === undefined)
    throw new CommandError(EXIT.usage, `--watch wants none, all or a duration such as 30m, got "${text}"`);
  return ms;
}
