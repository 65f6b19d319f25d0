/** Finds the sections around a section. */
import type {Section} from '../plan.ts';

/** A section and those around it, innermost first. */
export function withSectionsAround(id: string | undefined, byId: ReadonlyMap<string, Section>): Section[] {
  const section = byId.get(id ?? '');
  return section === undefined ? [] : [section, ...withSectionsAround(section.parent, byId)];
}
