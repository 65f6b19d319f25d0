/** Makes rules of thresholds and triggers. */
import {compact} from '../../text/compact.ts';
import {readFirstHours} from '../phrases/first-hours.ts';
import {HOUR_MS, MINUTE_MS} from '../phrases/quantity.ts';
import type {Threshold} from '../phrases/threshold-clauses.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {RuleRole, Section, Statistic} from '../plan.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf, speaksOf} from '../words/vocabulary.ts';
import type {FoundRule, Setting} from './found.ts';
import {alone} from './making.ts';

/** The thresholds of a text; their role is the section's, unless words nearer to them say another. Empty when there is none. */
export function rulesIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const role = roleInWords(text) ?? setting.role ?? roleOfSection(setting.node.section);
  // A person's report cannot be waited for as a target: it is something to tick.
  const thresholds = readThresholds(text, line, role === 'trigger').filter(
    threshold => role === 'trigger' || role === 'alert' || threshold.person !== true,
  );
  return thresholds.map(threshold => ruleOf(setting, role, threshold));
}

/** A trigger in words alone: somebody has to say that it happened. */
export function spokenTrigger({node}: Setting, text: string, line: number): FoundRule {
  return {
    text,
    line,
    section: node.section.id,
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
}

/** The bounds of a trigger, else the trigger in its words. */
export function triggersIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const rules = rulesIn({...alone(setting), role: 'trigger'}, text, line);
  return rules.length > 0 ? rules : [spokenTrigger(setting, text, line)];
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

function roleOfSection({role, title}: Section): RuleRole {
  if (role === 'triggers') return 'trigger';
  if (role === 'criteria') return 'criterion';
  return ALERTING.test(title) ? 'alert' : 'target';
}

function ruleOf({node, hours, everyMs, directives}: Setting, role: RuleRole, threshold: Threshold): FoundRule {
  const {metric, statistic, op, value, unit, target, text, line} = threshold;
  const person = threshold.person === true;
  const counted = person || statistic === 'count';
  // Looked at again and again for half an hour, it is judged by all of it.
  const looked = hours === undefined || everyMs === undefined ? undefined : hours.toMs - hours.fromMs;
  return compact({
    text,
    line,
    section: node.section.id,
    metric,
    statistic,
    op,
    value,
    unit,
    target,
    windowMs: looked ?? threshold.windowMs ?? threshold.forMs ?? windowFor(statistic, person),
    role,
    source: 'document',
    opens: hours ?? readFirstHours(text),
    signal: directives['probe'],
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
