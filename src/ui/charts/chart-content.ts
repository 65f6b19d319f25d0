/** The content of one chart: its readings, rules and lines. Pure; it knows signals only by unit and use. */
import type {Plan, Rule, RuleRole, Unit} from '../../plan/plan.ts';
import type {Sample, Standing} from '../../run/outcome.ts';
import {rulesOf} from '../../run/rules/assessing.ts';
import {baselineOf, referenceOf} from '../../run/rules/baseline.ts';
import {absolute, inSignalUnit} from '../../run/rules/relative.ts';
import {outsideDowntimes, settlingOf} from '../../run/rules/settling.ts';
import {readingsOf, sourceNameOf} from '../../run/rules/signal-readings.ts';
import {unansweredOf} from '../../run/rules/unanswered.ts';
import {failedStep} from '../../run/selectors.ts';
import type {Bucket, RunState, Signal} from '../../run/state.ts';
import {isAnyLinkLost} from '../../run/wording/lost-links.ts';
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {compact} from '../../text/compact.ts';
import {liveVerdict, TROUBLE} from '../rules/live-verdicts.ts';
import type {Reduce} from './chart-columns.ts';
import type {Threshold} from './chart-layers.ts';
import {type ChartId, type ChartKind, isErrorRule, isLatencyRule, isMemoryRule, leadingRule} from './chart-list.ts';
import {isCounted, type Silence, silenceOf} from './signal-health.ts';

export type ChartModel = ChartId & {
  /** What the document calls the signal; its key in the bindings where no rule names it. */
  name?: string;
  /** The rule whose statistic the headline shows, and its verdict. */
  rule?: Rule;
  verdict?: VerdictLine;
  /** The worst standing of all rules on the chart: past a target is trouble, however far the trigger is. */
  standing?: Standing['kind'];
  unit: Unit;
  /** Draws the share of failed measurements, not what was measured. */
  share: boolean;
  /** Draws the total over the window, as a bound on a count is judged, not the count of each reading. */
  total: boolean;
  /** The samples as measured; the headline counts these. */
  samples: readonly Sample[];
  /** Buckets of the whole run. */
  history: readonly Bucket[];
  /** Samples from before the deploy. */
  baseline: readonly Sample[];
  /** The baseline in the document, used when nothing was sampled before the deploy. */
  reference?: number;
  reduce: Reduce;
  fromZero: boolean;
  windowMs: number;
  /** Samples since then are about the deploy and the new version, epoch ms. */
  since: number;
  /** The most important first. */
  thresholds: readonly Threshold[];
  /** The most important bound on growth; its verdict may colour the headline. */
  slope?: VerdictLine;
  silence?: Silence;
  isFromHere?: true;
  /** No measurement succeeds, and no step restarts it. */
  isDown: boolean;
  empty: string;
};

const WINDOW_MS = 300_000;

/** `lostAt`: since then there is no engine that measures. */
export function chartModel(plan: Plan, state: RunState, id: ChartId, now = state.lastAt, lostAt?: number): ChartModel {
  const all = judging(plan, state).filter(rule => rule.signal !== undefined && rule.signal === id.signal);
  // The line of a multiple is drawn at the baseline times its factor; without a baseline there is no line.
  const placed = all.flatMap(rule => absolute(plan, rule, baselineOf(plan, state, rule)) ?? []);
  const rules = placed.filter(rule => FITS[id.kind](rule));
  switch (id.kind) {
    case 'latency':
      return {
        ...model(plan, state, id, rules, {now, lostAt}),
        reduce: 'max',
        fromZero: true,
        thresholds: thresholdsOf(rules),
      };
    case 'memory':
      return memoryModel(plan, state, id, rules, {now, lostAt});
    case 'errors':
      return errorModel(plan, state, id, rules, {now, lostAt});
    case 'level': {
      const base = model(plan, state, id, rules, {now, lostAt});
      const fitting = rules.filter(({unit}) => unit === base.unit);
      return {...base, reduce: 'max', fromZero: true, thresholds: thresholdsOf(fitting)};
    }
  }
}

type When = {now: number; lostAt: number | undefined};

