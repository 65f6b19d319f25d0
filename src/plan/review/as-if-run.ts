/** Reads sections that are taken for reference as if they ran, to find what would be asked of them then. */
import type {Plan} from '../plan.ts';
import type {Assumption} from '../uses/section-groups.ts';
import type {FoundDoubt} from './found-doubt.ts';

/**
 * A section that is taken for reference because nothing was understood of it is doubted as one that runs, for it may be
 * given that use. As long as it has not, nobody is asked.
 */
export function asIfRun(plan: Plan, assumed: readonly Assumption[]): Plan {
  const guessed = new Set(assumed.flatMap(({section, proposed}) => (proposed === 'reference' ? [section.id] : [])));
  if (guessed.size === 0) return plan;
  const sections = plan.sections.map(one => (guessed.has(one.id) ? {...one, use: 'run' as const} : one));
  return {...plan, sections};
}

/** Whether it asks for the use of such a section, which its own question asks already. */
export function asksForUse({code, line, proposed}: FoundDoubt, assumed: readonly Assumption[]): boolean {
  if (code !== 'role-assumed' || proposed === 'reference') return false;
  return assumed.some(one => one.proposed === 'reference' && (one.line ?? one.section.line) === line);
}
