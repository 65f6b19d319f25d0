import type {Placeholder, Plan} from '../plan/plan.ts';
import type {Severity} from '../plan/problem.ts';
import {plural, shorten, widthOf} from './layout.ts';
import type {Paint} from './paint.ts';

/** What the parts of the page share. */
export type Page = {plan: Plan; width: number; paint: Paint; file: string};

/** `─ PROBLEMS ─────── 2 errors ─`: a rule across the page with a name and what there is to say about it. */
export function partHeading({width, paint}: Page, name: string, said = ''): string {
  const aside = shorten(said, Math.max(0, width - widthOf(name) - 8));
  const rule = '─'.repeat(Math.max(2, width - widthOf(name) - 2 - (aside === '' ? 0 : widthOf(aside) + 1)));
  return `${paint.strong(name)} ${paint.faint(rule)} ${paint.faint(aside)}`.trimEnd();
}

/** Names that nothing gives a value yet; those that the run captures by itself are not among them. */
export function unboundNames(plan: Plan): readonly Placeholder[] {
  return plan.placeholders.filter(({bound, capture}) => !bound && capture !== true);
}

/** `2 errors, 9 warnings, 1 note` */
export function problemCounts({problems}: Plan): string {
  const count = (severity: Severity) => problems.filter(problem => problem.severity === severity).length;
  const counts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
    [count('info'), 'note'],
  ] as const;
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => plural(number, word));
  return said.length === 0 ? 'no problems' : said.join(', ');
}
