/** What keys do. Hints, help, palette and the README's table are made from the table of keys. */
import {nearest} from '../../text/nearest.ts';
import {KEY_TABLE, type KeyGroup, type TableEntry} from './key-table.ts';
import {type KeyEntry, REVIEW_KEYS} from './review-key-table.ts';
import {PANELS, type PanelName} from './view-state.ts';

export type ActionId = (typeof KEY_TABLE)[KeyGroup][number]['id'];
export type KeyBinding = TableEntry & {id: ActionId};

export const KEY_GROUPS = Object.keys(KEY_TABLE) as readonly KeyGroup[];

export const KEYS: readonly KeyBinding[] = KEY_GROUPS.flatMap(group =>
  KEY_TABLE[group].map(entry => ({...entry, group})),
);

/** Keys that a person has given to actions, in place of those of the table. */
export type OwnKeys = Readonly<Partial<Record<ActionId, readonly [string, ...string[]]>>>;

/** The keys of this process: it shows one console. */
let current = KEYS;

export function takeOwnKeys(own: OwnKeys): void {
  current = withOwn(own);
}

/** All actions with the keys that they have now. */
export function keysNow(): readonly KeyBinding[] {
  return current;
}

/** What the key does in this panel. */
export function actionFor(key: string, panel: PanelName): ActionId | undefined {
  return current.find(({keys, where}) => keys.includes(key) && (where === undefined || where.includes(panel)))?.id;
}

export function bindingOf(id: ActionId): KeyBinding {
  const binding = current.find(key => key.id === id);
  if (binding === undefined) throw new Error(`no key for ${id}`);
  return binding;
}

/** The key of an action, as people write it. */
export function keyOf(id: ActionId): string {
  return keyLabel(bindingOf(id).keys[0]);
}

function withOwn(own: OwnKeys): readonly KeyBinding[] {
  return KEYS.map(binding => ({...binding, keys: own[binding.id] ?? binding.keys}));
}

/**
 * Keys that stay where they are: those that change the run (the engine's words and the people beside you name them), and
 * those that lead out of everything.
 */
export function isFixed({group, id}: Pick<KeyBinding, 'group' | 'id'>): boolean {
  return group === 'Run' || FIXED.has(id);
}

const FIXED: ReadonlySet<ActionId> = new Set([
  'samples',
  'hosts',
  'close',
  'leave',
  'suspend',
  'help',
  'palette',
] as const);

/** Why the action cannot have these keys, beside the other keys that a person has set; undefined when it can. */
export function ownKeysProblem(action: string, keys: readonly string[], others: OwnKeys): string | undefined {
  const binding = KEYS.find(({id}) => id === action);
  if (binding === undefined) {
    const meant = nearest(
      action,
      KEYS.map(({id}) => id),
    );
    const hint = meant === undefined ? '`tminus config` lists them' : `did you mean ${meant}?`;
    return `keys: there is no action "${action}"; ${hint}`;
  }
  const standard = binding.keys.map(keyLabel).join(' ');
  if (isFixed(binding)) return `keys.${action}: stays on ${standard}: it is the same in every console`;
  const [first, ...rest] = keys;
  if (first === undefined) return `keys.${action}: name at least one key`;
  const wrong = keys.find(key => !isKeyName(key));
  if (wrong !== undefined)
    return `keys.${action}: "${wrong}" is no key; write one sign (S), ctrl+x, alt+x, or ${Object.keys(SHOWN).join(', ')}`;
  return clash(action, withOwn({...others, [action]: [first, ...rest]}));
}

/** In one panel a key means one thing. */
function clash(action: string, all: readonly KeyBinding[]): string | undefined {
  for (const panel of PANELS) {
    const live = all.filter(({where}) => where === undefined || where.includes(panel));
    const mine = live.find(({id}) => id === action);
    const other = live.find(({id, keys}) => id !== action && mine?.keys.some(key => keys.includes(key)));
    if (mine === undefined || other === undefined) continue;
    const key = mine.keys.find(each => other.keys.includes(each)) ?? '';
    return `keys.${action}: ${keyLabel(key)} is ${other.id} already (${other.help})`;
  }
  return undefined;
}

function isKeyName(key: string): boolean {
  const [, bare = key] = /^(?:ctrl|alt)\+(.+)$/.exec(key) ?? [];
  if (key !== bare) return /^[\x21-\x7e]$/.test(bare) && !/^ctrl\+[cghijmrz[]$/.test(key);
  if (Object.hasOwn(SHOWN, key)) return true;
  return /^[^\s\p{C}]\p{M}*$/u.test(key);
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
  return (
    SHOWN[key] ??
    key.replace(/^(ctrl|alt)\+(.)$/, (_, held: string, letter: string) =>
      held === 'ctrl' ? `Ctrl-${letter.toUpperCase()}` : `Alt-${letter}`,
    )
  );
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
