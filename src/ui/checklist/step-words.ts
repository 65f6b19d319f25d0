/** Short texts about a step that several panels show. Pure. */
import {type Action, type ActionKind, type Expectation, type Plan, type Step, unreachable} from '../../plan/plan.ts';
import type {Evidence} from '../../run/evidence/evidence.ts';
import {type Usual, usualSpan, usualText} from '../../run/history/usual-text.ts';
import {type CommandOperation, expectationsOf, type Operation, placeOf} from '../../run/operations.ts';
import type {Verdict} from '../../run/outcome.ts';
import {stepById} from '../../run/plan-index.ts';
import {unconfirmed} from '../../run/review.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {awaitedLink, isCutOff} from '../../run/wording/lost-links.ts';
import {duration, localClock} from '../../text/times.ts';
import type {ThemeToken} from '../terminal/theme.ts';

/** The expectations of a step, without one that only repeats the title. */
export function ownExpectations(step: Step): readonly Expectation[] {
  return expectationsOf(step).filter(({text}) => bare(text) !== bare(step.title));
}

/** `vps`, `this machine`, or a database; undefined where the action names no place. */
export function placeName(action: Action): string | undefined {
  const place = placeOf(action);
  return place === 'local' ? 'this machine' : place;
}

/** The operations of a step as rows of text. `lead` marks alternatives and commands. */
export type OperationRow = {text: string; lead: '$ ' | 'either ' | '    or ' | ''};

/** `marked`: behind each command stand what it destroys and its condition. */
export function operationRows(operations: readonly Operation[], marked: boolean): OperationRow[] {
  const written = (command: CommandOperation) => (marked ? markedText(command) : command.text);
  return operations.flatMap((operation): OperationRow[] => {
    switch (operation.kind) {
      case 'command':
        return [{lead: '$ ', text: written(operation)}];
      case 'request':
      case 'follow':
        return [{lead: '$ ', text: operation.text}];
      case 'query':
      case 'measure':
        return [{lead: '$ ', text: operation.text.replace(/\s+/g, ' ').trim()}];
      case 'search':
        return [{lead: '', text: operation.text}];
      case 'alternatives': {
        const {arms, taken} = operation;
        if (taken !== undefined) {
          const texts = taken.commands.map(written);
          return texts.length === 0
            ? [{lead: '', text: `by hand: ${taken.label}`}]
            : texts.map(text => ({lead: '$ ', text}));
        }
        return arms.map(({label, commands}, index) => ({
          lead: index === 0 ? 'either ' : '    or ',
          text: commands.map(written).join('; ') || `by hand: ${label}`,
        }));
      }
      default:
        return unreachable(operation);
    }
  });
}

function markedText({text, command: {destructive, condition}}: CommandOperation): string {
  const marks = [destructive, condition].filter(mark => mark !== undefined);
  return marks.length === 0 ? text : `${text}   (${marks.join(', ')})`;
}

/** Checks that were not met, without those that the verdict's reason already names. */
export function furtherUnmet({because, checks}: Verdict): Verdict['checks'] {
  return checks.filter(({result, text}) => result === 'unmet' && !bare(because).includes(bare(withoutLead(text))));
}

/** `not met: status 200, was 500`: these checks as text. */
export function unmetTexts(verdict: Verdict): string[] {
  return furtherUnmet(verdict).map(({text, actual}) => `not met: ${text}${actual ? `, was ${actual}` : ''}`);
}

/** `Expected: P95 < 850 ms` -> `P95 < 850 ms`. */
export function withoutLead(text: string): string {
  return text.replace(/^\W*expected:?\s*/i, '');
}

/** What stands beside a running step whose link is lost, the longest form first; `time`: since when it runs. */
export function cutOffForms(
  state: RunState,
  step: Step,
  time: string,
): {short: string; richer: readonly string[]} | undefined {
  if (!isCutOff(state, step)) return undefined;
  const [long, middle] =
    awaitedLink(state, step) === undefined
      ? ['link lost, end unknown', 'link lost']
      : ['not begun, waits for its link', 'not begun, no link'];
  return {short: 'no link', richer: [`${long} ${time}`, middle]};
}

