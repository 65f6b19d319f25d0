/** What `check` says of the way back: a rehearsal says it again, and the play shows whether it is so. */
import type {Plan} from '../../../plan/plan.ts';
import type {Problem, ProblemCode} from '../../../plan/problem.ts';
import type {Finding, FindingKind} from '../finding.ts';

const KINDS: Readonly<Partial<Record<ProblemCode, FindingKind>>> = {
  'rollback-input-never-created': 'never-made',
  'backup-destroyed': 'deleted-by-deploy',
  'relative-path-after-cd': 'another-session',
  'rollback-does-not-undo': 'left-changed',
};

/** `told` alone is a note, as `check` has said it; what the play has proved is a risk. */
export function checkedFindings({problems, source}: Plan): Finding[] {
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
