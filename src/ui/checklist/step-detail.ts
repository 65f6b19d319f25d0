/** The lines under the checklist: what the focused step does, what it expects, why it failed. */
import type {Plan, Section, Step} from '../../plan/plan.ts';
import {wordOf} from '../../plan/plan.ts';
import {usualText} from '../../run/history/usual-text.ts';
import {hostOf, operationsOf} from '../../run/operations.ts';
import {sectionById, stepById} from '../../run/plan-index.ts';
import {shownLookup} from '../../run/requests/lookups.ts';
import {unconfirmed} from '../../run/review.ts';
import {progress, stepState} from '../../run/selectors.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {awaitedLink, isCutOff, meaningOf} from '../../run/wording/lost-links.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {localClock, span} from '../../text/times.ts';
import {tame, wrap} from '../../text/width.ts';
import {asOf, liveVerdicts, unwatched} from '../rules/live-verdicts.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {keyOf} from '../view/keymap.ts';
import {shownTitle} from './checklist-row.ts';
import {evidenceRows, type OperationRow, operationRows, ownExpectations, placeName, unmetTexts} from './step-words.ts';

/** `lead` stands before the first row; the other rows are indented by its width. */
type DetailLine = {text: string; token: ThemeToken; lead?: string};

/**
 * The details of a step or section, the most important first, so that a short panel shows these. `error`: the line of a
 * log that tells why it failed, where the step itself knows only the symptom. `lostAt`: since when no engine measures.
 */
export function stepDetail(
  plan: Plan,
  state: RunState,
  id: string | null,
  {
    width,
    glyphs,
    error,
    lostAt,
  }: {width: number; glyphs: Glyphs; error?: string | undefined; lostAt?: number | undefined},
): DetailLine[] {
  const {step, section} = focusedIn(plan, id);
  const own = step ? linesOfStep(plan, state, step, lostAt) : section ? linesOfSection(plan, state, section) : [];
  const isSaid = error === undefined || own.some(({text}) => text.includes(error));
  const lines = isSaid ? own : [said('log.error', tame(error)), ...own];
  return lines.flatMap(({text, token, lead = ''}) =>
    wrap(glyphs.ascii ? asciiOnly(text) : text, width - lead.length).map((row, index) => ({
      text: (index === 0 ? lead : ' '.repeat(lead.length)) + row,
      token,
    })),
  );
}

/** `line 78 · ssh · vps`. */
export function detailHeading(plan: Plan, id: string | null, glyphs: Glyphs): string {
  const {step, section} = focusedIn(plan, id);
  const parts = step ? [wordOf(step.action), placeName(step.action) ?? ''] : [section?.role ?? ''];
  const line = step?.line ?? section?.line;
  return line === undefined ? '' : [`line ${line}`, ...parts].filter(Boolean).join(` ${glyphs.separator} `);
}

/** The step or section under the cursor. */
function focusedIn(plan: Plan, id: string | null): {step?: Step | undefined; section?: Section | undefined} {
  return id === null ? {} : {step: stepById(plan, id), section: sectionById(plan, id)};
}

/** The commands that Enter would run. A placeholder without a value stays as the document writes it. */
export function boundCommands(plan: Plan, state: RunState, step: Step): OperationRow[] {
  return operationRows(operationsOf(step.action, {lookup: shownLookup(plan, state), choices: state.choices}), false);
}

function linesOfStep(plan: Plan, state: RunState, step: Step, lostAt: number | undefined): DetailLine[] {
  return [
    ...outcomeLines(state, step),
    ...unconfirmedLines(plan, state, step),
    said('title', shownTitle(step.title)),
    ...(step.destructive ? [said('warn', `destroys: ${step.destructive}`)] : []),
    ...boundCommands(plan, state, step).map(line => ({...line, token: 'command' as const})),
    ...tellsLines(plan, step),
    ...conditionLines(state, step),
    ...blankLines(state, step),
    ...ruleLines(plan, state, step, lostAt),
    ...ownExpectations(step).map(({text, readable}) =>
      said('text', readable ? `expects ${text.replace(/^expected:?\s*/i, '')}` : `you judge: ${text}`),
    ),

    ...step.instructions.map(text => said('muted', shownTitle(text))),
  ];
}

