/** Splits a document at its headings, and at lines that serve as headings. */
import {leadsOn} from '../../text/leads-on.ts';
import {type Block, type Paragraph, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {boundWordsIn} from '../phrases/thresholds.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {isOptionTitle} from '../words/variant-titles.ts';
import {everyPhrase, phrase} from '../words/vocabulary.ts';
import {withCodeBlockRollbacks, withItemRollbacks} from './embedded-rollbacks.ts';
import {
  bareHeadingsIn,
  isBareHeading,
  isPseudoHeading,
  labelWithText,
  pseudoTitle,
  withTitlesApart,
} from './pseudo-headings.ts';
import {roleOf} from './section-role.ts';
import {firstTakenBack} from './undo-commands.ts';

/**
 * A title and the blocks below it. `option`: a label of an option. `sentence`: a rollback told in one sentence.
 * `heading`: a real heading. `bare`: a heading without marks. `quoted`: it begins in a quotation and ends with it.
 * `back`: what is done, below the reasons for it and under their title.
 */
export type TitledBlocks = {
  title: string;
  depth: number;
  line: number;
  blocks: Block[];
  option?: true;
  sentence?: true;
  heading?: true;
  bare?: true;
  quoted?: true;
  back?: true;
};

/** Replaces quotations by their contents, and remembers those blocks in `quoted`. */
function withoutQuotations(block: Block, quoted: Set<Block>, isInside = false): Block[] {
  if (block.kind === 'quote') return block.blocks.flatMap(one => withoutQuotations(one, quoted, true));
  if (isInside) quoted.add(block);
  return [block];
}

/** The blocks before any heading first, then those below each heading or line that serves as one. */
export function splitAtHeadings(given: readonly Block[]): TitledBlocks[] {
  const quoted = new Set<Block>();
  const whole = withItemRollbacks(withCodeBlockRollbacks(given.flatMap(block => withoutQuotations(block, quoted))));
  const runs: TitledBlocks[] = [{title: '', depth: 0, line: 1, blocks: []}];
  let depth = 0;
  let labelled = false;
  let inRollback = false;
  let backDepth = Infinity;
  // In a document without headings, lines in capitals and labels divide it.
  const isHeadless = !whole.some((block, index) => block.kind === 'heading' && (index > 0 || block.depth > 1));
  const blocks = withTitlesApart(whole, isHeadless);
  const bare: ReadonlySet<Block> = isHeadless ? bareHeadingsIn(blocks) : new Set();
  const hasTitled = whole.some(block => block.kind === 'heading' && roleOf(plainText(block.text)) === 'rollback');
  let goesOn: TitledBlocks | undefined;
  for (const block of blocks) {
    const lead = block.kind === 'paragraph' ? labelWithText(block) : undefined;
    const back = block.kind === 'paragraph' && !inRollback ? rollbackSentence(block, hasTitled) : undefined;
    const under = Math.min(6, Math.max(2, depth + 1));
    const inQuote = quoted.has(block) ? {quoted: true as const} : {};
    const around = goesOn;
    goesOn = undefined;
    if (block.kind === 'heading') {
      depth = block.depth;
      labelled = false;
      // "7.2 After step 6" inside "7. Fallback" is a rollback too.
      if (block.depth <= backDepth) backDepth = roleOf(plainText(block.text)) === 'rollback' ? block.depth : Infinity;
      inRollback = backDepth !== Infinity;
      runs.push({title: plainText(block.text), depth, line: block.line, blocks: [], heading: true});
    } else if (block.kind === 'paragraph' && isPseudoHeading(block, labelled, inRollback)) {
      const {title, isRole} = pseudoTitle(block);
      labelled = isRole;
      const option = isOptionTitle(title) ? {option: true as const} : {};
      runs.push({title, depth: under, line: block.line, blocks: [], ...option, ...inQuote});
    } else if (block.kind === 'paragraph' && isHeadless && isBareHeading(block, bare)) {
      runs.push({title: pseudoTitle(block).title, depth: under, line: block.line, blocks: [], bare: true});
    } else if (lead !== undefined) {
      labelled = true;
      const of = holdsAllReasons(lead) ? (around ?? runs.at(-1)) : undefined;
      const [own, behind] = of === undefined ? [lead.rest] : cutBehindReasons(lead.rest);
      runs.push({title: lead.title, depth: under, line: block.line, blocks: [own], ...inQuote});
      if (of !== undefined && behind !== undefined)
        runs.push({title: of.title, depth: of.depth, line: behind.line, blocks: [behind]});
      else goesOn = of;
    } else if (around !== undefined) {
      // Behind reasons that stand on one line, the text belongs to the section around them.
      runs.push({title: around.title, depth: around.depth, line: block.line, blocks: [block]});
    } else if (isDoneForReasons(runs.at(-1), block)) {
      inRollback = true;
      const {title = '', depth: level = under} = runs.at(-1) ?? {};
      runs.push({title, depth: level, line: block.line, blocks: [block], back: true});
    } else if (belongsToSentence(runs.at(-1), block)) {
      runs.at(-1)?.blocks.push(block);
    } else if (back !== undefined) {
      runs.push({title: back.title, depth: under, line: block.line, blocks: [block], sentence: true});
    } else if (
      runs.at(-1)?.sentence === true ||
      (block.kind === 'paragraph' && endsOptions(runs)) ||
      endsReasons(runs.at(-1), block, quoted)
    ) {
      // Behind short options, a sentence or a list of reasons, the text belongs to the section around them.
      const last = runs.at(-1);
      const around = runs.findLast(run => run !== last && (run.bare === true || run.depth < (last?.depth ?? 0)));
      runs.push({title: around?.title ?? '', depth: around?.depth ?? depth, line: block.line, blocks: [block]});
    } else runs.at(-1)?.blocks.push(block);
  }
  return runs;
}

/** Commands that go back, in a table or a block below "Roll back when": the rollback itself. */
function isDoneForReasons(run: TitledBlocks | undefined, block: Block): boolean {
  if (run === undefined || run.back === true || run.sentence === true || roleOf(run.title) !== 'triggers') return false;
  if (block.kind !== 'code-block' && block.kind !== 'table') return false;
  // "Error rate > 5 %" in the first cell is a reason, whatever its row does.
  const isOfReasons =
    block.kind === 'table' && block.rows.some(({cells: [first = '']}) => boundWordsIn(first) !== undefined);
  return !isOfReasons && firstTakenBack([block]) !== undefined;
}

/** "To go back, run:" takes the commands directly below it. */
function belongsToSentence(run: TitledBlocks | undefined, block: Block): boolean {
  const [lead, ...others] = run?.sentence === true ? run.blocks : [];
  if (lead?.kind !== 'paragraph' || others.length > 0 || (block.kind !== 'code-block' && block.kind !== 'list'))
    return false;
  return opensCommands(textOfLines(lead.lines));
}

/** Two options with only a list or a code block each end where a paragraph follows. */
function endsOptions(runs: readonly TitledBlocks[]): boolean {
  const [before, last] = [runs.at(-2), runs.at(-1)];
  return [before, last].every(run => {
    const [only, ...others] = run?.blocks ?? [];
    return run?.option === true && others.length === 0 && (only?.kind === 'code-block' || only?.kind === 'list');
  });
}

/** Reasons under a label end with their quotation, or where another kind of list or a numbered part follows. */
function endsReasons(run: TitledBlocks | undefined, block: Block, quoted: ReadonlySet<Block>): boolean {
  if (run === undefined || run.heading === true || roleOf(run.title) !== 'triggers') return false;
  if (run.quoted === true && !quoted.has(block)) return true;
  const before = run.blocks.findLast(one => one.kind === 'list' || one.kind === 'table');
  if (before === undefined) return false;
  if (block.kind === 'paragraph') return GOES_ON.test(block.lines[0]?.text ?? '');
  return block.kind === 'list' && before.kind === 'list' && before.ordered !== block.ordered;
}

/** "6.1 Pause the queue", "How: node by node": what is done, behind the reasons for it. */
const GOES_ON = /^(?:\d+(?:\.\d+)+[.)]?\s+\S|\p{Lu}\p{L}*[:：]\s+\S)/u;

