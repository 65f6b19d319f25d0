/** The store of one console's view, and the changes that the run makes in it. */
import {createStore, type StoreApi} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import {personOf} from '../run/console.ts';
import {signOffForm} from '../run/people/sign-off-form.ts';
import {stepById} from '../run/plan-index.ts';
import {rollbackNow} from '../run/rollback/rollback-choice.ts';
import {closedWord, endedAt, failedStep, isDone, isRollbackOn, stepState} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {activeStep} from './checklist/checklist-items.ts';
import {ENTER_QUIET_MS} from './keys/console-context.ts';
import {newestErrors} from './logs/newest-errors.ts';
import {connectHandOvers} from './questions/hand-overs.ts';
import {connectQuestions} from './questions/show-host-questions.ts';
import {triggerMenu} from './questions/trigger-menu.ts';
import type {Session} from './session.ts';
import {tellTime} from './terminal/clock.ts';
import {signOffView} from './view/sign-off-view.ts';
import {initialView, reduceView, type ViewAction, type ViewState} from './view/view-state.ts';

export function createView(session: Session): StoreApi<ViewState> {
  const state = session.run.getState();
  const cursor = leftByRollback(session.plan, state) ?? activeStep(session.plan, state, null);
  const view = createStore<ViewState>(() => initialView(session.plan, cursor));
  if (isRollbackOn(state)) apply(view, {type: 'rollback-shown'});
  return view;
}

/** The keys of this console have begun or ceased to change the run, by what somebody did at another one. */
function batonText({consoleId}: Session, before: RunState, {driver, consoles}: RunState): string | undefined {
  if (before.driver === driver || before.driver === null) return undefined;
  if (driver === consoleId) return 'you drive now';
  if (before.driver !== consoleId) return undefined;
  const other = driver === null ? undefined : consoles[driver];
  return other === undefined ? 'nobody drives now; b takes the baton' : `${personOf(other)} drives now, you observe`;
}

type Surroundings = {
  now(): number;
};

/** Follows the run until the returned function is called. */
export function connectView(session: Session, view: StoreApi<ViewState>, {now}: Surroundings): () => void {
  const {run} = session;
  let seen = run.getState();
  const changed = (state: RunState) => {
    const before = seen;
    seen = state;
    moveCursorOn(session, view, before, state);
    moveCursorToLeft(session, view, before, state);
    showRollback(view, before, state);
    // The last row tells of the replay.
    if (session.replay !== undefined) return;
    if (before.runningOn && !state.runningOn && state.runOnBecause !== '' && isOpen(state)) {
      apply(view, {type: 'say', text: `stopped running on: ${state.runOnBecause}`, tone: 'warn', at: now()});
    }
    const drives = batonText(session, before, state);
    if (drives !== undefined && isOpen(state)) apply(view, {type: 'say', text: drives, tone: 'warn', at: now()});
    if (state.closed && !before.closed) {
      const text = `the run is closed: ${closedWord(state)}, ${state.closed.because}; q leaves`;
      apply(view, {type: 'say', text, tone: state.closed.status === 'succeeded' ? 'good' : 'warn', at: now()});
      offerSignOff(session, view, now() + ENTER_QUIET_MS);
    }
  };
  const stop = run.subscribe(changed);
  // The engine of a closed run ends; that is no loss.
  const stopLost = session.onLost(detail => {
    if (!run.getState().closed) apply(view, {type: 'lost', detail, at: now()});
  });
  const stopHandOvers = connectHandOvers(session, view, {quietUntil: () => now() + ENTER_QUIET_MS});
  const stopQuestions = connectQuestions(session, view);
  const stopTriggers = connectTriggers(session, view);
  const stopAlarms = clearForAlarms(session, view);
  const stopClock = session.replay?.status.subscribe(() => tellTime(now));
  return () => {
    stopClock?.();
    stop();
    stopLost();
    stopHandOvers();
    stopQuestions();
    stopTriggers();
    stopAlarms();
  };
}

/**
 * A reply to an earlier key (`it is running; x cancels it`) would be read as a statement about an alarm that comes after
 * it, and would stand where the keys belong. So each new alarm takes it away, and a rollback too.
 */
