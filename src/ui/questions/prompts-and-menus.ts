/** The prompts and menus of the console, as data. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import {computedValue} from '../../run/deciding/blank-values.ts';
import type {Question, QuestionKind} from '../../run/question.ts';
import {proposeThreshold} from '../../run/rules/proposed-threshold.ts';
import {type OpenChoice, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {evidenceRows, unmetTexts} from '../checklist/step-words.ts';
import type {Session} from '../session.ts';
import type {Menu, MenuItem, Prompt} from '../view/prompt-types.ts';
import {askHandOver} from './hand-overs.ts';

export function askSkip(step: Step, state: Pick<RunState, 'evidence'>): Prompt {
  return {
    title: 'Skip this step: why?',
    lines: [shownTitle(step.title), ...evidenceRows(state, step.id, 0).map(({text}) => text)],
    purpose: {for: 'skip', stepId: step.id},
    required: 'a skipped step needs a reason: it goes into the record',
  };
}

export function askMarkDone(step: Step, state: RunState): Prompt {
  const {status} = stepState(state, step.id);
  const untried = status === 'pending' || status === 'waiting';
  return {
    title: untried ? 'Mark it done without running it: why?' : 'Mark it done although it did not pass: why?',
    lines: [shownTitle(step.title), ...(untried ? ['Evidence ticks this step: Enter runs it.'] : [])],
    purpose: {for: 'mark-done', stepId: step.id},
    required: 'a step that did not pass needs a reason to count as done',
  };
}

export function askOverride(step: Step, reasons: readonly string[], assumed?: true): Prompt {
  return {
    title: 'Run it all the same: why?',
    lines: [shownTitle(step.title), ...reasons],
    purpose: compact({for: 'override', stepId: step.id, assumed}),
    required: 'going on against this needs a reason: it goes into the record',
  };
}

/** A prompt for the next empty blank of an input step. */
export function askBlank(step: Step, state: RunState, now: number): Prompt | null {
  if (step.action.kind !== 'input') return null;
  const {blanks} = step.action;
  const blank = blanks.find(({id}) => state.blanks[id] === undefined);
  if (!blank) return null;
  const count = blanks.length > 1 ? ` (${blanks.indexOf(blank) + 1} of ${blanks.length})` : '';
  const proposal = computedValue(state, blank, now);
  return compact({
    proposal,
    title: `${blank.label || 'Fill in'}${count}`,
    lines: [shownTitle(step.title), `line ${blank.line} of the checklist`],
    purpose: {for: 'fill', stepId: step.id, blankId: blank.id},
    required: 'the blank is still empty',
  });
}

export function askNote(step: Step | undefined): Prompt {
  return {
    title: 'Note for the record',
    lines: step ? [`about: ${shownTitle(step.title)}`] : [],
    purpose: compact({for: 'note', stepId: step?.id}),
    required: 'an empty note says nothing',
  };
}

export function askDismiss(plan: Plan, state: RunState, {ruleId, evidence}: RunState['tripped'][number]): Prompt {
  const proposal = proposeThreshold(plan, state, ruleId);
  return {
    title: 'Dismiss the trigger: why is it no reason to roll back?',
    lines: [evidence, ...(proposal === undefined ? [] : [`the record will propose ${proposal.text}`])],
    purpose: {for: 'dismiss', ruleId},
    required: 'dismissing a trigger needs a reason: it goes into the record',
  };
}

const ANSWERS: Readonly<Record<QuestionKind, string>> = {
  'host-key': 'is it the right host?',
  passphrase: 'needs the passphrase of a key',
  password: 'asks for a password',
  otp: 'asks for a code',
  sudo: 'needs the password of sudo',
};

/** A prompt for what a host asks: a password, a passphrase, a host key. */
export function askAnswer(question: Question): Prompt {
  const {kind, host, text, detail, secret} = question;
  const how =
    kind === 'host-key'
      ? 'Type yes in full if you know this fingerprint, no if you do not.'
      : secret
        ? 'The engine keeps it in memory and writes it nowhere.'
        : 'Who answered is written down, the answer is not.';
  return {
    title: `${host} ${ANSWERS[kind]}`,
    lines: [text, ...(detail === undefined || text.includes(detail) ? [] : [detail]), how],
    purpose: {for: 'answer', question},
    required: 'nothing was typed: Esc puts the question off, Ctrl-D says that there is no answer',
  };
}

