/** Makes rules of thresholds and triggers. */
import {compact} from '../../text/compact.ts';
import {decisionIn, goesOn, isNoReason} from '../phrases/decisions.ts';
import {readFirstHours} from '../phrases/first-hours.ts';
import {HOUR_MS, MINUTE_MS} from '../phrases/quantity.ts';
import type {Threshold} from '../phrases/threshold-clauses.ts';
import {opposite, readThresholds, unreadBound} from '../phrases/thresholds.ts';
import type {RuleRole, Section, Statistic} from '../plan.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf, speaksOf} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import type {FoundRule, Setting} from './found.ts';
import {alone} from './making.ts';

/** The thresholds of a text; their role is the section's, unless words nearer to them say another. Empty when there is none. */
export function rulesIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const role = roleInWords(text) ?? setting.role ?? roleOfSection(setting.node.section);
  // A person's report cannot be waited for as a target: it is something to tick.
  const thresholds = readThresholds(text, line, role === 'trigger' || role === 'alert').filter(
    threshold => role === 'trigger' || role === 'alert' || threshold.person !== true,
  );
  return thresholds.map(threshold => ruleOf(setting, role, threshold));
}

/** A trigger in words alone: somebody has to say that it happened. */
function spokenTrigger({node, assumed: given}: Setting, text: string, line: number): FoundRule {
  const unread = decisionIn(text) === undefined ? unreadBound(text) : undefined;
  const assumed = given ?? (unread === undefined ? undefined : `"${unread}" is not measured: somebody reports it`);
  return compact({
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
    assumed,
  });
}

/** The bounds of a reason to roll back, else the reason in its words; none for what is said to be no reason. */
export function triggersIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const decision = decisionIn(text);
  if (decision === undefined ? isNoReason(text) || goesOn(text) : !decision.rollsBack) return [];
  const {assumed} = setting;
  const rules = rulesIn({...alone(setting), role: 'trigger', assumed}, decision?.question ?? text, line);
  if (rules.length === 0) return [spokenTrigger(setting, text, line)];
  // "Is the error rate below 1 %? NO = rollback": what is asked is the good side.
  if (decision === undefined) return rules;
  return rules.map(rule => ({...rule, text, op: decision.answer === 'no' ? opposite(rule.op) : rule.op}));
}

/** "Alert if: …", "Roll back when …", alone as a label or in front of the bound: nearer than the section's title. */
export function roleInWords(text: string): RuleRole | undefined {
  if (isNoReason(text)) return undefined;
  if (TRIGGERS.test(text)) return 'trigger';
  if (ALERTS.test(text)) return 'alert';
  return goesOn(text) ? 'target' : undefined;
}

/**
 * What leads to a list inside a rollback: "Back out when any of these holds", "Se decide la vuelta atrás si". A branch
 * ("If the schema was migrated") begins with its condition and says it all.
 */
export function introducesReasons(text: string): boolean {
  return !BRANCHES.test(text) && (OPEN_CONDITION.test(text) || ANY_OF.test(text));
}

const BRANCHES = new WordPattern(`^\\W*${anyOf('condition')}${WORD_END}(?!.*${anyOf('any-of')})`, 'iu');
const OPEN_CONDITION = new WordPattern(`${WORD_START}${anyOf('condition')}\\W*$`, 'iu');
const ANY_OF = new WordPattern(
  `${WORD_START}${anyOf('condition')}${WORD_END}.{0,20}${WORD_START}${anyOf('any-of')}`,
  'iu',
);

const TRIGGERS = new WordPattern(`^\\W*${anyOf('rollback-if')}${WORD_END}`, 'iu');
const ALERTS = new WordPattern(`^\\W*${anyOf('alert-if')}${WORD_END}`, 'iu');

function roleOfSection(section: Section): RuleRole {
  if (section.role === 'triggers') return 'trigger';
  if (section.role === 'criteria') return 'criterion';
  return isAlerting(section) ? 'alert' : 'target';
}

/** "Alerting thresholds"; a part of the work on what alerts is none. */
export function isAlerting({role, title}: Section): boolean {
  return role !== 'deploy' && role !== 'prepare' && ALERTING.test(title);
}

function ruleOf({node, hours, everyMs, directives, assumed}: Setting, role: RuleRole, threshold: Threshold): FoundRule {
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
    assumed: assumed ?? threshold.assumed,
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
