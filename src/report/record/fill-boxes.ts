/** Decides which boxes of the checklist the run ticks, and on what evidence. */
import type {ChoiceArm, Plan, Rule, Step} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {answerOfRollback} from '../../run/people/sign-off-form.ts';
import {rollbackEnd} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {utcMinuteBeside} from '../../text/times.ts';
import {standingText, trippedWords} from '../rule-text.ts';
import {shortMarkdownText} from './markdown-text.ts';
import {type Evidence, stepEvidence} from './step-evidence.ts';

/** How a task item is changed; `text`: added behind it. */
type BoxMark = {ticked: boolean; text?: string};

/** The marks of all boxes, by line. A tick in the template is no evidence and is removed. */
export function boxMarks(plan: Plan, state: RunState, events: readonly Recorded[]): ReadonlyMap<number, BoxMark> {
  const marks = new Map<number, BoxMark>();
  for (const {code, line, file} of plan.problems) {
    if (code === 'preticked-box' && file === undefined) marks.set(line, {ticked: false});
  }
  const fired = firedTriggers(state, events);
  for (const rule of plan.rules) marks.set(rule.line, ruleMark(state, rule, fired));
  for (const step of plan.steps) {
    for (const [line, mark] of stepMarks(plan, state, step, fired)) marks.set(line, mark);
  }
  return marks;
}

const TASK_ITEM = /^([\s>]*(?:[-*+]|\d+[.)])\s+)\[[ xX]\](?=\s|$)/;

/** Ticks or unticks a task item and adds the reason before any hard line break. Other lines stay as they are. */
export function markBox(line: string, {ticked, text}: BoxMark): string {
  if (!TASK_ITEM.test(line)) return line;
  const marked = line.replace(TASK_ITEM, (_, lead: string) => `${lead}[${ticked ? 'x' : ' '}]`);
  if (text === undefined) return marked;
  const body = marked.trimEnd();
  return `${body} — ${shortMarkdownText(text)}${marked.slice(body.length)}`;
}

function stepMarks(plan: Plan, state: RunState, step: Step, fired: Fired): readonly (readonly [number, BoxMark])[] {
  const {action} = step;
  if (action.kind === 'choice') return choiceMarks(plan, state, step);
  const evidence = stepEvidence(plan, state, step);
  const ruled = action.kind === 'rule' ? ruledMark(plan, state, action.rules, evidence, fired) : undefined;
  const mark: BoxMark = ruled ?? evidence ?? {ticked: false};
  // Only the item that names the step gets the text; the items nested in it are only ticked.
  const [first] = step.boxes.includes(step.line) ? [step.line] : step.boxes;
  return step.boxes.map(line => [line, line === first ? mark : {ticked: mark.ticked}] as const);
}

/** The items of a radio list are options: the chosen one is ticked. */
function choiceMarks(plan: Plan, state: RunState, step: Step): readonly (readonly [number, BoxMark])[] {
  const evidence = stepEvidence(plan, state, step);
  const own = step.boxes.map(line => [line, evidence ?? {ticked: false}] as const);
  if (step.action.kind !== 'choice') return own;
  const choice = state.choices[step.id] ?? knownAnswer(state, step.action.arms);
  const arms = step.action.arms.map(({id, line}) => {
    const mark: BoxMark =
      id === choice?.armId
        ? {ticked: true, text: `${choice.by} ${utcMinuteBeside(state.run.openedAt, choice.at)}`}
        : {ticked: false};
    return [line, mark] as const;
  });
  return [...own, ...arms];
}

function knownAnswer(state: RunState, arms: readonly ChoiceArm[]): {armId: string; by: string; at: number} | undefined {
  const {rollback} = state;
  const answer = answerOfRollback(state, arms);
  if (answer === undefined || rollback.status !== 'finished') return undefined;
  return {armId: answer.id, by: `engine, ${rollbackEnd(rollback)}`, at: rollback.at};
}

/** One item may hold several rules. A step that was skipped, or ticked by a person, stays so. */
function ruledMark(
  plan: Plan,
  state: RunState,
  ruleIds: readonly string[],
  evidence: Evidence | undefined,
  fired: Fired,
): BoxMark | undefined {
  const rules = ruleIds.flatMap(id => plan.rules.find(rule => rule.id === id) ?? []);
  const isTrigger = rules.some(({role}) => role === 'trigger');
  if (evidence !== undefined && !isTrigger) return evidence;
  const marks = rules.map(rule => ruleMark(state, rule, fired));
  const text = marks.flatMap(mark => mark.text ?? []).join('; ');
  const ticked = marks.some(mark => mark.ticked);
  return text === '' ? {ticked} : {ticked, text};
}

/**
 * A trigger is ticked when it fired and nobody dismissed it: here a tick means trouble. Any other rule is ticked
 * only by its step; until then its standing is added.
 */
function ruleMark(state: RunState, rule: Rule, fired: Fired): BoxMark {
  if (rule.role !== 'trigger') {
    const assessment = state.rules[rule.id];
    if (assessment === undefined || assessment.n === 0) return {ticked: false};
    const {tripped} = assessment;
    const before = tripped === undefined ? '' : `${trippedWords(rule, tripped)}; `;
    return {ticked: false, text: `${before}so far ${standingText(rule, assessment)}`};
  }
  const trip = fired.get(rule.id);
  if (trip === undefined) return {ticked: false};
  const text = `fired ${utcMinuteBeside(state.run.openedAt, trip.at)}: ${trip.evidence}`;
  return trip.dismissed === undefined
    ? {ticked: true, text}
    : {ticked: false, text: `${text}; dismissed: ${trip.dismissed}`};
}

type Fired = ReadonlyMap<string, {at: number; evidence: string; dismissed?: string}>;

/** Read from the events, because a finished rollback clears the tripped triggers of the state. */
function firedTriggers(state: RunState, events: readonly Recorded[]): Fired {
  const fired = new Map<string, {at: number; evidence: string; dismissed?: string}>();
  for (const {ruleId, at, evidence} of state.tripped) fired.set(ruleId, {at, evidence});
  for (const event of events) {
    if (event.type === 'trigger-fired') fired.set(event.ruleId, {at: event.at, evidence: event.evidence});
    if (event.type !== 'trigger-dismissed') continue;
    const trip = fired.get(event.ruleId);
    if (trip !== undefined) fired.set(event.ruleId, {...trip, dismissed: event.reason});
  }
  return fired;
}
