/** Options that the command line and the bindings choose when a run opens, and the events that say so. */
import type {Plan, Section} from '../plan/plan.ts';
import type {Event} from './event.ts';
import {ROLLBACK_CHOICE, rollbackArm} from './rollback/rollback-choice.ts';

export type Option = {choiceId: string; armId: string; title: string};

/**
 * Finds the option that `SECTION = OPTION` names: any choice in a section whose title holds `section`, any arm
 * whose text holds `option` (case does not matter). Choices by heading and arms inside a code block alike.
 */
export function findOption(plan: Plan, section: string, option: string): Option | {problem: string} {
  const choices = choicesOf(plan).filter(choice => choice.titles.some(title => holds(title, section)));
  if (choices.length === 0) return {problem: `no section with a choice is called "${section}"`};
  for (const choice of choices) {
    const arm = choice.arms.find(one => holds(one.title, option));
    if (arm !== undefined) return {choiceId: choice.id, armId: arm.id, title: arm.title};
  }
  const known = choices.flatMap(choice => choice.arms.map(arm => arm.title));
  return {problem: `"${section}" has no option "${option}"; it has ${known.join(' · ')}`};
}

/** The first events of a run: the run itself, and what the bindings have chosen. */
export function openingEvents(
  plan: Plan,
  opened: Extract<Event, {type: 'run-opened'}>,
  choices: readonly (readonly [section: string, option: string])[],
): readonly Event[] {
  const chosen = choices.flatMap(([section, option]): Event[] => {
    const found = findOption(plan, section, option);
    if ('problem' in found) return [];
    return [{type: 'choice-made', choiceId: found.choiceId, armId: found.armId, because: 'bound before the run'}];
  });
  return [opened, ...chosen, ...filledByOpening(plan, opened)];
}

/** "Deployment Date: ____" and "Deployed By: ____": what is known the moment the run is opened. */
function filledByOpening(plan: Plan, {user, runId}: Extract<Event, {type: 'run-opened'}>): readonly Event[] {
  return plan.steps.flatMap((step): readonly Event[] => {
    if (step.action.kind !== 'input') return [];
    const values = step.action.blanks.map(blank => {
      if (blank.computed === 'user') return {blankId: blank.id, value: user};
      return blank.computed === 'start-date' ? {blankId: blank.id, value: dateOf(runId)} : undefined;
    });
    const known = values.filter(value => value !== undefined);
    if (known.length === 0 || known.length < values.length) return [];
    const filled = known.map(one => ({type: 'input-filled', stepId: step.id, computed: true, ...one}) as const);
    return [...filled, {type: 'step-ticked', stepId: step.id, note: 'known when the run was opened'}];
  });
}

/** Run ids begin with the moment they were made: `20261123T162611Z-5ca4`. */
function dateOf(runId: string): string {
  return `${runId.slice(0, 4)}-${runId.slice(4, 6)}-${runId.slice(6, 8)}`;
}

type Choice = {id: string; titles: readonly string[]; arms: readonly {id: string; title: string}[]};

function choicesOf(plan: Plan): readonly Choice[] {
  const own = plan.steps.flatMap((step): readonly Choice[] => {
    const titles = [step.title, ...sectionTitles(plan, step.section)];
    const {action} = step;
    if (action.kind === 'choice') return [{id: step.id, titles, arms: action.arms}];
    if (action.kind !== 'script') return [];
    return action.stages.flatMap(stage => {
      if (stage.kind !== 'alternatives') return [];
      const arms = stage.arms.map(({id, label, commands}) => ({
        id,
        title: [label, ...commands.map(command => command.text)].join(' '),
      }));
      return [{id: stage.id, titles, arms}];
    });
  });
  return [...own, ...rollbackChoice(plan)];
}

/** Several rollbacks of one document are options as well. */
function rollbackChoice({rollbacks = []}: Plan): readonly Choice[] {
  if (rollbacks.length < 2) return [];
  const arms = rollbacks.map(one => ({id: rollbackArm(one), title: one.heading}));
  return [{id: ROLLBACK_CHOICE, titles: [ROLLBACK_CHOICE, ...rollbacks.map(({heading}) => heading)], arms}];
}

function sectionTitles(plan: Plan, id: string): readonly string[] {
  const titles: string[] = [];
  let section: Section | undefined = plan.sections.find(one => one.id === id);
  while (section !== undefined) {
    titles.push(section.title);
    const {parent} = section;
    section = plan.sections.find(one => one.id === parent);
  }
  return titles;
}

function holds(text: string, piece: string): boolean {
  return text.toLowerCase().includes(piece.trim().toLowerCase());
}
