/** What of a run is open for whoever comes next, and what is worth a look; one item each. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import {plural, quantityText} from '../../text/figures.ts';
import {stretchText, utcClock} from '../../text/times.ts';
import {oneLine, shorten} from '../../text/width.ts';
import type {OpenItem} from '../events/people-events.ts';
import {unconfirmed} from '../review.ts';
import {belongsToRun, failedStep, isDone, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {leftWords} from '../wording/left-words.ts';
import {troubles} from '../wording/troubles.ts';
import {heldAgainst, unmetText} from '../wording/unmet-rules.ts';
import {nameOf as nameOfRule, type VerdictLine, verdictLines} from '../wording/verdict-lines.ts';

/** Longer texts are cut: all of it is read on one screen. */
const TEXT_MAX = 240;
const TITLE_MAX = 80;
/** With less room than this below its bound a rule is worth a look, percent. */
const NEAR_PERCENT = 20;

/** `at`: epoch ms, as of when. */
export function handOverItems(plan: Plan, state: RunState, at: number): {open: OpenItem[]; look: OpenItem[]} {
  const verdicts = verdictLines(plan, state, at);
  return {
    open: [
      ...questionItems(state),
      ...troubleItems(plan, state, ['rollback', 'trigger', 'step']),
      ...waitingItems(plan, state),
      ...unmetItems(state, verdicts),
      ...troubleItems(plan, state, ['complaints']),
      ...valueItems(plan, state),
      ...reviewItems(plan, state),
      ...leftItems(state),
    ].map(cutItem),
    look: [
      ...troubleItems(plan, state, ['link', 'readiness']),
      ...verdicts.flatMap(line => nearItem(state, line)),
      ...sourceItems(state, at),
    ].map(cutItem),
  };
}

/** `"Run the migration" (line 42)` */
export function nameOf({title, line}: Step): string {
  return `"${shorten(oneLine(title), TITLE_MAX)}" (line ${line})`;
}

function questionItems({openQuestions = [], approval}: RunState): OpenItem[] {
  const asked = openQuestions.map(
    ({questionId, host, text}): OpenItem => ({
      id: `question ${questionId}`,
      tone: 'bad',
      text: `${host} asks: ${text}`,
    }),
  );
  if (approval === null) return asked;
  const text = `${approval.askedBy} waits for a second person: ${approval.because}`;
  return [...asked, {id: `approval ${approval.id}`, tone: 'warn', text}];
}

function troubleItems(plan: Plan, state: RunState, kinds: readonly string[]): OpenItem[] {
  return troubles(plan, state)
    .filter(({kind}) => kinds.includes(kind))
    .map(({kind, text, evidence, tone, at}) => ({
      id: `${kind} ${text}`,
      tone,
      text: `${kind === 'trigger' ? `TRIGGER FIRED ${utcClock(at)}: ` : ''}${text}${evidence === '' ? '' : `: ${evidence}`}`,
    }));
}

function waitingItems(plan: Plan, state: RunState): OpenItem[] {
  const failed = failedStep(plan, state)?.id;
  return plan.steps.flatMap((step): OpenItem[] => {
    if (!belongsToRun(plan, state, step) || step.id === failed) return [];
    const own = stepState(state, step.id);
    const id = `step ${step.id}`;
    if (own.status === 'waiting') return [{id, tone: 'warn', text: `To judge: ${nameOf(step)}: ${own.for}`}];
    if (own.status !== 'failed' && own.status !== 'unknown' && own.status !== 'cancelled') return [];
    return [{id, tone: 'bad', text: `${nameOf(step)}: ${own.status}, ${own.verdict.because}`}];
  });
}

/** One figure is said once, with all bounds that it is past. */
function unmetItems({tripped, signals}: RunState, verdicts: readonly VerdictLine[]): OpenItem[] {
  // A fired trigger is named above, until somebody dismisses it.
  const unmet = verdicts.filter(
    ({rule, assessment}) => isPast(assessment.standing.kind) && !tripped.some(({ruleId}) => ruleId === rule.id),
  );
  const groups = Map.groupBy(unmet, line =>
    line.isAfterRollback === true || line.rule.person ? line.rule.id : `${nameOfRule(line)} ${shownValue(line)}`,
  );
  return [...groups.values()].flatMap((lines): OpenItem[] => {
    const [first] = lines;
    if (first === undefined) return [];
    const tone = lines.some(({rule}) => rule.role === 'trigger') ? 'bad' : 'warn';
    const id = `rule ${first.rule.id}`;
    if (first.failing !== undefined) return [{id, tone, text: notMeasured(signals, first)}];
    return [{id, tone, text: unmetText(first, lines, atText(signals, first))}];
  });
}

