/** Doubts about blocks below a table or a list which are the work of one of its rows: "| 7.3 | Restore, see below |". */
import {isRun} from '../../action-traits.ts';
import {allBlocks, type Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {type Part, partsIn} from '../../outline/text-parts.ts';
import {decisiveSentence, turningBackIn} from '../../phrases/consequences.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {type HostNames, hostNamesIn, hostsMentioned, type NamedPlace} from '../../phrases/host-mentions.ts';
import {contextOf, type Plan, type Step} from '../../plan.ts';
import {type LabelledRow, placeOfRow, rowOfBlock} from '../../steps/tables/labelled-rows.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {sentencesOf} from '../general/sentences.ts';
import {isAskedBefore} from '../lead-ins.ts';

/**
 * What the block does comes behind the whole table then, and in every case. A row says so, or the block stands directly
 * behind a table in which a person does some row, and no word leads to it.
 */
export function toldBelowDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return blocks.flatMap((block, index): FoundDoubt[] => {
    if (block.kind === 'quote') return toldBelowDoubts(plan, block.blocks, lines);
    if (block.kind !== 'table' && block.kind !== 'list') return [];
    const next = codeBelow(blocks, index + 1);
    if (next === undefined || !isDone(lines.sectionAt(next.line)?.use)) return [];
    const from = lines.sectionAt(block.line);
    if (from?.use !== lines.sectionAt(next.line)?.use) return [];
    const own = stepsOfBlock(next, lines).filter(step => !isAskedBefore(step));
    const rows = partsIn([block]).filter(({line}) => line < next.line);
    const sends = rows.find(row => sendsBelow(row, lines));
    const isBare = block.kind === 'table' && next === blocks[index + 1];
    const given = sends ?? (isBare ? rows.find(({line}) => isByHand(lines.stepsAt(line))) : undefined);
    const top = Math.min(next.line, ...own.map(({line}) => line));
    // With its number, it is known whose work it is.
    if (given !== undefined && !isForCase(given.line, lines) && rowOfBlock(next, plan.source) !== undefined) return [];
    if (given === undefined || own.length === 0 || !isElsewhere(given.line, top, lines)) return [];
    return [doubtOf(given.line, textOf(given), sends !== undefined, own, next.line, lines)];
  });
}

/**
 * "Step 12:" above a block is the row 12 of the table above it. The rows between them would run before the block, and
 * where the row names a host on which the block does not run, that is asked too.
 */
export function numberedBlockDoubts({source}: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const names = hostNamesIn(source);
  const known = new Set<string>();
  return allBlocks(blocks).flatMap((block): FoundDoubt[] => {
    if (block.kind !== 'code-block' || !isDone(lines.sectionAt(block.line)?.use)) return [];
    const own = stepsOfBlock(block, lines);
    const row = own.length === 0 ? undefined : rowOfBlock(block, source);
    if (row === undefined || !isDone(lines.sectionAt(row.line)?.use)) return [];
    const first = Math.min(...own.map(({line}) => line));
    const between = isByHand(lines.stepsAt(row.line))
      ? lines.stepsBetween(row.line + 1, first - 1).filter(step => isRun(step) && !known.has(step.id))
      : [];
    for (const {id} of own) known.add(id);
    const place = placeOfRow(row, names);
    const isThere = (step: Step) => place === undefined || isAt(step, place, names);
    const said = isByHand(lines.stepsAt(row.line)) ? caseIn(row) : undefined;
    return [
      ...(between.length === 0 ? [] : [tooEarly(row, block.line, own, between)]),
      ...(said === undefined ? [] : [onlyThen(row, block.line, own, said)]),
      ...own.filter(step => !isThere(step)).map(step => elsewhere(row, step, place)),
    ];
  });
}

/** "s. u. Only when 21 is right": what the row says of its case is said of its block. */
function caseIn({cells}: LabelledRow): string | undefined {
  return cells.map(plainText).find(text => CASE_IN_ROW.test(text));
}

const CASE_IN_ROW = phrase`\<(?:${'condition'}|${'if'}|${'only'}|${'moment'}|${'unless'}|${'after'}|${'hangs-on'})\>`;

function onlyThen({line, label}: LabelledRow, at: number, own: readonly Step[], said: string): FoundDoubt {
  const words = said.slice(0, SHOWN_MAX);
  const message = `the block of line ${at} is the work of row ${label} (line ${line}), which says more of when it is done: "${words}"`;
  return mayNotRun(line, own, message, words);
}

function stepsOfBlock({line, endLine}: Block, lines: LineIndex): readonly Step[] {
  const own = [...lines.stepsAt(line), ...lines.stepsBetween(line, endLine)];
  return [...new Set(own)].filter(isRun);
}

function isAt(step: Step, place: NamedPlace, names: HostNames): boolean {
  const at = contextOf(step)?.place;
  if (place.here || at === undefined || at.kind === 'local') return place.here === (at?.kind !== 'host');
  const said = hostsMentioned(place.phrase, names);
  const text = `${at.destination} ${at.host}`;
  return text.includes(place.phrase) || hostsMentioned(text, names).some(name => said.includes(name));
}