/**
 * Whether the line itself holds all reasons: "Revert if: errors > 5 %, or a leak" (with figures or semicolons, or as a
 * sentence, and without a colon at the end).
 */
function holdsAllReasons({title, rest}: {title: string; rest: Block}): boolean {
  const text = rest.kind === 'paragraph' ? textOfLines(rest.lines) : '';
  if (roleOf(title) !== 'triggers' || /[:：]\s*$/.test(text)) return false;
  return /\d|;\s/.test(text) || (/\p{L}{2}\.$/u.test(text) && !LEADS_TO_LIST.test(text));
}

/** "Any of the following." */
const LEADS_TO_LIST = phrase`\<${'any-of'}`;

/** The sentence of the reasons, and what stands on the lines below it in the same paragraph: "It takes an hour." */
function cutBehindReasons(rest: Block): [Block, Block?] {
  const lines = rest.kind === 'paragraph' ? rest.lines : [];
  const at = lines.findIndex(
    ({text}, index) => index > 0 && /^\p{Lu}/u.test(text) && /\p{L}{2}\.$/u.test(lines[index - 1]?.text ?? ''),
  );
  const first = lines[at];
  if (rest.kind !== 'paragraph' || first === undefined) return [rest];
  const last = lines[at - 1]?.line ?? rest.endLine;
  return [
    {...rest, endLine: last, lines: lines.slice(0, at)},
    {...rest, line: first.line, lines: lines.slice(at)},
  ];
}

