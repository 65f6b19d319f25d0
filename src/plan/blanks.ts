import type {Draft} from './draft.ts';
import {idAt} from './draft.ts';
import {plainText} from './inline.ts';
import type {Blank} from './plan.ts';

/** Lines of underscores, and names in brackets that are plainly there to be replaced. */
const BLANK =
  /(?:\\?_){3,}|\[(?:timestamp|date|time|name|version|value|number|id|url|email|phone|initials|yyyy[^\]]*|hh:mm)\b[^\][]*\](?!\()/gi;

/** The blanks of one line of text, each named by the words before it. */
export function readBlanks(draft: Draft, raw: string, line: number, inHead: boolean): Blank[] {
  const found: Blank[] = [];
  let from = 0;
  for (const match of raw.matchAll(BLANK)) {
    const label = labelOf(raw.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
    const computed = computedFrom(label, inHead);
    found.push({id: idAt(draft, 'B', line), label, line, ...(computed === undefined ? {} : {computed})});
  }
  return found;
}

export function hasBlank(raw: string): boolean {
  return raw.search(BLANK) !== -1;
}

export function withoutBlanks(raw: string): string {
  return plainText(raw.replace(BLANK, ' '))
    .replace(/\s*[:=]?\s+([):,;.])/g, '$1')
    .replace(/\(\)/g, '')
    .replace(/[\s:(]+$/, '');
}

function labelOf(before: string, blank: string): string {
  const bracketed = /^\[([^\][]+)\]$/.exec(blank)?.[1];
  if (bracketed !== undefined) return bracketed;
  const words = plainText(before.replace(/^[\s|,;)]+/, ''));
  const last = words.split(/[(|,;]/).at(-1) ?? words;
  const named = last.replace(/[\s:=#-]+$/, '').trim();
  return named.replace(/^and\s+/i, '') || 'value';
}

/** What the run knows by itself. */
function computedFrom(label: string, inHead: boolean): Blank['computed'] {
  if (/\btimestamp\b/i.test(label)) return 'timestamp';
  if (/\bduration\b|\btotal time\b/i.test(label)) return 'duration';
  if (/\b(?:start|started|begin|began)\b/i.test(label)) return /\bdate\b/i.test(label) ? 'start-date' : 'start';
  if (/\b(?:end|ended|finish|finished|completed)\b/i.test(label) && /\btime\b|\bat\b|\bdate\b/i.test(label))
    return 'end';
  if (
    /\b(?:deployed|signed|performed|executed|completed|approved|run)(?:[\s-]+off)?[\s-]+by\b|\boperator\b|\bdeployer\b/i.test(
      label,
    )
  ) {
    return /\bapproved\b/i.test(label) ? undefined : 'user';
  }
  if (/\bdate\b/i.test(label)) return inHead || /\b(?:deploy|release)/i.test(label) ? 'start-date' : 'date';
  return /^time\b/i.test(label) ? 'time' : undefined;
}
