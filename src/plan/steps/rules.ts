/** Makes rules from thresholds and triggers. */

import {compact} from '../../text/compact.ts';
import {leadsOn} from '../../text/leads-on.ts';
import {type TextLine, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {type Consequence, consequencesIn, isBadSide} from '../phrases/consequences.ts';
import {
  decisionIn,
  givesRollbackReason,
  isNoRollbackReason,
  saysNoRollback,
  saysWhenToContinue,
} from '../phrases/decisions.ts';
import {
  type BoundSentence,
  boundSentences,
  isReasonTold,
  normalIn,
  reasonsBeside,
  SENTENCES,
  splitReasons,
  withoutLeads,
} from '../phrases/reasons.ts';
import {asThroughput, type Threshold} from '../phrases/threshold-clauses.ts';
import {boundWordsIn, opposite, readThresholds} from '../phrases/thresholds.ts';
import {readFirstHours} from '../phrases/time-marks.ts';
import type {RuleRole, Section} from '../plan.ts';
import {DEFAULT_CONSECUTIVE, defaultSamples, defaultWindowMs} from '../rule-defaults.ts';
import {isOrder} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {FoundRule, Setting} from './found.ts';
import {withoutHints} from './make-steps.ts';

/**
 * The rules for the thresholds of a text; empty when it has none. Their role is the section's, unless nearer words give
 * one.
 */
export function rulesIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const parts = boundSentences(plainText(text));
  const isParted = parts
    .slice(1)
    .some(one => roleInWords(one.own) !== undefined || consequencesIn(one.text).length > 0);
  if (isParted) return parts.flatMap(one => rulesOfSentence(setting, one, line));
  const sentences = text.split(SENTENCES);
  if (sentences.length > 1 && sentences.some(one => roleInWords(one) !== undefined))
    return sentences.flatMap(one => rulesIn(setting, one, line));
  const told = roleInWords(text);
  const reasons = told === 'trigger' ? splitReasons(text) : [];
  if (reasons.length > 1) return reasons.flatMap(one => (one.includes(' ') ? triggersIn(setting, one, line) : []));
  const role = told ?? setting.role ?? roleOfSection(setting.node.section);
  if (role === 'target' || role === 'criterion') {
    const plain = plainText(text);
    const crossed = consequencesIn(plain).flatMap(one => crossedRules(setting, role, one, plain, line));
    if (crossed.length > 0) return crossed;
  }
  // What people report is no target to wait for, only an alert or a trigger.
  const thresholds = readThresholds(text, line, role === 'trigger' || role === 'alert').filter(
    threshold => role === 'trigger' || role === 'alert' || threshold.person !== true,
  );
  // Bounds of one sentence that all point the same way are all of the same side.
  const [first] = thresholds;
  const isTrouble =
    IN_CASE.test(plainText(text)) ||
    (thresholds.some(isBadSide) && thresholds.every(one => one.op[0] === first?.op[0]));
  return thresholds.map(threshold =>
    role === 'target' && isTrouble
      ? ruleOf({...setting, assumed: BAD_SIDE}, 'alert', threshold)
      : ruleOf(setting, role, threshold),
  );
}

/** A sentence that says when to go back is a trigger, also where its bound cannot be read. */
function rulesOfSentence(setting: Setting, {text, own, heldMs}: BoundSentence, line: number): readonly FoundRule[] {
  const told = roleInWords(own);
  const rules = rulesIn(told === undefined ? setting : {...setting, role: told}, text, line);
  if (rules.length === 0 && told === 'trigger') return [triggerInWords(setting, own, line)];
  return rules.map(rule => ({...rule, text: own, windowMs: heldMs ?? rule.windowMs}));
}

/** "If the queue passes 300, …": a case, and nothing that must hold. */
const IN_CASE = phrase`^\W*${'if'}\>`;
const BAD_SIDE = 'it stands among what must hold, and is taken for trouble: crossing it raises an alert';

/** Among bounds that must hold, one with a consequence is the bad side: "queue: < 50 normal, > 500 for 10 min → back out". */
function crossedRules(
  setting: Setting,
  role: RuleRole,
  {when, then, back, isFailing}: Consequence,
  text: string,
  line: number,
): readonly FoundRule[] {
  const thresholds = readThresholds(when, line, true);
  const last = thresholds.at(-1);
  const isNormal = normalIn(when);
  const crossed: RuleRole = back === false ? 'alert' : 'trigger';
  const reading = `"${then.slice(0, SHOWN_MAX)}" is taken for the way back, and the bound for its trigger`;
  const measured = thresholds.map(threshold => {
    const isOther = threshold !== last && threshold.metric === last?.metric;
    const isKept = isNormal(threshold) || (isOther && threshold.op[0] !== last.op[0]);
    const own = isKept ? role : isOther ? 'alert' : crossed;
    const guessed = own === 'trigger' && back === 'unclear' ? {...setting, assumed: reading} : setting;
    const op = isFailing && !isKept ? opposite(threshold.op) : threshold.op;
    return ruleOf(guessed, own, {...threshold, op, text});
  });
  const told = back === true && !isFailing ? reasonsBeside(when) : [];
  return [...measured, ...told.map(reason => triggerInWords(setting, reason, line))];
}

const SHOWN_MAX = 60;

/** A trigger without a measurable bound: a person must report it. */
function triggerInWords({node, assumed: given}: Setting, text: string, line: number): FoundRule {
  const unread = decisionIn(text) === undefined ? boundWordsIn(text) : undefined;
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
    windowMs: defaultWindowMs('count', true),
    role: 'trigger',
    source: 'document',
    person: true,
    samples: 1,
    consecutive: 1,
    assumed,
  });
}

