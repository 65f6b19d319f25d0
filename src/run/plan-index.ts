/** Steps, sections and what was assumed, by what is asked of them many times a second; worked out once for each plan. */
import type {Doubt, SectionReading} from '../plan/doubt.ts';
import type {Plan, Section, Step} from '../plan/plan.ts';

type Index = {
  steps: ReadonlyMap<string, Step>;
  sections: ReadonlyMap<string, Section>;
  /** By section. */
  readings: ReadonlyMap<string, SectionReading>;
  doubts: ReadonlyMap<string, readonly Doubt[]>;
  /**
   * The steps of a section and of all sections below it, in the document's order; by section, worked out when asked
   * for.
   */
  within: Map<string, readonly Step[]>;
};

const known = new WeakMap<Plan, Index>();

export function stepById(plan: Plan, id: string): Step | undefined {
  return indexOf(plan).steps.get(id);
}

export function sectionById(plan: Plan, id: string): Section | undefined {
  return indexOf(plan).sections.get(id);
}

export function readingById(plan: Plan, sectionId: string): SectionReading | undefined {
  return indexOf(plan).readings.get(sectionId);
}

/** Doubts about a section, settled or not, in the document's order. */
export function doubtsIn(plan: Plan, sectionId: string): readonly Doubt[] {
  return indexOf(plan).doubts.get(sectionId) ?? [];
}

/** Steps of a section and of the sections below it, in the document's order. */
export function sectionSteps(plan: Plan, sectionId: string): readonly Step[] {
  const {within} = indexOf(plan);
  const before = within.get(sectionId);
  if (before !== undefined) return before;
  const ids = new Set([sectionId]);
  for (const section of plan.sections) {
    if (section.parent !== undefined && ids.has(section.parent)) ids.add(section.id);
  }
  const steps = plan.steps.filter(step => ids.has(step.section));
  within.set(sectionId, steps);
  return steps;
}

function indexOf(plan: Plan): Index {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const index: Index = {
    steps: by(plan.steps, ({id}) => id),
    sections: by(plan.sections, ({id}) => id),
    readings: by(plan.proposal?.readings ?? [], ({section}) => section),
    doubts: Map.groupBy(plan.proposal?.doubts ?? [], ({section}) => section),
    within: new Map(),
  };
  known.set(plan, index);
  return index;
}

/** When several have the same id the first one counts, as if the list were searched from its start. */
function by<T>(all: readonly T[], nameOf: (one: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of all) {
    const name = nameOf(one);
    if (!found.has(name)) found.set(name, one);
  }
  return found;
}

/** Sections around the step or section, the outermost first. */
export function pathOf(plan: Plan, id: string): string[] {
  const step = stepById(plan, id);
  const path: string[] = [];
  let section = sectionById(plan, step?.section ?? id);
  while (section && !path.includes(section.id)) {
    path.unshift(section.id);
    const {parent} = section;
    section = parent === undefined ? undefined : sectionById(plan, parent);
  }
  return path;
}
