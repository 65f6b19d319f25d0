/** Text that fits: widths, cuts and the few number formats the console uses. */
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

const PLAIN_ASCII = /^[ -~]*$/;
const SGR = /\u001B\[[\d;:]*m/g;

/** Columns the text takes on screen; SGR codes take none. */
export function displayWidth(text: string): number {
  if (PLAIN_ASCII.test(text)) return text.length;
  const bare = text.includes('\u001B') ? text.replace(SGR, '') : text;
  return PLAIN_ASCII.test(bare) ? bare.length : stringWidth(bare);
}

/** Cuts to at most `width` columns; what was cut is always shown by the ellipsis. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (displayWidth(text) <= width) return text;
  if (width <= ellipsis.length) return ellipsis.slice(0, width);
  return sliceAnsi(text, 0, width - ellipsis.length) + ellipsis;
}

/** Keeps the end instead of the beginning: for paths and what is being typed. */
export function cutStart(text: string, width: number, ellipsis: string): string {
  const total = displayWidth(text);
  if (width <= 0) return '';
  if (total <= width) return text;
  return ellipsis + sliceAnsi(text, total - width + ellipsis.length);
}

/** Exactly `width` columns: cut or padded. A wide character that would straddle the edge becomes a space. */
export function fitTo(text: string, width: number, ellipsis: string): string {
  const shown = cut(text, width, ellipsis);
  return shown + ' '.repeat(Math.max(0, width - displayWidth(shown)));
}

/** `left` and `right` at the two ends of `width`; the right one is kept whole, the left one gives way. */
export function spread(left: string, right: string, width: number, ellipsis: string): string {
  const rightWidth = displayWidth(right);
  if (rightWidth === 0) return fitTo(left, width, ellipsis);
  if (rightWidth + 1 >= width) return fitTo(right, width, ellipsis);
  return `${fitTo(left, width - rightWidth - 1, ellipsis)} ${right}`;
}

/** Document text made safe for one row: no control characters, no joiners that terminals measure differently. */
export function tame(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]/g, '');
}

/** Only ASCII left: for `--ascii`, where a stray sign would print as rubbish. */
export function asciiOnly(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return text
    .replace(/[–—‒−]/g, '-')
    .replace(/[‘’‚]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/…/g, '...')
    .replace(/→/g, '->')
    .replace(/≤/g, '<=')
    .replace(/≥/g, '>=')
    .replace(/[·•]/g, '|')
    .replace(/[─━┄-┉╌╍═]/g, '-')
    .replace(/[│┃┆┇┊┋║]/g, '|')
    .replace(/[┌-╋╒-╬╭-╰]/g, '+')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\u0000-\u007F]/gu, '?');
}

/** Breaks words to rows of at most `width` columns; a word that is longer alone is broken. */
export function wrapWords(text: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (let word of tame(text).split(/\s+/)) {
    while (displayWidth(word) > width) {
      if (row !== '') rows.push(row);
      row = '';
      // A sign wider than the place itself goes alone: something must come off, or this would never end.
      const head = sliceAnsi(word, 0, width) || ([...word][0] ?? word);
      rows.push(head);
      word = word.slice(head.length);
    }
    if (row === '') row = word;
    else if (displayWidth(row) + 1 + displayWidth(word) <= width) row += ` ${word}`;
    else {
      rows.push(row);
      row = word;
    }
  }
  if (row !== '') rows.push(row);
  return rows;
}

/** `04:10`, `1:02:03`: how long something takes. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `850ms`, `2.4s`, `04:10`: how long something took. */
export function took(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)}s` : duration(ms);
}

/** `15-20m`, `5m`, `2h`: an estimate from the document. */
export function span(minMs: number, maxMs: number): string {
  const unit = maxMs >= 7_200_000 && maxMs % 3_600_000 === 0 && minMs % 3_600_000 === 0 ? 3_600_000 : 60_000;
  const name = unit === 60_000 ? 'm' : 'h';
  const [low, high] = [Math.round(minMs / unit), Math.round(maxMs / unit)];
  return low === high ? `${high}${name}` : `${low}-${high}${name}`;
}

/** `T+00:12:31`. */
export function missionTime(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const sign = ms < 0 ? '-' : '+';
  return `T${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export function localClock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function utcClock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)}Z`;
}

/** `6s`, `4m`, `3h`: how old something is, in one unit. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 100) return `${seconds}s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)}m` : `${Math.round(seconds / 3600)}h`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
