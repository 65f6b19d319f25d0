/** The verdict on each rule, in words and in figures, the most urgent first. */
import type {Plan, Rule, Unit} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {boundFigure, figureText, plural, quantityText} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import type {Assessment, Baseline, Standing} from '../outcome.ts';
import {assessNow, outsideOf, rulesOf, windowNow} from '../rules/assessing.ts';
import {baselineOf, changeOf, changeText} from '../rules/baseline.ts';
import {recoveryOf} from '../rules/hysteresis.ts';
import {growsBad, isUsable} from '../rules/measure.ts';
import {isRelative} from '../rules/relative.ts';
import {readingsOf, sourceOf} from '../rules/signal-readings.ts';
import {gapIn, inWindow} from '../rules/standing.ts';
import type {RunState} from '../state.ts';
import {type Health, healthOf} from './health.ts';
import {areAlike, boundWords, measuredText, pastWords, STANDING_WORDS} from './standing-words.ts';

/** A rule with its verdict in words, and everything that the words say as figures. */
export type VerdictLine = VerdictFigures & {
  /** `P95 store_message 612 ms ok <850, 143 readings, 0 of 3 past it`. */
  text: string;
  /** For one row of many rules: `P95 store_message 612 ms ok <850`. */
  brief: string;
  /** What else there is to say, one thing each: `28 % left`, `-69 % vs baseline 2004 ms`, why, how sure. */
  details?: readonly string[];
};

/** Every rule with its verdict as of `now` (the run's own clock unless said), the most urgent first. */
export function verdictLines(plan: Plan, state: RunState, now: number = state.lastAt): readonly VerdictLine[] {
  const lines = rulesOf(plan, state).map(rule => lineOf(plan, state, rule, now));
  return lines.sort((a, b) => urgency(a) - urgency(b) || roomLeft(a) - roomLeft(b));
}

function lineOf(plan: Plan, state: RunState, rule: Rule, now: number): VerdictLine {
  const assessment = assessNow(plan, state, rule, now, false);
  const figures = figuresOf(plan, state, rule, now, assessment);
  const last = state.rules[rule.id]?.standing.kind;
  const line = {rule, assessment, ...figures};
  return {...line, ...verdictTexts(line, last), details: verdictDetails(line)};
}

function figuresOf(
  plan: Plan,
  state: RunState,
  rule: Rule,
  now: number,
  assessment: Assessment,
): Omit<VerdictFigures, 'rule' | 'assessment'> {
  const {signal} = rule;
  const baseline = baselineOf(plan, state, rule);
  // A growth that was a little above nothing has no percentage of it.
  const change = rule.statistic === 'slope' ? undefined : changeOf(rule, baseline, assessment.value);
  const distance = distanceOf(rule, assessment);
  const recovering = recoveringOf(rule, assessment);
  const missingFor = missingOf(plan, state, rule, now, assessment);
  const outside = state.rollback.status === 'none' ? outsideOf(plan, state, rule, now) : undefined;
  const health =
    signal === undefined
      ? {}
      : healthOf(plan, state, signal, readingsOf(state, signal), now, sample => isUsable(rule, sample));
  return {
    ...health,
    ...compact({
      baseline,
      change,
      distance,
      recovering,
      missingFor,
      whenTripped: state.tripped.find(({ruleId}) => ruleId === rule.id)?.value,
      measuredIn: rule.unit === 'count' && signal !== undefined ? sourceOf(plan, signal)?.unit : undefined,
      guess: rule.tie?.by === 'guess' ? rule.tie.because : undefined,
      outside,
      isAfterRollback: state.afterRollback?.includes(rule) === true ? true : undefined,
    }),
  };
}

function distanceOf(rule: Rule, {standing, value}: Assessment): VerdictLine['distance'] {
  if (value === undefined) return undefined;
  const times = standing.kind === 'breached' ? standing.times : standing.kind === 'tripped' ? rule.consecutive : 0;
  const row = {times, of: rule.consecutive};
  if (rule.value === 0 || rule.op === '=' || rule.op === '!=') return row;
  const left = growsBad(rule) ? rule.value - value : value - rule.value;
  return {...row, percent: (100 * left) / Math.abs(rule.value)};
}

function recoveringOf(rule: Rule, {standing}: Assessment): VerdictLine['recovering'] {
  const calm = 'calm' in standing ? standing.calm : undefined;
  return calm === undefined ? undefined : {calm, of: recoveryOf(rule)};
}

function missingOf(
  plan: Plan,
  state: RunState,
  rule: Rule,
  now: number,
  {standing}: Assessment,
): VerdictLine['missingFor'] {
  if (standing.kind !== 'warming') return undefined;
  const window = windowNow(plan, state, rule, now, false);
  const until = gapIn(rule, window, inWindow(rule, window))?.until;
  return compact({samples: standing.missing, until});
}

/** What nobody can see for now stands before what is known to be well. */
function urgency({assessment: {standing}, staleMs, failing}: VerdictLine): number {
  switch (standing.kind) {
    case 'tripped':
      return 0;
    case 'breached':
      return 1;
    case 'grey':
      return 2;
    case 'warming':
      return standing.after !== undefined || staleMs !== undefined || failing !== undefined ? 3 : 5;
    case 'ok':
      return 4;
    case 'blind':
      return 6;
    case 'disarmed':
      return 7;
  }
}

