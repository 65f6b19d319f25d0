/** How a step went on the hosts of its group, as rows: counts, a field of cells, who differs. */
import type {HostStand} from '../../run/groups/on-each.ts';
import {plural} from '../../text/figures.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

type Kind = HostStand['kind'];

type Sign = keyof Glyphs & ('failed' | 'unknown' | 'cancelled' | 'waiting' | 'passed' | 'running' | 'pending');

/** What went wrong first; each is drawn with the sign of a step in that state. */
const KINDS: Readonly<Record<Kind, {sign: Sign; token: ThemeToken}>> = {
  failed: {sign: 'failed', token: 'status.failed'},
  unknown: {sign: 'unknown', token: 'status.unknown'},
  cancelled: {sign: 'cancelled', token: 'status.skipped'},
  judge: {sign: 'waiting', token: 'status.waiting'},
  passed: {sign: 'passed', token: 'status.passed'},
  running: {sign: 'running', token: 'status.running'},
  pending: {sign: 'pending', token: 'status.pending'},
};

const COUNTED: readonly Kind[] = ['passed', 'failed', 'unknown', 'cancelled', 'judge', 'running', 'pending'];

/** Cells stand in blocks of ten, so that a host can be counted to. */
const BLOCK = 10;
const NAMED_MAX = 12;

export function signOfHost(kind: Kind, glyphs: Glyphs): {sign: string; token: ThemeToken} {
  const {sign, token} = KINDS[kind];
  return {sign: glyphs[sign], token};
}

export function hostRows(hosts: readonly HostStand[], writer: TextWriter): readonly string[] {
  return [
    writer.rule(plural(hosts.length, 'host')),
    countsRow(hosts, writer),
    ...field(hosts, writer),
    ...troubles(hosts, writer),
    ...printedRows(hosts, writer),
  ];
}

/** `97 ✓  2 ✗  1 ?` */
function countsRow(hosts: readonly HostStand[], writer: TextWriter): string {
  const counted = COUNTED.flatMap(kind => {
    const count = hosts.filter(host => host.kind === kind).length;
    const {sign, token} = KINDS[kind];
    return count === 0 ? [] : [writer.write(token, `${count} ${writer.glyphs[sign]}`)];
  });
  return counted.join('  ');
}

function field(hosts: readonly HostStand[], writer: TextWriter): readonly string[] {
  const blocks = Math.max(1, Math.floor((writer.width + 1) / (BLOCK + 1)));
  const cells = hosts.map(({kind}) => writer.write(KINDS[kind].token, writer.glyphs[KINDS[kind].sign]));
  const texts = chunks(cells, BLOCK).map(block => block.join(''));
  return chunks(texts, blocks).map(row => row.join(' '));
}

/** Every host that did not pass, with its reason. */
function troubles(hosts: readonly HostStand[], writer: TextWriter): readonly string[] {
  const order = Object.keys(KINDS);
  const left = hosts
    .filter(({kind}) => kind !== 'passed' && !hasNotEnded(kind))
    .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  const rows = left.slice(0, NAMED_MAX).flatMap(({host, kind, because}) => {
    const {sign, token} = KINDS[kind];
    return writer.rows(token, `${writer.glyphs[sign]} ${host}: ${because}`);
  });
  const more = left.length - NAMED_MAX;
  return more > 0 ? [...rows, writer.write('muted', `and ${more} more`)] : rows;
}

function hasNotEnded(kind: Kind): boolean {
  return kind === 'running' || kind === 'pending';
}

/** `same output on 96 hosts; 4 differ: web3, web7` */
function printedRows(all: readonly HostStand[], writer: TextWriter): readonly string[] {
  const hosts = all.filter(({kind}) => !hasNotEnded(kind));
  const [same = [], ...others] = [...Map.groupBy(hosts, ({printed}) => printed).values()].sort(
    (one, other) => other.length - one.length,
  );
  const differing = others.flat();
  if (hosts.length < 2) return [];
  if (same.length === 1) return writer.rows('muted', 'no two hosts printed the same');
  const names = differing.slice(0, NAMED_MAX).map(({host}) => host);
  const more = differing.length > names.length ? ` and ${differing.length - names.length} more` : '';
  const rest = differing.length === 0 ? '' : `; ${differing.length} differ: ${names.join(', ')}${more}`;
  return writer.rows('muted', `same output on ${plural(same.length, 'host')}${rest}`);
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({length: Math.ceil(all.length / size)}, (_, index) => all.slice(index * size, (index + 1) * size));
}
