/** Doubts about sentences that hold back work which stands elsewhere: "The purge waits for the customs office", below the block of the purge. */
import {isRun} from '../../action-traits.ts';
import type {Block} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {saysMoreOf} from './general-doubts.ts';
import {type WorkNames, workNamesIn} from './named-work.ts';
import {holdsBack, type Said, sentencesOf} from './sentences.ts';

// Nobody knows all ways to say it. But whoever holds something back names it, and needs one of few words: "not", "only",
// "until", "waits". What nothing was read from stands open on the steps that it names.

type Given = {
  lines: LineIndex;
  judged: ReadonlySet<number>;
  workNamed: WorkNames;
  isHeld(step: Step, text: string): boolean;
};

/** `isHeld`: whether an open doubt that shows the sentence holds the step already. */
export function heldBackDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  isHeld: Given['isHeld'],
): FoundDoubt[] {
  if (lines.isForeign) return [];
  const all = sentencesOf(blocks);
  const judged = new Set(plan.rules.map(({line}) => line));
  const given = {lines, judged, workNamed: workNamesIn(plan, lines), isHeld};
  return all.flatMap((said, index) => ofSentence(said, said.follows ? all[index - 1] : undefined, given));
}

/** `before`: the sentence ahead of it in the same text, which may name what this one calls "it". */
function ofSentence(said: Said, before: Said | undefined, given: Given): FoundDoubt[] {
  const {line, raw, isLead, cells, head} = said;
  // "Only if | tide below 1.2 m" in a row that names the host.
  const text = head === undefined || said.text === '' ? said.text : `${plainText(head)}: ${said.text}`;
  const {lines, judged, workNamed} = given;
  const rest = text.replace(CASE, ' ');
  const steps = lines.stepsAt(line);
  const section = lines.sectionAt(line);
  if (isLead || OTHER.test(said.text) || judged.has(line)) return [];
  if (section !== undefined && SKIPS.test(said.text)) {
    // A person reads it where they do what it is said of.
    const above = lines.stepsBetween(section.line, line - 1).at(-1);
    const isFree = above !== undefined && isRun(above) && !isAskedBefore(above) && !given.isHeld(above, text);
    return isFree ? saysMoreOf('what stands above it', {line, text}, [above], lines) : [];
  }
  if (!holdsBack(rest)) return [];
  if (steps.some(step => isJudgedBy(step, line) || (isRun(step) && startsAt(step, line)))) return [];
  // Alone in a cell, any word names something.
  const own = cells?.map(cell => (WORD.test(cell) ? `\`${cell.trim()}\`` : cell)) ?? [raw];
  const sentences = [...own, ...(before !== undefined && IT.test(rest) ? [before.raw] : [])];
  const named = sentences.map(sentence => workNamed(withoutCases(sentence), section?.use)).find(Boolean);
  const code = codeSpans(raw).filter(one => /\s/.test(one));
  const reached = (named?.steps ?? []).filter(step => {
    const isOther = code.length > 0 && !commandsOf(step).some(one => code.some(told => one.text.includes(told)));
    // What a person ticks ahead of it is done in its turn; behind its commands, it comes too late.
    const isTicked = steps.some(one => one.action.kind === 'manual' && one.line <= line);
    const isInTurn = isTicked ? line < step.line : steps.includes(step);
    return !isOther && !isInTurn && !isAskedBefore(step) && !given.isHeld(step, text);
  });
  return saysMoreOf(`"${named?.word}"`, {line, text}, reached, lines);
}

const WORD = /^\s*\p{L}+\s*$/u;

/** What stands in the condition is not what is held back. */
function withoutCases(text: string): string {
  return text.replace(CASE, ' ').replace(CASE_LAST, ' ');
}

/** "If it is red, call Ana": what follows is for that case only. */
const CASE = phrase`\<${'condition'}\s(?:[^,:;]|:(?=\d))*[,:]`;
const CASE_LAST = phrase`\<${'condition'}\s.*$`;
/** "Window: Saturday 02:00", "→ must show 8.3" */
const OTHER = /^(?:[^:.]{1,40}[:：]\s|\W*(?:→|->|=>))/;
/** "Skip this if it is later than 04:00", "Falls away after midnight" on a line of its own. */
const SKIPS = phrase`^\W*(?:[a-z\d]{1,2}[.)]\s+)?${'skip-it'}(?!\p{L})`;
const IT = phrase`\<${'it-itself'}\>`;

function isJudgedBy({expectations}: Step, line: number): boolean {
  return expectations.some(one => one.line === line && one.readable);
}

function startsAt(step: Step, line: number): boolean {
  return step.line === line || commandsOf(step).some(command => command.line === line);
}