/** The rules for a reason to roll back: its bounds, or else its words. Empty for what is said to be no reason. */
export function triggersIn(setting: Setting, text: string, line: number): readonly FoundRule[] {
  const decision = decisionIn(text);
  if (decision === undefined ? isNoRollbackReason(text) || saysWhenToContinue(text) : !decision.rollsBack) return [];
  const {assumed} = setting;
  const rules = rulesIn({...withoutHints(setting), role: 'trigger', assumed}, decision?.question ?? text, line);
  if (rules.length === 0) return [triggerInWords(setting, text, line)];
  // "Is the error rate below 1 %? NO = rollback": the bound in the question is the good side.
  if (decision === undefined) return rules;
  return rules.map(rule => ({...rule, text, op: decision.answer === 'no' ? opposite(rule.op) : rule.op}));
}

/**
 * The same of a text that tells a case: "3.13 fails, or more than two positions are lost". Its figures are measured only
 * where the whole text is a bound; otherwise somebody reports it.
 */
export function reportedReasons(setting: Setting, text: string, line: number): readonly FoundRule[] {
  return splitReasons(text).flatMap(reason => {
    const rules = triggersIn(setting, reason, line);
    const isBound = /[<>≤≥]/.test(reason) && !DENIES.test(reason);
    return isBound || rules.length === 0 ? rules : [triggerInWords(setting, reason, line)];
  });
}

const DENIES = topicPattern('not');

/**
 * "Triggers: 5xx over 1 %; queue age over 600 s; a leak is confirmed": once one part has a bound, or each is plainly one
 * of several, each part is a trigger.
 */
export function reasonsIn(lines: readonly TextLine[], setting: Setting): readonly FoundRule[] {
  const [first] = lines;
  const text = plainText(textOfLines(lines));
  if (first === undefined) return [];
  const reasons = splitReasons(text);
  const isLabelled = first.line === setting.node.section.line || isReasonTold(text);
  const hasBound = reasons.some(reason => readThresholds(reason, first.line, true).length > 0);
  if (!hasBound && !areReasons(text, reasons, isLabelled)) return isLabelled ? reasonsAsOne(text, setting, first) : [];
  return reasons.flatMap(one => (one.includes(' ') ? triggersIn(setting, one, first.line) : []));
}

/** Without figures: several parts with semicolons, or what stands behind "Triggers:" on its line and asks for nothing. */
function areReasons(text: string, reasons: readonly string[], isBehindLabel: boolean): boolean {
  if (leadsOn(text)) return false;
  return (
    (reasons.length > 1 && text.includes(';')) ||
    (isBehindLabel && !reasons.some(one => isOrder(one) || /\d/.test(one)))
  );
}

/** "Triggers: the update breaks off or is not done by 17:30": what cannot be split is one reason, which people report. */
function reasonsAsOne(text: string, setting: Setting, {line}: TextLine): readonly FoundRule[] {
  const [said = ''] = withoutLeads(text).split(SENTENCES);
  if (leadsOn(text) || (said.match(/\p{L}{2,}/gu) ?? []).length < WORDS_MIN) return [];
  const assumed = `"${said.slice(0, SHOWN_MAX)}" is taken for a reason to roll back, which somebody reports`;
  return triggersIn({...setting, assumed}, said, line).map(rule => ({...rule, text: said}));
}

const WORDS_MIN = 3;

/** The role from words before a bound or in a label: "Alert if: …", "Roll back when …". It overrides the section's. */
export function roleInWords(text: string): RuleRole | undefined {
  if (isNoRollbackReason(text)) return undefined;
  // "Stop there if it passes 0.5 %, no need to go back" is a pause.
  const isPause = saysNoRollback(text);
  if (TRIGGERS.test(text)) return isPause ? 'alert' : 'trigger';
  if (givesRollbackReason(text) && !isPause) return 'trigger';
  if (ALERTS.test(text) || TELLS_IF.test(text)) return 'alert';
  return saysWhenToContinue(text) ? 'target' : undefined;
}

const TRIGGERS = phrase`^\W*(?:\p{L}{1,4}\s){0,2}${'rollback-if'}\>`;
/** "Tell Lucie if abandoned baskets pass 30 %." */
const TELLS_IF = phrase`^\W*${'ask-people'}\>.*\<${'condition'}\>`;
const ALERTS = phrase`^\W*${'alert-if'}\>`;

function roleOfSection(section: Section): RuleRole {
  if (section.role === 'triggers') return 'trigger';
  if (section.role === 'criteria') return 'criterion';
  return isAlerting(section) ? 'alert' : 'target';
}

/** A section such as "Alerting thresholds"; work on the alerting itself is none. */
export function isAlerting({role, title}: Section): boolean {
  return role !== 'deploy' && role !== 'prepare' && ALERTING.test(title);
}

function ruleOf({node, hours, everyMs, directives, assumed}: Setting, role: RuleRole, threshold: Threshold): FoundRule {
  const {metric, statistic, op, value, unit, target, text, line} = threshold;
  const person = threshold.person === true;
  const counted = person || statistic === 'count';
  // "every 5 minutes for half an hour": the window is the half hour.
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
    windowMs: looked ?? threshold.windowMs ?? threshold.forMs ?? defaultWindowMs(statistic, person),
    role,
    source: 'document',
    opens: hours ?? readFirstHours(text),
    signal: directives['probe'],
    person,
    samples: threshold.samples ?? (counted ? 1 : defaultSamples(statistic)),
    consecutive: threshold.consecutive ?? (counted ? 1 : DEFAULT_CONSECUTIVE),
    assumed: assumed ?? threshold.assumed ?? asThroughput(threshold),
  });
}

const ALERTING = topicPattern('alerting');
