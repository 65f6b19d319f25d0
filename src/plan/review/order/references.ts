/** Doubts about sentences that point at other parts by their labels: "as in 1.2", "step 3 also before step 6", "see Part D". */
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {partsIn} from '../../outline/text-parts.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {askedFirstDoubts} from './asked-first.ts';
import {detailDoubts} from './detailed-elsewhere.ts';
import {jumpDoubts} from './jumps.ts';
import {type Label, type Reference, referencesIn} from './labels.ts';
import {numberedBlockDoubts, toldBelowDoubts} from './told-below.ts';

/**
 * Steps that are done once more, earlier, otherwise or not at all wait for an answer, and so does a part of the deploy to
 * which other parts send only in some case.
 */
export function referenceDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const all = referencesIn(plan, textsIn(blocks), lines.isForeign);
  const moved = new Set(all.flatMap(one => (changesOrder(one) ? [`${one.line} ${one.text}`] : [])));
  const named = all.flatMap(reference => {
    const {line, label} = reference;
    const section = lines.sectionAt(line);
    if (label.section?.use === 'rollback') return toRollback(reference, section, plan, lines);
    if (label.section !== undefined && lines.isForeign && section !== undefined)
      return besideCommands(reference, section, lines);
    if (label.section !== undefined) return ofSection(reference, label.section, section);
    if (!isDone(section?.use)) return [];
    // "You are before step 9" in a rollback says how far the deploy came.
    const isMoved = moved.has(`${line} ${reference.text}`) && lines.sectionAt(label.line)?.use === section.use;
    if (!isMoved && !REDIRECTS.test(reference.text.replace(reference.words, ' '))) return [];
    // "Only if step 3 was complete", and "before step 9:" of a way back, are cases: nothing is asked of that step.
    if (CASE.test(reference.before) || (!isMoved && section.use === 'rollback' && OPENS.test(reference.before)))
      return [];
    // A person who does the step reads the sentence: to do something once more, that is enough.
    const isRead = isReadBySomebody(reference, section, lines);
    return [
      ...(isRead ? [] : ofSentence(reference, section, lines)),
      ...(isRead && !isMoved ? [] : ofTarget(reference, section, lines)),
    ];
  });
  return [
    ...named,
    ...jumpDoubts(plan, blocks, lines),
    ...detailDoubts(plan, blocks, lines),
    ...toldBelowDoubts(plan, blocks, lines),
    ...numberedBlockDoubts(plan, blocks, lines),
    ...askedFirstDoubts(plan, lines),
  ];
}

/** "Najpierw zatrzymać jak w 3.3, potem:" is no more than the title of commands that do nothing of 3.3. */
function besideCommands(reference: Reference, section: Section, lines: LineIndex): FoundDoubt[] {
  if (!isDone(section.use)) return [];
  const own = lines.stepsAt(reference.line);
  const isBeside = own.length > 0 && own.every(step => commandsOf(step).length > 0 && !isAskedBefore(step));
  return isBeside ? ofSentence(reference, section, lines) : [];
}

type Text = {line: number; text: string};

/** Text that may point elsewhere: items, lines of paragraphs and cells, without code. */
function textsIn(blocks: readonly Block[]): Text[] {
  return partsIn(blocks).flatMap(part => {
    const {line} = part;
    if (part.kind === 'row') return part.cells.map(text => ({line, text}));
    return part.kind === 'code-block' ? [] : [{line, text: part.text}];
  });
}

/** "If it is not empty after 20 minutes, see section 5": whoever does the work must turn back by themselves. */
function toRollback(
  {line, text}: Reference,
  from: Section | undefined,
  {rules, source}: Plan,
  lines: LineIndex,
): FoundDoubt[] {
  const steps = lines.stepsAt(line);
  const next = from === undefined ? undefined : (steps[0] ?? lines.nearest(from.id, line));
  if ((from?.use !== 'run' && from?.use !== 'watch') || next === undefined) return [];
  if (rules.some(rule => rule.line === line) || !ONLY_THEN.test(text)) return [];
  return [
    {
      code: 'expectation-assumed',
      line,
      section: from.id,
      steps: [next.id],
      message: `line ${line} sends back to the rollback in some case, which nothing measures: "${shown(plainText(source[line - 1] ?? text))}"`,
      because: shown(text),
      settle: 'tie it under rules: in the bindings, or look at it by hand',
      proposed: 'a person looks whether it holds',
    },
  ];
}

