/** Where things stand in the document: the section of a line, and the lines of a section. Pure. */
import type {Plan, Section} from '../../plan/plan.ts';
import {sectionById} from '../../run/plan-index.ts';
import {countWhile} from '../../text/count-below.ts';
import type {ReviewView} from '../view/review-view.ts';

/** First and last line of a section without the sections in it, 1-based. */
type Extent = {from: number; to: number};

const ordered = new WeakMap<Plan, readonly Section[]>();

/** The section whose own lines hold this one; lines above the first heading belong to the first section. */
export function sectionAtLine(plan: Plan, line: number): Section | undefined {
  const sections = inOrder(plan);
  const begun = countWhile(sections.length, index => (sections[index]?.line ?? 0) <= line);
  return sections[Math.max(0, begun - 1)];
}

export function sectionExtent(plan: Plan, sectionId: string): Extent {
  const sections = inOrder(plan);
  const at = sections.findIndex(({id}) => id === sectionId);
  const from = sections[at]?.line ?? 1;
  const next = sections.slice(at + 1).find(({line}) => line > from);
  return {from, to: Math.max(from, (next?.line ?? plan.source.length + 1) - 1)};
}

function inOrder(plan: Plan): readonly Section[] {
  const before = ordered.get(plan);
  if (before !== undefined) return before;
  const sections = plan.sections.toSorted((a, b) => a.line - b.line);
  ordered.set(plan, sections);
  return sections;
}

/** The same place in a document that was read again: its section by name, else by line. */
export function heldPlace<View extends Pick<ReviewView, 'section' | 'line' | 'documentTop'>>(
  plan: Plan,
  view: View,
): View {
  const last = Math.max(1, plan.source.length);
  const line = Math.max(1, Math.min(view.line, last));
  const section = sectionById(plan, view.section)?.id ?? sectionAtLine(plan, line)?.id ?? view.section;
  if (line === view.line && section === view.section) return view;
  return {...view, section, line, documentTop: Math.min(view.documentTop, last - 1)};
}
