/** What all parts of a drafted bindings file share: the plan, its hosts, names and remarks. */
import {comparable} from '../../apply-bindings/matches.ts';
import {isFence} from '../../document/source-lines.ts';
import type {Plan} from '../../plan.ts';
import type {Entry} from './yaml-text.ts';

/** `answers`: what a person has said, by `hosts.vps` or `values.<version>`. */
export type DraftContext = {
  plan: Plan;
  hosts: readonly DraftedHost[];
  /** The host with most steps, where the deploy happens. */
  host: string | undefined;
  /** The database to which queries go. */
  database: string | undefined;
  answers: ReadonlyMap<string, string>;
  /** Variables of the environment that have a value. */
  has: (variable: string) => boolean;
};

/** `written`: the destination in the document. `isOpen`: it holds a placeholder. */
export type DraftedHost = {name: string; written: string; isOpen: boolean; line: number; directory?: string};

/** `line 81: ssh user@your-vps-ip`. Of a code block, the first line inside is shown. */
export function lineRemark({source}: Plan, line: number): string {
  const at = isFence(source[line - 1]) ? line + 1 : line;
  const text = (source[at - 1] ?? '').trim().replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/, '');
  return `line ${at}: ${text}`;
}

export function linesRemark(plan: Plan, [first = 1, ...more]: readonly number[]): string {
  const named = more.slice(0, LINES_NAMED_MAX).join(', ');
  const also = more.length === 0 ? '' : `   (also ${named}${more.length > LINES_NAMED_MAX ? ' …' : ''})`;
  return lineRemark(plan, first) + also;
}

type Named = {text: string; line: number; metric?: string};

/** How a binding can name each of these: by its text where nothing else has it, else by its line, of several there also by what is measured. */
export function matchesOf(items: readonly Named[]): (item: Named) => string {
  const texts = Map.groupBy(items, ({text}) => comparable(text));
  return ({text, line, metric}) => {
    const isPlain = text.length <= MATCH_LENGTH_MAX && comparable(text) !== '' && !/^line:/i.test(text.trim());
    if (isPlain && texts.get(comparable(text))?.length === 1) return text;
    const isAmbiguous = metric !== undefined && items.filter(one => one.line === line).length > 1;
    return isAmbiguous ? `line:${line} ${metric}` : `line:${line}`;
  };
}

/** Comments for an entry with `match`: the text of the line where the match is only a line number. */
export function commentsOfMatch(plan: Plan, match: string, line: number): Pick<Entry, 'above' | 'aside'> {
  return match.startsWith('line:') ? {above: [lineRemark(plan, line)]} : {above: [], aside: {match: `line ${line}`}};
}

/** A short name made of the letters and digits of a text. */
export function slug(text: string, otherwise: string, joint = '_'): string {
  const words =
    text
      .normalize('NFD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, SLUG_WORDS_MAX).join(joint).slice(0, SLUG_LENGTH_MAX) || otherwise;
}

/** The name, with a number behind it if it is taken. The result is added to `taken`. */
export function uniqueName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
  taken.add(free);
  return free;
}

const LINES_NAMED_MAX = 8;
const MATCH_LENGTH_MAX = 80;
const SLUG_WORDS_MAX = 4;
const SLUG_LENGTH_MAX = 40;
