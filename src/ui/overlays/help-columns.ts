/** The help as columns: what stands in it for a filter, and where each entry stands. Pure. */
import {wrap} from '../../text/width.ts';
import {type ActionId, KEY_GROUPS, keyLabel, keysNow} from '../view/keymap.ts';

type HelpEntry =
  | {kind: 'heading'; text: string}
  /** `short`: what stands there where room is short. */
  | {kind: 'key'; id: ActionId; name: string; text: string; short: string}
  | {kind: 'word'; name: string; text: string; short: string};

const GLOSSARY: readonly (readonly [word: string, means: string])[] = [
  ['not measured', 'no probe of the bindings measures it (blind)'],
  ['not judged', 'before the deploy, after a rollback (disarmed)'],
  ['measuring', 'too few readings for a verdict yet (warming)'],
  ['ok', 'within its bound'],
  ['watch', 'past its target, or not sure of its limit: you decide (grey)'],
  ['past limit', 'but not often enough in a row yet (breached)'],
  ['TRIPPED', 'past its limit often enough; a trigger holds the run'],
  ['(rollback >1500)', 'the checklist asks for it past this; (alert >80)'],
  ['READY 4/6', 'of 6 parts of the rollback, 4 were proved on their hosts'],
];

/** Every word that was typed must be in the entry or its heading. */
function helpEntries(typed: string): readonly HelpEntry[] {
  const words = typed
    .toLowerCase()
    .split(' ')
    .filter(word => word !== '');
  const groups: readonly (readonly [heading: string, entries: readonly HelpEntry[]])[] = [
    ...KEY_GROUPS.map((group): [string, HelpEntry[]] => [
      group,
      keysNow()
        .filter(key => key.group === group)
        .map(key => ({
          kind: 'key',
          id: key.id,
          name: key.keys.slice(0, KEYS_MAX).map(keyLabel).join(' '),
          text: key.help + (key.where === undefined ? '' : ` (${key.where.join(', ')})`),
          short: firstPart(key.help),
        })),
    ]),
    ['Words of the verdicts', GLOSSARY.map(([name, text]) => ({kind: 'word', name, text, short: text}))],
  ];
  return groups.flatMap(([heading, entries]): HelpEntry[] => {
    const shown = entries.filter(entry => words.every(word => found(word, heading, entry)));
    return shown.length === 0 ? [] : [{kind: 'heading', text: heading}, ...shown];
  });
}

/** Of `pause the panes; the run goes on` the first words. */
function firstPart(help: string): string {
  return help.split(/[;:]| \(|, or /)[0] ?? help;
}

function found(word: string, heading: string, entry: HelpEntry): boolean {
  const name = 'name' in entry ? ` ${entry.name}` : '';
  return `${heading} ${entry.text}${name}`.toLowerCase().includes(word);
}

/** A row of a column. `action`: index among the actions; absent for headings, words and blank rows. */
export type HelpRow = {entry: HelpEntry | null; name: string; text: string; action?: number};

/** `columns`: each as long as its rows. `actions`: what can be chosen, in the order of the columns. */
export type HelpPage = {
  columns: readonly (readonly HelpRow[])[];
  actions: readonly ActionId[];
  columnWidth: number;
};

/** Narrower ones would wrap nearly every entry. */
const COLUMN_WIDTH_MIN = 46;
const COLUMNS_MAX = 3;
export const COLUMN_GAP = 3;
export const NAME_WIDTH = 11;
/** Of the keys of an action. */
const KEYS_MAX = 2;

/** As many columns as fit, of about the same length; fewer when all of it fits into fewer. */
export function helpPage(typed: string, width: number, height: number): HelpPage {
  const entries = helpEntries(typed);
  const actions = entries.flatMap(entry => (entry.kind === 'key' ? [entry.id] : []));
  const most = Math.min(COLUMNS_MAX, Math.max(1, Math.floor((width + COLUMN_GAP) / (COLUMN_WIDTH_MIN + COLUMN_GAP))));
  for (let count = 1; ; count++) {
    const columnWidth = Math.floor((width - (count - 1) * COLUMN_GAP) / count);
    const blocks = blocksOf(entries, columnWidth, count === 1);
    const columns = inColumns(blocks, count);
    if (count === most || columns.every(column => column.length <= height)) return {columns, actions, columnWidth};
  }
}

/**
 * The rows of each entry, `isWhole` with all of its text. A heading has a blank row before it, and stays with the first
 * entry below it.
 */
function blocksOf(entries: readonly HelpEntry[], width: number, isWhole: boolean): readonly (readonly HelpRow[])[] {
  const blocks: HelpRow[][] = [];
  let heading: HelpRow[] = [];
  let actions = 0;
  for (const entry of entries) {
    if (entry.kind === 'heading') {
      heading = [
        {entry: null, name: '', text: ''},
        {entry, name: '', text: entry.text},
      ];
      continue;
    }
    const action = entry.kind === 'key' ? {action: actions++} : {};
    const texts = wrap(isWhole ? entry.text : entry.short, width - NAME_WIDTH - 3);
    const rows = texts.map((text, index) => ({entry, name: index === 0 ? entry.name : '', text, ...action}));
    blocks.push([...heading, ...rows]);
    heading = [];
  }
  return blocks;
}

function inColumns(blocks: readonly (readonly HelpRow[])[], count: number): HelpRow[][] {
  const total = blocks.reduce((sum, rows) => sum + rows.length, 0);
  const columns: HelpRow[][] = [[]];
  let before = 0;
  for (const rows of blocks) {
    // The middle of an entry says on which side of a border it stands.
    if (before + rows.length / 2 > (total * columns.length) / count && columns.length < count) columns.push([]);
    columns.at(-1)?.push(...rows);
    before += rows.length;
  }
  // Nothing stands above the first heading of a column.
  return columns.map(column => (column[0]?.entry === null ? column.slice(1) : column));
}

/** The action beside the chosen one: in the next column (`by` 1), or the one before. */
export function actionBeside({columns}: HelpPage, selected: number, by: 1 | -1): number {
  const at = columns.findIndex(column => column.some(({action}) => action === selected));
  const row = columns[at]?.findIndex(({action}) => action === selected) ?? 0;
  const beside = columns[at + by] ?? [];
  const near = beside
    .map(({action}, index) => ({action, away: Math.abs(index - row)}))
    .filter(({action}) => action !== undefined)
    .sort((a, b) => a.away - b.away);
  return near[0]?.action ?? selected;
}
