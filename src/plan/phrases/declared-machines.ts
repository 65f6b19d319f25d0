/** Finds hosts whose names look like ordinary words: listed under "Machines", or in code behind "on": "On `gate`:". */
import {codeSpans, plainText} from '../document/inline.ts';
import {everyPhrase, phrase} from '../words/vocabulary.ts';

/** The names, as the document writes them. */
export function declaredMachines(lines: readonly string[]): readonly string[] {
  const listed: string[] = [];
  const used: string[] = [];
  let isList = false;
  lines.forEach((raw, index) => {
    const line = raw.slice(0, LINE_LENGTH_MAX);
    if (line.trim() === '') return;
    const row = ROW.test(line);
    const item = ITEM.exec(line);
    if (isList && (row || item !== null)) listed.push(...nameIn(row ? FIRST_CELL.exec(line)?.[1] : line));
    else isList = isTitle(line, lines[index + 1] ?? '');
    listed.push(...legendIn(line, lines[index - 1] ?? '', lines[index + 1] ?? ''));
    if (line.includes('`') && leadsToWork(line, index, lines))
      used.push(...AT_CODE.all(line).map(([, name = '']) => name));
  });
  if (used.length === 0) return listed;
  const worked = workedOn(lines);
  return [...listed, ...used.filter(name => !worked.has(name) && !NO_HOST.test(name) && !isDay(name))];
}

const LINE_LENGTH_MAX = 1000;
const ROW = /^\s*\|/;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;
const FIRST_CELL = /^\s*\|([^|]*)/;

/** "## 2. Machines", "Boxes:", "**Server**": only such words, directly above a list or a table. */
function isTitle(line: string, below: string): boolean {
  return (
    (/^\s*#|^\s*(?:\*\*|__)/.test(line) || /[:：]\W*$/.test(line) || ITEM.test(below)) && TITLE.test(plainText(line))
  );
}

/** Whether a heading says that machines are listed below it. */
export function isMachineTitle(title: string): boolean {
  return TITLE.test(plainText(title));
}

const TITLE = phrase`^[\s#>]*(?:\d+(?:\.\d+)*[.)]?\s+)?(?:${'the'}\s+)?(?:\p{L}+\s+)?(?:${'place'}|${'machine'}|${'machines-title'})\s*[:：]?\s*$`;

/** The name with which an item or a row begins: "`web-a` – nginx", "**gate** (HAProxy)". */
function nameIn(text = ''): string[] {
  const found = NAMED.exec(text)?.slice(1).find(Boolean);
  return found === undefined || found !== found.toLowerCase() ? [] : [found];
}

const NAMED =
  /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\*{0,2}`([a-z][\w.-]*\w)`|\*\*([a-z][\w.-]*\w)\*\*|([a-z][\w-]*\w)(?=\s*(?:[:：=–—(]|-\s|$)))/;

/** "Old: `vault.example.org` – 203.0.113.20" beside "New: …": a word for each of several addresses. */
function legendIn(line: string, above: string, below: string): string[] {
  const [name, address] = labelOf(line);
  const others = [above, below].map(labelOf).filter(([other]) => other !== undefined && other !== name);
  return name === undefined || others.every(([, other]) => other === address) ? [] : [name.toLowerCase()];
}

function labelOf(line: string): (string | undefined)[] {
  const [, name, address] = LEGEND.exec(line.slice(0, LINE_LENGTH_MAX)) ?? [];
  return [name, address];
}

const LEGEND =
  /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*|__)?([A-Za-z][\w-]+)(?:\*\*|__)?\s*(?:[:：=→]|–|—|-+>|-\s)(?:\*\*|__)?\s*`?((?:[\w-]+@)[\w.-]*\w|\d{1,3}(?:\.\d{1,3}){3}(?!\S*\/)|(?!\S*\.(?:gz|ya?ml|xml|conf|json|sql|zip|bz2|xz|log|txt|md|jar|rpm|deb)(?!\w))[a-z][\w-]*(?:\.[a-z][\w-]*){2,}(?!\S*[/(]))/i;

/** Directly above a code block, with a command of its own, or a label of items. */
function leadsToWork(line: string, index: number, lines: readonly string[]): boolean {
  if (codeSpans(line).some(code => /\s/.test(code))) return true;
  const below = lines[index + 1]?.trim() || lines[index + 2]?.trim() || '';
  return /^(?:`{3}|~{3})/.test(below) || (/[:：]\W*$/.test(line) && ITEM.test(below));
}

const AT_CODE = everyPhrase`(?<!\p{L})(?:${'behind-names'}|${'at-host'})\s+\*{0,2}\x60([a-z][a-z\d]*(?:-[a-z\d]+)*)\x60(?=\*{0,2}\s*(?:[:：,;.)(–—]|$))`;
/** Branches and stages, and what a program says of its state. */
const NO_HOST =
  /^(?:main|master|trunk|head|develop(?:ment)?|staging|production|prod|release|stable|latest|live|root|v?\d.*|(?:un)?healthy|running|ready|(?:in)?active|enabled|disabled|up|down|done|ok|green|yellow|red|completed?|synced|(?:on|off)line|paused|pending|failed|stopped|exited|idle)$/;

/** "On `friday`:" */
export function isDay(name: string): boolean {
  return DAY.test(name);
}

const DAY = phrase`^(?:${'later-day'})$`;

/** Words that commands have as words of their own: a branch, a service, a file. `ssh web` and `psql -h db` reach a host. */
function workedOn(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let isCode = false;
  for (const raw of lines) {
    const line = raw.slice(0, LINE_LENGTH_MAX);
    if (/^\s*(?:`{3}|~{3})/.test(line)) isCode = !isCode;
    const texts = isCode || /^(?: {4}|\t)/.test(line) ? [line] : codeSpans(line).filter(code => /\s/.test(code));
    for (const text of texts) for (const word of text.replaceAll(REACHED, ' ').split(/[\s'"=/]+/)) found.add(word);
  }
  return found;
}

const REACHED = /(?:^|\s)(?:ssh|ping6?|-[hH]|--host)[ =]+\S+/g;
