/** The hosts of a step on a group, and what one of them printed. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import {type HostStand, standOnHosts} from '../../run/groups/on-each.ts';
import {hostOfLine, nameInLine} from '../../run/host-lines.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {signOfHost} from './host-rows.ts';

/** How many lines of the step, from its end, are looked through for those of one host. */
const LINES_MAX = 50_000;
const LINES_AT_ONCE = 2000;

/** Those that did not pass first, then those that printed something else than most. */
export function hostList(plan: Plan, state: RunState, step: Step): readonly HostStand[] {
  const hosts = standOnHosts(plan, state, step);
  const common = commonPrint(hosts);
  const rank = ({kind, printed}: HostStand) =>
    kind === 'pending' ? 4 : kind === 'running' ? 3 : kind !== 'passed' ? 0 : printed === common ? 2 : 1;
  return hosts.toSorted((one, other) => rank(one) - rank(other));
}

/** What most of those printed that have ended; undefined where no two printed the same. */
export function commonPrint(hosts: readonly HostStand[]): string | undefined {
  const ended = hosts.filter(({kind}) => kind !== 'pending' && kind !== 'running');
  const [most] = [...Map.groupBy(ended, ({printed}) => printed).values()].sort((a, b) => b.length - a.length);
  return most !== undefined && most.length > 1 ? most[0]?.printed : undefined;
}

const WORDS = {
  passed: '',
  failed: 'failed',
  unknown: 'nobody saw its end',
  cancelled: 'cancelled',
  judge: 'to be judged',
  running: 'running',
  pending: 'not begun',
} as const;

/** `✗ web3  failed: exit 1 from line 4`, `✓ web9  other output` */
export function hostListRow(stand: HostStand, common: string | undefined, width: number, writer: TextWriter): string {
  const {host, kind, because, printed} = stand;
  const {sign, token} = signOfHost(kind, writer.glyphs);
  const hasEnded = kind !== 'pending' && kind !== 'running';
  const other = hasEnded && common !== undefined && printed !== common ? 'other output' : '';
  const reason = kind === 'passed' ? '' : because;
  const words = [WORDS[kind], reason, other].filter(text => text !== '').join(', ');
  return `${writer.write(token, sign)} ${writer.write('text', host.padEnd(width))}  ${writer.write('muted', words)}`;
}

/** Its lines, without its name before them; of a console that has no spool what the journal keeps. */
export function printedOn(
  {plan, state, step}: {plan: Plan; state: RunState; step: Step},
  host: string,
  read: (from: number, count: number) => readonly string[],
  total: number,
): readonly string[] {
  const own = stepState(state, step.id);
  const stand = standOnHosts(plan, state, step).find(one => one.host === host);
  const from = stand?.lines?.from ?? ('outputFrom' in own ? (own.outputFrom ?? 0) : 0);
  const to = Math.min(total, stand?.lines?.to ?? ('outputTo' in own ? (own.outputTo ?? total) : total));
  const name = nameInLine(host);
  const lines: string[] = [];
  for (let at = Math.max(from, to - LINES_MAX); at < to; at += LINES_AT_ONCE) {
    for (const line of read(at, Math.min(LINES_AT_ONCE, to - at))) {
      if (hostOfLine(line) === name) lines.push(line.slice(line.indexOf(SEPARATOR) + SEPARATOR.length));
    }
  }
  return lines.length > 0 ? lines : keptOf(state, step, host);
}

const SEPARATOR = ' | ';

function keptOf(state: RunState, {id}: Step, host: string): readonly string[] {
  const own = stepState(state, id);
  const outcome = 'outcome' in own && own.outcome?.kind === 'on-hosts' ? own.outcome : undefined;
  const here = outcome?.hosts.find(one => one.host === host)?.outcome;
  return here !== undefined && 'output' in here && here.output !== '' ? here.output.trimEnd().split('\n') : [];
}
