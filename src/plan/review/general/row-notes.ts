/** Finds the notes of the rows of tables: a cell that holds only "g", and "g) Falls away after 04:00" elsewhere. */
import {matchesOf} from '../../../text/matches.ts';
import {allBlocks, type Block, type TextLine} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {readCondition} from '../../phrases/marks.ts';
import {asksForMore, holdsBack} from './sentences.ts';

/** `says`: the whole note. `rows`: the lines of the rows that carry its mark. */
export type RowNote = {name: string; line: number; says: string; rows: readonly number[]};

/** The notes that may restrict their rows. */
export function rowNotesIn(blocks: readonly Block[]): RowNote[] {
  const rowsByMark = Map.groupBy(allBlocks(blocks).flatMap(marksOfRows), ({name}) => name);
  if (rowsByMark.size === 0) return [];
  const found = new Map<string, RowNote>();
  for (const {line, text} of linesOutside(blocks)) {
    const [whole, name = ''] = NOTE.exec(plainText(text)) ?? [];
    const rows = rowsByMark.get(name)?.map(one => one.line) ?? [];
    if (whole === undefined || rows.length === 0 || found.has(name)) continue;
    const says = plainText(text).slice(whole.length).trim();
    if (restricts(says)) found.set(name, {name, line, says, rows});
  }
  return [...found.values()];
}

/** "a)", "(a)", "[a]", "a:", "Note a:", and "¹". */
const NOTE = /^\s*(?:\p{L}{2,14}\.?\s+)?[([]?(\p{L}|[¹²³⁴-⁹])(?:(?<=[¹²³⁴-⁹])|[)\]]|\s*[.:=](?=\s))[.:]?\s*(?=\S)/u;

function restricts(text: string): boolean {
  return asksForMore(text) || holdsBack(text) || readCondition(text) !== undefined;
}

/** Of the columns that hold nothing but marks, and stand behind the work. */
function marksOfRows(block: Block): {name: string; line: number}[] {
  if (block.kind !== 'table') return [];
  const [head, ...rows] = block.rows;
  return (head?.cells ?? []).flatMap((_, column) => {
    const cells = rows.map(({line, cells: all}) => ({line, text: plainText(all[column] ?? '').trim()}));
    const filled = cells.filter(({text}) => /[\p{L}\p{N}]/u.test(text));
    if (column === 0 || filled.length === 0 || !filled.every(({text}) => ONLY_MARKS.test(text))) return [];
    return filled.flatMap(({line, text}) => matchesOf(text, /[\p{L}¹²³⁴-⁹]/gu).map(([name]) => ({name, line})));
  });
}

/** "a", "a, c", "(b)", "¹ ²". */
const ONLY_MARKS = /^[([]?(?:\p{L}|[¹²³⁴-⁹])[)\]]?(?:\s*[,;/+&\s]\s*[([]?(?:\p{L}|[¹²³⁴-⁹])[)\]]?)*$/u;

/** Lines of text; an item also has its label, which Markdown may have taken off. */
function linesOutside(blocks: readonly Block[]): TextLine[] {
  return blocks.flatMap((block): readonly TextLine[] => {
    if (block.kind === 'quote') return linesOutside(block.blocks);
    if (block.kind === 'paragraph') return block.lines;
    if (block.kind === 'list')
      return block.items.flatMap(({line, text, blocks: inside}) => [
        {line, text: text.map(one => one.text).join(' ')},
        ...linesOutside(inside),
      ]);
    return block.kind === 'table' ? rowsOfNotes(block) : [];
  });
}

/** "| g | Falls away after 04:00 |". */
function rowsOfNotes({rows}: Extract<Block, {kind: 'table'}>): TextLine[] {
  return rows.flatMap(({line, cells}) => {
    const [name = '', ...says] = cells;
    return ONLY_MARKS.test(plainText(name).trim()) && says.length === 1 ? {line, text: `${name}: ${says[0]}`} : [];
  });
}
