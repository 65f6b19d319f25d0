/** Doubts about what a rollback says beside its commands: who decides, until when, what is done first or afterwards. */
import type {Block} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import type {Plan, Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

export function rollbackWordDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  leadsOf: Leads,
): FoundDoubt[] {
  const own = plan.steps.filter(({section}) => lines.byId.get(section)?.use === 'rollback');
  return [
    ...sentencesOf(plan, blocks, lines),
    ...own.flatMap(step => (isAskedBefore(step) ? [] : casesOf(step, leadsOf))),
  ];
}

/**
 * Sentences that are read into nothing, asked about once for each section: few rollbacks have some, and those mostly
 * say when there is no way back.
 */
function sentencesOf({notes = [], rules}: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const asked = new Set(notes);
  const judged = new Set(rules.map(({line}) => line));
  const told = new Set<string>();
  const found = blocks.flatMap(block => {
    if (block.kind !== 'paragraph') return [];
    const [first] = block.lines;
    const section = first === undefined ? undefined : lines.sectionAt(first.line);
    if (first === undefined || section?.use !== 'rollback') return [];
    const text = plainText(block.lines.map(line => line.text).join(' '));
    const isTold = block.lines.every(
      ({line}) => asked.has(line) && !judged.has(line) && lines.stepsAt(line).length === 0,
    );
    if (!isTold || !SENTENCE.test(text) || /[:：]\W*$/.test(text) || told.has(text)) return [];
    told.add(text);
    return [{section: section.id, line: first.line, text}];
  });
  return [...Map.groupBy(found, ({section}) => section)].flatMap(([section, all]) => {
    const [first] = all;
    const next = first === undefined ? undefined : lines.nearest(section, first.line);
    if (first === undefined) return [];
    const shown = all.map(({line, text}) => `line ${line} "${text.slice(0, SHOWN_MAX)}"`).join(', ');
    return [
      {
        code: 'not-read',
        line: first.line,
        section,
        steps: next === undefined ? [] : [next.id],
        message: `the rollback says what was read into no step: ${shown}`,
        because: first.text.slice(0, SHOWN_MAX),
        settle: 'do what it asks by hand, or leave it out',
        proposed: 'a person knows it, and does what it asks',
      },
    ];
  });
}

const SHOWN_MAX = 100;
/** Several words with an end, or many. */
const SENTENCE = /\p{L}\P{L}+\p{L}.*\p{L}[^\p{L}]*[.!?)]\W*$|(?:\p{L}+\P{L}+){6}/u;

/** "**Database** (only if 5.4 was done)" above what is run. */
function casesOf(step: Step, leadsOf: Leads): FoundDoubt[] {
  const lead = leadsOf(step).find(({text}) => CASE.test(text));
  if (lead === undefined) return [];
  return [
    {
      code: 'condition-assumed',
      line: lead.line,
      steps: [step.id],
      message: `line ${lead.line} reads as if what follows were for some cases only: "${lead.text.slice(0, SHOWN_MAX)}"`,
      because: CASE.exec(lead.text)?.[0] ?? lead.text,
      settle: 'confirm that it always runs, do it by hand, or leave it out',
    },
  ];
}

const CASE = phrase`\(\s*(?:${'only'}\s+)?(?:${'condition'}|${'only'})\s[^()]*\)`;
