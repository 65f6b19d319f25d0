/** Reads the markup inside one line of Markdown: code, emphasis, links. */
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {decoded} from './html.ts';
/** One line of Markdown text, read. */
export type Inline = {
  /** The line without markup, comments and decoration. */
  text: string;
  /** The contents of its `code` spans in order. */
  codes: readonly string[];
  /** `**Lead-in:** rest`: the bold start of the line without its colon. */
  lead?: string;
  /** The text after the lead-in; without a lead-in, all of it. */
  rest: string;
  /** The whole line is bold. */
  strong: boolean;
};

export const readInline = memoize(inlineOf);

function inlineOf(raw: string): Inline {
  const source = replacePairs(raw, COMMENT, () => ' ').trim();
  const lead = /^[^\p{L}\p{N}*_`[(]*(?:\*\*|__)(?=[^\s_*])(.+?)(?:\*\*|__)\s*(:?)(.*)$/u.exec(source);
  const text = plainText(source);
  const codes = codeSpans(source);
  if (lead === null || lead[1] === undefined) return {text, codes, rest: text, strong: false};
  const rest = plainText(lead[3] ?? '').replace(/^:\s*/, '');
  const name = plainText(lead[1]).replace(/\s*:$/, '');
  return {text, codes, lead: name, rest, strong: rest === ''};
}

/** The line as a reader sees it: no markup, no decorative emoji. */
export const plainText = memoize(bareText);

function bareText(raw: string): string {
  return withoutDecoration(
    spans(raw)
      .map(span => (span.code ? span.text : withoutMarkup(span.text)))
      .join(''),
  );
}

/** The line as a reader sees it, with a blank for each code. */
export function withoutCode(raw: string): string {
  return plainText(raw.replaceAll(/`[^`]*`/g, ' '));
}

/** Removes emoji: they are decoration and never say a state. */
export function withoutDecoration(text: string): string {
  return (PLAIN.test(text) ? text : withoutSigns(text)).replaceAll(/\s+/g, ' ').trim();
}

/** ASCII holds no decoration. */
const PLAIN = /^[\0-\x7f]*$/;

function withoutSigns(text: string): string {
  return text.replaceAll(
    /(?![©®™])\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?|\u200d|\ufe0e|\ufe0f|\u20e3|[✓✔✗✘]/gu,
    '',
  );
}

export function codeSpans(raw: string): string[] {
  return raw.includes('`') ? spansKnown(raw) : [];
}

const spansKnown = memoize(codesOf);

/** Without code that is struck out: "~~`make old`~~ `make new`". */
function codesOf(raw: string): string[] {
  const all = spans(raw);
  let left = all.reduce((count, span) => count + (span.code ? 0 : strikesIn(span.text)), 0);
  // Without a partner, a mark strikes nothing out.
  let isStruck = false;
  return all.flatMap(span => {
    if (span.code) return isStruck ? [] : [span.text];
    for (let mark = strikesIn(span.text); mark > 0; mark -= 1) {
      isStruck = !isStruck && left > 1;
      left -= 1;
    }
    return [];
  });
}

function strikesIn(text: string): number {
  return text.match(STRIKE)?.length ?? 0;
}

const STRIKE = /~~|<\/?(?:del|s|strike)>/gi;
const STRUCK = /~~(?=\S).+?~~|<(del|s|strike)>.+?<\/\1>/gi;

/** The text without what is struck out. */
export function withoutStruck(raw: string): string {
  return raw.replaceAll(STRUCK, ' ');
}

/** What stands behind or between what is struck out, where a text begins struck out; undefined for other texts. */
export function besideStruck(raw: string): string | undefined {
  return BEGINS_STRUCK.test(raw) ? plainText(withoutStruck(raw)) : undefined;
}

const BEGINS_STRUCK = /^(?:[^\p{L}\p{N}~<]|(?<=\[)[xX](?=\]))*(?:\d+(?:\.\d+)*[.)]?\s+)?(?:~~\S|<(?:del|s|strike)>)/iu;

