/** Everything that a document tells by itself about how it would go wrong. */
import {courseOf} from '../../../plan/parse-plan.ts';
import type {Plan} from '../../../plan/plan.ts';
import type {Problem, ProblemCode} from '../../../plan/problem.ts';
import type {Told} from '../document-course.ts';
import type {Finding, FindingKind} from '../finding.ts';
import {deletedUnnamed} from './deletions.ts';
import {wrongInputs} from './inputs.ts';
import {leftStopped} from './left-stopped.ts';
import {mistakenNames} from './names.ts';
import {backWithoutItsCode} from './order.ts';
import {notRestarted} from './restarts.ts';
import {wrongRestores} from './restores.ts';
import {wrongTargets} from './targets.ts';
import {madeTooLate} from './too-late.ts';
import {wrongVersions} from './versions.ts';

export function toldFindings(plan: Plan): readonly Finding[] {
  const told: Told = {plan, course: courseOf(plan)};
  return [
    ...checkedFindings(told),
    ...madeTooLate(told),
    ...backWithoutItsCode(told),
    ...leftStopped(told),
    ...notRestarted(told),
    ...wrongVersions(told),
    ...wrongRestores(told),
    ...wrongTargets(told),
    ...deletedUnnamed(told),
    ...mistakenNames(told),
    ...wrongInputs(told),
  ];
}

/** What `check` says of the way back: a rehearsal says it again, and the play shows whether it is so. */
const KINDS: Readonly<Partial<Record<ProblemCode, FindingKind>>> = {
  'rollback-input-never-created': 'never-made',
  'backup-destroyed': 'deleted-by-deploy',
  'relative-path-after-cd': 'another-session',
  'rollback-does-not-undo': 'left-changed',
};

/** `told` alone is a note, as `check` has said it; what the play has proved is a risk. */
function checkedFindings({plan: {problems, source}, course}: Told): Finding[] {
  const back = new Set(course.flatMap(({phase, command}) => (phase === 'rollback' ? [command.line] : [])));
  return problems.flatMap((problem): Finding[] => {
    const kind = kindOf(problem);
    if (kind === undefined || problem.file !== undefined) return [];
    const {line, message, hint} = problem;
    return [
      {
        kind,
        // A variable that is empty stops nothing: `git checkout` without a name ends with 0.
        weight: problem.code === 'variable-never-set' && back.has(line) ? 'risk' : 'note',
        line,
        title: message,
        evidence: [`line ${line}: ${(source[line - 1] ?? '').trim()}`],
        mend: hint,
        basis: 'told',
      },
    ];
  });
}

function kindOf({code, message}: Problem): FindingKind | undefined {
  if (code === 'variable-never-set') return /in another shell/.test(message) ? 'another-session' : undefined;
  if (code === 'rollback-input-never-created' && /makes (?:it on|in another)/.test(message)) return 'made-elsewhere';
  return KINDS[code];
}
