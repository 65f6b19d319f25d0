/** The plan as its doubts look at it: sections that may run do, and the title of the rollback is no condition in it. */
import {readMarks} from '../phrases/marks.ts';
import type {Plan, Step} from '../plan.ts';
import type {Assumption} from '../uses/section-groups.ts';
import type {FoundDoubt} from './found-doubt.ts';

/**
 * A section that is taken for reference because nothing was understood of it is doubted as one that runs, for it may be
 * given that use. As long as it has not, nobody is asked.
 */
export function asIfRun(plan: Plan, assumed: readonly Assumption[]): Plan {
  const guessed = new Set(assumed.flatMap(({section, proposed}) => (proposed === 'reference' ? [section.id] : [])));
  const sections =
    guessed.size === 0
      ? plan.sections
      : plan.sections.map(one => (guessed.has(one.id) ? {...one, use: 'run' as const} : one));
  const titles = conditionsOf(plan);
  const steps = titles.size === 0 ? plan.steps : plan.steps.map(step => withoutTitle(step, titles.get(step.id)));
  return {...plan, sections, steps};
}

/**
 * For each step of the only rollback, the condition that its title gives to all of it: "If it's bad". Whoever runs it has
 * answered that, so it tells nothing of one step.
 */
function conditionsOf({rollback, rollbacks, sections}: Plan): ReadonlyMap<string, string> {
  const root = sections.find(({line}) => line === rollback?.line);
  const isOne = rollbacks === undefined || rollbacks.length < 2;
  const condition = root === undefined ? undefined : (root.condition ?? readMarks(root.title).condition);
  if (rollback === null || condition === undefined || !isOne) return new Map();
  return new Map(rollback.steps.map(id => [id, condition]));
}

function withoutTitle(step: Step, title: string | undefined): Step {
  if (title === undefined || step.condition !== title) return step;
  const {condition: _, ...rest} = step;
  return rest;
}

/** Whether it asks for the use of such a section, which its own question asks already. */
export function asksForUse({code, line, proposed}: FoundDoubt, assumed: readonly Assumption[]): boolean {
  if (code !== 'role-assumed' || proposed === 'reference') return false;
  return assumed.some(one => one.proposed === 'reference' && (one.line ?? one.section.line) === line);
}
