/** Finds the ways back that paragraphs with letters begin: "**A. Nothing was migrated yet.** …", "B. The migration is through." */
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import type {Plan, Step} from '../../plan.ts';
import {isLettered} from '../../words/way-titles.ts';

export type LetteredWay = {line: number; text: string};

/** The way to which a step belongs; undefined where its section has no letters, or above the first one. */
export function letteredWays({
  sections,
  source,
}: Pick<Plan, 'sections' | 'source'>): (step: Step) => LetteredWay | undefined {
  const known = new Map<string, readonly LetteredWay[]>();
  const ends = new Map(sections.map(({id}, index) => [id, (sections[index + 1]?.line ?? source.length + 1) - 1]));
  const starts = new Map(sections.map(({id, line}) => [id, line]));
  const waysIn = (id: string): readonly LetteredWay[] => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = waysBetween((starts.get(id) ?? 0) + 1, ends.get(id) ?? 0, source);
    known.set(id, found);
    return found;
  };
  return step => waysIn(step.section).findLast(({line}) => line <= step.line);
}

/** Letters that follow each other from A on; one alone counts nothing. */
function waysBetween(from: number, to: number, source: readonly string[]): readonly LetteredWay[] {
  const found: LetteredWay[] = [];
  for (const {line, text} of outsideCode(source, from, Math.min(to, from + LINES_MAX))) {
    const letter = LEAD.exec(text)?.[1];
    if (letter === undefined || source[line - 2]?.trim() !== '') continue;
    const title = titleOf(text);
    if (!isLettered(title)) continue;
    if (letter.charCodeAt(0) === 'A'.charCodeAt(0) + found.length) found.push({line, text: title});
  }
  return found.length > 1 ? found : [];
}

/** The bold words, or the first sentence: only they say which way it is. */
function titleOf(text: string): string {
  return plainText(BOLD.exec(text)?.[1] ?? text.split(SENTENCE)[0] ?? text);
}

const BOLD = /^(?:\*\*|__)(.+?)(?:\*\*|__)/;
const SENTENCE = /(?<=\p{L}{2}[.!?:])\s/u;
/** At the margin, and no item, title or row. */
const LEAD = /^(?:\*\*|__)?\(?([A-H])[.):]/;
const LINES_MAX = 400;
