/** What an answered prompt or a picked item does. */
import {unreachable} from '../../plan/plan.ts';
import type {Intent} from '../../run/event.ts';
import {askBlank} from '../questions/questions.ts';
import type {MenuAct} from '../view/prompts.ts';
import type {Overlay} from '../view/view-state.ts';
import {type Desk, dispatch, type Leave, say, send} from './console-context.ts';
import {answerHost, closeAnswered} from './host-questions.ts';
import {nextMatch} from './pane-commands.ts';
import {rollBack} from './roll-back.ts';
import {choose, openPrompt, run} from './step-commands.ts';

const CLOSING_MS_MAX = 5000;

type PromptOverlay = Extract<Overlay, {kind: 'prompt'}>;

/** The text stays in the prompt until it was taken: what somebody typed is never lost to a refusal. */
export async function answerPrompt(desk: Desk, overlay: PromptOverlay): Promise<void> {
  const {prompt, editor} = overlay;
  // A password may begin or end with a space.
  const text = prompt.purpose.for === 'answer' ? editor.text : editor.text.trim();
  if (text === '' && prompt.required !== undefined) {
    return dispatch(desk, {type: 'refuse', problem: prompt.required});
  }
  if (await answered(desk, overlay, text)) afterwards(desk, overlay);
}

async function answered(desk: Desk, overlay: PromptOverlay, text: string): Promise<boolean> {
  const {purpose} = overlay.prompt;
  switch (purpose.for) {
    case 'skip':
      return sendFrom(desk, {type: 'skip', stepId: purpose.stepId, reason: text});
    case 'mark-done':
      return sendFrom(desk, {type: 'tick', stepId: purpose.stepId, reason: text});
    case 'note':
      return sendFrom(desk, {type: 'note', text, ...(purpose.stepId ? {stepId: purpose.stepId} : {})});
    case 'complaint':
      return sendFrom(desk, {
        type: 'complain',
        ...(text ? {text} : {}),
        ...(purpose.ruleId ? {ruleId: purpose.ruleId} : {}),
      });
    case 'override':
      return sendFrom(desk, {type: 'run-step', stepId: purpose.stepId, override: text});
    case 'fill':
      return sendFrom(desk, {type: 'fill', stepId: purpose.stepId, blankId: purpose.blankId, value: text});
    case 'dismiss':
      return sendFrom(desk, {type: 'dismiss', ruleId: purpose.ruleId, reason: text});
    case 'answer':
      return answerHost(desk, purpose.question, text);
    case 'force-roll-back':
      return sendFrom(desk, {type: 'roll-back', force: text});
    case 'abort':
      return sendFrom(desk, {type: 'finish', because: text, abort: true});
    case 'search':
      dispatch(desk, {type: 'search', pattern: text, direction: purpose.direction});
      return true;
    case 'keep':
    case 'hide':
      dispatch(desk, {type: 'filter', ...desk.view.getState().filters, [purpose.for]: text});
      return true;
    default:
      return unreachable(purpose);
  }
}

/** A refusal is also shown inside the prompt, where the eyes are. */
async function sendFrom(desk: Desk, intent: Intent): Promise<boolean> {
  const taken = await send(desk, intent);
  const {status} = desk.view.getState();
  if (!taken && status) dispatch(desk, {type: 'refuse', problem: status.text});
  return taken;
}

function afterwards(desk: Desk, overlay: PromptOverlay): void {
  const {purpose} = overlay.prompt;
  if (purpose.for === 'answer') return closeAnswered(desk);
  dispatch(desk, {type: 'answered'});
  if (purpose.for === 'search') void nextMatch(desk, purpose.direction);
  if (purpose.for === 'abort') leaveOnceClosed(desk, {kind: 'abort'});
  if (purpose.for === 'note') say(desk, 'noted', 'good');
  if (purpose.for === 'complaint') say(desk, purpose.ruleId === undefined ? 'complaint counted' : 'reported', 'good');
  if (purpose.for === 'fill') askNextBlank(desk, purpose.stepId, purpose.blankId);
}

/** The engine writes the end of the run first; a console that left at once could not show it. */
function leaveOnceClosed(desk: Desk, how: Leave): void {
  const {run} = desk.session;
  const leave = () => desk.leave(how);
  if (run.getState().closed) return leave();
  const timer = setTimeout(leave, CLOSING_MS_MAX);
  const stop = run.subscribe(({closed}) => {
    if (!closed) return;
    stop();
    clearTimeout(timer);
    leave();
  });
}

function askNextBlank(desk: Desk, stepId: string, filled: string): void {
  const {plan, run} = desk.session;
  const step = plan.steps.find(({id}) => id === stepId);
  const state = run.getState();
  const taken = {value: '', by: '', at: 0, computed: false};
  const blanks = {...state.blanks, [filled]: state.blanks[filled] ?? taken};
  const next = step && askBlank(step, {...state, blanks}, desk.now());
  if (next) openPrompt(desk, next);
}

/** What a picked item of a menu does. */
export function act(desk: Desk, chosen: MenuAct): void {
  dispatch(desk, {type: 'close'});
  switch (chosen.do) {
    case 'close':
      return;
    case 'ask':
      return openPrompt(desk, chosen.prompt);
    case 'leave':
      return desk.leave({kind: chosen.leave});
    case 'choose':
      void choose(desk, chosen.stepId, chosen.choiceId, chosen.armId);
      return;
    case 'send':
      return actBySending(desk, chosen.intent);
    default:
      return unreachable(chosen);
  }
}

function actBySending(desk: Desk, intent: Intent): void {
  if (intent.type === 'roll-back') return rollBack(desk);
  if (intent.type === 'finish') {
    return void send(desk, intent).then(taken => {
      if (taken) leaveOnceClosed(desk, {kind: 'closed'});
    });
  }
  const step = intent.type === 'run-step' && desk.session.plan.steps.find(({id}) => id === intent.stepId);
  if (step) return run(desk, step);
  void send(desk, intent);
}
