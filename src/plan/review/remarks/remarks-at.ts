/** Finds the remarks at the commands of a step, wherever they stand: titles around it, sentences above and below, comments, its row. */
import {countBelow, countWhile} from '../../../text/count-below.ts';
import {matchesOf} from '../../../text/matches.ts';
import {isRun} from '../../action-traits.ts';
import {allBlocks, type Block, type CodeBlock} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {commandsOf, type Plan, requestsOf, type Section, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {isWritten, type LineIndex} from '../found-doubt.ts';
import {type Said, sentencesOf} from '../general/sentences.ts';
import {namesThem, type Remark} from './restricting.ts';

export type Remarked = {step: Step; section: Section; remarks: readonly Remark[]};

/** `first`, `last`: the lines of its commands. */
type Range = {step: Step; section: Section; first: number; last: number};

type Item = {line: number; endLine: number; depth: number};
/** `isLast`: no code follows in its block. */
type Comment = {line: number; text: string; isLast: boolean; block: CodeBlock};

/** All sorted by line. `firsts`: the line of the first command of each step. `borders`: of all commands and titles. */
type Text = {
  lines: LineIndex;
  said: readonly Said[];
  items: readonly Item[];
  comments: readonly Comment[];
  firsts: readonly number[];
  borders: readonly number[];
  title: string;
};

/** The remarks at each step which the run or the rollback does by itself. */
export function remarksOf(plan: Plan, blocks: readonly Block[], lines: LineIndex): Remarked[] {
  const ranges = plan.steps
    .filter(step => isRun(step) && isWritten(step, plan.source))
    .flatMap(step => rangeOf(step, lines) ?? []);
  const titles = plan.sections.map(({line}) => line);
  const text: Text = {
    lines,
    said: sentencesOf(blocks).toSorted(byLine),
    items: itemsIn(blocks).toSorted(byLine),
    comments: allBlocks(blocks).flatMap(commentsIn).toSorted(byLine),
    firsts: ranges.map(({first}) => first).sort((a, b) => a - b),
    borders: [...new Set([...ranges.flatMap(({first, last}) => [first, last]), ...titles])].sort((a, b) => a - b),
    title: plan.title,
  };
  return ranges.map(range => {
    const remarks = [
      ...inTitles(range, text),
      ...inIntros(range, text),
      ...around(range, text),
      ...inCode(range, text),
    ];
    return {step: range.step, section: range.section, remarks};
  });
}

function byLine(a: {line: number}, b: {line: number}): number {
  return a.line - b.line;
}

function rangeOf(step: Step, {byId}: LineIndex): Range | undefined {
  const section = byId.get(step.section);
  const own = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
  const statements = step.action.kind === 'sql' ? step.action.statements.map(({line}) => line) : [];
  const all = [...own, ...statements];
  if (section === undefined || !isDone(section.use) || all.length === 0) return undefined;
  return {step, section, first: Math.min(...all), last: Math.max(...all)};
}

/** "Rebuild the index (only after an upgrade)", "Rebuild the index – first installation only". */
function inTitles({section}: Range, {lines, title}: Text): Remark[] {
  return sectionsAround(section, lines)
    .filter(one => one.title !== title)
    .flatMap(one => besideTitle(one.title).map(text => ({line: one.line, text, at: 'title' as const})));
}

/** Without the title of the whole rollback: a person has decided on it who presses R. */
function sectionsAround(section: Section, lines: LineIndex): Section[] {
  const around = withSectionsAround(section.id, lines.byId);
  return section.use === 'rollback'
    ? around.filter(one => lines.byId.get(one.parent ?? '')?.use === 'rollback')
    : around;
}

function besideTitle(title: string): string[] {
  const plain = plainText(title);
  const inside = matchesOf(plain, BRACKETS).map(([, text = '']) => text);
  const behind = BEHIND_DASH.exec(plain.replaceAll(BRACKETS, ' '))?.[1];
  return [...inside, ...(behind === undefined ? [] : [behind])];
}

const BRACKETS = /\(([^()]+)\)/g;
const BEHIND_DASH = /\p{L}{2,}[^–—]*\s(?:[–—]|-{1,2})\s(.+)$/u;

function inIntros({section, first}: Range, {lines, said, borders, firsts, title}: Text): Remark[] {
  return sectionsAround(section, lines).flatMap(({line, id, title: own}) => {
    if (id === section.id || own === title || lines.stepsIn(id).some(isRun)) return [];
    const end = borders[countBelow(borders, line + 1)] ?? line;
    // What stands above several parts holds back the first of them.
    if (countBelow(firsts, first) > countBelow(firsts, end)) return [];
    return between(said, line + 1, end - 1).map(one => ({line: one.line, text: one.text, at: 'intro' as const}));
  });
}

function between<T extends {line: number}>(sorted: readonly T[], from: number, to: number): readonly T[] {
  const begin = countWhile(sorted.length, index => (sorted[index]?.line ?? 0) < from);
  const end = countWhile(sorted.length, index => (sorted[index]?.line ?? 0) <= to);
  return sorted.slice(begin, Math.min(end, begin + SENTENCES_MAX));
}

/** So many are no remarks at one step. */
const SENTENCES_MAX = 60;

/** The sentences between its commands and those of other steps, in the same item where it stands in one. */
function around({step, first, last}: Range, {said, borders, items}: Text): Remark[] {
  const before = borders[countBelow(borders, first) - 1] ?? 0;
  const next = borders[countBelow(borders, last + 1)] ?? Infinity;
  const item = between(items, before, first).findLast(one => one.endLine >= last);
  const found = between(said, before, Math.min(next, last + LINES_MAX));
  // Below a table, it is said of all its rows.
  const isRow = found.some(({line, cells}) => line === first && cells !== undefined);
  return found.flatMap(({line, raw, text, isLead, isAhead, follows, cells}): Remark[] => {
    const isInside = item === undefined ? !isInItem(line, items) : line >= item.line && line <= item.endLine;
    // In a row, each cell is a remark; of other rows, none.
    const isOwn = cells === undefined ? isInside : line >= first && line <= last;
    const isOfNext = isRow || isLead || LABEL.test(raw) || (isAhead && !namesThem(text));
    if (!isOwn || (line > last && isOfNext) || isOfOtherCode(raw, step)) return [];
    const isTitle = cells === undefined && (isLead || (line === step.line && (!follows || raw.includes('`'))));
    if (isTitle)
      return [{line, text, at: 'lead'}, ...besideTitle(text).map(part => ({line, text: part, at: 'title' as const}))];
    return [{line, text, at: line <= last ? 'above' : 'below'}];
  });
}

/** "To undo: `systemctl start old`" is about its own command. */
function isOfOtherCode(raw: string, step: Step): boolean {
  const code = codeSpans(raw).filter(looksLikeCommand);
  return (
    code.length > 0 && !commandsOf(step).some(({text}) => code.some(one => text.includes(one) || one.includes(text)))
  );
}

const LINES_MAX = 40;
/** "**Panic button**" */
const LABEL = /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\W*$/;

function isInItem(line: number, items: readonly Item[]): boolean {
  const last = items[countWhile(items.length, index => (items[index]?.line ?? 0) <= line) - 1];
  return last !== undefined && last.endLine >= line;
}

function itemsIn(blocks: readonly Block[], depth = 0): Item[] {
  return blocks.flatMap(block => {
    if (block.kind === 'quote') return itemsIn(block.blocks, depth);
    if (block.kind !== 'list') return [];
    return block.items.flatMap(({line, endLine, blocks: inside}) => [
      {line, endLine, depth},
      ...itemsIn(inside, depth + 1),
    ]);
  });
}

/** The comments directly above, behind and below its commands, in their block. */
function inCode({first, last}: Range, {comments, borders}: Text): Remark[] {
  const before = borders[countBelow(borders, first) - 1] ?? 0;
  const next = borders[countBelow(borders, last + 1)] ?? Infinity;
  return between(comments, before + 1, next - 1).flatMap(({line, text, isLast, block}): Remark | [] => {
    const isOwn = block.line <= first && block.endLine >= last;
    // Above another command, it is about that.
    return isOwn && (line <= last || isLast) ? {line, text, at: 'comment'} : [];
  });
}

function commentsIn(block: Block): Comment[] {
  if (block.kind !== 'code-block') return [];
  const lastCode = block.body.findLastIndex(({text}) => /\S/.test(text) && COMMENT.exec(text)?.[1] === undefined);
  return block.body.flatMap(({line, text}, index) => {
    const [, own, behind] = COMMENT.exec(text) ?? [];
    const comment = own ?? behind;
    return comment === undefined ? [] : [{line, text: plainText(comment), isLast: index > lastCode, block}];
  });
}

const COMMENT = /^\s*(?:#(?!!)|--|\/\/)\s*(\S.*)$|\s(?:#|--)\s+([^'"\x60]+)$/;
