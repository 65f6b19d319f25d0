/** Finds the row of a table above to which a text below belongs: "Step 12:", "Zu V9:", "# 3b" bear its number. */
import {type TextLine, textOfLines} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {isFence, outsideCode} from '../../document/source-lines.ts';
import type {HostNames, NamedPlace} from '../../phrases/host-mentions.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type RowAt, rowAt} from './row-at.ts';
import {placeOfCell, withPlaces} from './row-places.ts';

export type LabelledRow = RowAt & {line: number; label: string};

/** The nearest row above `line` with the number that the text names. */
function rowOfLabel(text: string, line: number, source: readonly string[]): LabelledRow | undefined {
  const label = labelIn(text);
  if (label === undefined) return undefined;
  const ends = Math.max(1, line - LINES_MAX);
  for (const {line: at, text: raw} of outsideCode(source, line - 1, ends, -1)) {
    const own = NUMBER.exec(raw)?.[1];
    if (own?.toLowerCase() !== label.toLowerCase()) continue;
    const row = rowAt(at, source);
    if (row !== undefined) return {...row, line: at, label};
  }
  return undefined;
}

/** The text that names what a block of code is for: the line above it, or its first comment. */
export function rowOfBlock({line, endLine}: {line: number; endLine: number}, source: readonly string[]) {
  const [above] = outsideCode(source, line - 1, Math.max(1, line - LABEL_LINES_MAX), -1);
  const first = source[isFence(source[line - 1]) ? line : line - 1] ?? '';
  const comment = line < endLine ? COMMENT.exec(first)?.[1] : undefined;
  const sentence = above?.text.replace(/^\s*#{1,6}\s+/, '') ?? '';
  return rowOfLabel(sentence, line, source) ?? (comment === undefined ? undefined : rowOfLabel(comment, line, source));
}

/** Where the commands of the row run that a text above a block of code names: "Step 12:". */
export function placeByNumber(
  lines: readonly TextLine[],
  source: readonly string[],
  names: HostNames,
): NamedPlace | undefined {
  const row = rowOfLabel(textOfLines(lines), lines[0]?.line ?? 1, source);
  return row === undefined ? undefined : placeOfRow(row, names);
}

/** The place that the row names for its commands. */
export function placeOfRow({heads, cells}: RowAt, names: HostNames): NamedPlace | undefined {
  const known = withPlaces(
    heads.map((column, index) => ({column, text: cells[index] ?? ''})),
    names,
  );
  return known
    .filter(({column}) => column.kinds.includes('place'))
    .map(({text}) => placeOfCell(text))
    .find(place => place !== undefined);
}

function labelIn(text: string): string | undefined {
  const plain = plainText(text.slice(0, TEXT_LENGTH_MAX)).trim();
  return LABEL.exec(plain)?.[1];
}

/** "Step 12:", "Zu Schritt 12, in `/srv`:", "Command for 12 (on web1)", "V9 –". A bare number needs a colon. */
const LABEL = phrase`^\W*(?:(?:${'column-command'}|${'own-part'})\s+)?(?:(?:${'regards'})\s+(?:(?:${'the'})\s+|\p{L}['’])?)?(?:(?:${'own-part'}|${'part'}|#|\p{L}{1,2}[.º°])\s*)?([A-Z]{0,3}[-.]?\d{1,3}[a-z]?)(?:\s*[:：]|\s*[(,–—]|\s+-\s|\s*$)`;
const NUMBER = /^[\s>]*\|\s*(?:\*\*|__|\x60)?#?([A-Za-z]{0,3}[-.]?\d{1,3}[a-z]?)[.)]?(?:\*\*|__|\x60)?\s*\|/;
const COMMENT = /^\s*(?:#|--)\s+(.*)$/;
const TEXT_LENGTH_MAX = 200;
const LABEL_LINES_MAX = 4;
/** So far above stands no table to which a block still belongs. */
const LINES_MAX = 400;