/** Its text is made from the run. */
function tellsLines({tells = []}: Plan, {id}: Step): DetailLine[] {
  const isTold = tells.some(({step}) => step === id);
  return isTold ? [said('accent', `${keyOf('incident-drafts')} writes its text from this run`)] : [];
}

/** The condition, or what was seen of it; and which version comes. */
function conditionLines(state: RunState, step: Step): DetailLine[] {
  const seen = evidenceRows(state, step.id, EVIDENCE_ROWS_MAX);
  return seen.length > 0 || !step.condition ? seen : [said('muted', `only ${step.condition}`)];
}

/** The panel beside the checklist is short; the output panel shows more. */
const EVIDENCE_ROWS_MAX = 3;

function said(token: ThemeToken, text: string): DetailLine {
  return {text, token};
}

/** Only the first doubt; the overlay for running the step shows all of them. */
function unconfirmedLines(plan: Plan, state: RunState, step: Step): DetailLine[] {
  const open = stepState(state, step.id).status === 'pending' ? unconfirmed(plan, state, step) : undefined;
  if (open === undefined) return [];
  const [first] = open.doubts;
  return [said('warn', `not confirmed yet: o${first === undefined ? '' : ` (${first.message})`}`)];
}

function outcomeLines(state: RunState, step: Step): DetailLine[] {
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return [
        said(own.status === 'failed' ? 'bad' : 'status.unknown', `${own.status}: ${own.verdict.because}`),
        ...unmetTexts(own.verdict).map(text => said('bad', text)),
      ];
    case 'waiting':
      return [said('warn', own.for)];
    case 'skipped':
      return [said('muted', `skipped by ${own.by} at ${localClock(own.at)}: ${own.reason}`)];
    case 'not-applicable':
      return [said('muted', own.because)];
    case 'passed':
      return [said('good', passedText(own))];
    case 'running': {
      const awaited = awaitedLink(state, step);
      const host = awaited ?? (isCutOff(state, step) ? hostOf(step) : undefined);
      const waits = awaited === undefined ? {} : ({waits: true} as const);
      return host === undefined ? [] : [said('bad', `link to ${host} lost: ${meaningOf({host, step, ...waits})}`)];
    }
    case 'pending':
      return [];
  }
}

function passedText({by, at, reason, note, verdict}: Extract<StepState, {status: 'passed'}>): string {
  const why = reason ?? note ?? verdict?.because;
  return `passed, ${by} at ${localClock(at)}${why ? `: ${why}` : ''}`;
}

function blankLines(state: RunState, step: Step): DetailLine[] {
  if (step.action.kind !== 'input') return [];
  return step.action.blanks.map(({id, label}) => {
    const value = state.blanks[id]?.value;
    return value === undefined ? said('warn', `to fill: ${label}`) : said('text', `${label}: ${value}`);
  });
}

function ruleLines(plan: Plan, state: RunState, step: Step, lostAt: number | undefined): DetailLine[] {
  const {action} = step;
  if (action.kind !== 'rule') return [];
  return unwatched(liveVerdicts(plan, state), lostAt)
    .filter(({rule}) => action.rules.includes(rule.id))
    .flatMap(line => [
      said('text', lostAt === undefined ? line.text : `${line.text} ${asOf(line)}`.trim()),
      said('muted', line.assessment.because),
    ])
    .filter(({text}) => text !== '');
}

function linesOfSection(plan: Plan, state: RunState, section: Section): DetailLine[] {
  const {done, total, failed} = progress(plan, state, section.id);
  const planned = section.estimate ? `, about ${span(section.estimate.minMs, section.estimate.maxMs)}` : '';
  const usual = state.history?.sections[section.id];
  const estimate = `${planned}${usual === undefined ? '' : `, ${usualText(usual)}`}`;
  return [
    said('title', tame(shownTitle(section.title))),
    said('text', `${done} of ${total} done${failed > 0 ? `, ${failed} failed` : ''}${estimate}`),
    // The header has room only for the first missing input; here all of them are listed.
    ...(section.role === 'rollback' ? missingInputs(state).map(text => said('warn', `not ready: ${text}`)) : []),
  ];
}

/** Inputs of the rollback that are missing or not proved: `git tag: no such tag`. */
export function missingInputs({readiness}: RunState): string[] {
  const missing = readiness?.items.filter(({ready, optional}) => !ready && !optional) ?? [];
  return missing.map(({title, detail}) => `${shownTitle(title)}: ${detail}`);
}
