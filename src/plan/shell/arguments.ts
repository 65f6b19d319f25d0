/** Reads the arguments of a program: its options, their values, and its operands. */

export type Words = readonly string[];

export type Option = {name: string; value?: string};

/** `carried`: what stands behind `--`, absent without one. */
export type Arguments = {options: readonly Option[]; operands: Words; carried?: Words};

/** Names of options: one letter for `-o`, more for `--output`. With `?`, a value only stands in the same word. */
export type OptionNames = ReadonlyMap<string, 'flag' | 'valued' | 'optional'>;

/** The words of a list of names. */
export function namesIn(text: string): string[] {
  return text.split(/\s+/).filter(name => name !== '');
}

/** `optionNames('q quiet', 'n lines i?')` */
export function optionNames(flags = '', valued = ''): OptionNames {
  return new Map([
    ...namesIn(flags).map(name => [name, 'flag'] as const),
    ...namesIn(valued).map(name => [name.replace('?', ''), name.endsWith('?') ? 'optional' : 'valued'] as const),
  ]);
}

/**
 * An option that is not among the names counts as a flag; one whose value is missing has none. `leading`: all from the first operand on are operands, as
 * where a subcommand or another program stands there.
 */
export function readArguments(words: Words, names: OptionNames, leading = false): Arguments {
  const options: Option[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      const carried = words.slice(at + 1);
      return {options, operands: [...operands, ...carried], carried};
    }
    if (!/^-./.test(word)) {
      if (leading) return {options, operands: words.slice(at)};
      operands.push(word);
      continue;
    }
    const found = word.startsWith('--') ? [longOption(word)] : shortOptions(word, names);
    const last = found.at(-1);
    const next = words[at + 1];
    if (last !== undefined && last.value === undefined && next !== undefined && names.get(last.name) === 'valued') {
      last.value = next;
      at += 1;
    }
    options.push(...found);
  }
  return {options, operands};
}

/** The words behind the program and its options. `valued`: those that take a value. */
export function behindOptions(words: Words, valued: OptionNames): Words {
  return readArguments(words.slice(1), valued, true).operands;
}

/** `--output=file`, `--output` */
function longOption(word: string): Option {
  const at = word.indexOf('=');
  return at === -1 ? {name: word.slice(2)} : {name: word.slice(2, at), value: word.slice(at + 1)};
}

/** `-qO-`: several letters in one word; the last may have its value behind it. */
function shortOptions(word: string, names: OptionNames): Option[] {
  const options: Option[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = word[at] ?? '';
    const value = word.slice(at + 1);
    if ((names.get(name) ?? 'flag') !== 'flag' && value !== '') return [...options, {name, value}];
    options.push({name});
  }
  return options;
}

/** Whether an option is one of the names, or is short for one: `--out` for `--output`. */
export function isOneOf({name}: Option, names: OptionNames): boolean {
  return names.has(name) || (name.length > 1 && [...names.keys()].some(whole => whole.startsWith(name)));
}
