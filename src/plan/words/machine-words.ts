/** Finds words beside commands that say where they run: "on the standby", "Router A:", "(both web servers)". */
import {matchesOf} from '../../text/matches.ts';
import {isOrder} from './orders.ts';
import {everyPhrase, phrase, piece} from './vocabulary.ts';

const MACHINE = piece`(?:${'place'}|${'machine'})`;
/** A sentence ends between two of them: "on it. No node …". */
const WORD = piece`[\p{L}\p{N}.&/'’_-]*[\p{L}\p{N}&/'’_-]\s+`;
/** "node 2", "router A", "primary db1". */
const COUNT = piece`(?:\s+(?:#?\d{1,3}|[a-z]|[a-z][\w-]*\d)(?![\p{L}\p{N}]))?`;
/** These need no article behind them. */
const AT_NAMES = piece`(?:${'behind-names'}|${'at-host'}|${'at-machine'}|${'at-the'})`;
/** "the server log", "from the database dump": something of a machine. */
const OF_IT = piece`(?!\s+(?:dumps?|backups?|logs?|errors?|names?|config\p{L}*|migrations?|schemas?|status|state|versions?|images?|health|metrics?|connections?|users?|passwords?|lists?|files?|sizes?|lag|count|room|keys?|certs?|certificates?)\>)`;
const PLACED = phrase`(?<!\blook(?:s|ing)? )\<((?:${'at'}\s+(?:${WORD}){1,4}?|${AT_NAMES}\s+(?:${WORD}){0,3}?)${MACHINE}${COUNT})\>${OF_IT}`;
const LABEL = phrase`^[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*[.)]?\s+|[a-z][.)]\s+)?((?:(?!${'the'}\s)${WORD}){0,3}?${MACHINE}${COUNT})\s*(?:\([^()]*\)\s*)?(?:[:：–—]|-+\s|[^\p{L}\p{N}]*$)`;
const BRACKET = phrase`[([]\s*((?:${WORD}){0,3}?${MACHINE}${COUNT})\s*[)\]][^\p{L}\p{N}]*$`;
const COMPONENT = phrase`(?:^|[^\p{L}])${'component'}$`;

/** "on the standby", "im Container". */
export function placedIn(text: string): string | undefined {
  return PLACED.exec(text.slice(0, TEXT_LENGTH_MAX))?.[1];
}

/** `isOpen`: hosts are told apart in the document, so that any label may name one. */
export function machineWordsIn(text: string, isOpen: boolean): string | undefined {
  const shown = text.slice(0, TEXT_LENGTH_MAX);
  const placed = placedIn(shown);
  if (placed !== undefined) return placed;
  const label = BRACKET.exec(shown)?.[1] ?? (isOrder(shown) ? undefined : LABEL.exec(shown)?.[1]);
  return label === undefined || (!isOpen && COMPONENT.test(label)) ? undefined : label;
}

/** Whether the words may say that it is done on the machine of whoever runs the deployment. */
export function mayBeHere(text: string): boolean {
  return hereIn(text) !== undefined;
}

/** The words for that machine, wherever they stand. */
export function hereIn(text: string): string | undefined {
  return HERE.exec(text.slice(0, TEXT_LENGTH_MAX).replaceAll(FIELD, ' '))?.[0];
}

/** "Write it here: LIVE = ____": a field of the document. */
const FIELD =
  /(?<!\p{L})(?:writ\p{L}*|not(?:e|ed|ing)|fill\p{L}*|enter\p{L}*|record\p{L}*|jot\p{L}*|sign\p{L}*|tick\p{L}*)\s(?:[^\s.;:]+\s+){0,5}?here(?!\p{L})/giu;

/** The words that send back to that machine: "Then, back on your laptop:". */
export function sentHereIn(text: string): string | undefined {
  return SENT_HERE.exec(text.slice(0, TEXT_LENGTH_MAX))?.[0].trim();
}

const HERE = phrase`\<(?:${'here'}|here)\>`;
const SENT_HERE = phrase`\<(?:${'at'}|${AT_NAMES})\s+(?:${WORD}){0,3}?${'here'}\>|^[^\p{L}\p{N}]*${'here'}\s*(?:[:：–—]|[^\p{L}\p{N}]*$)|\<${'here'}\s*[:：][^\p{L}\p{N}]*$`;
/**
 * Short names that the document may use for machines, in lower case: those that it declares ("bh = bastion", "[db] = on db1"), and
 * capitals that stand as labels several times ("(ADM)", "ADM:").
 */
export function shortNamesIn(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const names = new Set<string>();
  for (const line of lines) {
    const text = line.slice(0, TEXT_LENGTH_MAX).replaceAll(/`[^`]*`/g, ' ');
    for (const [, name, marked = ''] of matchesOf(text, DECLARED)) names.add((name ?? marked).toLowerCase());
    const label = CAPITALS.exec(text)?.slice(1).find(Boolean);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  for (const [name, count] of counts) if (count > 1) names.add(name.toLowerCase());
  return names;
}

/**
 * Such a name as a label, or behind "on": "pre (bh)", "mxN:", "(ADM) stop it", "`make a` on GW". As a label, a name with
 * a figure, or with N for one, needs no declaration.
 */
export function shortNameIn(text: string, names: ReadonlySet<string>): string | undefined {
  const shown = text.slice(0, TEXT_LENGTH_MAX);
  const label = SHORT_LABEL.exec(shown)?.slice(1).find(Boolean);
  if (label !== undefined && (names.has(label.toLowerCase()) || COUNTED_NAME.test(label))) return label;
  return AT_NAME.all(shown).find(([, name = '']) => names.has(name.toLowerCase()))?.[1];
}

const AT_NAME = everyPhrase`\<(?:${'behind-names'}|${'at-host'})\s+([A-Za-z][\w-]*\w)`;
const DECLARED =
  /(?<![\w$.{/-])(?:([A-Za-z][\w-]{0,11})\s=\s|[([]([A-Za-z][\w-]{0,11})[)\]]\s*(?:=|:|→|->|–)\s*)(?=[A-Za-z])/g;
const COMMON =
  '(?!(?:OK|SQL|API|UI|DNS|URL|TODO|TBD|NOTE|NB|FYI|WARN|PS|ETA|ID|DDL|DML|QA|UTC|CET|AM|PM|DBA|SRE|DEV|ALL)\\b)';
const CAPITALS = new RegExp(`^\\W*${COMMON}([A-Z]{2,6})\\s*:|[([]${COMMON}([A-Z]{2,6})[)\\]]`);
const SHORT_LABEL =
  /^\W*(?:[([]\s*)?([A-Za-z][\w-]{1,14})\s*[)\]]?\s*:|^\W*[([]\s*([A-Za-z][\w-]{1,14})\s*[)\]]|[([]\s*([A-Za-z][\w-]{1,14})\s*[)\]]\W*$/;
const COUNTED_NAME = /^[a-z][a-z-]+(?:N|X|\d{1,3})$/;
const TEXT_LENGTH_MAX = 300;