const FITS: Readonly<Record<ChartKind, (rule: Rule) => boolean>> = {
  latency: isLatencyRule,
  memory: isMemoryRule,
  errors: isErrorRule,
  level: rule => rule.statistic !== 'error-rate',
};

function memoryModel(plan: Plan, state: RunState, id: ChartId, rules: readonly Rule[], when: When): ChartModel {
  const slopes = rules.filter(rule => rule.unit === 'MB/h');
  const levels = rules.filter(rule => rule.unit === 'MB');
  const slopeRule = leadingRule(slopes, state);
  const slope = slopeRule && liveVerdict(plan, state, slopeRule.id);
  const standing = slope && worstOf(plan, state, rules, slope.assessment.standing.kind);
  return {
    ...model(plan, state, id, levels, when),
    ...compact({standing}),
    unit: 'MB',
    reduce: 'last',
    fromZero: false,
    thresholds: thresholdsOf(levels),
    ...compact({slope}),
  };
}

/** The share of failed measurements of a probe, or the readings of a signal that counts errors itself. */
function errorModel(plan: Plan, state: RunState, id: ChartId, rules: readonly Rule[], when: When): ChartModel {
  const [first] = rules;
  const source = plan.signals?.[id.signal ?? ''];
  const counts = source?.kind === 'log' || source?.kind === 'prometheus' || source?.kind === 'sql';
  const share = first === undefined ? !counts : first.statistic === 'error-rate';
  const fitting = share ? rules.filter(({statistic}) => statistic === 'error-rate') : rules;
  const {silence, ...base} = model(plan, state, id, fitting, when);
  // A share counts failures, so here a source is silent only when it gives no answer at all.
  const isSilent = silence !== undefined && !(share && silence.error !== undefined);
  const unit = share ? '%' : (first?.unit ?? source?.unit ?? 'count');
  return {
    ...base,
    ...compact({silence: isSilent ? silence : undefined}),
    unit,
    share,
    // The share that the headline says is one of judged measurements.
    ...(share && id.signal !== undefined ? {samples: outsideDowntimes(state, id.signal, base.samples)} : {}),
    total: !share && unit === 'count' && base.total,
    // A running share moves little from one reading to the next, and its end must be the share that the headline says.
    reduce: share ? 'last' : 'max',
    fromZero: true,
    thresholds: thresholdsOf(fitting.filter(rule => rule.unit === unit)),
  };
}

type Base = Omit<ChartModel, 'reduce' | 'fromZero' | 'thresholds'>;

function model(plan: Plan, state: RunState, id: ChartId, rules: readonly Rule[], when: When): Base {
  const {signal: name} = id;
  const signal = name === undefined ? undefined : readingsOf(state, name);
  const rule = leadingRule(rules, state);
  const live = rule && liveVerdict(plan, state, rule.id);
  const verdict = live && {...live, assessment: inSignalUnit(live.assessment, live.baseline)};
  const standing = verdict && worstOf(plan, state, rules, verdict.assessment.standing.kind);
  const source = name === undefined ? undefined : (plan.signals?.[name] ?? plan.signals?.[sourceNameOf(name)]);
  const silence = name === undefined ? undefined : silenceOf(plan, state, name, when.now, when.lostAt);
  const reference = rule && signal?.baseline.length === 0 ? referenceOf(plan, 'baseline', rule, name) : undefined;
  return {
    ...id,
    unit: id.kind === 'latency' ? 'ms' : (rule?.unit ?? source?.unit ?? 'count'),
    share: false,
    total: isCounted(rule, source),
    ...compact({
      rule,
      verdict,
      standing,
      reference: reference?.value,
      silence,
      isFromHere:
        name !== undefined && silence?.cut === undefined && isAnyLinkLost(state) ? (true as const) : undefined,
      name: name && saidName(plan, state, id, rules),
    }),
    isDown:
      signal !== undefined && isAnswerless(state, signal, silence) && !isExcused(plan, state, name ?? '', when.now),
    samples: signal?.samples ?? [],
    history: signal?.history ?? [],
    baseline: signal?.baseline ?? [],
    windowMs: rule?.windowMs ?? WINDOW_MS,
    since: sinceWhen(state),
    empty: emptyWords(name, signal, source?.what),
  };
}

