/** The sections of a review with what stands open in them, and the order in which they are asked about. */
import {type Doubt, type DoubtCode, NEVER_RUN, type Use} from '../../plan/doubt.ts';
import type {Plan, Section} from '../../plan/plan.ts';
import {doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';

/** `quiet`: nothing in it asks for a key. `again`: it was confirmed once, and reads otherwise now. */
export type SectionStatus = 'confirmed' | 'open' | 'again' | 'quiet';

export type SectionRow = {
  section: Section;
  use: Use;
  place: string;
  doubts: readonly Doubt[];
  status: SectionStatus;
};

type Reviewed = Pick<RunState, 'review'>;

/** In the document's order. */
export function sectionRows(plan: Plan, state: Reviewed): readonly SectionRow[] {
  return plan.sections.map(section => {
    const reading = readingOf(plan, section.id);
    const use = sectionUse(plan, state, section.id);
    const doubts = doubtsOf(plan, state, section.id);
    return {section, use, doubts, place: reading?.place ?? '', status: statusOf(plan, state, section.id, use, doubts)};
  });
}

function statusOf(plan: Plan, {review}: Reviewed, id: string, use: Use, doubts: readonly Doubt[]): SectionStatus {
  if (review?.confirmed[id] !== undefined && doubts.length === 0) return 'confirmed';
  if (readingOf(plan, id)?.asks !== true || (NEVER_RUN.has(use) && doubts.length === 0)) return 'quiet';
  return review?.reopened[id] === undefined ? 'open' : 'again';
}

/** Worst first: what may run something wrong, before what only names it. */
const RANK: Readonly<Record<DoubtCode, number>> = {
  'procedure-assumed': 0,
  'alternatives-assumed': 1,
  'place-assumed': 2,
  'not-read': 3,
  'variable-never-set': 3,
  'output-assumed': 3,
  'endless-assumed': 3,
  'role-assumed': 4,
  'condition-assumed': 5,
  'value-assumed': 6,
  'rollback-assumed': 7,
  'trigger-assumed': 8,
  'tie-assumed': 8,
  'expectation-assumed': 8,
};

/** Questions come before sections without one, and the rollback comes last. */
export function openInOrder(rows: readonly SectionRow[]): readonly SectionRow[] {
  const open = rows.filter(({status}) => status === 'open' || status === 'again');
  const rank = ({use, doubts}: SectionRow) =>
    (use === 'rollback' ? BEHIND_ALL : 0) + Math.min(...doubts.map(({code}) => RANK[code]), WITHOUT_DOUBT);
  return open.toSorted((a, b) => rank(a) - rank(b) || a.section.line - b.section.line);
}

const WITHOUT_DOUBT = 50;
const BEHIND_ALL = 100;

/** The one that is shown: the one that was chosen, else the first that asks. */
export function focusedRow(rows: readonly SectionRow[], chosen: string | null): SectionRow | undefined {
  return rows.find(({section}) => section.id === chosen) ?? openInOrder(rows)[0] ?? rows[0];
}

/** How many questions there are when lines with one cause count once. */
export function questionsLeft(rows: readonly SectionRow[]): number {
  const causes = rows.flatMap(({doubts}) =>
    doubts.map(({code, message}) => `${code} ${message.replaceAll(/\d+/g, '#')}`),
  );
  return new Set(causes).size;
}
