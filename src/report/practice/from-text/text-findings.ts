/** Everything that a document tells by itself about how it would go wrong. */
import {courseOf} from '../../../plan/parse-plan.ts';
import type {Plan} from '../../../plan/plan.ts';
import type {Problem, ProblemCode} from '../../../plan/problem.ts';
import type {Told} from '../course.ts';
import type {Finding, FindingKind} from '../finding.ts';
import {wrongInputs} from './inputs.ts';
import {leftStopped} from './left-stopped.ts';
import {backWithoutItsCode} from './order.ts';
import {notRestarted} from './restarts.ts';
import {wrongRestores} from './restores.ts';
import {madeTooLate} from './too-late.ts';
import {wrongVersions} from './versions.ts';

export function toldFindings(plan: Plan): readonly Finding[] {
  const told: Told = {plan, course: courseOf(plan)};
  return [
    ...checkedFindings(plan),
    ...madeTooLate(told),
    ...backWithoutItsCode(told),
    ...leftStopped(told),
    ...notRestarted(told),
    ...wrongVersions(told),
    ...wrongRestores(told),
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
function checkedFindings({problems, source}: Plan): Finding[] {
  return problems.flatMap((problem): Finding[] => {
    const kind = kindOf(problem);
    if (kind === undefined || problem.file !== undefined) return [];
    const {line, message, hint} = problem;
    return [
      {
        kind,
        weight: 'note',
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