function tooEarly({line, label}: LabelledRow, at: number, own: readonly Step[], between: readonly Step[]): FoundDoubt {
  const early = [...new Set(between.map(step => step.line))];
  return {
    code: 'condition-assumed',
    line: at,
    steps: [...own, ...between].map(({id}) => id),
    message: `the block of line ${at} is the work of row ${label} (line ${line}), and would run only behind ${early.length === 1 ? 'line' : 'lines'} ${early.join(', ')}, which ${early.length === 1 ? 'comes' : 'come'} after that row`,
    because: label,
    settle:
      'move the block into its row in the document, do these steps by hand, or confirm that they run in this order',
  };
}

function elsewhere({line, label, cells}: LabelledRow, step: Step, place: NamedPlace | undefined): FoundDoubt {
  const said = place === undefined || place.here ? cells.join(' ') : place.phrase;
  return {
    code: 'place-assumed',
    line: step.line,
    steps: [step.id],
    message: `line ${step.line} is the work of row ${label} (line ${line}), which names ${said}, and nothing there was read as its place`,
    because: said,
    settle: 'set the place with p in `tminus review`, or name it under contexts: in the bindings',
  };
}

/**
 * "If the last column is not 0, go back" behind a table: the rows would have run by then, and nobody knows which of them
 * shows it. It names a figure or a word that somebody sees; where a command fails, the run stops by itself.
 */
export function stoppedBelowDoubts(blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return blocks.flatMap((block, index): FoundDoubt[] => {
    if (block.kind === 'quote') return stoppedBelowDoubts(block.blocks, lines);
    if (block.kind !== 'table' && block.kind !== 'list') return [];
    const use = lines.sectionAt(block.line)?.use;
    const [first, ...others] = lines.stepsBetween(block.line, block.endLine).filter(isRun);
    const own = others.filter(step => !isAskedBefore(step));
    if (!isDone(use) || first === undefined || own.length === 0) return [];
    const rest = blocks.slice(index + 1);
    const end = rest.findIndex(({kind}) => WORK.has(kind));
    const below = sentencesOf(end === -1 ? rest : rest.slice(0, end));
    const said = below.find(({line, raw, text, isLead}) => {
      const isStop = turningBackIn(text) !== undefined || decisiveSentence(text) !== undefined;
      const isSeen = /[\d`]/.test(raw.split(/[,:：]/)[0] ?? '') && CASE.test(text) && !FAULT.test(text);
      return isStop && isSeen && !isLead && !saysNoRollback(text) && !lines.stepsAt(line).some(isRun);
    });
    if (said === undefined) return [];
    return [
      mayNotRun(
        said.line,
        own,
        `line ${said.line} says when the work stops, and lines ${own.map(({line}) => line).join(', ')} above it would have run by then: "${said.text.slice(0, SHOWN_MAX)}"`,
        said.text.slice(0, SHOWN_MAX),
      ),
    ];
  });
}

const WORK: ReadonlySet<Block['kind']> = new Set<Block['kind']>(['heading', 'table', 'list']);
const CASE = phrase`^\W*(?:${'condition'}|${'if'})\>`;
const FAULT = phrase`\<${'goes-wrong'}\>`;

/** The first block of code before anything else that holds work. */
function codeBelow(blocks: readonly Block[], from: number): Block | undefined {
  const next = blocks.slice(from).find(({kind}) => kind === 'code-block' || kind === 'table' || kind === 'list');
  return next?.kind === 'code-block' ? next : undefined;
}

/** A row that has its commands beside it, or an item with its own block, shows nothing of what comes behind. */
function sendsBelow(part: Part, lines: LineIndex): boolean {
  if (part.kind !== 'row' && part.kind !== 'item') return false;
  const isShort = part.kind === 'row' || part.endLine - part.line < LINES_MAX;
  return isShort && isByHand(lines.stepsAt(part.line)) && BELOW.test(plainText(part.text).slice(0, TEXT_LENGTH_MAX));
}

function isByHand(steps: readonly Step[]): boolean {
  return steps.length > 0 && steps.every(({action}) => action.kind === 'manual');
}

const LINES_MAX = 3;
const TEXT_LENGTH_MAX = 400;
const BELOW = phrase`\<${'stands-below'}\>`;

/** Whether other steps come between them, or the row has a case of its own. */
function isElsewhere(row: number, block: number, lines: LineIndex): boolean {
  return isForCase(row, lines) || lines.stepsBetween(row + 1, block - 1).length > 0;
}

function isForCase(row: number, lines: LineIndex): boolean {
  return lines.stepsAt(row).some(({condition, arm}) => condition !== undefined || arm !== undefined);
}

function textOf(part: Part): string {
  return part.kind === 'code-block' ? '' : plainText(part.text).slice(0, SHOWN_MAX);
}

function doubtOf(
  line: number,
  because: string,
  isSaid: boolean,
  own: readonly Step[],
  at: number,
  lines: LineIndex,
): FoundDoubt {
  const top = Math.min(at, ...own.map(step => step.line));
  const last = lines.stepsBetween(line, top - 1).at(-1)?.line ?? line;
  return {
    code: 'condition-assumed',
    line: at,
    steps: own.map(({id}) => id),
    message: isSaid
      ? `line ${line} sends to what stands below it, and the block of line ${at} would run only behind line ${last}, in every case: "${because}"`
      : `the block of line ${at} stands behind a table and nothing leads to it: it may be the work of one row, as of line ${line} "${because}"`,
    because,
    settle: 'move it to its line in the document, do it by hand, or confirm that it runs where it stands',
  };
}

const SHOWN_MAX = 120;
