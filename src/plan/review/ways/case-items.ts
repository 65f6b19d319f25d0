/** Doubts about what a rollback does for one failure of several: "E1. The conversion fails" and "E2. …" as items of a list, or as titles. */
import {allBlocks, type Block, type Item, textOfLines} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {type Plan, rollbacksOf, type Section, type Step} from '../../plan.ts';
import {saysFailure} from '../../words/way-titles.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

export function caseDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const lists = allBlocks(blocks).flatMap(block => (block.kind === 'list' ? [block.items] : []));
  // Of separate rollbacks, one is chosen.
  const roots = new Set(rollbacksOf(plan).map(({line}) => line));
  const parts = plan.sections.filter(({line}) => !roots.has(line));
  const bySection = [...Map.groupBy(parts, ({parent}) => parent)].flatMap(([parent, own]) =>
    parent !== undefined && lines.byId.get(parent)?.use === 'rollback' ? [own] : [],
  );
  return [
    ...lists.flatMap(items => ofCases(items.filter(hasMore).map(caseOfItem(lines)), lines)),
    ...bySection.flatMap(own => ofCases(own.map(caseOfSection(lines)), lines)),
  ];
}

type Case = {line: number; text: string; steps: readonly Step[]};

/** An order is no case, and one that stands alone has no other beside it. */
function ofCases(all: readonly Case[], lines: LineIndex): FoundDoubt[] {
  const failures = all.filter(({text}) => (lines.isForeign ? LABELLED.test(text) : saysFailure(text)));
  if (all.length < 2 || failures.length === 0) return [];
  return failures.flatMap(({line, text, steps}): FoundDoubt | [] => {
    const use = lines.sectionAt(line)?.use;
    const own = steps.filter(step => step.action.kind !== 'choice' && !isAskedBefore(step));
    if (use !== 'rollback' || own.length === 0) return [];
    const shown = text.slice(0, SHOWN_MAX);
    return {
      code: 'rollback-assumed',
      line,
      steps: own.map(({id}) => id),
      message: `what stands below "${shown}" may be for that case only, and it is run without a question`,
      because: shown,
      settle: 'leave it out, do it by hand in that case, or say that it is always done',
    };
  });
}

const SHOWN_MAX = 80;
/** "E1. …", "F-2: …": in a language without words here, the label shows it. */
const LABELLED = /^\W*\p{Lu}-?\d{1,2}[.):]?\s/u;

function hasMore({blocks}: Item): boolean {
  return blocks.length > 0;
}

function caseOfItem(lines: LineIndex): (item: Item) => Case {
  return ({line, endLine, text}) => ({
    line,
    text: plainText(textOfLines(text)),
    steps: lines.stepsBetween(line, endLine),
  });
}

function caseOfSection(lines: LineIndex): (section: Section) => Case {
  return ({id, line, title}) => ({line, text: title, steps: lines.stepsIn(id)});
}
