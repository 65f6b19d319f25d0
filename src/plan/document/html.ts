/** Writes HTML of a wiki (lists, blocks of code, tables) as the Markdown that says the same, line by line. */
import {matchesOf} from '../../text/matches.ts';
import type {TextLine} from './blocks.ts';

/** Whether a block of HTML holds more than wrapping: items, blocks of code, cells. */
export function holdsParts(html: string): boolean {
  return /<(?:li|pre|td|th)\b/i.test(html);
}

/** Lines of Markdown; each has the line of the document that it comes from, and several may come from one. */
export function markdownOfHtml(html: string, line: number): TextLine[] {
  const page: Page = {lines: [], line, text: '', lists: [], row: undefined, isCode: false};
  let from = 0;
  for (const match of matchesOf(html, TAG)) {
    addText(page, html.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, closes = '', name = ''] = match;
    if (name !== '') addTag(page, {name: name.toLowerCase(), isEnd: closes !== '', whole});
    page.line += whole.split('\n').length - 1;
  }
  addText(page, html.slice(from));
  endLine(page);
  return page.lines;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi;

/** `row`: the cells of the row that is being read. `lists`: the marks of the lists around. */
type Page = {
  lines: TextLine[];
  line: number;
  text: string;
  lists: string[];
  row: string[] | undefined;
  isCode: boolean;
};

type Tag = {name: string; isEnd: boolean; whole: string};

function addText(page: Page, html: string): void {
  for (const [index, text] of html.split('\n').entries()) {
    if (index > 0) {
      if (page.row === undefined) endLine(page);
      else page.text += ' ';
      page.line += 1;
    }
    page.text += page.isCode ? decoded(text) : decoded(text).replaceAll(/\s+/g, ' ');
  }
}

function addTag(page: Page, {name, isEnd, whole}: Tag): void {
  if (page.isCode && name !== 'pre') return;
  switch (name) {
    case 'ul':
    case 'ol':
      endLine(page);
      if (isEnd) page.lists.pop();
      else page.lists.push(name === 'ol' ? '1.' : '-');
      if (page.lists.length === 0) addLine(page, '');
      return;
    case 'li':
      endLine(page);
      if (!isEnd) page.text = `${page.lists.at(-1) ?? '-'} ${boxOf(whole)}`;
      return;
    case 'pre':
      addCode(page, isEnd);
      return;
    case 'tr':
      if (isEnd) endRow(page);
      else page.row = [];
      return;
    case 'td':
    case 'th':
      if (isEnd) page.row?.push(page.text.trim());
      page.text = '';
      return;
    case 'p':
    case 'div':
    case 'table':
      if (page.row === undefined && !ITEM_ONLY.test(page.text)) endParagraph(page);
      return;
    case 'br':
      page.text += ' ';
      return;
    default:
      page.text += MARKS[name] ?? '';
  }
}

/** The mark of an item without its text: `<li><p>Stop it</p></li>` is one item. */
const ITEM_ONLY = /^(?:-|1\.) (?:\[[ x]\] )?$/;

const MARKS: Readonly<Record<string, string>> = {
  code: '`',
  tt: '`',
  kbd: '`',
  strong: '**',
  b: '**',
  s: '~~',
  del: '~~',
  strike: '~~',
};

function boxOf(tag: string): string {
  const [, status] = /task-status="(in)?complete"/i.exec(tag) ?? [undefined];
  if (!/task-status="/i.test(tag)) return '';
  return status === undefined ? '[x] ' : '[ ] ';
}

function addCode(page: Page, isEnd: boolean): void {
  if (isEnd !== page.isCode) return;
  endLine(page);
  page.isCode = !isEnd;
  addLine(page, '```');
}

function endRow(page: Page): void {
  const {row} = page;
  page.row = undefined;
  page.text = '';
  if (row === undefined || row.length === 0) return;
  const isFirst = !/^\|/.test(page.lines.at(-1)?.text.trim() ?? '');
  if (isFirst) addLine(page, '');
  addLine(page, `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  if (isFirst) addLine(page, `|${'---|'.repeat(row.length)}`);
}

function endParagraph(page: Page): void {
  endLine(page);
  addLine(page, '');
}

function endLine(page: Page): void {
  const text = page.isCode ? page.text.trimEnd() : page.text.trim();
  page.text = '';
  if (text !== '' || page.isCode) addLine(page, text);
}

/** An item stands one step less deep than what belongs to it. */
function addLine(page: Page, text: string): void {
  const isItem = !page.isCode && /^(?:-|1\.) /.test(text);
  const depth = Math.min(DEPTH_MAX, Math.max(0, page.lists.length - (isItem ? 1 : 0)));
  page.lines.push({line: page.line, text: text === '' ? '' : ' '.repeat(INDENT * depth) + text});
}

const INDENT = 3;
/** Nobody nests deeper, and the blanks before each line would take the square of the length. */
const DEPTH_MAX = 20;

/** The signs for which entities stand. */
export function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rarr: '→',
  le: '≤',
  ge: '≥',
};