/** A step restarts what is measured, and nothing else is wrong. */
function isExcused(plan: Plan, state: RunState, name: string, now: number): boolean {
  const isWrong = state.tripped.length > 0 || failedStep(plan, state) !== undefined;
  return !isWrong && settlingOf(state, name, now) !== undefined;
}

/** While some measurements fail and others do not, there is an answer. */
function isAnswerless(state: RunState, {samples}: Signal, silence: Silence | undefined): boolean {
  const own = samples.filter(({at}) => at >= sinceWhen(state));
  const failsAll = own.every(({error}) => error !== undefined) && unansweredOf(own) !== undefined;
  return silence?.cut === undefined && (failsAll || silence?.failed !== undefined);
}

/** The name that most of these rules have, else those of its kind, else all of the signal: people know it by that. */
function saidName(plan: Plan, state: RunState, {kind, signal = ''}: ChartId, rules: readonly Rule[]): string {
  const all = rulesOf(plan, state).filter(rule => rule.signal === signal);
  const own = [rules, all.filter(rule => FITS[kind](rule)), all].find(some => some.length > 0) ?? [];
  const names = own.map(({metric}) => metric).filter(metric => metric !== '');
  const count = (name: string) => names.filter(each => each === name).length;
  return names.reduce((best, name) => (count(name) > count(best) ? name : best), names[0] ?? signal);
}

/** The rules that judge now. The document's rules are about the new version, so none of them judges after a rollback. */
function judging(plan: Plan, state: RunState): readonly Rule[] {
  const {status} = state.rollback;
  return status === 'running' || status === 'finished' ? (state.afterRollback ?? []) : rulesOf(plan, state);
}

/** Since when samples are about the version that runs now: since the rollback, the new version, or the deploy. */
function sinceWhen({rollback, newVersionAt, deployStartedAt}: RunState): number {
  if (rollback.status === 'running') return rollback.startedAt;
  if (rollback.status === 'finished') return rollback.at;
  return newVersionAt ?? deployStartedAt ?? 0;
}

function worstOf(plan: Plan, state: RunState, rules: readonly Rule[], own: Standing['kind']): Standing['kind'] {
  const kinds = rules.map(({id}) => liveVerdict(plan, state, id)?.assessment.standing.kind);
  return TROUBLE.find(kind => kinds.includes(kind)) ?? own;
}

function emptyWords(name: string | undefined, signal: Signal | undefined, source: string | undefined): string {
  if (name === undefined) return 'blind: no probe bound';
  if (signal?.failing !== undefined) return `no answer: ${signal.failing}`;
  return `no samples yet${source === undefined ? '' : `: ${source}`}`;
}

/** Roles of rules with their labels, the gravest first. */
export const ROLES: readonly {role: RuleRole; label: string; kind: Threshold['kind']}[] = [
  {role: 'trigger', label: 'rollback', kind: 'limit'},
  {role: 'alert', label: 'limit', kind: 'limit'},
  {role: 'target', label: 'target', kind: 'target'},
  {role: 'criterion', label: 'criterion', kind: 'target'},
];

/** One line for each value, named after the gravest rule with this value. `<1000 ms (target 745)` is a limit and a target. */
function thresholdsOf(rules: readonly Rule[]): Threshold[] {
  const lines = ROLES.flatMap(({role, label, kind}) =>
    rules
      .filter(rule => rule.role === role && rule.op !== '=' && rule.op !== '!=')
      .flatMap((rule): Threshold[] => {
        const bad = badSide(rule);
        if (rule.target === undefined) return [{value: rule.value, label, kind, bad}];
        return [
          {value: rule.value, label: 'limit', kind: 'limit', bad},
          {value: rule.target, label: 'target', kind: 'target', bad},
        ];
      }),
  );
  return lines.filter((line, index) => lines.findIndex(other => other.value === line.value) === index);
}

function badSide(rule: Rule): 'above' | 'below' {
  const inverted = rule.role === 'trigger' || rule.role === 'alert';
  return rule.op.startsWith('>') === inverted ? 'above' : 'below';
}