function clearForAlarms({plan, run, questions}: Session, view: StoreApi<ViewState>): () => void {
  let known = new Set(alarms());
  function alarms(): string[] {
    const state = run.getState();
    const {tripped, links, approval} = state;
    const failed = failedStep(plan, state);
    return [
      ...tripped.map(keyOf),
      ...Object.entries(links).flatMap(([host, {up, since}]) => (up ? [] : [`link ${host}@${since}`])),
      ...(failed === undefined ? [] : [`step ${failed.id}@${endedAt(state, failed)}`]),
      ...(approval === null ? [] : [`approval ${approval.id}`]),
      ...(isRollbackOn(state) ? ['rollback'] : []),
      ...questions.getState().map(({id}) => `question ${id}`),
    ];
  }
  function look(): void {
    const now = alarms();
    const isNew = now.some(key => !known.has(key));
    known = new Set(now);
    if (isNew && view.getState().status !== null) apply(view, {type: 'say', text: '', tone: 'plain', at: 0});
  }
  const stops = [run.subscribe(look), questions.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The run is over: whoever drove it signs. A dry run has done nothing, and what nobody saw is signed by nobody. */
function offerSignOff({plan, run, consoleId, me}: Session, view: StoreApi<ViewState>, until: number): void {
  const state = run.getState();
  const isOver = state.closed?.status !== 'refused' && !state.run.dryRun && state.signOff === undefined;
  if (!isOver || state.driver !== consoleId || view.getState().overlay !== null) return;
  apply(view, {type: 'quiet', until});
  apply(view, {type: 'open', overlay: {kind: 'sign-off', view: signOffView(signOffForm(plan, state), me)}});
}

/** Moves the cursor along with the run, unless a person moved it elsewhere. */
function moveCursorOn({plan}: Session, view: StoreApi<ViewState>, before: RunState, state: RunState): void {
  if (before.steps === state.steps && before.choices === state.choices) return;
  const {cursor} = view.getState();
  if (cursor !== activeStep(plan, before, cursor)) return;
  const {status} = stepState(state, cursor ?? '');
  if (status === 'failed' || status === 'unknown' || status === 'cancelled') return;
  const next = activeStep(plan, state, cursor);
  if (next !== null && next !== cursor) apply(view, {type: 'cursor', id: next, byRun: true});
}

function moveCursorToLeft({plan}: Session, view: StoreApi<ViewState>, before: RunState, state: RunState): void {
  if (before.rollback.status === 'finished' || isCalledOff(before.rollback, state.rollback)) return;
  const left = leftByRollback(plan, state);
  if (left !== undefined) apply(view, {type: 'cursor', id: left});
}

/**
 * After a rollback the cursor stands on what it left to people, also in a console that is opened only then: nothing before
 * it is to be done any more. Undefined while no rollback has ended.
 */
function leftByRollback(plan: Plan, state: RunState): string | undefined {
  if (state.rollback.status !== 'finished') return undefined;
  return rollbackNow(plan, state)?.steps.find(id => {
    const step = stepById(plan, id);
    return step !== undefined && !isDone(state, step);
  });
}

/** Every console shows a rollback, whoever asked for it. */
function showRollback(view: StoreApi<ViewState>, before: RunState, state: RunState): void {
  if (before.rollback.status === state.rollback.status) return;
  if (isRollbackOn(state)) apply(view, {type: 'rollback-shown'});
  else if (isCalledOff(before.rollback, state.rollback)) apply(view, {type: 'rollback-cancelled'});
}

/** Whether a countdown was cancelled; the result of an earlier rollback is then the state again. */
function isCalledOff(before: RunState['rollback'], now: RunState['rollback']): boolean {
  if (before.status !== 'counting') return false;
  return now.status === 'none' || (now.status === 'finished' && now.at === before.before?.at);
}

/** Announces tripped triggers by a menu as soon as no other overlay is open. It does not interrupt typing. */
function connectTriggers({plan, run, spool, consoleId}: Session, view: StoreApi<ViewState>): () => void {
  // Alarms that were shown, or that ended before they could be shown.
  const offered = new Set<string>();

  function offer(): void {
    const state = run.getState();
    const waiting = state.tripped.filter(one => !offered.has(keyOf(one)));
    const newest = waiting.at(-1);
    if (newest === undefined || view.getState().overlay !== null || !isOpen(state)) return;
    for (const one of waiting) offered.add(keyOf(one));
    const drives = state.driver === consoleId;
    const menu = triggerMenu(plan, state, newest, {lastError: newestErrors(spool, 1)[0], drives});
    // The menu may open just when a person presses Enter for something else, so Enter must not roll back; only R does.
    const selected = menu.items.findIndex(({act}) => act.do === 'close');
    apply(view, {type: 'open', overlay: {kind: 'menu', menu, selected}});
  }

  const stops = [run.subscribe(offer), view.subscribe(offer)];
  offer();
  return () => {
    for (const stop of stops) stop();
  };
}

function keyOf({ruleId, at}: RunState['tripped'][number]): string {
  return `${ruleId}@${at}`;
}

/** A rollback answers every trigger, so after it nothing is asked. */
function isOpen(state: RunState): boolean {
  return !state.closed && !isRollbackOn(state);
}

function apply(view: StoreApi<ViewState>, action: ViewAction): void {
  view.setState(reduceView(view.getState(), action), true);
}
