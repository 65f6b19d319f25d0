/** Follows the values of shell variables that the document itself sets to plain text. */
import {memoize} from '../../text/memoize.ts';
import {type Variables, variablesOf} from './variables.ts';
import {shellCommands, type Word} from './words.ts';

/** Values by name: `BACKUP` → `/srv/backup`. */
export type Values = ReadonlyMap<string, string>;

const noValues: Values = new Map();

/** More than any document sets. */
const NAMES_MAX = 200;
const VALUE_CHARACTERS_MAX = 400;
const SHELLS_MAX = 200;

/** The text with known values filled in: `cp -r "$BACKUP" app` becomes `cp -r "/srv/backup" app`. */
export function withValues(text: string, values: Values = noValues): string {
  if (!text.includes('$')) return text;
  const own = changesIn(text);
  const inner = own.set.size === 0 ? values : new Map([...values, ...own.set]);
  const usable = [...inner].filter(([name]) => !own.lost.has(name));
  return usable.length === 0 ? text : replaced(text, new Map(usable));
}

/** The values after a text has run. `isSure`: it runs in any case. */
function valuesAfter(text: string, values: Values, isSure: boolean): Values {
  if (!/[=$]|\b(?:read|unset|source|eval)\b|^\s*\./.test(text)) return values;
  const {set, lost, losesAll} = changesIn(withValues(text, values));
  if (losesAll) return noValues;
  if (set.size === 0 && lost.size === 0) return values;
  const after = new Map(values);
  for (const [name, value] of set) {
    if (isSure && after.size < NAMES_MAX) after.set(name, value);
    else after.delete(name);
  }
  for (const name of lost) after.delete(name);
  return after;
}

/** The same, for one of several shells. */
export function valuesByShellAfter(
  all: ReadonlyMap<string, Values>,
  shell: string,
  text: string,
  isSure: boolean,
): ReadonlyMap<string, Values> {
  const before = all.get(shell) ?? noValues;
  const after = all.has(shell) || all.size < SHELLS_MAX ? valuesAfter(text, before, isSure) : before;
  return after === before ? all : new Map(all).set(shell, after);
}

/** `set`: set once, to plain text. `lost`: changed in another way. `losesAll`: any variable may have changed. */
type Changes = {set: Values; lost: ReadonlySet<string>; losesAll: boolean};

const changesIn = memoize((text: string): Changes => {
  const {set: names, setsMore} = variablesOf(text);
  if (names.length === 0 && !/\bunset\b/.test(text)) return {set: noValues, lost: new Set(), losesAll: setsMore};
  const set = new Map<string, string>();
  const lost = new Set<string>();
  for (const {words, assignments, within, joined} of shellCommands(text)) {
    const [program] = words;
    if (program?.text === 'unset') for (const {text: name} of words) lost.add(name);
    if (program !== undefined && !DECLARES.test(program.text)) continue;
    const isPlain = within.length === 0 && /^;?$/.test(joined);
    for (const [name, word] of [...assignments.map(one => [one.name, one.word] as const), ...declared(words)]) {
      const value = isPlain && !set.has(name) ? plainValue(word) : undefined;
      if (value === undefined) lost.add(name);
      else set.set(name, value);
    }
  }
  for (const name of names) if (!set.has(name)) lost.add(name);
  for (const name of lost) set.delete(name);
  return {set, lost, losesAll: setsMore};
});

const DECLARES = /^(?:export|readonly|declare|typeset)$/;

/** `export A=1 B=2`. */
function declared(words: readonly Word[]): readonly (readonly [string, Word])[] {
  return words.slice(1).flatMap(word => {
    const [, name = '', text = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word.text) ?? [];
    return name === '' ? [] : [[name, {...word, text}] as const];
  });
}

/** A value that means the same with and without quotes; undefined for all others. */
function plainValue(word: Word | undefined): string | undefined {
  if (word === undefined || word.expands || word.text.length > VALUE_CHARACTERS_MAX) return undefined;
  return /^[\w./:@%+,=<>[\]{} ~-]+$/.test(word.text) && !(word.quoted && word.text.startsWith('~'))
    ? word.text
    : undefined;
}

function replaced(text: string, values: Values): string {
  const spans = plainUses(variablesOf(text), text).filter(({name}) => values.has(name));
  return spans
    .toSorted((one, other) => other.start - one.start)
    .reduce((whole, {name, start, end}) => whole.slice(0, start) + (values.get(name) ?? '') + whole.slice(end), text);
}

/** Uses that do not change the value: `$NAME`, `${NAME}`, `${NAME:?not set}`. */
function plainUses({used, demanded}: Variables, text: string): Variables['used'] {
  return [...used, ...demanded].filter(({name, start, end}) => {
    const form = text.slice(start, end);
    return (
      form === `$${name}` || (form.startsWith(`\${${name}`) && /^(?::?\?.*)?\}$/s.test(form.slice(name.length + 2)))
    );
  });
}
