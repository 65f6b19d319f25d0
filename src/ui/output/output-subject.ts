/** What the centre of the screen shows: the end of all output, the output of one step, or the signals. Pure. */
import {type Plan, type SectionRole, type Step, unreachable} from '../../plan/plan.ts';
import {bindText, type Lookup} from '../../plan/script.ts';
import {askedFrom, requestText} from '../../run/operations.ts';
import {sectionById, stepById} from '../../run/plan-index.ts';
import {runningStep, stepState} from '../../run/selectors.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {placeName} from '../checklist/step-words.ts';
import type {ViewState} from '../view/view-state.ts';
import {replacesOutput} from './output-record.ts';

export type Subject =
  /** All output up to its end, which may grow. `step`: the step that prints. */
  | {kind: 'live'; step?: Step}
  /** All output, and after it what this step would do. */
  | {kind: 'next'; step: Step}
  /** The output of one step, lines `from … to-1`, and its result. */
  | {kind: 'record'; step: Step; state: StepState; from: number; to: number};

export function subjectOf(plan: Plan, state: RunState, cursor: string | null): Subject {
  const running = runningStep(plan, state);
  const step = cursor === null ? undefined : stepById(plan, cursor);
  if (step === undefined) return running === undefined ? {kind: 'live'} : {kind: 'live', step: running};
  const focused = stepState(state, step.id);
  switch (focused.status) {
    case 'running':
      return {kind: 'live', step};
    case 'pending':
      return running === undefined ? {kind: 'next', step} : {kind: 'live', step: running};
    case 'waiting':
      if (focused.outcome === undefined) return {kind: 'next', step};
      break;
    case 'passed':
    case 'failed':
    case 'cancelled':
    case 'unknown':
    case 'skipped':
    case 'not-applicable':
  }
  const from = 'outputFrom' in focused ? (focused.outputFrom ?? 0) : 0;
  const to = 'outputTo' in focused ? (focused.outputTo ?? from) : from;
  return {kind: 'record', step, state: focused, from, to: Math.max(from, to)};
}

/**
 * The lines of the output source that can be scrolled to. `total`: how many lines there are; `gone`: of those that are not
 * here only the last is among them, which says so.
 */
export function printedRange(subject: Subject, total: number, gone = 0): {from: number; to: number} {
  const first = Math.max(0, gone - 1);
  if (subject.kind !== 'record') return {from: Math.min(first, total), to: total};
  if (replacesOutput(subject.state)) return {from: subject.from, to: subject.from};
  const to = Math.min(subject.to, total);
  return {from: Math.min(Math.max(subject.from, first), Math.max(subject.from, to - 1), to), to};
}

/** Whether there are lines of it that are not here. */
export function lacks(subject: Subject, total: number): boolean {
  return subject.kind === 'record' && subject.to > total;
}

/** `vps:/srv/app`, `sql main`, `GET /health`: where the step runs, as far as it is known; `output` for a step by hand. */
export function placeText(step: Step, state: RunState, lookup: Lookup): string {
  const {action} = step;
  switch (action.kind) {
    case 'script': {
      const parts = [placeName(action), directoryOf(step, state)].filter(part => part !== undefined);
      return parts.map(part => bindText(part, lookup, 'plain').text).join(':');
    }
    case 'sql':
      return action.database === undefined ? 'sql' : `sql ${action.database}`;
    case 'http': {
      const [request] = action.requests;
      const text = request === undefined ? 'http' : bindText(requestText(request), lookup, 'plain').text;
      const host = askedFrom(action);
      return host === undefined ? text : `${host}: ${text}`;
    }
    case 'tail':
    case 'log':
      return action.source;
    case 'prometheus':
      return 'prometheus';
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return 'output';
    default:
      return unreachable(action);
  }
}

function directoryOf(step: Step, state: RunState): string | undefined {
  const {action} = step;
  if (action.kind !== 'script') return undefined;
  const own = stepState(state, step.id);
  if ('outcome' in own && own.outcome?.kind === 'exited' && own.outcome.directory !== undefined)
    return own.outcome.directory;
  const commands = action.stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands : []));
  const {id, place, directory = place.kind === 'local' ? state.run.directory : undefined} = action.context;
  return commands.at(-1)?.directory ?? state.contexts[id]?.directory ?? directory;
}

/** Sections about readings, not about output. */
const ABOUT_SIGNALS: ReadonlySet<SectionRole> = new Set(['monitor', 'validate', 'triggers', 'criteria']);

/** The signals when a person chose them, or while the cursor is on a step that they decide and nothing is running. */
export function centreShows(
  plan: Plan,
  state: RunState,
  {centre, cursor}: Pick<ViewState, 'centre' | 'cursor'>,
): ViewState['centre'] {
  if (centre === 'signals') return 'signals';
  const step = cursor === null ? undefined : stepById(plan, cursor);
  const section = cursor === null ? undefined : sectionById(plan, cursor);
  const isAbout = step?.action.kind === 'rule' || (section !== undefined && ABOUT_SIGNALS.has(section.role));
  return isAbout && runningStep(plan, state) === undefined ? 'signals' : 'output';
}

/** Whether the output panel already shows what the step under the cursor would do. */
export function toldInCentre(
  plan: Plan,
  state: RunState,
  view: Pick<ViewState, 'centre'> & {cursor: string | null},
): boolean {
  if (centreShows(plan, state, view) === 'signals') return false;
  const subject = subjectOf(plan, state, view.cursor);
  return subject.kind === 'next' && subject.step.id === view.cursor;
}
