/** Tells a person who looks elsewhere: the title of the terminal, and a bell once for each event that needs somebody. */
import type {StoreApi} from 'zustand/vanilla';
import {mayNotApprove} from '../run/deciding/approval.ts';
import {stepById} from '../run/plan-index.ts';
import {belongsToRun, rollbackHeadline, stepState, waitingStep} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {tame} from '../text/width.ts';
import {phasePiece} from './bars/header-pieces.ts';
import {shownTitle} from './checklist/checklist-row.ts';
import {isDriver} from './questions/show-host-questions.ts';
import type {Session} from './session.ts';
import type {Lost, ViewState} from './view/view-state.ts';

/** What needs a person now. Events of one kind that come close together are one: several rules report one trouble. */
type Need = {kind: 'trigger' | 'question' | 'step' | 'approval' | 'engine' | 'rollback'; key: string; text: string};

const ONE_ALERT_MS = 5000;

type Surroundings = {
  env: Readonly<Record<string, string | undefined>>;
  /** Writes past the frames. */
  pass(text: string): void;
  now(): number;
};

export type Alerts = {
  /** What puts the title back, when another has the terminal; '' where it was never set. */
  titleBack(): string;
  /** Sets it again. */
  titleAgain(): void;
  stop(): void;
};

/** Follows the run until it is stopped. */
export function startAlerts(session: Session, view: StoreApi<ViewState>, {env, pass, now}: Surroundings): Alerts {
  const known = new Set<string>();
  const toldAt = new Map<Need['kind'], number>();
  let title: string | undefined;

  function look(): void {
    const {settings, lost} = view.getState();
    const needs = needsNow(session, lost);
    if (settings.now.alerts === 'on') announce(needs);
    for (const key of known) if (!needs.some(need => need.key === key)) known.delete(key);
    for (const {key} of needs) known.add(key);
    setTitle(settings.now.title === 'on' ? titleOf(session, needs, settings.now.ascii === 'on') : undefined);
  }

  function announce(needs: readonly Need[]): void {
    const fresh = needs.filter(({key}) => !known.has(key));
    const loud = fresh.filter(({kind}) => now() - (toldAt.get(kind) ?? Number.NEGATIVE_INFINITY) >= ONE_ALERT_MS);
    for (const {kind} of loud) toldAt.set(kind, now());
    const [first] = loud;
    if (first !== undefined) pass(alertSequence(`T-Minus: ${first.text}`, env));
  }

  function setTitle(next: string | undefined): void {
    if (next === title || !takesTitle(env)) return;
    pass(next === undefined ? TITLE_BACK : titleSequence(next, title === undefined));
    title = next;
  }

  const stops = [session.run, session.questions, session.trouble, view].map(store => store.subscribe(look));
  look();
  return {
    titleBack: () => (title === undefined ? '' : TITLE_BACK),
    titleAgain() {
      title = undefined;
      look();
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** An observer is only told what everybody should know. */
function needsNow(session: Session, lost: Lost | null): readonly Need[] {
  const {plan, run, questions, trouble} = session;
  const state = run.getState();
  const unrecorded = trouble.getState().text;
  const needs: Need[] = [
    ...(lost === null ? [] : [{kind: 'engine' as const, key: 'lost', text: `the engine is lost: ${lost.detail}`}]),
    ...(unrecorded === null
      ? []
      : [{kind: 'engine' as const, key: 'not recorded', text: `not recorded: ${unrecorded}`}]),
    ...state.tripped.map(({ruleId, at, evidence}): Need => {
      const rule = plan.rules.find(({id}) => id === ruleId);
      return {kind: 'trigger', key: `${ruleId}@${at}`, text: `tripped: ${rule?.text ?? ruleId}: ${evidence}`};
    }),
    ...approvals(session, state),
    ...rolledBack(state),
  ];
  if (!isDriver(session)) return needs;
  const asked = questions.getState().map(
    ({id, host, text}): Need => ({
      kind: 'question',
      key: `question ${id}`,
      text: `${host} asks: ${text}`,
    }),
  );
  return [...needs, ...asked, ...steps(session, state)];
}

function approvals({plan, consoleId}: Session, state: RunState): Need[] {
  const {approval} = state;
  const me = state.consoles[consoleId];
  if (approval === null || me === undefined || mayNotApprove(state, me) !== undefined) return [];
  const title = shownTitle(stepById(plan, approval.stepId)?.title ?? approval.stepId);
  return [
    {kind: 'approval', key: `approval ${approval.id}`, text: `${approval.askedBy} asks you to approve: ${title}`},
  ];
}

function rolledBack({rollback}: RunState): Need[] {
  if (rollback.status !== 'finished') return [];
  return [{kind: 'rollback', key: `rollback ${rollback.at}`, text: rollbackHeadline(rollback).toLowerCase()}];
}

/** The step at which the run waits, and steps that failed: nothing goes on before somebody has decided. */
function steps({plan}: Session, state: RunState): Need[] {
  if (state.closed !== null) return [];
  const waits = waitingStep(plan, state);
  const failed = plan.steps.flatMap((step): Need[] => {
    const own = stepState(state, step.id);
    if ((own.status !== 'failed' && own.status !== 'unknown') || !belongsToRun(plan, state, step)) return [];
    const words = own.status === 'failed' ? 'failed' : 'nobody saw how it ended';
    return [
      {kind: 'step', key: `${own.status} ${step.id}@${own.attempt}`, text: `${words}: ${shownTitle(step.title)}`},
    ];
  });
  if (waits === undefined) return failed;
  const because = state.runOnBecause === '' ? '' : `: ${state.runOnBecause}`;
  const text = `waits for you: ${shownTitle(waits.title)}${because}`;
  return [...failed, {kind: 'step', key: `waits ${waits.id}`, text}];
}

/** `! WAITS FOR YOU · DEPLOY 2/4 · Phase 2A`: what is most important comes first, because tabs are narrow. */
function titleOf({plan, run}: Session, needs: readonly Need[], ascii: boolean): string {
  const state = run.getState();
  const isRehearsal = state.run.rehearsal === true ? ['REHEARSAL'] : [];
  const isWaiting = needs.some(({kind}) => kind !== 'rollback');
  const parts = [...isRehearsal, phasePiece(plan, state).text.trim(), plan.subtitle ?? plan.title, state.run.host];
  return `${isWaiting ? '! ' : ''}${parts.filter(part => part !== '').join(ascii ? ' - ' : ' · ')}`;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Terminals that take an OSC without printing it. Others, such as the Linux console, get none. */
const TAKES_OSC =
  /^(?:xterm|tmux|screen|rxvt|alacritty|kitty|foot|wezterm|ghostty|st|vte|gnome|konsole|contour|mintty|putty|iterm)/;
const TEXT_LENGTH_MAX = 120;

/** Pushes the title of the window on the terminal's stack, and takes it from there. */
const KEEP = '\u001B[22;2t';
const BACK = '\u001B[23;2t';

function takesTitle({TERM = ''}: Env): boolean {
  return TAKES_OSC.test(TERM);
}

/** `isFirst`: the title that was there is kept for later. */
function titleSequence(text: string, isFirst: boolean): string {
  return `${isFirst ? KEEP : ''}\u001B]2;${harmless(text)}\u001B\\`;
}

/** The title as it was; an empty one on a terminal that keeps none. */
const TITLE_BACK = `\u001B]2;\u001B\\${BACK}`;

/**
 * The bell, and a notification by OSC 9 where the terminal can take one: the bell alone reaches a detached tmux window.
 * tmux hands on what is wrapped for it, where `allow-passthrough` is on, and drops it otherwise.
 */
function alertSequence(text: string, env: Env): string {
  const notification = `\u001B]9;${harmless(text)}\u001B\\`;
  if (!takesTitle(env)) return '\u0007';
  if (env['TMUX']) return `\u0007\u001BPtmux;${notification.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
  return env['TERM']?.startsWith('screen') ? '\u0007' : `\u0007${notification}`;
}

function harmless(text: string): string {
  return tame(text).slice(0, TEXT_LENGTH_MAX);
}