/** Splits a line into code (between runs of back-ticks of the same length) and text. */
function spans(raw: string): {code: boolean; text: string}[] {
  if (!raw.includes('`')) return [{code: false, text: raw}];
  const found: {code: boolean; text: string}[] = [];
  const runs = matchesOf(raw, /`+/g);
  // If a run of this length found no partner once, none stands further right.
  const unpaired = new Set<number>();
  let from = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    if (open === undefined || unpaired.has(open[0].length) || raw[open.index - 1] === '\\') continue;
    let close = index + 1;
    while (close < runs.length && runs[close]?.[0].length !== open[0].length) close += 1;
    const end = runs[close];
    if (end === undefined) {
      unpaired.add(open[0].length);
      continue;
    }
    found.push({code: false, text: raw.slice(from, open.index)});
    found.push({code: true, text: raw.slice(open.index + open[0].length, end.index).trim()});
    from = end.index + end[0].length;
    index = close;
  }
  found.push({code: false, text: raw.slice(from)});
  return found;
}

/** Text that holds no mark of markup at all. */
const UNMARKED = /^[^\\[\]*_~<>&\ue000-\ue07f]*$/;

function withoutMarkup(text: string): string {
  if (UNMARKED.test(text)) return text;
  // Most lines have one kind of markup, and a search that finds nothing costs as much as one that finds something.
  const has = new Set(text.match(MARKS));
  let bare = text;
  if (has.has('\\'))
    bare = bare.replaceAll(/\\([!-/:-@[-`{-~])/g, (_, mark: string) =>
      String.fromCharCode(ESCAPED + mark.charCodeAt(0)),
    );
  if (has.has('[')) bare = bare.replaceAll(/!?\[([^\][]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1');
  if (has.has('*')) bare = replacePairs(bare, STRONG_STARS, inside => inside);
  if (has.has('_')) bare = replacePairs(bare, STRONG_LINES, inside => inside);
  if (has.has('*')) bare = bare.replaceAll(/(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])/g, '$1');
  if (has.has('_')) bare = bare.replaceAll(/(?<![\w_])_(?=[^\s_])([^_]+?)(?<=\S)_(?![\w_])/g, '$1');
  if (has.has('~')) bare = bare.replaceAll(/~~(?=\S)(.+?)~~/g, '$1');
  if (has.has('<')) bare = bare.replaceAll(TAG, ' ');
  if (has.has('&')) bare = decoded(bare);
  return bare.replaceAll(/[\ue000-\ue07f]/g, mark => String.fromCharCode(mark.charCodeAt(0) - ESCAPED));
}

/**
 * A mark that opens and one that closes: global patterns, whose finds do not overlap. `least`: how many characters must
 * stand between them.
 */
type Pair = {opens: RegExp; closes: RegExp; least: 0 | 1};

const COMMENT: Pair = {opens: /<!--/g, closes: /-->/g, least: 0};
const STRONG_STARS: Pair = {opens: /\*\*(?=[^\s*])/g, closes: /(?<=[^\s*])\*\*/g, least: 1};
const STRONG_LINES: Pair = {opens: /(?<!\w)__(?=[^\s_])/g, closes: /(?<=[^\s_])__(?!\w)/g, least: 1};

/**
 * Replaces what stands between two marks on one line, with the marks. It reads opening and closing marks side by side:
 * a pattern of both would look through the rest of a long line again for each opening mark without a partner.
 */
function replacePairs(text: string, {opens, closes, least}: Pair, by: (inside: string) => string): string {
  const closing = matchesOf(text, closes);
  if (closing.length === 0) return text;
  let replaced = '';
  let from = 0;
  let next = 0;
  let lineEnd = -1;
  for (const {0: mark, index} of matchesOf(text, opens)) {
    if (index < from) continue;
    const start = index + mark.length;
    while (next < closing.length && (closing[next]?.index ?? 0) < start + least) next += 1;
    const close = closing[next];
    if (close === undefined) break;
    if (lineEnd < start) lineEnd = lineEndFrom(text, start);
    if (close.index > lineEnd) continue;
    replaced += text.slice(from, index) + by(text.slice(start, close.index));
    from = close.index + close[0].length;
  }
  return replaced + text.slice(from);
}

function lineEndFrom(text: string, start: number): number {
  LINE_END.lastIndex = start;
  return LINE_END.exec(text)?.index ?? text.length;
}

const LINE_END = /[\n\r\u2028\u2029]/g;

const MARKS = /[\\[*_~<&]/g;
const TAG = /<\/?(?:b|i|em|strong|code|br|sub|sup|kbd|span|u|p|summary|details)\b[^<>]*>/gi;

/** Escaped marks (`\*`) are moved to the private use area while markup is removed, and moved back at the end. */
const ESCAPED = 0xe000;
