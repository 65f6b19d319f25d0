/** What a rule that tripped measured then and measures now, beside its bound; each figure with its unit. Pure. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {baselineOf} from '../../run/rules/baseline.ts';
import {isBad} from '../../run/rules/measure.ts';
import {readingsOf} from '../../run/rules/signal-readings.ts';
import type {RunState} from '../../run/state.ts';
import {areAlike, boundWords, measuredText} from '../../run/wording/standing-words.ts';
import {nameOf} from '../../run/wording/verdict-lines.ts';
import {boundQuantity, quantityText} from '../../text/figures.ts';
import {isUnseen, liveVerdict} from './live-verdicts.ts';

type Tripped = RunState['tripped'][number];

export type TrippedFigures = {
  /** `P95 response time`, `database connection failures` */
  name: string;
  /** On what it tripped: `2389 ms`, `40 in 60 s`. */
  was: string;
  /** `450 ms`, `no reading`; empty where it is as it was then. */
  now: string;
  /** `>1500 ms` */
  bound: string;
  /** The same with what it calls for: `(rollback >1500 ms)`. */
  calls: string;
  /** Of a growth, how much it is by now: `161 MB`. */
  level?: string;
  /** What the old version had, where that was past the bound as well: a rollback brings it back. */
  old?: string;
};

/** Undefined for a rule without figures, as of what persons report. */
export function trippedFigures(plan: Plan, state: RunState, {ruleId, value}: Tripped): TrippedFigures | undefined {
  const line = liveVerdict(plan, state, ruleId);
  if (line === undefined || line.rule.person) return undefined;
  const {rule, assessment, measuredIn} = line;
  // Failures are what an error rate is made of.
  const isOld = rule.statistic === 'error-rate' ? line.staleMs !== undefined : isUnseen(line);
  const current = isOld ? undefined : assessment.value;
  const tripped = value ?? assessment.value;
  if (tripped === undefined) return undefined;
  const now =
    current === undefined ? 'no reading' : areAlike(current, tripped) ? '' : measuredText(rule, current, measuredIn);
  const bound = `${rule.op}${boundQuantity(rule.value, rule.unit)}`;
  const old = oldValue(plan, state, rule);
  const level = isOld ? undefined : levelNow(state, rule);
  return {
    name: nameOf(line),
    was: measuredText(rule, tripped, measuredIn),
    now,
    bound,
    calls: boundWords(rule, bound),
    ...(level === undefined ? {} : {level}),
    ...(old === undefined ? {} : {old: measuredText(rule, old, measuredIn)}),
  };
}

/** A rate alone does not say how near the end is. */
function levelNow(state: RunState, {unit, signal}: Rule): string | undefined {
  if (unit !== 'MB/h' || signal === undefined) return undefined;
  const value = readingsOf(state, signal)?.samples.at(-1)?.value;
  return value === undefined ? undefined : quantityText(value, 'MB');
}

/** `now 450 ms · when it tripped 820 ms`, of alike figures only the first; empty for a rule without figures. */
export function trippedValues(plan: Plan, state: RunState, tripped: Tripped): string {
  const figures = trippedFigures(plan, state, tripped);
  if (figures === undefined) return '';
  const {was, now} = figures;
  return now === '' ? `now ${was}` : `now ${now} · when it tripped ${was}`;
}

/**
 * One sentence, the longest wording first: the cause, its value and the bound stay to the last, with their units; what
 * is left out first is the prose around them.
 */
export function trippedForms({name, was, now, bound, calls, level, old}: TrippedFigures): readonly string[] {
  if (old !== undefined)
    return [
      `${name} ${was}, bound ${bound}; the old version had ${old}: rolling back will not mend it`,
      `${name} ${was} ${bound}, old version ${old}: R will not mend it`,
      `${name} ${was} ${bound}, old ${old}: R will not mend it`,
    ];
  const later = now === '' ? [] : [`${name} ${was} ${calls}, now ${now}`, `${name} ${was} ${bound}, now ${now}`];
  const forms = [...later, `${name} ${was} ${calls}`, `${name} ${was} ${bound}`];
  return level === undefined ? forms : [...forms.map(form => `${form} · ${level} now`), ...forms];
}

/** A rollback brings back what was past the bound, too: that decides, not that the rule has tripped. */
const OLD_WAS_BAD = 'old version was past it too: rolling back will not mend it';

/** The value of the old version, where it was past the bound of this rule as well. */
function oldValue(plan: Plan, state: RunState, rule: Rule): number | undefined {
  const before = baselineOf(plan, state, rule);
  return before !== undefined && before.unit === undefined && isBad(rule, before.value) ? before.value : undefined;
}

/** Whether a rollback brings back what tripped the newest trigger. */
export function oldWasBad(plan: Plan, state: RunState): boolean {
  const newest = state.tripped.at(-1);
  const rule = plan.rules.find(({id}) => id === newest?.ruleId);
  return rule !== undefined && oldValue(plan, state, rule) !== undefined;
}

/** `P95 response time >1500ms`: without an aside in brackets, where that says the opposite of how it was before. */
export function trippedName(plan: Plan, state: RunState, ruleId: string): {name: string; verdict: string} {
  const rule = plan.rules.find(({id}) => id === ruleId);
  const name = rule?.text ?? ruleId;
  if (rule === undefined || oldValue(plan, state, rule) === undefined) return {name, verdict: ''};
  return {name: name.replace(/\s*\([^()]*\)$/, '') || name, verdict: OLD_WAS_BAD};
}
