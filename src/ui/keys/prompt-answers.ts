/** What happens after a prompt is answered or a menu item is picked. */

import {unreachable} from '../../plan/plan.ts';
import type {Intent} from '../../run/event.ts';
import {stepById} from '../../run/plan-index.ts';
import {compact} from '../../text/compact.ts';
import {askBlank} from '../questions/prompts-and-menus.ts';
import type {Overlay} from '../view/overlay-state.ts';
import type {MenuAct} from '../view/prompt-types.ts';
import {type ConsoleContext, dispatch, type Leave, say, send} from './console-context.ts';
import {firstMatch, showLogLine} from './find-commands.ts';
import {handOverIntent} from './hand-over-keys.ts';
import {answerHost, closeAnswered} from './host-question-keys.ts';
import {askToSend, copyDraft, sendIssue, writeDrafts} from './incident-commands.ts';
import {rollBack} from './run-commands.ts';
import {openIncident} from './screen-commands.ts';
import {choose, openPrompt, run} from './step-commands.ts';

const CLOSING_MS_MAX = 5000;

type PromptOverlay = Extract<Overlay, {kind: 'prompt'}>;

/** The text stays in the prompt until it is accepted, so a refusal loses nothing that was typed. */
export async function answerPrompt(context: ConsoleContext, overlay: PromptOverlay): Promise<void> {
  const {prompt, editor} = overlay;
  // A password may begin or end with a space.
  const text = prompt.purpose.for === 'answer' ? editor.text : editor.text.trim();
  if (text === '' && prompt.required !== undefined) {
    return dispatch(context, {type: 'refuse', problem: prompt.required});
  }
  if (await answered(context, overlay, text)) afterwards(context, overlay);
}

async function answered(context: ConsoleContext, overlay: PromptOverlay, text: string): Promise<boolean> {
  const {purpose} = overlay.prompt;
  switch (purpose.for) {
    case 'skip':
      return sendFrom(context, {type: 'skip', stepId: purpose.stepId, reason: text});
    case 'mark-done':
      return sendFrom(context, {type: 'tick', stepId: purpose.stepId, reason: text});
    case 'note':
      return sendFrom(context, compact({type: 'note', text, stepId: purpose.stepId}));
    case 'complaint':
      return sendFrom(context, compact({type: 'complain', text: text || undefined, ruleId: purpose.ruleId}));
    case 'override':
      return sendFrom(
        context,
        compact({type: 'run-step', stepId: purpose.stepId, override: text, assumed: purpose.assumed}),
      );
    case 'fill':
      return sendFrom(context, {type: 'fill', stepId: purpose.stepId, blankId: purpose.blankId, value: text});
    case 'dismiss':
      return sendFrom(context, {type: 'dismiss', ruleId: purpose.ruleId, reason: text});
    case 'answer':
      return answerHost(context, purpose.question, text);
    case 'force-roll-back':
      return sendFrom(context, {type: 'roll-back', force: text});
    case 'abort':
      return sendFrom(context, {type: 'finish', because: text, abort: true});
    case 'send-issue':
      if (text.toLowerCase() === 'yes') return await sendIssue(context);
      dispatch(context, {type: 'refuse', problem: overlay.prompt.required ?? ''});
      return false;
    case 'hand-over':
      return sendFrom(context, handOverIntent(context, text));
    case 'search':
      dispatch(context, {type: 'search', pattern: text || (context.view.getState().searched[0] ?? '')});
      return true;
    case 'save': {
      const {saveAs} = await import('./save-commands.ts');
      const problem = await saveAs(context, purpose.range, text);
      if (problem !== undefined) dispatch(context, {type: 'refuse', problem});
      return problem === undefined;
    }
    case 'filter':
      dispatch(context, {type: 'filter', kind: purpose.kind, text});
      return true;
    default:
      return unreachable(purpose);
  }
}

/** A refusal is also shown inside the prompt, where the person looks. */
async function sendFrom(context: ConsoleContext, intent: Intent): Promise<boolean> {
  const taken = await send(context, intent);
  const {status} = context.view.getState();
  if (!taken && status) dispatch(context, {type: 'refuse', problem: status.text});
  return taken;
}

function afterwards(context: ConsoleContext, overlay: PromptOverlay): void {
  const {purpose} = overlay.prompt;
  if (purpose.for === 'answer') return closeAnswered(context);
  dispatch(context, {type: 'answered'});
  if (purpose.for === 'search') void firstMatch(context);
  if (purpose.for === 'abort') leaveOnceClosed(context, {kind: 'abort'});
  if (purpose.for === 'hand-over') handedOver(context, purpose.leaves);
  if (purpose.for === 'note') say(context, 'noted', 'good');
  if (purpose.for === 'complaint')
    say(context, purpose.ruleId === undefined ? 'complaint counted' : 'reported', 'good');
  if (purpose.for === 'fill') askNextBlank(context, purpose.stepId, purpose.blankId);
}

function handedOver(context: ConsoleContext, leaves: boolean): void {
  if (leaves) return context.leave({kind: 'detached'});
  say(context, 'handed over: whoever attaches next sees it first', 'good');
}

/** The engine writes the end of the run first; a console that left at once could not show it. */
function leaveOnceClosed(context: ConsoleContext, how: Leave): void {
  const {run} = context.session;
  const leave = () => context.leave(how);
  if (run.getState().closed) return leave();
  const timer = setTimeout(leave, CLOSING_MS_MAX);
  const stop = run.subscribe(({closed}) => {
    if (!closed) return;
    stop();
    clearTimeout(timer);
    leave();
  });
}

function askNextBlank(context: ConsoleContext, stepId: string, filled: string): void {
  const {plan, run} = context.session;
  const step = stepById(plan, stepId);
  const state = run.getState();
  const taken = {value: '', by: '', at: 0, computed: false};
  const blanks = {...state.blanks, [filled]: state.blanks[filled] ?? taken};
  const next = step && askBlank(step, {...state, blanks}, context.now());
  if (next) openPrompt(context, next);
}

/** Does what the picked item of a menu says. */
export function act(context: ConsoleContext, chosen: MenuAct): void {
  dispatch(context, {type: 'close'});
  switch (chosen.do) {
    case 'close':
      return;
    case 'look':
      return openIncident(context);
    case 'ask':
      return openPrompt(context, chosen.prompt);
    case 'leave':
      return context.leave({kind: chosen.leave});
    case 'filters':
      return dispatch(context, {type: 'filters', filters: chosen.filters});
    case 'show-line':
      return showLogLine(context, chosen.source, chosen.line);
    case 'save':
      void import('./save-commands.ts').then(({saveOver}) => saveOver(context, chosen.range, chosen.path));
      return;
    case 'choose':
      void choose(context, chosen.stepId, chosen.choiceId, chosen.armId);
      return;
    case 'write-drafts':
      return writeDrafts(context);
    case 'copy-draft':
      void copyDraft(context, chosen.draft);
      return;
    case 'ask-issue':
      void askToSend(context);
      return;
    case 'send':
      return actBySending(context, chosen.intent);
    default:
      return unreachable(chosen);
  }
}

function actBySending(context: ConsoleContext, intent: Intent): void {
  if (intent.type === 'roll-back') return rollBack(context);
  if (intent.type === 'finish') {
    return void send(context, intent).then(taken => {
      if (taken) leaveOnceClosed(context, {kind: 'closed'});
    });
  }
  const step = intent.type === 'run-step' && stepById(context.session.plan, intent.stepId);
  if (step) return run(context, step);
  void send(context, intent);
}
