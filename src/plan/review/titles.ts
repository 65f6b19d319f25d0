/** Doubts about titles and labels: of other work than the deploy, or of ways that exclude each other. */
import {isRun} from '../action-traits.ts';
import {isNumberedPart, roleOf} from '../outline/section-role.ts';
import type {Plan, Section} from '../plan.ts';
import {siblingGroups} from '../uses/section-groups.ts';
import {isCase, rowOfLabel, rowOfTitle} from '../words/variant-titles.ts';
import {phrase} from '../words/vocabulary.ts';
import {warningIn, warningInTitle} from '../words/warning-words.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

/** Sections of the deploy whose title is about something else, and sections that exclude each other. */
export function titleDoubts({sections, steps, source}: Plan): FoundDoubt[] {
  const runnable = new Set(steps.flatMap(step => (isRun(step) && !isAskedBefore(step) ? step.section : [])));
  const own = sections.filter(({id, use, depth}) => use === 'run' && depth > 1 && runnable.has(id));
  const rows = own.filter(({title}) => rowOfTitle(title) !== undefined);
  return [...own.flatMap(section => ofTitle(section, source) ?? []), ...siblingGroups(rows).flatMap(ofSiblings)];
}

function ofTitle({id, line, title}: Section, source: readonly string[]): FoundDoubt | undefined {
  const because = otherWork(title) ?? /~~\S.*/.exec(source[line - 1] ?? '')?.[0];
  if (because === undefined) return undefined;
  return {
    code: 'role-assumed',
    line,
    section: id,
    steps: [],
    message: `"${title}" stands among the deploy, and its title is of something else`,
    because,
    settle: 'give it its use, or say that it is a part of the deploy',
  };
}

/** Even a title that names a part of a deploy may say that it is not done now, or no longer. */
function otherWork(title: string): string | undefined {
  if (roleOf(title) === undefined && !isNumberedPart(title)) {
    return warningInTitle(title)?.words ?? (isCase(title) ? title : CONDITION.exec(title)?.[0]);
  }
  // "Part E - when the archive is broken"
  const named = title.replace(NUMBERED, '');
  if (named !== title && CONDITION.test(named)) return title;
  const warning = warningIn(title);
  return warning?.kind === 'shown' || warning?.kind === 'later' ? warning.words : undefined;
}

const NUMBERED = phrase`^\W*(?:${'part'}\s+)?(?:\d+(?:\.\d+)*[a-z]?|[A-Z])\>\s*[.):–—-]*\s*`;
/** "Wenn das Wasser steigt": it may never be needed. */
const CONDITION = phrase`^\W*(?:\d+(?:\.\d+)*[a-z]?[.)]?\s+)?${'condition'}\>`;

function ofSiblings(siblings: readonly Section[]): FoundDoubt[] {
  const titled = siblings.map(({id, line, title}) => ({section: id, steps: [], line, text: title}));
  return ofRows(titled, rowOfTitle);
}

type Titled = {line: number; text: string; steps: readonly string[]; section?: string};

function ofRows(titled: readonly Titled[], rowOf: (text: string) => number | undefined): FoundDoubt[] {
  const rows = Map.groupBy(titled, ({text}) => rowOf(text));
  return [...rows].flatMap(([row, all]) => {
    if (row === undefined || new Set(all.map(({text}) => text)).size < 2) return [];
    return all.map(({text, ...at}) => ({
      ...at,
      code: 'alternatives-assumed' as const,
      message: `"${text}" may be one of ${all.length} ways, of which only one is done`,
      because: all.map(one => one.text).join(' · '),
      settle: 'leave out the ways that are not taken, or say that all are done',
    }));
  });
}

/**
 * Labels of ways under one heading: "**With an outage:**", "**Without an outage:**", `# one node`, `# several nodes`.
 */
export function labelDoubts({steps}: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const bySection = Map.groupBy(
    steps.filter(step => isRun(step) && !isAskedBefore(step)),
    ({section}) => section,
  );
  return [...bySection].flatMap(([id, own]) => {
    if (lines.byId.get(id)?.use !== 'run') return [];
    const found = new Map<number, Titled & {steps: string[]}>();
    for (const step of own) {
      for (const {line, text} of leadsOf(step)) {
        const known = found.get(line);
        if (known === undefined) found.set(line, {line, text, steps: [step.id]});
        else if (!known.steps.includes(step.id)) known.steps.push(step.id);
      }
    }
    return ofRows([...found.values()], rowOfLabel);
  });
}
