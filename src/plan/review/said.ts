/** A doubt before it has its name and its place in the list. */
import type {Doubt} from '../doubt.ts';
import type {Plan, Section} from '../plan.ts';

/** Without `section` it belongs to the one that its line stands in, without `steps` to those that cover its line. */
export type Said = Omit<Doubt, 'id' | 'section' | 'steps'> & {steps?: readonly string[]; section?: string};

export function sectionAt({sections}: Plan, line: number): Section | undefined {
  return sections.findLast(section => section.line <= line);
}