/** "In the event of any deletion, abort in accordance with Part D": it is no part that simply comes next. */
function ofSection({line, text, words}: Reference, target: Section, from: Section | undefined): FoundDoubt[] {
  // A way back that names a part of the deploy sends nobody there.
  const isAside = from?.use === 'reference' || from?.use === 'rollback';
  if (target.use !== 'run' || from?.id === target.id || isAside) return [];
  const isCell = text.replace(/^[^\p{L}\d§]+|[^\p{L}\d]+$/gu, '') === words;
  if (!isCell && !ONLY_THEN.test(text)) return [];
  return [
    {
      code: 'role-assumed',
      line: target.line,
      section: target.id,
      steps: [],
      message: `line ${line} sends to "${target.title}" only in some case, and it would run with the deploy: "${shown(text)}"`,
      because: words,
      settle: 'say that it always runs, or give the section another use',
    },
  ];
}

const ONLY_THEN = phrase`\<(?:${'hangs-on'}|${'rollback'}|${'undo'}|${'calls-off'}|${'sends-back'}|${'above'}|${'goes-wrong'})(?!\p{L})`;

function isReadBySomebody({line, text}: Reference, section: Section, lines: LineIndex): boolean {
  return lines
    .stepsAt(line)
    .some(({action, title}) => action.kind === 'manual' && (title.includes(text.trim()) || title === section.title));
}

function ofSentence({line, text}: Reference, section: Section, lines: LineIndex): FoundDoubt[] {
  const own = lines.stepsAt(line);
  const step = own[0] ?? lines.waiting(section.id, line);
  return [
    {
      code: 'not-read',
      line,
      section: section.id,
      steps: step === undefined ? [] : [step.id],
      message: `this sentence asks for other steps once more, otherwise or in another order: "${shown(text)}"`,
      because: shown(text),
      settle: 'write the steps out, do them by hand, or leave them out',
    },
  ];
}

function ofTarget({line, text, label}: Reference, section: Section, lines: LineIndex): FoundDoubt[] {
  const target = lines.sectionAt(label.line);
  if (target === undefined || target.use !== section.use) return [];
  const steps = stepsOf(label, lines).filter(step => !isAskedBefore(step) && commandsOf(step).length > 0);
  if (steps.length === 0) return [];
  return [
    {
      code: 'condition-assumed',
      line: label.line,
      section: target.id,
      steps: steps.map(({id}) => id),
      message: `line ${line} says more of when or how often this is done: "${shown(text)}"`,
      because: shown(text),
      settle: 'confirm that it runs once, where it stands, do it by hand, or leave it out',
    },
  ];
}

function stepsOf({line, endLine}: Label, lines: LineIndex): readonly Step[] {
  const found = new Set<Step>();
  for (let at = line; at <= Math.min(endLine, line + LINES_MAX); at += 1)
    for (const step of lines.stepsAt(at)) if (step.line >= line) found.add(step);
  return [...found];
}

const LINES_MAX = 60;

/** Whether it gives the part another place: "after step 2" behind step 2 says what the document says too. */
function changesOrder({line, label, before}: Reference): boolean {
  const isEarlier = label.line < line;
  if (AFTER.test(before)) return !isEarlier;
  if (MOMENT.test(before)) return isEarlier;
  return FIRST.test(before);
}

const CASE = phrase`\<${'condition'}\s+$`;
const OPENS = phrase`^\W*(?:${'moment'}|${'after'})\s+$`;
const REDIRECTS = phrase`\<${'redirects'}\>`;
const AFTER = phrase`\<${'after'}\s+(?:\p{L}+\s+){0,2}$`;
const MOMENT = phrase`\<${'moment'}\s+(?:\p{L}+\s+){0,2}$`;
const FIRST = phrase`\<${'do-first'}\>[^.;]*$`;

function shown(text: string): string {
  return plainText(text).slice(0, SHOWN_MAX);
}

const SHOWN_MAX = 120;