export function askForceRollBack(against: readonly string[]): Prompt {
  return {
    title: 'The rollback is not ready. Roll back all the same: why?',
    lines: [...against, 'What is not proved is not deleted.'],
    purpose: {for: 'force-roll-back'},
    required: 'a forced rollback needs a reason: it goes into the record',
  };
}

function askAbort(plan: Plan): Prompt {
  const instead = plan.rollback === null ? '' : ' R rolls back instead.';
  return {
    title: 'Abort the run: why?',
    lines: [`Nothing is rolled back. The record says the run was aborted.${instead}`],
    purpose: {for: 'abort'},
    required: 'aborting needs a reason: it goes into the record',
  };
}

export function choiceMenu(step: Step, choice: OpenChoice): Menu {
  return {
    title: 'Choose one; the others become not applicable',
    lines: [shownTitle(choice.title)],
    items: choice.arms.map((arm, index) => ({
      label: `${shownTitle(arm.title)}${arm.manual && step.action.kind !== 'choice' ? ' (by hand)' : ''}`,
      key: String(index + 1),
      act: {do: 'choose', stepId: step.id, choiceId: choice.choiceId, armId: arm.id},
    })),
  };
}

/** A menu for a step that did not pass. */
export function failedMenu(plan: Plan, step: Step, state: RunState): Menu {
  const own = stepState(state, step.id);
  const verdict = 'verdict' in own ? own.verdict : undefined;
  const unknown = own.status === 'unknown' ? ['Nobody saw how it ended: look before you retry.'] : [];
  return {
    title: `${own.status === 'unknown' ? 'Unknown' : own.status === 'cancelled' ? 'Cancelled' : 'Failed'}: ${shownTitle(step.title)}`,
    lines: [...(verdict ? [verdict.because, ...unmetTexts(verdict)] : []), ...unknown],
    danger: own.status === 'failed',
    items: [
      {label: 'Retry', key: 'r', act: {do: 'send', intent: {type: 'run-step', stepId: step.id}}},
      {label: 'Skip, with a reason', key: 's', act: {do: 'ask', prompt: askSkip(step, state)}},
      {label: 'Mark done, with a reason', key: 'd', act: {do: 'ask', prompt: askMarkDone(step, state)}},
      ...rollBackItem(plan),
    ],
  };
}

/** Nothing is offered that the document does not say how to do. */
export function rollBackItem(plan: Plan): MenuItem[] {
  if (plan.rollback === null) return [];
  return [{label: 'Roll back', key: 'R', act: {do: 'send', intent: {type: 'roll-back'}}}];
}

/** `now`: epoch ms. */
export function leaveMenu(session: Session, state: RunState, now: number): Menu {
  const {plan, program, consoleId} = session;
  const handOver: MenuItem = {
    label: 'Hand over: leave a summary for whoever comes next',
    key: 'h',
    act: {do: 'ask', prompt: askHandOver(session, now, true)},
  };
  const finish: MenuItem = {
    label: `Finish: close the run and write the record${state.run.box === undefined ? '' : '; what was found is printed'}`,
    key: 'f',
    act: {do: 'send', intent: {type: 'finish', because: 'finished by the operator', abort: false}},
  };
  const drives = state.driver === consoleId;
  const abort: MenuItem = {label: 'Abort the run, with a reason', key: 'a', act: {do: 'ask', prompt: askAbort(plan)}};
  const over = state.phase === 'watching' || state.phase === 'rolled-back' || state.phase === 'rollback-failed';
  return {
    title: 'Leave the console',
    lines: [plan.title, `The engine goes on without a console; come back with: ${program} attach ${state.run.id}`],
    items: [
      ...(over && drives ? [finish] : []),
      {label: 'Detach: the run goes on in the background', key: 'd', act: {do: 'leave', leave: 'detached'}},
      ...(drives ? [handOver] : []),
      {label: 'Keep watching: line by line, without the full screen', key: 'w', act: {do: 'leave', leave: 'watch'}},
      ...(drives ? [abort] : []),
      {label: 'Stay here', key: 'q', act: {do: 'close'}},
    ],
  };
}
