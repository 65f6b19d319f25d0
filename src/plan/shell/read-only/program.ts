/** What is said of a program, so that a command of it can be judged. */
import type {Words} from '../arguments.ts';

/** `tells`: it looks, and fails when what it looks for is not so. `prints`: it only looks. */
export type Look = 'tells' | 'prints' | 'none';

/** Judges what a program runs: words, or the text of `sh -c`. */
export type Inner = {ofWords(words: Words): Look; ofText(text: string): Look};

export type Program = {
  /** Options with a value, which is no operand; see `optionNames`. */
  valued?: string;
  /** The options without a value. Present: any other option is unknown, and then nothing is sure. */
  flags?: string;
  /** Options that write, send, or run something. */
  acts?: string;
  /** One of these must be there. */
  needs?: string;
  /** How many operands it reads; one more would be written to. */
  operandsMax?: number;
  /** What every operand must be. */
  operand?: RegExp;
  /** By subcommand, which is the first word that is no option. */
  verbs?: Readonly<Record<string, Program>>;
  /** Where the command stands that it runs. */
  carries?: 'behind dashes' | 'behind operand';
  /** Always, or with one of these options. */
  tells?: true | string;
  /** For what no column can say. */
  judge?: (args: Words, inner: Inner) => Look;
};

export function rows(names: string, program: Program): Record<string, Program> {
  return Object.fromEntries(names.split(' ').map(name => [name, program]));
}
