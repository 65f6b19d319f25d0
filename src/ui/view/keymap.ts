/** What keys do. Hints, help, palette and the README's table are made from the table of keys. */
import {KEY_TABLE, type KeyGroup, type TableEntry} from './key-table.ts';
import {type KeyEntry, REVIEW_KEYS} from './review-keys.ts';
import type {PanelName} from './view-state.ts';

export type ActionId = (typeof KEY_TABLE)[KeyGroup][number]['id'];
export type KeyBinding = TableEntry & {id: ActionId};

export const KEY_GROUPS = Object.keys(KEY_TABLE) as readonly KeyGroup[];

export const KEYS: readonly KeyBinding[] = KEY_GROUPS.flatMap(group =>
  KEY_TABLE[group].map(entry => ({...entry, group})),
);

/** What the key does in this panel. */
export function actionFor(key: string, panel: PanelName): ActionId | undefined {
  return KEYS.find(({keys, where}) => keys.includes(key) && (where === undefined || where.includes(panel)))?.id;
}

export function bindingOf(id: ActionId): KeyBinding {
  const binding = KEYS.find(key => key.id === id);
  if (binding === undefined) throw new Error(`no key for ${id}`);
  return binding;
}

const SHOWN: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  home: 'Home',
  end: 'End',
  up: 'Up',
  backspace: 'Backspace',
  down: 'Down',
  left: 'Left',
  right: 'Right',
};

/** A key as people write it. */
export function keyLabel(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

export function keyLabels({keys}: Pick<KeyEntry, 'keys'>): string {
  return keys.map(keyLabel).join(' ');
}

/** The table of the README. */
export function keyTableMarkdown(): string {
  const row = ({keys, help}: KeyEntry, where: string) =>
    `| ${keys.map(name => `\`${keyLabel(name)}\``).join(' ')} | ${help} | ${where} |`;
  const rows = KEY_GROUPS.flatMap(group =>
    KEYS.filter(key => key.group === group).map(key => row(key, key.where?.join(', ') ?? 'everywhere')),
  );
  return ['| key | does | where |', '|---|---|---|', ...rows, ...REVIEW_KEYS.map(key => row(key, 'review'))].join('\n');
}
