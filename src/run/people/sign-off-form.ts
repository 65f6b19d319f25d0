/** What signing off asks: the final status, and what the document leaves open in its sections for the record. Pure. */
import type {Blank, ChoiceArm, Plan, Step} from '../../plan/plan.ts';
import {rollbackEnd} from '../selectors.ts';
import type {RunState} from '../state.ts';

export type SignOffOption = {id: string; title: string};

/** A list of which one option is taken. `known`: the id of the one that the run gives by itself. */
export type SignOffChoice = {id: string; title: string; options: readonly SignOffOption[]; known?: string};

/** `choices` and `blanks`: what else the document asks of a person; all of it may stay open. */
export type SignOffForm = {
  status: SignOffChoice;
  choices: readonly SignOffChoice[];
  blanks: readonly {id: string; label: string}[];
};

/** The id of the list that T-Minus asks itself, where the document has none. */
export const OWN_STATUS = 'final-status';

const OWN_OPTIONS = [
  'successful',
  'successful with minor issues',
  'failed',
  'rolled back',
  'rollback failed',
  'aborted',
] as const;

/** The form as the run stands: what somebody has answered already is not asked again. */
export function signOffForm(plan: Plan, state: RunState): SignOffForm {
  const lists = recordSteps(plan).flatMap(step => choiceOf(state, step) ?? []);
  const own = lists.findLast(({arms}) => arms.some(arm => arm.rollback === 'done')) ?? lists.at(-1);
  return {
    status: own?.choice ?? ownStatus(state),
    choices: lists.filter(list => list !== own && state.choices[list.choice.id] === undefined).map(list => list.choice),
    blanks: openBlanks(plan, state)
      .filter(({computed, asks}) => computed === undefined && asks === undefined)
      .map(({id, label}) => ({id, label})),
  };
}

/** Blanks of the sections for the record that nobody has filled. */
export function openBlanks(plan: Plan, state: RunState): readonly Blank[] {
  return recordSteps(plan)
    .flatMap(({action}) => (action.kind === 'input' ? action.blanks : []))
    .filter(({id}) => state.blanks[id] === undefined);
}

/** Contacts are filled in before the deploy, and belong to nobody who signs. */
export function recordSteps({sections, steps}: Plan): readonly Step[] {
  const ids = new Set(sections.filter(({role}) => role === 'notes').map(({id}) => id));
  return steps.filter(({section}) => ids.has(section));
}

function choiceOf(
  state: RunState,
  {id, title, action}: Step,
): {choice: SignOffChoice; arms: readonly ChoiceArm[]} | undefined {
  if (action.kind !== 'choice') return undefined;
  const {arms} = action;
  const known = state.choices[id]?.armId ?? answerOfRollback(state, arms)?.id;
  const options = arms.map(arm => ({id: arm.id, title: arm.title}));
  return {choice: {id, title, options, ...(known === undefined ? {} : {known})}, arms};
}

function ownStatus(state: RunState): SignOffChoice {
  const options = OWN_OPTIONS.map(title => ({id: title, title}));
  const known = knownStatus(state);
  return {id: OWN_STATUS, title: 'Final status', options, ...(known === undefined ? {} : {known})};
}

function knownStatus({rollback, closed}: RunState): (typeof OWN_OPTIONS)[number] | undefined {
  if (rollback.status === 'finished')
    return rollbackEnd(rollback) === 'rolled-back' ? 'rolled back' : 'rollback failed';
  if (closed?.status === 'succeeded') return 'successful';
  if (closed?.status === 'failed') return 'failed';
  return closed?.status === 'aborted' ? 'aborted' : undefined;
}

/**
 * When just one answer says that the deploy was rolled back, nobody has to be asked. When a rollback failed, or nothing
 * verified it, only that it was needed is known: a person says what came of it.
 */
export function answerOfRollback(
  {rollback}: Pick<RunState, 'rollback'>,
  arms: readonly ChoiceArm[],
): ChoiceArm | undefined {
  const [answer, ...others] = arms.filter(arm => arm.rollback !== undefined);
  if (answer === undefined || others.length > 0 || rollback.status !== 'finished') return undefined;
  const isBack = rollback.result === 'rolled-back' && rollback.verdict !== 'unverified';
  return answer.rollback === 'done' && !isBack ? undefined : answer;
}