/**
 * The title of such a rollback; undefined when the sentence only leads to something else, or takes nothing back.
 * `hasTitled`: a section tells the rollback, so that a sentence that only names one sends there: "If it differs, go back (A)."
 */
function rollbackSentence({lines}: Paragraph, hasTitled: boolean): {title: string} | undefined {
  const text = textOfLines(lines);
  const purpose = PURPOSE.exec(plainText(text));
  if (purpose !== null && (opensCommands(text) || quotesCommand(text))) return {title: purpose[1]?.trim() ?? ''};
  if (text.length > SENTENCE_LENGTH_MAX || leadsOn(text)) return undefined;
  const match = LEAD.exec(plainText(text));
  const [, title = '', rest = ''] = match ?? [];
  // "…, we wait. After an hour it is rolled back.": only a later sentence speaks of the way back, and of another case.
  const told = quotesCommand(text) ? rest : (sentencesIn(rest)[0] ?? rest);
  if (title === '' || !BACK.test(told.replace(NO_WAY_BACK, ' '))) return undefined;
  if (hasTitled && !quotesCommand(text) && SENDS_BACK.test(told)) return undefined;
  return {title: title.replace(/[\s:：?,]+$/, '')};
}

/** The commands directly below are what the sentence asks for. */
function opensCommands(text: string): boolean {
  return text.length <= SENTENCE_LENGTH_MAX && leadsOn(text);
}

/** "To go back, run:", "To undo this:", "Um zurückzugehen:". */
const PURPOSE = phrase`^\W*((?:(?:if|should) you (?:need|want|have) )?${'in-order-to'}\s+(?:(?:quickly|manually|safely|then)\s+)?(?:${'rollback'}|${'undo'})\>[^:：,.]{0,60})(?:[:：,.]|$)`;

const SENTENCE_LENGTH_MAX = 500;
/** "If it fails:", "Falls etwas klemmt,", "Oops?" */
const LEAD = phrase`^((?:${'condition'})\s[^:：?,;]{3,80}[:：,]|(?:${'trouble-lead'})\s?[?!:：])\s+(\S.*)$`;
const BACK = phrase`\<${'way-back'}\>`;
/** "Go back (A).", "we roll back (see 7.2)": in so few words, it names the rollback. */
const SENDS_BACK = phrase`^\W*(?:\p{L}+\s+){0,2}?(?:${'rollback'}|${'way-back'}|${'undo'})\s*(?:\([^()]{1,40}\)|→\s*\S+)\W*$`;
/** "Do not roll back", "go back to step 3": no rollback. */
const NO_WAY_BACK = everyPhrase`\<${'not-back'}\s+(?:\p{L}+\s+){0,2}?${'back'}[\p{L}-]*(?:\s+back)?|\<${'goes-up'}`;
