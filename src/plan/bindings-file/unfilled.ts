/** Finds what a bindings file leaves open: names without a value, and the entries that need them. */
import {isMap, isPair, isScalar, isSeq, type YAMLMap, type YAMLSeq} from 'yaml';
import {compact} from '../../text/compact.ts';

/** One open question: `hosts.vps` has no `destination`. `offset`: its position in the text. */
export type Unfilled = {section: string; name: string; field?: string; matches: readonly string[]; offset: number};

/**
 * Removes from the file what is not filled in, and entries that need it: a probe on a host without a destination is no
 * mistake. Returns the open questions, section by section.
 */
export function takeUnfilled(contents: unknown): readonly Unfilled[] {
  if (!isMap(contents)) return [];
  const open: Unfilled[] = [];
  const gone: Removed = {host: new Set(), database: new Set(), log: new Set(), probe: new Set()};
  for (const {section, kind, waits} of SECTIONS) {
    const part = partAt(contents, section);
    if (part === undefined) continue;
    const kept = [...part.items].filter(item => {
      const name = isPair(item) ? textOf(item.key) : '';
      const node = isPair(item) ? item.value : item;
      const field = takeOpenFields(node);
      const isOpen = field !== undefined;
      const offset = offsetOf(isPair(item) ? item.key : item);
      const matches = textsOf(fieldOf(node, 'matches'));
      if (isOpen) open.push(compact({section, name, matches, offset, field: field === '' ? undefined : field}));
      const isKept = !isOpen && !waits?.(node, gone);
      if (!isKept && kind !== undefined) gone[kind].add(name);
      return isKept;
    });
    part.items = kept as typeof part.items;
  }
  return open;
}

type Removed = Record<'host' | 'database' | 'log' | 'probe', Set<string>>;

const namesRemoved = (node: unknown, field: string, ...sets: Set<string>[]): boolean => {
  const name = textOf(fieldOf(node, field));
  return sets.some(set => set.has(name));
};

/** The order matters: a section stands behind those that it needs. `kind`: what the names of this section are. */
const SECTIONS: readonly {section: string; kind?: keyof Removed; waits?: (node: unknown, gone: Removed) => boolean}[] =
  [
    {section: 'values'},
    {section: 'hosts', kind: 'host'},
    {section: 'databases', kind: 'database', waits: (node, gone) => namesRemoved(node, 'via', gone.host)},
    {section: 'choices'},
    {section: 'contexts', waits: (node, gone) => gone.host.has(textOf(node))},
    {section: 'logs', kind: 'log', waits: (node, gone) => namesRemoved(node, 'on', gone.host)},
    {
      section: 'probes',
      kind: 'probe',
      waits: (node, gone) =>
        namesRemoved(node, 'on', gone.host, gone.database) ||
        namesRemoved(node, 'log', gone.log) ||
        namesRemoved(node, 'of', gone.log, gone.probe) ||
        needsOpenDatabase(node, gone),
    },
    {
      section: 'steps',
      waits: (node, gone) =>
        namesRemoved(node, 'on', gone.host, gone.database) ||
        namesRemoved(node, 'log', gone.log) ||
        needsOpenDatabase(node, gone),
    },
    {section: 'rules', waits: (node, gone) => namesRemoved(node, 'probe', gone.probe)},
    {section: 'rollback.requires', waits: (node, gone) => namesRemoved(node, 'on', gone.host)},
    {section: 'contacts'},
  ];

/** A query without `on`, while a database is not filled in. */
function needsOpenDatabase(node: unknown, {database}: Removed): boolean {
  const isQuery = ['sql', 'tables'].some(field => fieldOf(node, field) !== undefined);
  return isQuery && fieldOf(node, 'on') === undefined && database.size > 0;
}

/** Fields that may be left out; without a value they count as absent. */
const OPTIONAL = new Set(
  'matches directory config transport forks max-failures default via every timeout retries window samples consecutive of expect statistic'.split(
    ' ',
  ),
);

/**
 * The first required field without a value; '' when the whole entry has none. Removes optional fields without a value.
 */
function takeOpenFields(node: unknown): string | undefined {
  if (isEmpty(node)) return '';
  if (!isMap(node)) return undefined;
  const open = node.items.filter(({value}) => isEmpty(value)).map(({key}) => textOf(key));
  node.items = node.items.filter(({key, value}) => !(isEmpty(value) && OPTIONAL.has(textOf(key))));
  return open.find(name => !OPTIONAL.has(name));
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && (node.value === null || node.value === ''));
}

function partAt(contents: YAMLMap, section: string): YAMLMap | YAMLSeq | undefined {
  const part = section.split('.').reduce<unknown>((node, name) => fieldOf(node, name), contents);
  return isMap(part) || isSeq(part) ? part : undefined;
}

function fieldOf(node: unknown, name: string): unknown {
  return isMap(node) ? node.items.find(({key}) => textOf(key) === name)?.value : undefined;
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

function textsOf(node: unknown): readonly string[] {
  if (isSeq(node)) return node.items.map(textOf);
  return isScalar(node) ? [textOf(node)] : [];
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isMap(node) ? (node.range?.[0] ?? 0) : 0;
}
