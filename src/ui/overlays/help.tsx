/** The help: all keys in columns, narrowed by a filter, of which one can be done; and the keys of the review. */
import {displayWidth, fitTo, spread, wrap} from '../../text/width.ts';
import {marginLegend} from '../review/margin.ts';
import {paintSelected} from '../terminal/theme.ts';
import {type ActionId, bindingOf, keyLabels} from '../view/keymap.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {REVIEW_KEYS} from '../view/review-key-table.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled, windowTop} from './frame.tsx';
import {COLUMN_GAP, type HelpPage, type HelpRow, helpPage, NAME_WIDTH} from './help-columns.ts';
import {editorRow} from './prompt.tsx';

/** The line of the filter and a blank one; below the columns a blank one, and the whole text of what is chosen. */
const FILTER_ROWS = 2;
const DETAIL_ROWS = 3;
const OTHER_ROWS = FILTER_ROWS + DETAIL_ROWS;

/** Where the entries stand on a screen of this size: what is drawn, and what the keys move over. */
export function helpPageOn(
  {columns, rows, above}: Pick<OverlayStyle, 'columns' | 'rows' | 'above'>,
  typed: string,
): HelpPage {
  return helpPage(typed, innerWidth(columns, columns), innerHeight({rows, above}) - OTHER_ROWS);
}

export function HelpOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'help'}>}) {
  const {columns, glyphs, theme} = style;
  const {editor, isTyping, selected} = overlay;
  const width = innerWidth(columns, columns);
  const height = Math.max(1, innerHeight(style) - OTHER_ROWS);
  const page = helpPageOn(style, editor.text);
  const writer = textWriter(theme, glyphs, width);
  const column = textWriter(theme, glyphs, page.columnWidth);
  const longest = Math.max(0, ...page.columns.map(rows => rows.length));
  const chosen = Math.max(
    0,
    ...page.columns.map(rows => rows.findIndex(({action}) => action !== undefined && action === selected)),
  );
  // The heading of the first entry is seen with it.
  const top = chosen <= 1 ? 0 : windowTop(chosen, longest, height);
  const lines = Array.from({length: height}, (_, row) =>
    page.columns
      .map(rows => fitTo(entryRow(rows[top + row], selected, column), page.columnWidth, glyphs.ellipsis))
      .join(' '.repeat(COLUMN_GAP)),
  );
  if (longest === 0) lines[0] = writer.write('muted', 'no key does that');
  const more = longest - top - height;
  const right = more > 0 ? `${more} more below` : top > 0 ? 'end' : '';
  return (
    <Frame title="Keys" right={right} width={columns} {...style}>
      {[filterRow(editor, isTyping, writer), '', ...lines, '', ...detailRows(page.actions[selected], writer)]}
    </Frame>
  );
}

function filterRow(editor: Parameters<typeof editorRow>[0], isTyping: boolean, writer: TextWriter): string {
  if (isTyping || editor.text !== '') return editorRow(editor, writer);
  const hint = `${writer.write('key', '/')} ${writer.write('muted', 'filters')}  ${writer.write('key', 'Enter')} ${writer.write('muted', 'does what is chosen')}`;
  const own = writer.write('muted', 'other keys: `tminus config set keys.ACTION KEY`');
  const room = displayWidth(hint) + displayWidth(own) + 2 <= writer.width;
  return room ? spread(hint, own, writer.width, writer.glyphs.ellipsis) : hint;
}

function detailRows(id: ActionId | undefined, writer: TextWriter): string[] {
  if (id === undefined) return [];
  const binding = bindingOf(id);
  const where = binding.where === undefined ? '' : ` (${binding.where.join(', ')})`;
  return writer.rows('muted', `${keyLabels(binding)}  ${binding.help}${where}`).slice(0, DETAIL_ROWS - 1);
}

function entryRow(row: HelpRow | undefined, selected: number, writer: TextWriter): string {
  if (row === undefined || row.entry === null) return '';
  if (row.entry.kind === 'heading') return `  ${writer.write('title', row.text)}`;
  const name = fitTo(writer.plain(row.name), NAME_WIDTH, writer.glyphs.ellipsis);
  const text = `${writer.write('key', name)} ${writer.write('text', row.text)}`;
  const isChosen = row.action !== undefined && row.action === selected;
  // The sign stands in the first row of an entry.
  return isChosen && row.name === ''
    ? paintSelected(writer.theme, fitTo(`  ${text}`, writer.width))
    : chosenRow(text, isChosen, writer);
}

const REVIEW_WIDTH = 96;
const REVIEW_NAME_WIDTH = 20;

/** In the review only the signs of its margin, and its keys. */
export function ReviewHelp({top, ...style}: OverlayStyle & {top: number}) {
  const {columns, glyphs, theme} = style;
  const writer = textWriter(theme, glyphs, innerWidth(columns, REVIEW_WIDTH));
  const explained = (name: string, words: string) =>
    wrap(writer.plain(words), writer.width - REVIEW_NAME_WIDTH - 1).map(
      (row, index) => `${index === 0 ? name : ' '.repeat(REVIEW_NAME_WIDTH)} ${writer.write('text', row)}`,
    );
  const legend = marginLegend(glyphs).flatMap(({sign, token, words}) =>
    explained(theme.paint(token, fitTo(sign, REVIEW_NAME_WIDTH)), words),
  );
  const keys = REVIEW_KEYS.flatMap(key =>
    explained(writer.write('key', fitTo(keyLabels(key), REVIEW_NAME_WIDTH, glyphs.ellipsis)), key.help),
  );
  const lines = [theme.paint('title', 'Signs in the margin'), ...legend, '', theme.paint('title', 'Review'), ...keys];
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  return (
    <Frame title="Keys" right={right} width={REVIEW_WIDTH} {...style}>
      {shown}
    </Frame>
  );
}