function roomLeft({distance}: VerdictLine): number {
  return distance?.percent ?? Number.MAX_VALUE;
}

/** Everything that the words of a verdict say, as figures. */
type VerdictFigures = Health & {
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
  /** What a verdict still lacks: samples, and where it is a matter of time, the moment (epoch ms) it can be given. */
  missingFor?: {samples: number; until?: number};
  /** Its value when it tripped, until that is dismissed. */
  whenTripped?: number;
  /** The unit of its signal, where the rule only counts. */
  measuredIn?: Unit;
  /** Why the tie of the rule to its signal is only a guess. */
  guess?: string;
  /** Its window on the mission clock is not open: it opens, or has closed, at this many ms after T+0. */
  outside?: {kind: 'opens' | 'closed'; atMs: number};
  /** It holds the old version against the baseline, after a rollback. */
  isAfterRollback?: true;
};

/** `last`: how it stood before its window closed. */
function verdictTexts(line: VerdictFigures, last: Standing['kind'] | undefined): Pick<VerdictLine, 'text' | 'brief'> {
  const {rule, assessment, outside} = line;
  const {standing, value, n, because} = assessment;
  const name = nameOf(line);
  const alike = (text: string) => ({text, brief: text});
  switch (standing.kind) {
    case 'blind':
      return alike(`${name} ${STANDING_WORDS.blind}`);
    case 'disarmed':
      if (outside === undefined) return alike(`${name} ${STANDING_WORDS.disarmed}`);
      return alike(
        `${name} ${because}${outside.kind === 'closed' && last !== undefined ? `, was ${STANDING_WORDS[last]}` : ''}`,
      );
    case 'warming':
      return alike(`${name} not judged yet: ${because}`);
    case 'tripped':
    case 'breached':
    case 'ok':
    case 'grey': {
      const shown = value === undefined ? '' : `${valueText(line, value)}${multipleOf(line)}`;
      const verdict = `${name}${shown} ${standingWords(line, standing.kind)}`;
      const row = rowOf(line);
      const brief = standing.kind === 'breached' ? `${verdict}${row}` : verdict;
      return {brief, text: rule.person ? verdict : `${verdict}, ${plural(n, 'reading')}${row}`};
    }
  }
}

/** ` 612 ms`; of one that tripped ` now 612 ms, when it tripped 2389 ms:`. */
function valueText({rule, whenTripped, measuredIn}: VerdictFigures, value: number): string {
  const now = measuredText(rule, value, measuredIn);
  if (whenTripped === undefined) return ` ${now}`;
  if (areAlike(value, whenTripped)) return ` now ${now}:`;
  return ` now ${now}, when it tripped ${measuredText(rule, whenTripped, measuredIn)}:`;
}

/** What the brief text leaves out, one thing each. */
function verdictDetails(line: VerdictFigures): readonly string[] {
  const {rule, assessment, distance, change, baseline, staleMs, failing, guess, outside} = line;
  const {low, high, because, standing} = assessment;
  const isSaid = standing.kind === 'ok' || standing.kind === 'warming' || outside !== undefined;
  const left = distance?.percent;
  return [
    left === undefined ? [] : `${figureText(Math.abs(Math.round(left)))} % ${left < 0 ? 'past the bound' : 'left'}`,
    low === undefined || high === undefined ? [] : `likely between ${figureText(low)} and ${figureText(high)}`,
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
  return change === undefined ? baseline : `${changeText(change)} vs ${baseline}`;
}

/** ` of baseline 210 ms`: what a multiple is one of. */
function multipleOf({rule, baseline}: VerdictFigures): string {
  if (!isRelative(rule) || baseline?.unit === undefined) return '';
  return ` of baseline ${quantityText(baseline.value, baseline.unit)}`;
}

/** `P95 store_message` */
export function nameOf({rule, isAfterRollback}: VerdictFigures): string {
  if (isAfterRollback === true) return rule.text;
  return `${rule.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : ''}${rule.metric}`;
}

type JudgedKind = 'breached' | 'tripped' | 'ok' | 'grey';

/** `ok <850`, `TRIPPED, limit 850 ms`. */
function standingWords({rule, isAfterRollback, baseline}: VerdictFigures, kind: JudgedKind): string {
  const bound = `${rule.op}${isRelative(rule) ? quantityText(rule.value, rule.unit) : boundFigure(rule.value)}`;
  const isHeld = isAfterRollback === true && baseline !== undefined;
  const words =
    kind === 'breached' || kind === 'tripped'
      ? pastWords(rule, kind)
      : `${STANDING_WORDS[kind]} ${boundWords(rule, bound)}`;
  return `${words}${isHeld ? ` (baseline ${figureText(baseline.value)})` : ''}`;
}

function rowOf({distance, recovering}: VerdictFigures): string {
  if (recovering !== undefined) return `, recovering ${recovering.calm} of ${recovering.of}`;
  return distance === undefined ? '' : `, ${distance.times} of ${distance.of} past it`;
}
