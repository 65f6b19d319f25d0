/** What is assumed of sections, and how they stand to each other. */
import type {Use} from '../doubt.ts';
import type {Section} from '../plan.ts';

/** What was assumed about a section, before it has a place in the list of doubts. */
export type Assumption = {
  code: 'role-assumed' | 'procedure-assumed' | 'alternatives-assumed';
  section: Section;
  /** Where the words stand, when that is another section's heading. */
  line?: number;
  message: string;
  because: string;
  proposed?: string;
};

/** By section id; what one look finds, the next one sees. */
export type UseMap = Map<string, Use>;

/** Sections under one heading at one depth, where there are several. */
export function siblingsOf(sections: readonly Section[]): Section[][] {
  return [...Map.groupBy(sections, ({parent, depth}) => `${depth} ${parent ?? ''}`).values()].filter(
    ({length}) => length > 1,
  );
}

/** The section and all that stands in it: in the document these follow each other. */
export function within(sections: readonly Section[], root: Section): readonly Section[] {
  const start = sections.indexOf(root);
  const end = sections.findIndex((section, index) => index > start && section.depth <= root.depth);
  return sections.slice(start, end === -1 ? undefined : end);
}
