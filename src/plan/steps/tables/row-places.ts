/** Finds where the commands of a row run: a cell that holds only hosts, a head that is one, words for here. */
import {plainText} from '../../document/inline.ts';
import type {Assumed} from '../../doubt.ts';
import type {HostNames, NamedPlace} from '../../phrases/host-mentions.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type Column, type Found, readInOrder, type Setting, stepsIn, type Thing} from '../found.ts';
import {commandsFound, type Subject} from '../make-steps.ts';

export type Cell = {column: Column; text: string};

/** The place in a cell: "hp1", "laptop". Several hosts ("sbc-lon-a, -b") stay one phrase. */
export function placeOfCell(cell: string): NamedPlace | undefined {
  const phrase = plainText(cell);
  if (!/\p{L}/u.test(phrase)) return undefined;
  return HERE.test(phrase) ? {here: true} : {here: false, phrase};
}

const HERE = phrase`^(?:${'here'}|${'this-place'})$`;

export function linesAt(line: number, commands: readonly string[]) {
  return commands.map(text => ({kind: 'command' as const, line, text}));
}

/** "| web-a | db-b |" as the head: the commands of each column run on its host. */
export function atHeads(
  headed: readonly Cell[],
  given: readonly (readonly string[])[],
  cells: readonly Cell[],
  subject: Subject,
  around: Setting,
): Found {
  return readInOrder(headed, around, (cell, here) =>
    commandsFound(here, subject, linesAt(subject.line, given[cells.indexOf(cell)] ?? []), {
      here: false,
      phrase: cell.column.head,
    }),
  );
}

/** Where no head says that its column holds places, a cell that holds only hosts, or words for here, says where. */
export function withPlaces(cells: readonly Cell[], names: HostNames): readonly Cell[] {
  return cells.some(({column}) => column.kinds.includes('place')) ? cells : cells.map(cell => withPlace(cell, names));
}

function withPlace({column, text}: Cell, names: HostNames): Cell {
  const words = plainText(text).split(/[\s,&/+]+/);
  const isHosts = words.some(word => names.has(word.toLowerCase())) && words.every(word => isHostOr(word, names));
  const isPlace = column.kinds.length === 0 && (isHosts || HERE.test(plainText(text)));
  return isPlace ? {column: {...column, kinds: ['place']}, text} : {column, text};
}

/** "| Replicates from |", "| Notify |": a head that is no word for places may name hosts for another reason. */
export function placeDoubts(
  columns: readonly Column[],
  cells: readonly Cell[],
  found: Found,
  because: string,
): Thing[] {
  const guessed = cells.filter(
    ({column, text}, index) => column.kinds.includes('place') && isUnknown(columns[index]) && !isHere(text),
  );
  const [head, ...others] = guessed.map(({column}) => `"${column.head}"`);
  if (head === undefined) return [];
  const beside = others.length === 0 ? '' : `, and not those below ${others.join(', ')}`;
  const message = `the hosts below ${head} are taken for where the commands of their rows run${beside}`;
  const settle = 'confirm the place, set another with p in `tminus review`, or name it under contexts: in the bindings';
  const proposed = others.length === 0 ? {proposed: 'they run there'} : {};
  return stepsIn(found.things).map(of => {
    const doubt: Assumed = {code: 'place-assumed', line: of.line, message, because, settle, ...proposed};
    return {kind: 'doubt', of, doubt};
  });
}

function isUnknown(column: Column | undefined): boolean {
  return column !== undefined && column.kinds.length === 0 && column.head !== '';
}

function isHere(text: string): boolean {
  return placeOfCell(text)?.here === true;
}

function isHostOr(word: string, names: HostNames): boolean {
  return names.has(word.toLowerCase()) || JOINS.test(word);
}

const JOINS = phrase`^(?:${'and'}|${'and-then'})$`;
