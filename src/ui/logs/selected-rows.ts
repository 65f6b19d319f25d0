/** The look of selected lines, and the words that count them. Pure. */

import {plural} from '../../text/figures.ts';
import {paintSelected} from '../terminal/theme.ts';
import type {LineSelection} from '../view/log-view.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {fitLine, plainText} from './log-line.ts';

/** The row of a line, over its whole width, with a sign that is seen without colours too. */
export function selectedRow(
  text: string,
  line: number,
  selection: LineSelection | null,
  {theme, glyphs, width}: TextWriter,
): string {
  if (selection === null || !isSelected(line, selection)) return text;
  const sign = line === selection.cursor ? glyphs.cursor : glyphs.separator;
  return paintSelected(theme, fitLine(`${sign} ${plainText(text).trimEnd()}`, width, {ellipsis: glyphs.ellipsis}));
}

/** From the first to the last of them, however they were selected. */
export function selectedRange({anchor, cursor}: LineSelection): {from: number; to: number} {
  return {from: Math.min(anchor, cursor), to: Math.max(anchor, cursor) + 1};
}

export function selectedWords(selection: LineSelection): string {
  const {from, to} = selectedRange(selection);
  return `${plural(to - from, 'line')} selected`;
}

function isSelected(line: number, selection: LineSelection): boolean {
  const {from, to} = selectedRange(selection);
  return line >= from && line < to;
}
