/** The lines under the checklist: what the focused step does, what it expects, why it failed. */
import type {Plan, Section, Step} from '../../plan/plan.ts';
import {wordOf} from '../../plan/plan.ts';
import {shownLookup} from '../../run/binding/lookups.ts';
import {operationsOf, placeOf} from '../../run/operations.ts';
import {unconfirmed} from '../../run/review.ts';
import {progress, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {verdictLines} from '../../run/wording/verdict-lines.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {localClock, span} from '../../text/times.ts';
import {tame, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {shownTitle} from './checklist-row.ts';
import {furtherUnmet, type OperationRow, operationRows, ownExpectations} from './step-words.ts';

/** `lead` stands before the first row; the rows after it are set in. */
export type DetailLine = {text: string; token: ThemeToken; lead?: string};

/** Most telling first, so that a short panel shows what matters. */
export function stepDetail(
  plan: Plan,
  state: RunState,
  id: string | null,
  width: number,
  glyphs: Glyphs,
): DetailLine[] {
  const step = plan.steps.find(one => one.id === id);
  const section = plan.sections.find(one => one.id === id);
  const lines = step ? linesOfStep(plan, state, step) : section ? linesOfSection(plan, state, section) : [];
  return lines.flatMap(({text, token, lead = ''}) =>
    wrap(glyphs.ascii ? asciiOnly(text) : text, width - lead.length).map((row, index) => ({
      text: (index === 0 ? lead : ' '.repeat(lead.length)) + row,
      token,
    })),
  );
}

/** `line 78 · ssh · vps`. */
export function detailHeading(plan: Plan, id: string | null, glyphs: Glyphs): string {
  const step = plan.steps.find(one => one.id === id);
  const section = plan.sections.find(one => one.id === id);
  const parts = step
    ? [`line ${step.line}`, wordOf(step.action), placeOf(step.action) ?? '']
    : section
      ? [`line ${section.line}`, section.role]
      : [];
  return parts.filter(Boolean).join(` ${glyphs.separator} `);
}

/** What pressing Enter would do; a placeholder nothing is bound to stays as the document writes it. */
export function boundCommands(plan: Plan, state: RunState, step: Step): OperationRow[] {
  return operationRows(operationsOf(step.action, {lookup: shownLookup(plan, state), choices: state.choices}), false);
}

function linesOfStep(plan: Plan, state: RunState, step: Step): DetailLine[] {
  return [
    ...outcomeLines(state, step),
    ...unconfirmedLines(plan, state, step),
    {text: shownTitle(step.title), token: 'title'},
    ...(step.destructive ? [{text: `destroys: ${step.destructive}`, token: 'warn' as const}] : []),
    ...boundCommands(plan, state, step).map(line => ({...line, token: 'command' as const})),
    ...blankLines(state, step),
    ...ruleLines(plan, state, step),
    ...ownExpectations(step).map(({text, readable}) => ({
      text: readable ? `expects ${text.replace(/^expected:?\s*/i, '')}` : `you judge: ${text}`,
      token: 'text' as const,
    })),
    ...(step.condition ? [{text: `only ${step.condition}`, token: 'muted' as const}] : []),
    ...step.instructions.map(text => ({text: shownTitle(text), token: 'muted' as const})),
  ];
}

/** What was assumed of it is said in full when it is asked for. */
function unconfirmedLines(plan: Plan, state: RunState, step: Step): DetailLine[] {
  if (stepState(state, step.id).status !== 'pending') return [];
  const open = unconfirmed(plan, state, step);
  if (open === undefined) return [];
  const [first] = open.doubts;
  return [{text: `not confirmed yet: o${first === undefined ? '' : ` (${first.message})`}`, token: 'warn'}];
}

function outcomeLines(state: RunState, step: Step): DetailLine[] {
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return [
        {text: `${own.status}: ${own.verdict.because}`, token: own.status === 'failed' ? 'bad' : 'status.unknown'},
        ...furtherUnmet(own.verdict).map(check => ({
          text: `not met: ${check.text}${check.actual ? `, was ${check.actual}` : ''}`,
          token: 'bad' as const,
        })),
      ];
    case 'waiting':
      return [{text: own.for, token: 'warn'}];
    case 'skipped':
      return [{text: `skipped by ${own.by} at ${localClock(own.at)}: ${own.reason}`, token: 'muted'}];
    case 'not-applicable':
      return [{text: own.because, token: 'muted'}];
    case 'passed':
      return [{text: passedText(own), token: 'good'}];
    case 'running':
    case 'pending':
      return [];
  }
}

function passedText(own: {
  by: string;
  at: number;
  reason?: string;
  note?: string;
  verdict?: {because: string};
}): string {
  const why = own.reason ?? own.note ?? own.verdict?.because;
  return `passed, ${own.by} at ${localClock(own.at)}${why ? `: ${why}` : ''}`;
}

function blankLines(state: RunState, step: Step): DetailLine[] {
  if (step.action.kind !== 'input') return [];
  return step.action.blanks.map(({id, label}) => {
    const value = state.blanks[id]?.value;
    return value === undefined
      ? {text: `to fill: ${label}`, token: 'warn'}
      : {text: `${label}: ${value}`, token: 'text'};
  });
}

function ruleLines(plan: Plan, state: RunState, step: Step): DetailLine[] {
  const {action} = step;
  if (action.kind !== 'rule') return [];
  return verdictLines(plan, state)
    .filter(({rule}) => action.rules.includes(rule.id))
    .flatMap(({text, assessment}) => [
      {text, token: 'text' as const},
      {text: assessment.because, token: 'muted' as const},
    ])
    .filter(({text}) => text !== '');
}

function linesOfSection(plan: Plan, state: RunState, section: Section): DetailLine[] {
  const {done, total, failed} = progress(plan, state, section.id);
  const estimate = section.estimate ? `, about ${span(section.estimate.minMs, section.estimate.maxMs)}` : '';
  return [
    {text: tame(shownTitle(section.title)), token: 'title'},
    {text: `${done} of ${total} done${failed > 0 ? `, ${failed} failed` : ''}${estimate}`, token: 'text'},
    ...(section.role === 'rollback' ? missingLines(state) : []),
  ];
}

/** The header has room for the first thing that is missing only. */
function missingLines({readiness}: RunState): DetailLine[] {
  const missing = readiness?.items.filter(({ready, optional}) => !ready && !optional) ?? [];
  return missing.map(({title, detail}) => ({text: `not ready: ${shownTitle(title)}: ${detail}`, token: 'warn'}));
}
