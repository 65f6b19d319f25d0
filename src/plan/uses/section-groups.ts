/** Types for assumptions about sections, and helpers for sections that stand beside or inside each other. */
import type {Use} from '../doubt.ts';
import type {Section} from '../plan.ts';

/** An assumption about a section, before it becomes a doubt. */
export type Assumption = {
  code: 'role-assumed' | 'procedure-assumed' | 'alternatives-assumed';
  section: Section;
  /** The line of the words, when that is another section's heading. */
  line?: number;
  message: string;
  because: string;
  proposed?: string;
  /** All sections that it is about, where it asks once for several. */
  sections?: readonly Section[];
  /** The document is in a language without words here, and that is why. */
  isForeign?: boolean;
};

/** By section id. Each pass changes it for the next pass. */
export type UseMap = Map<string, Use>;

/** Groups of two or more sections with the same parent and depth. */
export function siblingGroups(sections: readonly Section[]): Section[][] {
  return [...Map.groupBy(sections, ({parent, depth}) => `${depth} ${parent ?? ''}`).values()].filter(
    ({length}) => length > 1,
  );
}

/** The section with all sections in it, which follow it in the document. */
export function sectionsInside(sections: readonly Section[], root: Section): readonly Section[] {
  const start = sections.indexOf(root);
  const end = sections.findIndex((section, index) => index > start && section.depth <= root.depth);
  return sections.slice(start, end === -1 ? undefined : end);
}
