/** The verdict on a step of a group: from how it went on each host, and how many may fail. */
import {plural} from '../../text/figures.ts';
import {hostNames} from '../host-lines.ts';
import type {HostOutcome, HostVerdict, Outcome, OutcomeHere, OutcomeOnHosts, Verdict} from '../outcome.ts';

const REASONS_MAX = 5;

/** `judgeHere`: the verdict on what came of it in one place. */
export function judgeHosts(outcome: OutcomeOnHosts, judgeHere: (outcome: OutcomeHere) => Verdict): Verdict {
  const {failuresMax, differs = []} = outcome;
  const judged = outcome.hosts.map(({host, outcome: own, settled}) => ({
    host,
    settled,
    own,
    verdict: settled === undefined ? judgeHere(own) : {...settled, checks: []},
  }));
  const hosts = judged.map(({host, verdict: {kind, because}, own, settled}): HostVerdict => {
    if (settled !== undefined) return settled;
    const printed = 'output' in own ? digestOf(own.output) : '';
    return {host, kind, because, ...(printed === '' ? {} : {printed})};
  });
  const of = (...kinds: Verdict['kind'][]) => hosts.filter(({kind}) => kinds.includes(kind));
  const [failed, unseen, stopped, open] = [of('failed'), of('unknown'), of('cancelled'), of('judge')];
  const worst = [failed, stopped, unseen, open].find(some => some.length > 0)?.[0]?.host ?? hosts[0]?.host;
  const checks = judged.find(({host}) => host === worst)?.verdict.checks ?? [];
  const all = hosts.length;
  const allowed = failuresMax === 0 ? '' : ` (at most ${failuresMax} may)`;
  const say = (kind: Verdict['kind'], because: string): Verdict => ({kind, because, checks, hosts});
  if (failed.length > failuresMax)
    return say('failed', `on ${failed.length} of ${plural(all, 'host')}${allowed}: ${namedText(failed)}`);
  if (stopped.length > 0) return say('cancelled', `on ${stopped.length} of ${plural(all, 'host')}`);
  if (failed.length + unseen.length > failuresMax) {
    return say('unknown', `on ${unseen.length} of ${plural(all, 'host')}${allowed}: ${namedText(unseen)}`);
  }
  if (open.length > 0) return say('judge', `on ${open.length} of ${plural(all, 'host')}: ${namedText(open)}`);
  const passed = `on ${of('passed').length} of ${plural(all, 'host')}`;
  const left = [...failed, ...unseen];
  const because = left.length === 0 ? passed : `${passed}; not on ${namedText(left)}`;
  return differs.length > 0 ? say('judge', `${because}; ${differs.join('; ')}`) : say('passed', because);
}

/** What another attempt leaves alone: hosts where it has passed. One that was never heard of may have it, under its name. */
export function settledHosts(
  outcome: Outcome | undefined,
  verdict: Verdict | undefined,
): readonly HostOutcome[] | undefined {
  if (outcome?.kind !== 'on-hosts') return undefined;
  const passed = new Map(verdict?.hosts?.flatMap(one => (one.kind === 'passed' ? [[one.host, one] as const] : [])));
  return outcome.hosts.flatMap((one): HostOutcome[] => {
    const settled = passed.get(one.host);
    if (settled !== undefined) return [{...one, settled}];
    return one.unreached === true ? [one] : [];
  });
}

/** `web3: exit 1 from line 4; web9: …`: hosts with the same reason stand together. */
function namedText(hosts: readonly HostVerdict[]): string {
  const groups = [...Map.groupBy(hosts, ({because}) => because)].sort(([, a], [, b]) => b.length - a.length);
  const texts = groups.slice(0, REASONS_MAX).map(([because, own]) => {
    return `${hostNames(own.map(({host}) => host))}: ${because}`;
  });
  const further = groups.slice(REASONS_MAX).reduce((sum, [, own]) => sum + own.length, 0);
  return `${texts.join('; ')}${further > 0 ? `; and ${further} more` : ''}`;
}

/** FNV-1a, twice 32 bits: to tell what hosts printed apart, not to keep anybody from anything. */
function digestOf(text: string): string {
  if (text === '') return '';
  let [one, other] = [0x811c9dc5, 0x1000193];
  for (let index = 0; index < text.length; index += 1) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    other = Math.imul(other ^ text.charCodeAt(index), 0x85ebca6b);
  }
  return [one, other].map(half => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
