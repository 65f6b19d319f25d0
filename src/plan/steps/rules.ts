/** Makes rules of thresholds and triggers. */
import {compact} from '../../text/compact.ts';
import {idAt} from '../ids.ts';
import {type Hours, readFirstHours} from '../phrases/first-hours.ts';
import {HOUR_MS, MINUTE_MS} from '../phrases/quantity.ts';
import type {Threshold} from '../phrases/threshold-clauses.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {Rule, RuleRole, Statistic} from '../plan.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf, speaksOf} from '../words/vocabulary.ts';
import type {Draft, Place} from './draft.ts';

/** `windowMs` and `opens` from the item around it ("every 5 minutes for first 30 min"). */
export type RuleSetting = {role?: RuleRole; windowMs?: number; opens?: Hours; signal?: string};

/** Makes the thresholds of a text into rules of the plan; their role is the section's. Empty when there is none. */
export function addRules(
  draft: Draft,
  place: Place,
  text: string,
  line: number,
  setting: RuleSetting = {},
): readonly Rule[] {
  const role = roleInWords(text) ?? setting.role ?? ruleRole(place);
  // A person's report cannot be waited for as a target: it is something to tick.
  const thresholds = readThresholds(text, line, role === 'trigger').filter(
    threshold => role === 'trigger' || role === 'alert' || threshold.person !== true,
  );
  const rules = thresholds.map(threshold => ruleOf(draft, place, role, threshold, setting));
  draft.rules.push(...rules);
  return rules;
}

/** A trigger in words alone: somebody has to say that it happened. */
export function addSpokenTrigger(draft: Draft, place: Place, text: string, line: number): Rule {
  const rule: Rule = {
    id: idAt(draft, 'R', line),
    text,
    line,
    section: place.node.section.id,
    metric: text.toLowerCase(),
    statistic: 'count',
    op: '>',
    value: 0,
    unit: 'count',
    windowMs: HOUR_MS,
    role: 'trigger',
    source: 'document',
    person: true,
    samples: 1,
    consecutive: 1,
  };
  draft.rules.push(rule);
  return rule;
}

/** "Alert if: …", "Roll back when …", alone as a label or in front of the bound: nearer than the section's title. */
export function roleInWords(text: string): RuleRole | undefined {
  if (TRIGGERS.test(text)) return 'trigger';
  return ALERTS.test(text) ? 'alert' : undefined;
}

/**
 * What leads to a list inside a rollback: "Back out when any of these holds", "Se decide la vuelta atrás si". A branch
 * ("If the schema was migrated") begins with its condition and says it all.
 */
export function introducesReasons(text: string): boolean {
  return !BRANCHES.test(text) && (OPEN_CONDITION.test(text) || ANY_OF.test(text));
}

const BRANCHES = new RegExp(`^\\W*${anyOf('condition')}${WORD_END}(?!.*${anyOf('any-of')})`, 'iu');
const OPEN_CONDITION = new RegExp(`${WORD_START}${anyOf('condition')}\\W*$`, 'iu');
const ANY_OF = new RegExp(`${WORD_START}${anyOf('condition')}${WORD_END}.{0,20}${WORD_START}${anyOf('any-of')}`, 'iu');

const TRIGGERS = new RegExp(`^\\W*${anyOf('rollback-if')}${WORD_END}`, 'iu');
const ALERTS = new RegExp(`^\\W*${anyOf('alert-if')}${WORD_END}`, 'iu');

function ruleRole(place: Place): RuleRole {
  const {role, title} = place.node.section;
  if (role === 'triggers') return 'trigger';
  if (role === 'criteria') return 'criterion';
  return ALERTING.test(title) ? 'alert' : 'target';
}

function ruleOf(draft: Draft, place: Place, role: RuleRole, threshold: Threshold, setting: RuleSetting): Rule {
  const {metric, statistic, op, value, unit, target, text, line} = threshold;
  const person = threshold.person === true;
  const counted = person || statistic === 'count';
  const opens = setting.opens ?? readFirstHours(text);
  return compact({
    id: idAt(draft, 'R', line),
    text,
    line,
    section: place.node.section.id,
    metric,
    statistic,
    op,
    value,
    unit,
    target,
    windowMs: setting.windowMs ?? threshold.windowMs ?? threshold.forMs ?? windowFor(statistic, person),
    role,
    source: 'document',
    opens,
    signal: setting.signal,
    person,
    samples: threshold.samples ?? (counted ? 1 : samplesFor(statistic)),
    consecutive: threshold.consecutive ?? (counted ? 1 : CONSECUTIVE),
  });
}

const ALERTING = speaksOf('alerting');

const CONSECUTIVE = 3;
const WINDOW_MS = 5 * MINUTE_MS;
/** A slope over less than this is noise. */
const SLOPE_WINDOW_MS = 10 * MINUTE_MS;

function windowFor(statistic: Statistic | undefined, person: boolean): number {
  if (person) return HOUR_MS;
  return statistic === 'slope' ? SLOPE_WINDOW_MS : WINDOW_MS;
}

function samplesFor(statistic: Statistic | undefined): number {
  switch (statistic) {
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99':
    case 'error-rate':
      return 20;
    case 'slope':
      return 10;
    default:
      return 3;
  }
}
