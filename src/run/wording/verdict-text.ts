/** A verdict in words. */
import type {Rule} from '../../plan/plan.ts';
import {figureText, quantityText} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import type {Assessment, Baseline, Standing} from '../outcome.ts';
import {isInverted} from '../rules/measure.ts';
import {isRelative} from '../rules/relative.ts';

/** Everything that the words of a verdict say, as figures. */
export type VerdictFigures = {
  rule: Rule;
  assessment: Assessment;
  /**
   * How far from tripping. `percent` of the bound that is left before the value is past it, negative beyond it (absent
   * for a bound of 0); `times` of `of` evaluations in a row are past it.
   */
  distance?: {percent?: number; times: number; of: number};
  /** Evaluations in a row that were better, of those it takes to leave the standing. */
  recovering?: {calm: number; of: number};
  baseline?: Baseline;
  /** Percent of the baseline. */
  change?: number;
  /** Age of the newest reading, ms; present once it is older than the source's cadence allows. */
  staleMs?: number;
  /** The source fails: its newest error, and for how long. */
  failing?: {error: string; forMs: number};
  /** What a verdict still lacks: samples, and where it is a matter of time, the moment (epoch ms) it can be given. */
  missingFor?: {samples: number; until?: number};
  /** Why the tie of the rule to its signal is only a guess. */
  guess?: string;
  /** Its window on the mission clock is not open: it opens, or has closed, at this many ms after T+0. */
  outside?: {kind: 'opens' | 'closed'; atMs: number};
  /** It holds the old version against the baseline, after a rollback. */
  isAfterRollback?: true;
};

/** `P95 store_message 612 ms ok <850 n=143 0/3`. `last`: how it stood before its window closed. */
export function verdictText(line: VerdictFigures, last: Standing['kind'] | undefined): string {
  const {rule, assessment, outside} = line;
  const {standing, value, n, because} = assessment;
  const name = nameOf(line);
  const shown = value === undefined ? '' : ` ${quantityText(value, rule.unit)}${multipleOf(line)}`;
  const end = `${boundOf(line)}${rule.person ? '' : ` n=${n}${rowOf(line)}`}`;
  switch (standing.kind) {
    case 'blind':
      return `${name} blind`;
    case 'disarmed':
      if (outside === undefined) return `${name} disarmed`;
      return `${name} ${because}${outside.kind === 'closed' && last !== undefined ? `, was ${last}` : ''}`;
    case 'warming':
      return `${name} warming: ${because}`;
    case 'tripped':
      return `${name}${shown} TRIPPED ${end}`;
    case 'breached':
    case 'ok':
    case 'grey':
      return `${name}${shown} ${standing.kind} ${end}`;
  }
}

/** What the brief text leaves out, one thing each. */
export function verdictDetails(line: VerdictFigures): readonly string[] {
  const {rule, assessment, distance, change, baseline, staleMs, failing, guess, outside} = line;
  const {low, high, because, standing} = assessment;
  const isSaid = standing.kind === 'ok' || standing.kind === 'warming' || outside !== undefined;
  const left = distance?.percent;
  return [
    left === undefined ? [] : `${figureText(Math.abs(Math.round(left)))} % ${left < 0 ? 'past the bound' : 'left'}`,
    low === undefined || high === undefined ? [] : `surely between ${figureText(low)} and ${figureText(high)}`,
    baseline === undefined ? [] : againstText(rule, baseline, change),
    isSaid ? [] : because,
    guess !== undefined || rule.signal === undefined || rule.signal === rule.metric ? [] : `measured by ${rule.signal}`,
    staleMs === undefined ? [] : `last reading ${stretchText(staleMs)} ago`,
    failing === undefined ? [] : `failing for ${stretchText(failing.forMs)}: ${failing.error}`,
    guess === undefined ? [] : `measured by ${rule.signal} as a guess: ${guess}`,
  ].flat();
}

function againstText(rule: Rule, {value, from, unit = rule.unit}: Baseline, change: number | undefined): string {
  const stated = from === 'document' ? ' (stated in the document)' : '';
  const baseline = `baseline ${quantityText(value, unit)}${stated}`;
  return change === undefined ? baseline : `${change > 0 ? '+' : ''}${Math.round(change)} % vs ${baseline}`;
}

/** ` of baseline 210 ms`: what a multiple is one of. */
function multipleOf({rule, baseline}: VerdictFigures): string {
  if (!isRelative(rule) || baseline?.unit === undefined) return '';
  return ` of baseline ${quantityText(baseline.value, baseline.unit)}`;
}

function nameOf({rule, isAfterRollback}: VerdictFigures): string {
  if (isAfterRollback === true) return rule.text;
  return `${rule.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : ''}${rule.metric}`;
}

function boundOf({rule, isAfterRollback, baseline}: VerdictFigures): string {
  const bound = `${isInverted(rule) ? 'trips ' : ''}${rule.op}${isRelative(rule) ? quantityText(rule.value, rule.unit) : figureText(rule.value)}`;
  const isHeld = isAfterRollback === true && baseline !== undefined;
  return isHeld ? `${bound} (baseline ${figureText(baseline.value)})` : bound;
}

function rowOf({distance, recovering}: VerdictFigures): string {
  if (recovering !== undefined) return ` recovering ${recovering.calm}/${recovering.of}`;
  return distance === undefined ? '' : ` ${distance.times}/${distance.of}`;
}
