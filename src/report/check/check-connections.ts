/** The results of `tminus check --connect`: hosts, sudo, databases, logs, probes, readiness. */
import type {ReadinessItem} from '../../run/event.ts';
import {provedCount} from '../../run/rollback/readiness-now.ts';
import {plural} from '../../text/figures.ts';
import type {Paint} from '../../text/paint.ts';
import {cell, displayWidth, oneLine, wrap} from '../../text/width.ts';
import {partHeading} from './page-elements.ts';

/** `attention`: it answers, but not as a run needs it. */
export type ConnectionProof = {
  kind: 'host' | 'sudo' | 'database' | 'log' | 'probe';
  name: string;
  state: 'ok' | 'attention' | 'failed';
  detail: string;
  ms?: number;
};

export type Connections = {proofs: readonly ConnectionProof[]; readiness: readonly ReadinessItem[]};

const ORDER: readonly ConnectionProof['kind'][] = ['host', 'sudo', 'database', 'log', 'probe'];

/** Order of kinds: each one needs those before it. Within a kind, by name. */
export function sortedProofs(proofs: readonly ConnectionProof[]): readonly ConnectionProof[] {
  return proofs.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name));
}

/** `isPiped`: a program reads the text, so long details are not wrapped. */
type ConnectionPage = {width: number; paint: Paint; isPiped: boolean};

export function connectionLines({proofs, readiness}: Connections, page: ConnectionPage): readonly string[] {
  const rows = proofs.map(({kind, name, state, detail, ms}): Row => {
    const said = ms === undefined ? detail : `${detail} · ${ms} ms`;
    return {word: wordOf(state, page.paint), name: `${kind} ${name}`, said};
  });
  const none = rows.length === 0 ? ['  no hosts, databases, logs or probes are bound'] : [];
  return [
    partHeading(page, 'CONNECTIONS', countsText(proofs)),
    ...none,
    ...rowLines(rows, page),
    ...readinessLines(readiness, page),
  ];
}

function readinessLines(items: readonly ReadinessItem[], page: ConnectionPage): readonly string[] {
  if (items.length === 0) return [];
  const {paint} = page;
  const {ready, of} = provedCount(items);
  const rows = items.map(({ready: isReady, optional, title, detail}): Row => {
    const word = isReady ? paint.good('ok  ') : (optional ? paint.faint : paint.bad)('not ');
    return {word, name: title, said: detail};
  });
  return ['', partHeading(page, 'ROLLBACK READINESS', `${ready}/${of} ready`), ...rowLines(rows, page)];
}

type Row = {word: string; name: string; said: string};

/** `  ok   host vps  deploy@…`; a long detail is wrapped and aligned below its start. */
function rowLines(rows: readonly Row[], {width, isPiped}: ConnectionPage): readonly string[] {
  const nameWidth = Math.min(Math.max(1, ...rows.map(({name}) => displayWidth(name))), Math.floor(width * NAME_SHARE));
  const indent = LEAD_WIDTH + nameWidth + 2;
  return rows.flatMap(({word, name, said}) => {
    const [first = '', ...more] = isPiped ? [oneLine(said)] : wrap(said, Math.max(1, width - indent));
    return [`  ${word} ${cell(name, nameWidth)}  ${first}`.trimEnd(), ...more.map(line => ' '.repeat(indent) + line)];
  });
}

const LEAD_WIDTH = 7;
const NAME_SHARE = 0.45;

function wordOf(state: ConnectionProof['state'], paint: Paint): string {
  switch (state) {
    case 'ok':
      return paint.good('ok  ');
    case 'attention':
      return paint.warn('look');
    case 'failed':
      return paint.bad('FAIL');
  }
}

function countsText(proofs: readonly ConnectionProof[]): string {
  const count = (state: ConnectionProof['state']) => proofs.filter(one => one.state === state).length;
  const said = [
    `${count('ok')} ok`,
    ...(count('attention') === 0 ? [] : [`${plural(count('attention'), 'needs', 'need')} a look`]),
    ...(count('failed') === 0 ? [] : [`${count('failed')} failed`]),
  ];
  return proofs.length === 0 ? '' : said.join(' · ');
}