function isPast(kind: VerdictLine['assessment']['standing']['kind']): boolean {
  return kind === 'breached' || kind === 'tripped';
}

function shownValue({rule, assessment: {value}}: VerdictLine): string {
  return value === undefined ? '' : quantityText(value, rule.unit);
}

/** ` (14:02:31Z)`: when the newest reading was taken. */
function atText(signals: RunState['signals'], {rule}: VerdictLine): string {
  const at = rule.signal === undefined ? undefined : signals[rule.signal]?.lastValueAt;
  return at === undefined ? '' : ` (${utcClock(at)})`;
}

/** `error rate: not measured now (connect ECONNREFUSED); last 3 % (14:02:31Z)`: an old figure does not look like one of now. */
function notMeasured(signals: RunState['signals'], line: VerdictLine): string {
  const value = shownValue(line);
  const last = value === '' ? '' : `; last ${value}${atText(signals, line)}`;
  return `${nameOfRule(line)}: not measured now (${line.failing?.error ?? ''})${last}`;
}

function nearItem({signals}: RunState, line: VerdictLine): OpenItem[] {
  const {rule, assessment, text, distance, failing} = line;
  const {kind} = assessment.standing;
  const id = `rule ${rule.id}`;
  // It is open already.
  if (isPast(kind)) return [];
  if (failing !== undefined) return [{id, tone: 'warn', text: notMeasured(signals, line)}];
  const isNear = kind === 'ok' && (distance?.percent ?? 100) < NEAR_PERCENT && !rule.person;
  if (isNear) return [{id, tone: 'warn', text: `${heldAgainst(line)}: ${Math.round(distance?.percent ?? 0)} % left`}];
  return kind === 'grey' ? [{id, tone: 'warn', text}] : [];
}

function sourceItems({signals}: RunState, at: number): OpenItem[] {
  return Object.entries(signals).flatMap(([name, {failing, failingSince = at}]): OpenItem[] =>
    failing === undefined
      ? []
      : [{id: `signal ${name}`, tone: 'warn', text: `${name} fails for ${stretchText(at - failingSince)}: ${failing}`}],
  );
}

function valueItems(plan: Plan, state: RunState): OpenItem[] {
  const blanks = plan.steps.flatMap(step =>
    step.action.kind === 'input' && belongsToRun(plan, state, step) && !isDone(state, step)
      ? step.action.blanks.filter(({id}) => state.blanks[id] === undefined)
      : [],
  );
  const unbound = plan.placeholders.filter(({bound, text}) => !bound && state.captures[text] === undefined);
  return [
    ...unbound.map(
      ({text, lines}): OpenItem => ({
        id: `value ${text}`,
        tone: 'warn',
        text: `No value for ${text} (line ${lines[0] ?? 0}): what needs it waits`,
      }),
    ),
    ...blanks.map(
      ({id, label, line}): OpenItem => ({
        id: `blank ${id}`,
        tone: 'plain',
        text: `Not filled in: ${label} (line ${line})`,
      }),
    ),
  ];
}

function reviewItems(plan: Plan, state: RunState): OpenItem[] {
  const open = plan.steps.filter(
    step => belongsToRun(plan, state, step) && !isDone(state, step) && unconfirmed(plan, state, step) !== undefined,
  );
  if (open.length === 0) return [];
  return [
    {id: 'review', tone: 'warn', text: `${plural(open.length, 'step')} nobody has confirmed: o opens the review`},
  ];
}

function leftItems({rollback}: RunState): OpenItem[] {
  if (rollback.status !== 'finished') return [];
  return rollback.left.map((text, index) => ({
    id: `left ${index}`,
    tone: 'warn',
    text: `Left by the rollback: ${leftWords(text)}`,
  }));
}

function cutItem(item: OpenItem): OpenItem {
  return {...item, text: shorten(oneLine(item.text), TEXT_MAX)};
}