function bare(text: string): string {
  return text.replace(/[^\p{Letter}\p{Number}<>=%]/gu, '').toLowerCase();
}

export type EvidenceRow = {text: string; token: ThemeToken; lead: string};

/** What was seen for the step, where and when: it is offered, and a person decides. */
export function evidenceRows(
  {evidence = {}}: Pick<RunState, 'evidence'>,
  stepId: string,
  rowsMax: number,
): EvidenceRow[] {
  const own = Object.values(evidence).filter(one => one.stepId === stepId);
  // What went live replaces what was to come.
  const isOver = own.some(({about}) => about === 'went-live');
  return own
    .filter(({about}) => !(isOver && about === 'goes-live'))
    .flatMap(one => {
      const more = one.lines.length - rowsMax;
      const rows = one.lines.slice(0, rowsMax).map(text => ({text, token: 'muted' as const, lead: '  '}));
      return [
        {text: `${answerText(one)}: ${one.text}`, token: answerToken(one), lead: ''},
        ...rows,
        ...(more > 0 && rowsMax > 0 ? [{text: `${more} more in the record`, token: 'muted' as const, lead: '  '}] : []),
        {text: `seen on ${one.on} at ${localClock(one.at)}`, token: 'muted', lead: '  '},
      ];
    });
}

function answerText({about, question, answer}: Evidence): string {
  return about === 'condition' ? `${question}? ${answer}` : question;
}

function answerToken({about, answer}: Evidence): ThemeToken {
  if (answer === 'unknown') return 'warn';
  if (about === 'went-live') return answer === 'yes' ? 'good' : 'bad';
  return answer === 'yes' ? 'accent' : 'text';
}

/** What Enter does with what is under the cursor, in a word or two; '' where it does nothing. */
export function enterDoes(plan: Plan, state: RunState, cursor: string | null): string {
  const step = cursor === null ? undefined : stepById(plan, cursor);
  if (step === undefined) return 'fold';
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return 'decide';
    case 'running':
    case 'passed':
    case 'skipped':
    case 'not-applicable':
      return '';
    case 'waiting':
      return own.outcome === undefined ? ENTER[step.action.kind].hint : 'tick';
    case 'pending':
      return unconfirmed(plan, state, step) === undefined ? ENTER[step.action.kind].hint : 'look';
  }
}

/** What Enter does with a step. `hint`: on the key row; '' for nothing. `words`: in a sentence. */
export const ENTER: Readonly<Record<ActionKind, {hint: string; words: string}>> = {
  manual: {hint: 'tick', words: 'ticks it'},
  input: {hint: 'fill in', words: 'fills it in'},
  choice: {hint: 'choose', words: 'chooses'},
  rule: {hint: '', words: 'shows its verdict; it ticks itself'},
  tail: {hint: 'open the log', words: 'opens this log'},
  script: {hint: 'run', words: 'runs it'},
  sql: {hint: 'run', words: 'runs it'},
  http: {hint: 'send', words: 'sends it'},
  log: {hint: 'look', words: 'looks'},
  prometheus: {hint: 'look', words: 'looks'},
};

/** `plan 15-20m, usually 12–18 min  5/6`; `planned`: what the document says, if it does. */
export function usualForms(usual: Usual, planned: string, count: string): readonly string[] {
  const text = usualText(usual);
  return [...(planned === '' ? [] : [`plan ${planned}, ${text}${count}`]), `${text}${count}`];
}

/** A step to come: `usually 3–5 min`. One that runs: `01:12 of 3–5 min`. */
export function usualOfStep({history}: RunState, {id}: Step, own: StepState, now: number): readonly string[] {
  const usual = history?.steps[id];
  if (usual === undefined) return [];
  if (own.status === 'pending') return [usualText(usual)];
  if (own.status !== 'running' || own.cancelling === true) return [];
  return [`${duration(now - own.startedAt)} of ${usualSpan(usual)}`];
}
