/** Finds names that a text gives its hosts (`"DBH" means host ...`), and places written beside a command: "Command (DBH): ...". */

import {leadsOn} from '../../text/leads-on.ts';
import {matchesOf} from '../../text/matches.ts';
import {plainText} from '../document/inline.ts';
import {isOptionTitle} from './variant-titles.ts';
import {anyNumber, everyPhrase, isCommonWord, phrase, piece} from './vocabulary.ts';

/** Names of hosts in lower case. */
type Names = ReadonlySet<string>;

/** The names that a line of text introduces: "host `ers-db-p1`", and short names in capitals beside such hosts. */
export function declaredHosts(text: string): string[] {
  const hosts = (text.includes('`') ? CALLED.all(text) : []).flatMap(([whole, word = '']) =>
    CONTAINER.test(word) ? [] : matchesOf(whole, IN_CODE).map(([, name = '']) => name),
  );
  if ((hosts.length === 0 && !SOME_HOST.test(text)) || SETS_VARIABLE.test(text)) return hosts;
  const short = matchesOf(text, SHORT).map(match => match[1] ?? match[2] ?? match[3] ?? '');
  return [...hosts, ...short.filter(name => name !== '')];
}

const IN_CODE = /`([a-z][\w.-]*\w)`/gi;
/** "host `a`", "hosts `a` and `b`". */
const CALLED = everyPhrase`(?<!\p{L})(${'place'})\s+\x60[a-z][\w.-]*\w\x60(?:(?:,\s*|\s+${'and'}\s+)\x60[a-z][\w.-]*\w\x60){0,8}`;
const CONTAINER = phrase`^${'container'}$`;
/** A name with a hyphen and a figure is no ordinary word. */
const SOME_HOST = /(?<![\w.-])[a-z][a-z\d]*-(?:[a-z\d]+-)*[a-z]*\d+(?![\w-])/;
/** `export CLUSTER=prod-eu1`: a variable of the shell. */
const SETS_VARIABLE = /^\s*(?:[$#>]\s+)?(?:export|declare|readonly|local|set)\s/;
/** `"DBH" means`, `**DBH** is`, "DBH = ers-db-p1": the name in quotes or bold, or directly before a sign. */
const SHORT =
  /["“«]([A-Z][A-Z\d-]{1,9})["”»]|\*\*([A-Z][A-Z\d-]{1,9})\*\*|(?<![\w-])([A-Z][A-Z\d-]{1,9})\s*(?:=|:=|→|->)(?=\s*`?[a-z])/g;

/**
 * The place that stands beside a command: "Command (DBH): `sqlplus …`", "(a) APH: `uninstall.sh`", "`df -h` (both APH)".
 * Several hosts stay one phrase. `raw`: the line with its code.
 */
export function placeBesideCommand(raw: string, names: Names): {here: false; phrase: string} | undefined {
  const first = raw.indexOf('`');
  if (names.size === 0 || first === -1) return undefined;
  const before = raw.slice(0, first).replaceAll(/\*\*|__|\|.*\|/g, ' ');
  const behind = raw.slice(raw.lastIndexOf('`') + 1);
  const said = BEFORE.exec(before)?.[1] ?? LABEL.exec(before)?.[1] ?? BEHIND.exec(behind)?.[1];
  const phrase = said?.trim().replace(/,\s.*$/, '');
  if (phrase === undefined) return undefined;
  const known = phrase.replace(EACH, '').trim();
  const parts = known.split(AND).map(part => part.trim().toLowerCase());
  return parts.length > 0 && parts.every(part => names.has(part)) ? {here: false, phrase: known} : undefined;
}

const NAME = String.raw`\p{L}[\p{L}\p{N} .,&_-]{0,60}`;
const BEFORE = new RegExp(String.raw`\(\s*(${NAME})\s*\)\s*[:：]?\s*$`, 'iu');
const LABEL = new RegExp(String.raw`^\W*(?:\(?[a-z\d]{1,2}[.)]\s+)?(${NAME})\s*[:：]\s*$`, 'iu');
const BEHIND = new RegExp(String.raw`^\s*\(\s*(${NAME})\s*\)`, 'iu');
const EACH = phrase`^(?:(?:${'behind-names'}|${'at'}|${'each-of'}|${'place'})\>\s*)+`;
const AND = phrase`\s*[,&/]\s*|\s+(?:${'and'}|${'and-then'})\s+`;

/** Short names that mean several hosts: `"APH" means hosts `a` and `b``. In lower case. */
export function namesOfSeveral(lines: readonly string[]): ReadonlySet<string> {
  return new Set(
    lines.flatMap(line =>
      matchesOf(line.slice(0, LINE_LENGTH_MAX), SHORT).flatMap(match => {
        const name = match[1] ?? match[2] ?? match[3];
        const said = line.slice(match.index + match[0].length).split(/[;"“«]|\*\*/)[0] ?? '';
        const hosts = new Set(said.match(HOST_IN_TEXT) ?? []);
        return name === undefined || hosts.size < 2 ? [] : [name.toLowerCase()];
      }),
    ),
  );
}

const LINE_LENGTH_MAX = 1000;
const HOST_IN_TEXT = /(?<![\w.-])[a-z][a-z\d]*(?:-[a-z\d]+)*\d+(?![\w-])/g;

/** The words which say that something is done in several places: "on each server", "both APH", "(sur chaque serveur)". */
export function eachPlaceIn(text: string, names: Names): string | undefined {
  const placed = EACH_PLACE.exec(text)?.[0];
  if (placed !== undefined) return placed.replace(/^\W+/, '');
  const named = EACH_NAME.all(text).find(([, name = '']) => names.has(name.toLowerCase()))?.[0];
  return named ?? (leadsOn(text) ? bothIn(text) : undefined);
}

/** "On both web": `web1` and `web2` are such. */
export function familyPlacesIn(text: string, names: Names): string | undefined {
  const found = FAMILY_PLACES.all(text).find(([, word = '']) => isFamily(word, names));
  return found?.[0].replace(/^\W+/, '');
}

function isFamily(word: string, names: Names): boolean {
  const counted = new RegExp(`(?:^|-)${word.toLowerCase()}-?\\d+$`);
  return [...names].some(name => counted.test(name));
}

/** "Controller 1 first, controller 2 after that": the same word with several numbers, and no part of the document. */
export function countedIn(text: string): string | undefined {
  const found = matchesOf(text, COUNTED).filter(
    ([whole, word = '']) => !PARTS.test(word) && !isCommonWord(word.toLowerCase()) && !isOptionTitle(whole),
  );
  const [first] = found;
  const other = found.find(
    ([, word, count]) => word?.toLowerCase() === first?.[1]?.toLowerCase() && count !== first?.[2],
  );
  return first === undefined || other === undefined
    ? undefined
    : text.slice(first.index, other.index + other[0].length);
}

const COUNTED = /(?<![\p{L}\d-])(\p{L}{3,})[ -](\d|[A-D])(?![\p{L}\d%]|[.:]\d|\s?(?:min|ms|[smhd]\b))/gu;
const PARTS = phrase`^(?:${'part'}|${'chapter'}|${'phase'}|${'minute'}|${'hour'}|${'day'}|${'week'}|${'and'}|${'or'}|${'to'}|${'and-then'}|${'at'}|versions?|ports?|levels?|lines?)$`;

/** "Repeat with web-2", "The same on the others". */
export function repeatedIn(text: string): string | undefined {
  return REPEAT.exec(text)?.[0].replace(/^\W+/, '');
}

/** "On both, drop it": several places without a word for them. */
export function bothIn(text: string): string | undefined {
  return BOTH.exec(text)?.[1];
}

/** "en los dos frontales", "on both front ends", "auf den drei Kassen": several of what may be machines. */
export function severalPlacesIn(text: string): string | undefined {
  return SEVERAL_PLACES.exec(text)?.[1];
}

/** "On it:", "On MAIN and on BACKUP:", "# on the till": a text that ends with words for a place, or is nothing else. */
export function placeSaidIn(text: string): string | undefined {
  return (PLACE_SAID.exec(text) ?? ONLY_PLACE.exec(text))?.[1]?.trim();
}

const SOMEWHERE = piece`(?:${'behind-names'})\s+(?!(?:${'no-place'}|${'not'})(?!\p{L}))[\p{L}\p{N}][^:：,.;!?]{0,60}`;
const PLACE_SAID = phrase`(?:^|[.;!?]\s+)(?:${'and-then'}\s+)?(${SOMEWHERE})[:：,]\W*$`;
const ONLY_PLACE = phrase`^\W*(${SOMEWHERE})$`;

/** "both", "all three", "the other two", "les trois", "den anderen beiden". */
const SEVERAL = piece`(?:${'each-of'}|(?:${'each-of'}|${'the'})\s+(?:\p{L}{4,9}\s+)?(?:${anyNumber()}|${'each-of'}|[2-9]))`;
const BOTH = phrase`(?<!\p{L})((?:${'behind-names'}|${'at'}|${'at-host'}|${'for'})\s+${SEVERAL})\s*(?:[:,.;]|$)`;
/** No machines: "on both counts", "auf zwei Wochen", "en los dos pasos". */
const NO_MACHINES = piece`(?:${'no-place'}|${'minute'}|${'hour'}|${'day'}|${'week'}|${'part'}|${'phase'}|${'chapter'})(?:e?[sn])?`;
const BEFORE_THINGS = piece`(?:${'each-of'}|(?:(?:${'the'}|${'each-of'})\s+)?(?:${anyNumber()}))`;
const MANY = piece`(?:\p{L}+[^\P{L}snx][ -]\p{L}+s|\p{L}*[^\P{L}s][snx])`;
const SEVERAL_PLACES = phrase`(?<!\p{L})((?:${'behind-names'}|${'at-host'})\s+${BEFORE_THINGS}\s+(?!${NO_MACHINES}(?!\p{L}))${MANY})(?!\p{L})`;
const EACH_PLACE = phrase`(?:[(,;–—]\s*|(?<!\p{L})(?:${'at'}|${'behind-names'}|${'at-host'}|${'for'})\s+)${'each-of'}\s+(?:\p{L}+[ -]){0,2}?${'place'}\>`;
const FAMILY_PLACES = everyPhrase`(?<!\p{L})(?:${'behind-names'}|${'at'}|${'at-host'})\s+${SEVERAL}\s+([a-z]{2,20})(?![\p{L}\d-])`;
const EACH_NAME = everyPhrase`(?<!\p{L})${'each-of'}\s+([A-Za-z][\w.-]*\w)`;
const REPEAT = phrase`(?:^|[.!?;:]\s+)\W*${'repeat-there'}\s+\S.{0,60}`;

/** "Servers: app1 and app2 (Ubuntu), lb (HAProxy).", "Hosts: db01 primary, apps on web01." */
export function listedHosts(text: string, paragraph: string): string[] {
  return [...listedIn(text), ...markedIn(paragraph)];
}

/** "We run three hosts, no orchestrator: **web-a** (nginx, `api`) and **web-b**.": the names that are marked outside brackets. */
function markedIn(paragraph: string): string[] {
  if (!/[:：]/.test(paragraph)) return [];
  const list = MARKED.exec(paragraph)?.[1]?.replaceAll(/\([^()]*\)?/g, ' ') ?? '';
  const bold = matchesOf(list, BOLD).map(([, name = '']) => name);
  return bold;
}

const MARKED = phrase`\<${'place'}(?:,[^:：.;]{0,60})?\s?[:：]\s*((?:[^.]|[.](?=\S)){3,})`;
const BOLD = /\*\*([a-z][a-z\d]*-[a-z\d-]*[a-z\d])\*\*/g;

function listedIn(text: string): string[] {
  if (!/[:：]/.test(text)) return [];
  const list = LIST.exec(plainText(text))?.[1] ?? '';
  const parts = list.replaceAll(/\([^()]*\)/g, '').split(LIST_PARTS);
  return parts.flatMap(
    part =>
      /^\W*(?:([a-z][\w-]+)\W*$|([a-z][a-z-]*-?\d+)\s|.*\s([a-z][a-z-]+\d+)\W*$)/.exec(part)?.slice(1).find(Boolean) ??
      [],
  );
}

const LIST = phrase`(?:^|[.!?]\s+)\W*${'place'}\s*[:：]\s*(.+)$`;
const LIST_PARTS = phrase`[,;.]\s*|\s(?:${'and'}|${'and-then'})\s`;

/** Names with a number that stand where hosts stand: "On db01, as postgres:", "copy it to `till-04`", "on web-1 and web-2". */
export function countedHosts(text: string): string[] {
  return COUNTS.test(text) ? [...ledIn(text), ...standingAt(text)] : [];
}

/** A cheap test: `web1`, `web-1`. */
const COUNTS = /[a-z]-?\d/i;

/** A line that begins with "On db01, as postgres:" or "On db01 and db02". */
function ledIn(text: string): string[] {
  const plain = plainText(text).replace(/^[\s>*+#-]*(?:\[.\]\s+)?(?:\d+[.)]\s+)?/, '');
  return (LED.exec(plain)?.[1] ?? '').match(/[a-z][a-z-]+\d+/g) ?? [];
}

const NUMBERED = piece`[a-z][a-z-]+\d+(?![\w.])`;
const LED = phrase`^(?:${'and-then'}\s+)?(?:${'behind-names'})\s+(${NUMBERED}(?:(?:,\s*|\s+(?:${'and'}|${'and-then'})\s+)${NUMBERED}){0,8})`;

/** "The database is on labdb01", "copy it to the tills, then on `till-04`": a name with a number behind "on". */
function standingAt(text: string): string[] {
  return AT.all(text).flatMap(([, names = '']) =>
    (names.match(/[a-z][a-z-]+\d+(?:\.[a-z][a-z.-]*)?/g) ?? []).filter(name => !NO_HOST.test(name)),
  );
}

const FULL = piece`[a-z][a-z-]+\d+(?:\.[a-z][a-z-]*){2,}(?![\w.]*\w)`;
const AT = everyPhrase`\<(?:(?:${'behind-names'})|(?:${'at'}\s+${'the'}|${'at-the'})\s+(?:${'place'}))\s+\x60?((?:${NUMBERED}|${FULL})(?:\x60?(?:,\s*|\s+(?:${'and'}|${'and-then'})\s+)\x60?${NUMBERED}){0,8})`;
/** Their number is a version, or counts something else: "on debian12", "on step-2". */
export const NO_HOST =
  /^(?:debian|ubuntu|rhel|el|centos|fedora|rocky|alma|sles|alpine|win|windows|python|php|java|jdk|node|ruby|perl|postgres|postgresql|pg|mysql|mariadb|redis|oracle|nginx|apache|tomcat|docker|ipv|http|port|steps?|phase|stage|level|tier|day|week|sprint|part|option|pr|issue|ticket|release|version|build|round|wave|batch|milestone|line|section|chapter|page|figure|table|utf|sha|iso|rfc|cve|layer|priority|sev)-?\d+$/i;
