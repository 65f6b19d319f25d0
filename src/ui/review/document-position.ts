/** Where things stand in the document: the section of a line, and the lines of a section. Pure. */
import type {Plan, Section} from '../../plan/plan.ts';
import {sectionById} from '../../run/plan-index.ts';
import {countWhile} from '../../text/count-below.ts';
import {withoutDuration} from '../checklist/checklist-row.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
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

const repeated = new WeakMap<Plan, ReadonlySet<string>>();

/** `Option A`; where several sections have that title, with the one around it: `1.2 adverts › Option A`. */
export function titleOf(plan: Plan, sectionId: string, {ascii}: Glyphs): string {
  const section = sectionById(plan, sectionId);
  if (section === undefined) return sectionId;
  const around = section.parent === undefined ? undefined : sectionById(plan, section.parent);
  return around === undefined || !repeatedTitles(plan).has(section.title)
    ? section.title
    : `${withoutDuration(around)} ${ascii ? '>' : '›'} ${section.title}`;
}

function repeatedTitles(plan: Plan): ReadonlySet<string> {
  const before = repeated.get(plan);
  if (before !== undefined) return before;
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const {title} of plan.sections) (seen.has(title) ? twice : seen).add(title);
  repeated.set(plan, twice);
  return twice;
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

/**
 * Where each line of a document stands after an edit. A line of the part that was edited goes to the nearest line with
 * the same words, or stays.
 */
export function linesAfter(before: readonly string[], after: readonly string[]): (line: number) => number {
  const shorter = Math.min(before.length, after.length);
  const grown = after.length - before.length;
  let above = 0;
  while (above < shorter && before[above] === after[above]) above += 1;
  let below = 0;
  while (below < shorter - above && before.at(-1 - below) === after.at(-1 - below)) below += 1;
  return line => {
    if (line <= above) return line;
    if (line > before.length - below) return line + grown;
    return nearestWith(before[line - 1] ?? '', after, line) ?? Math.max(1, Math.min(line, after.length - below));
  };
}

function nearestWith(text: string, lines: readonly string[], line: number): number | undefined {
  if (text.trim() === '') return undefined;
  for (let away = 0; away < lines.length; away += 1) {
    if (lines[line - 1 - away] === text) return line - away;
    if (lines[line - 1 + away] === text) return line + away;
  }
  return undefined;
}
