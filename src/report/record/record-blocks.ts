/** What the parts of a record are made of, whatever form it is printed in. */
import type {Attempt} from './attempt-transcripts.ts';

/** Text of any origin, on one line each; the form that prints it makes it harmless. */
export type Block =
  /** `name: value`, one a line. */
  | {kind: 'facts'; facts: readonly Fact[]}
  /** `tones`: how good the news of each row is, where that is known. */
  | {kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[]; tones?: readonly string[]}
  | {kind: 'list'; items: readonly Item[]}
  /** Commands to copy, whole. */
  | {kind: 'commands'; label: string; lines: readonly string[]}
  | {kind: 'attempts'; attempts: readonly Attempt[]};

export type Fact = readonly [name: string, value: string];

/** `under`: lines that belong to it. */
export type Item = {text: string; under?: readonly string[]};

/** A part with no blocks is left out. */
export type Part = {title: string; blocks: readonly Block[]};

export function facts(...all: readonly (Fact | undefined)[]): Block {
  return {kind: 'facts', facts: all.filter(fact => fact !== undefined)};
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  tones: readonly string[] = [],
): Block {
  return {kind: 'table', head, rows, tones};
}

export function list(items: readonly (string | Item)[]): Block {
  return {kind: 'list', items: items.map(item => (typeof item === 'string' ? {text: item} : item))};
}

export function isEmpty(block: Block): boolean {
  switch (block.kind) {
    case 'facts':
      return block.facts.length === 0;
    case 'table':
      return block.rows.length === 0;
    case 'list':
      return block.items.length === 0;
    case 'commands':
      return block.lines.length === 0;
    case 'attempts':
      return block.attempts.length === 0;
  }
}
