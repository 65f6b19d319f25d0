/** Writes the markup of Jira and Confluence, and AsciiDoc, as the Markdown that says the same, line by line. */
import type {TextLine} from './blocks.ts';

/** Undefined for Markdown. Each line has the line of the document from which it comes; several may come from one. */
export function markdownOfWiki(lines: readonly string[]): TextLine[] | undefined {
  const count = (pattern: RegExp) => lines.reduce((sum, text) => sum + (pattern.test(text) ? 1 : 0), 0);
  const isTitled = count(JIRA_TITLE) > 1;
  if (isTitled || count(JIRA_CODE) > 1) return ofJira(lines, isTitled);
  const isAscii =
    (count(ASCII_TITLE) > 1 && count(/^#{1,6}\s+\S/) === 0) || (count(SOURCE) > 0 && count(ASCII_CODE) > 1);
  return isAscii ? ofAsciiDoc(lines) : undefined;
}

const JIRA_TITLE = /^h([1-6])\.\s+(?=\S)/;
const JIRA_CODE = /^\s*\{(code|noformat)(?::([^{}]*))?\}\s*$/;
const ASCII_TITLE = /^(={1,6})\s+(?=[^\s"'])/;
const ASCII_CODE = /^(?:-{4,}|\.{4,})\s*$/;
const SOURCE = /^\[source\b[^\]]*\]\s*$/;
const MARKDOWN_CODE_MARK = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:`{3}|~{3})/;
const LANGUAGE =
  /(?:^|[,|])\s*(?:language=)?(bash|sh|shell|zsh|console|sql|powershell|yaml|json|xml|ini|java|python|text|none)\b/i;

/** Lines in a block of code are left as they are. `isTitled`: titles are `h2.`, so `#` counts an item. */
function ofJira(lines: readonly string[], isTitled: boolean): TextLine[] {
  let closes: RegExp | undefined;
  let isInTable = false;
  return lines.flatMap((text, index): TextLine[] => {
    const line = index + 1;
    const code = JIRA_CODE.exec(text);
    if (closes !== undefined) {
      if (!closes.test(text)) return [{line, text}];
      closes = undefined;
      return [{line, text: code === null ? text : CODE_MARK}];
    }
    if (code !== null) {
      closes = code[1] === 'code' ? /^\s*\{code\}\s*$/ : /^\s*\{noformat\}\s*$/;
      return [{line, text: `${CODE_MARK}${code[1] === 'code' ? languageOf(code[2]) : 'text'}`}];
    }
    if (MARKDOWN_CODE_MARK.test(text)) {
      closes = MARKDOWN_CODE_MARK;
      return [{line, text}];
    }
    const row = inlineOf(text.replaceAll(/\{(?:color|panel|info|note|tip|warning|quote)(?::[^{}]*)?\}/g, ''));
    const isRow = /^\s*\|/.test(row);
    const isFirst = isRow && !isInTable;
    isInTable = isRow;
    if (isRow)
      return rowsOf(
        line,
        row
          .trim()
          .replace(/^\|+|\|+$/g, '')
          .split(/\|+/),
        isFirst,
      );
    const titled = row.replace(JIRA_TITLE, (_, depth) => `${'#'.repeat(Number(depth))} `).replace(/^bq\.\s+/, '> ');
    return [
      {line, text: titled === row ? itemOf(row, isTitled ? /^\s*([*#-]+)\s+(?=\S)/ : /^\s*(\*+|-)\s+(?=\S)/) : titled},
    ];
  });
}

/** `open`: the mark that ends the block of code or the comment. `cells`: of a table whose row is not complete. */
type Ascii = {
  language: string;
  open: string | undefined;
  columns: number | undefined;
  cells: string[] | undefined;
  from: number;
  isHead: boolean;
};

function ofAsciiDoc(lines: readonly string[]): TextLine[] {
  const at: Ascii = {language: '', open: undefined, columns: undefined, cells: undefined, from: 0, isHead: false};
  return lines.flatMap((text, index) => asciiLine(text, index + 1, lines[index + 1] ?? '', at));
}

function asciiLine(text: string, line: number, next: string, at: Ascii): TextLine[] {
  const mark = text.trimEnd();
  const one = (written: string): TextLine[] => [{line, text: written}];
  if (at.open !== undefined) {
    const isEnd = at.open === '```' ? MARKDOWN_CODE_MARK.test(text) : mark === at.open;
    const isHidden = at.open.startsWith('/');
    if (isEnd) at.open = undefined;
    return one(isHidden ? '' : isEnd ? CODE_MARK : text);
  }
  if (MARKDOWN_CODE_MARK.test(text)) at.open = '```';
  else if (ASCII_CODE.test(text) || /^\/{4,}$/.test(mark)) {
    at.open = mark;
    const {language} = at;
    at.language = '';
    return one(mark.startsWith('/') ? '' : `${CODE_MARK}${language}`);
  } else if (/^\|={3,}$/.test(mark)) {
    at.cells = at.cells === undefined ? [] : undefined;
    at.isHead = at.cells !== undefined;
    return one('');
  } else if (at.cells !== undefined) return asciiCells(text, line, next, at);
  else if (/^\[[^\]]*\]$/.test(mark)) {
    if (SOURCE.test(mark)) at.language = languageOf(mark);
    const columns = /\bcols="?([^"\]]*)/.exec(mark)?.[1];
    at.columns = columns?.split(',').length;
    return one('');
  } else if (/^\/\/(?:\s|$)|^\+$|^[=*_]{4,}$/.test(mark)) return one('');
  const title = /^\.(?=[\p{L}\p{N}])(.*)$/u.exec(mark)?.[1];
  if (title !== undefined) return one(`**${title}**`);
  const titled = text.replace(ASCII_TITLE, (_, depth: string) => `${'#'.repeat(depth.length)} `);
  return one(titled === text && at.open === undefined ? itemOf(inlineOf(text), /^\s*([*.]+|-)\s+(?=\S)/) : titled);
}

/** Cells come several to a line or one a line; a row is complete when it has as many as the table has columns. */
function asciiCells(text: string, line: number, next: string, at: Ascii): TextLine[] {
  const cells = text
    .trim()
    .split('|')
    .map(cell => cell.trim());
  const [before = '', ...own] = cells;
  const row = at.cells ?? [];
  if (before !== '' && row.length > 0) row[row.length - 1] = `${row.at(-1)} ${before}`;
  if (row.length === 0) at.from = line;
  row.push(...own);
  at.columns ??= own.length === 0 ? undefined : own.length;
  at.cells = row;
  if (row.length === 0 || row.length < (at.columns ?? 1)) return [];
  const isHead = at.isHead;
  at.cells = [];
  at.isHead = false;
  const bare =
    isHead && next.trim() !== ''
      ? rowsOf(
          at.from,
          row.map(() => ''),
          true,
        )
      : [];
  return [...bare, ...rowsOf(at.from, row.map(inlineOf), isHead && bare.length === 0)];
}

const CODE_MARK = '```';

function rowsOf(line: number, cells: readonly string[], isFirst: boolean): TextLine[] {
  const row = {line, text: `| ${cells.map(cell => cell.trim()).join(' | ')} |`};
  return isFirst ? [{line, text: ''}, row, {line, text: `|${'---|'.repeat(cells.length)}`}] : [row];
}

/** `** deeper`, `## second`, `.. third`: the marks say how deep the item stands. */
function itemOf(text: string, marks: RegExp): string {
  const [whole, mark = ''] = marks.exec(text) ?? [];
  if (whole === undefined || (mark.length > 1 && /^-|\*-|#-/.test(mark))) return text;
  const depth = Math.min(DEPTH_MAX, mark.length - 1);
  return `${'   '.repeat(depth)}${/[#.]$/.test(mark) ? '1.' : '-'} ${text.slice(whole.length)}`;
}

const DEPTH_MAX = 20;

/** `{{code}}`, `*bold*`, `[text|address]`. */
function inlineOf(text: string): string {
  return text
    .replaceAll(/\{\{([^{}]*)\}\}/g, '`$1`')
    .replaceAll(/(?<![\w*`\\])\*(?=[^\s*])([^*`]*[^\s*`])\*(?![\w*`])/g, '**$1**')
    .replaceAll(/\[([^[\]|]{1,200})\|([^[\]|\s]{1,500})\]/g, '[$1]($2)');
}

function languageOf(given = ''): string {
  return LANGUAGE.exec(given)?.[1]?.toLowerCase() ?? '';
}
