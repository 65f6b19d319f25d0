/** What keeps a run from beginning at all. */
import type {Bindings, Plan} from '../../plan/plan.ts';
import type {Problem} from '../../plan/problem.ts';
import {findOption} from '../../run/opening.ts';
import {compact} from '../../text/compact.ts';
import type {Loaded} from './load-plan.ts';
import type {EngineOptions} from './options.ts';

/** The checklist or its bindings hold no run: nothing was begun. */
export class InvalidRun extends Error {}

/** What the run needs on this machine is not there: nothing was begun. */
export class UnequippedRun extends Error {}

/** Why groups of hosts cannot be used from here, in one line; undefined where there are none, or all is there. */
export async function whyNotOnGroups({hosts}: Bindings): Promise<string | undefined> {
  if (Object.values(hosts).every(({group}) => group === undefined)) return undefined;
  const {whyNoAnsible} = await import('../../actions/group/groups.ts');
  return await whyNoAnsible();
}

type Choices = readonly (readonly [string, string])[];

/** What the bindings or the command line say that is not so: a run cannot begin with it. In one line, or undefined. */
export function whyNotRun(
  loaded: Loaded,
  {choices, yes, bindings: file, procedure}: Pick<EngineOptions, 'choices' | 'yes' | 'bindings' | 'procedure'>,
): string | undefined {
  if (loaded.reviewProblem !== undefined) return loaded.reviewProblem;
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, choices, file)];
  const wrong = problems.find(
    ({code, severity}) =>
      severity === 'error' && ['invalid-binding', 'unknown-binding', 'ambiguous-binding'].includes(code),
  );
  if (wrong !== undefined) {
    const where = wrong.file === undefined ? '' : `${wrong.file}:${wrong.line}: `;
    return `${where}${wrong.message}; ${wrong.hint}`;
  }
  const noProcedure = procedure === undefined ? undefined : procedureProblem(loaded.plan, procedure);
  if (noProcedure !== undefined) return noProcedure;
  if (loaded.plan.steps.length === 0) return `the checklist holds nothing to run or to tick${lackOf(loaded.plan)}`;
  const nothing = yes.find(
    id => id !== 'all' && !loaded.plan.steps.some(step => step.id === id || String(step.line) === id),
  );
  if (nothing === undefined) return undefined;
  return `--yes ${nothing}: there is no such step; \`tminus check --json\` lists them with their ids, as L21`;
}

function lackOf({source}: Plan): string {
  const text = source.join('');
  if (text.trim() === '') return ': it is empty';
  const odd = [...text.slice(0, LOOKED_AT)].filter(sign => sign === '\uFFFD' || /[\0-\x08\x0e-\x1f]/.test(sign));
  if (odd.length * ODD_PART > Math.min(text.length, LOOKED_AT)) return ': it is no text';
  return '; `tminus check --lines` shows as what each line was read';
}

/** In signs. */
const LOOKED_AT = 4096;
/** More than one sign in so many that no text holds. */
const ODD_PART = 20;

/** `--procedure` names a procedure that the document does not have. In one line, or undefined. */
export function procedureProblem({proposal, sections}: Plan, asked: string): string | undefined {
  if (proposal?.procedure?.toLowerCase().includes(asked.trim().toLowerCase()) === true) return undefined;
  const known = (proposal?.procedures ?? []).map(({name}) => name);
  const names = known.length > 0 ? known : sections.filter(({parent}) => parent === undefined).map(({title}) => title);
  return `--procedure ${asked}: the document has no such procedure; it has ${names.map(name => `"${name}"`).join(', ')}`;
}

export function choiceProblems({plan, bindings}: Loaded, choices: Choices, file: string | undefined): Problem[] {
  const hint = 'name the section as the document does, and a piece of one option';
  const bound = Object.entries(bindings.choices).map(([section, option]) => ({section, option, isBound: true}));
  const given = choices.map(([section, option]) => ({section, option, isBound: false}));
  return [...bound, ...given].flatMap(({section, option, isBound}): Problem[] => {
    const found = findOption(plan, section, option);
    if (!('problem' in found)) return [];
    const line = isBound ? (bindings.lines?.[`choices.${section}`] ?? 1) : 1;
    // The binding of the plan has said already when no section has this title.
    const isSaid = plan.problems.some(
      one => isBound && one.code === 'unknown-binding' && one.line === line && one.file === file,
    );
    if (isSaid) return [];
    return [
      compact({
        severity: 'error',
        code: 'unknown-binding',
        line,
        column: 1,
        message: found.problem,
        hint,
        file: file !== undefined && isBound ? file : undefined,
      }),
    ];
  });
}
