/** Finds placeholders by their forms: `<name>`, `YYYYMMDD`, `your-host`, `/path/to/…`. */

import {countBelow} from '../../text/count-below.ts';
import {matchesOf} from '../../text/matches.ts';
import {memoize, once} from '../../text/memoize.ts';
import {isCommonWord, piece} from '../words/vocabulary.ts';

export type Found = {text: string; start: number; end: number};

/** A placeholder as a person reads it (`<user>@<host>`), and its parts. */
export type Whole = Found & {parts: readonly Found[]};

export const findWholes = memoize((text): readonly Whole[] => withAccounts(text, findParts(text)));

/** The name inside `<…>`, `[…]`, `{{…}}`; undefined for other forms. */
export function bracketedName(text: string): string | undefined {
  const match = /^(?:<(.*)>|\[(.*)\]|\{\{(.*)\}\})$/s.exec(text);
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.trim();
}

/** `ordinary`: it looks like the form, but is ordinary text. */
type Form = {pattern: RegExp; ordinary?: (name: string, place: Place) => boolean};

/**
 * Where a find stands. Each question costs the same wherever that is: a line may have thousands of finds, and to look
 * through the whole line before each of them would take seconds.
 */
type Place = {
  /** Whether this stands directly before it: a sticky pattern that only looks behind, and not far. */
  follows: (pattern: RegExp) => boolean;
  /** How many of these quotes stand before it. */
  quotesBefore: (quote: Quote) => number;
  /** Whether `</name>` stands anywhere in the text. */
  closes: (name: string) => boolean;
};

type Quote = "'" | '"';

function findParts(text: string): Found[] {
  const found: Found[] = [];
  const taken = new Set<number>();
  const placeIn = placesIn(text);
  for (const {pattern, ordinary} of FORMS) {
    for (const match of matchesOf(text, pattern)) {
      const start = match.index;
      const name = /(?:\.{3}|…)$/.test(match[0]) ? match[0] : match[0].replace(/(?<=[\w)])[.,:;!?-]+$/, '');
      const end = start + name.length;
      if (isTaken(taken, start, end)) continue;
      if (ordinary?.(name, placeIn(start)) === true) continue;
      found.push({text: name, start, end});
      for (let at = start; at < end; at += 1) taken.add(at);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function isTaken(taken: ReadonlySet<number>, start: number, end: number): boolean {
  if (taken.size === 0) return false;
  for (let at = start; at < end; at += 1) if (taken.has(at)) return true;
  return false;
}

function placesIn(text: string): (start: number) => Place {
  const quotes = {"'": once(() => indexesOf(text, "'")), '"': once(() => indexesOf(text, '"'))};
  const closed = once(() => new Set(matchesOf(text, /<\/([^<>]+)>/g).map(([, name]) => name)));
  return start => ({
    follows: pattern => {
      pattern.lastIndex = start;
      return pattern.test(text);
    },
    quotesBefore: quote => countBelow(quotes[quote](), start),
    closes: name => closed().has(name),
  });
}

function indexesOf(text: string, sign: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) found.push(at);
  return found;
}

/** How far a question looks back for the command that a find belongs to. */
const BACK_MAX = 1000;

// `$YOUR_X` and `${YOUR_X}` are variables, which the shell knows or complains about.
const NO_VARIABLE = String.raw`(?<![A-Za-z0-9$]|\$\{)`;

const BLANK_NOUNS =
  /(?<=\s|[\w.-]:)(?:THE_|OLD_|YOUR_)?(?:VERSION|RELEASE|TAG|BRANCH|COMMIT|SHA|ENVIRONMENT|HOSTNAME|HOST|USERNAME|PASSWORD|NAMESPACE|CLUSTER|TENANT|CUSTOMER|PLACEHOLDER|TICKET)(?=["'\s;,)]|$)/g;
const NAMES_FILES = new RegExp(
  String.raw`(?<=(?:^|[|;&(])\s*(?:sudo\s+)?(?:cat|head|tail|less|more|cp|mv|rm|touch|git\s+(?:add|diff|commit|show|rm)|vim?|nano|grep|sed|awk|export|unset|read|echo|printf|env|declare|local|set|source|test|\[|make|psql|mysql)\s[^|;&]{0,${BACK_MAX}}|(?:-[eE]|--env|--build-arg|--set-env|--unset|>)[ =]?)`,
  'y',
);
/** Some options take the name of a variable and pass its value on. */
const TAKES_VARIABLE = /(?<=(?:-[eE]|--env|--build-arg|--set-env|--unset)[ =])/y;
const FORMATS_DATE = new RegExp(
  String.raw`(?<=\bto_(?:char|date|timestamp)\s*\((?:[^()]|\([^()]{0,99}\)){0,${BACK_MAX}})`,
  'iy',
);
const BEGINS_PROGRAM = /(?<=\b(?:awk|jq|sed|function \w{1,60}|\(\))\s*["']?)/y;

/** The first form wins where two overlap. */
const FORMS: readonly Form[] = [
  {
    pattern: /(?<!\$)\{\{-?\s*[A-Za-z_][\w .-]{0,120}?\s{0,9}-?\}\}/g,
    ordinary: name => /\{\{-?\s*(?:range|if|end|else|with|json|template|define|block)\b/.test(name),
  },
  {pattern: /(?<!<)<[A-Za-z_](?:[^<>\n"'`$={}();&|\\]|(?<=\w)\|(?=\w)){0,60}(?<! )>/g, ordinary: isMarkupOrCode},
  {
    pattern: /(?<![[\]!\\A-Za-z0-9])\[[A-Za-z][^[\]\n"'`$\\]{1,60}\](?![[\](:])/g,
    ordinary: (name, place) =>
      ORDINARY_IN_BRACKETS.test(name) ||
      (/^\[\w+(?:,\s?\w+)+\]$/.test(name) && place.quotesBefore("'") + place.quotesBefore('"') > 0) ||
      /^\[(?:\w-\w)+\w*\]$/.test(name),
  },
  {pattern: /(?<![\w$])(?:~|\.{1,2})?\/path\/to(?:\/[^\s"'`;|&<>()[\]{}$\\]*)?|\b[A-Za-z]:\\path\\to[\w\\.-]*/g},
  {pattern: new RegExp(String.raw`${NO_VARIABLE}(?:[\w-]{1,63}\.){0,8}(?:your|Your|YOUR)[-_][\w-]+(?:\.[\w-]+)*`, 'g')},
  {
    pattern: new RegExp(
      String.raw`${NO_VARIABLE}(?:[\w-]{1,63}\.){0,8}your(?:domain|server|app|company|org|project|repo|site|user|host|password|bucket|cluster|registry|namespace|name|ip|api|account|email|token|key|secret)[\w-]*(?:\.[\w-]+)*`,
      'gi',
    ),
  },
  {
    pattern:
      /(?<![A-Za-z%$]|\$\{)(?:YYYY|JJJJ|AAAA)[-_/.]?MM(?:[-_/.]?(?:DD|TT|JJ))?(?:[-_T ]?HH[:_-]?MM(?:[:_-]?SS)?)?(?![A-Za-z])|(?<![A-Za-z%$]|\$\{)HH:?MM(?::?SS)?(?![A-Za-z])/g,
    ordinary: (_, place) => place.follows(FORMATS_DATE),
  },
  // A date in the letters of any language: `RRRR-MM-DD`, `ÉÉÉÉHHNN`, `ДД.ММ.ГГГГ`.
  {pattern: /(?<![\p{L}%])(?!Y)(\p{Lu})\1{3}([-_/.]?)(\p{Lu})\3\2(\p{Lu})\4(?!\p{L})/gu},
  {pattern: /(?<![\p{L}%])(\p{Lu})\1([-_/.]?)(?!\1)(\p{Lu})\3\2(?!\1|\3)(\p{Lu})\4{3}(?!\p{L})/gu},
  {pattern: /(?<![\w.$-]|\$\{)(?:[\w-]{1,63}\.){0,8}example\.(?:com|org|net)\b/g},
  {
    pattern: /(?<![\w$&#'"{])#\{[A-Za-z_][\w.]{0,40}\}/g,
    ordinary: (_, place) => isOpen(place, "'") || isOpen(place, '"'),
  },
  {pattern: /(?<![\w.?*])v?\?(?:\.\?){1,3}(?![\w.?*])/g},
  // Behind the dots of a range, too: `vPREVIOUS..vX.Y.Z`.
  {pattern: /(?<!\w|(?<!\.)\.)v?X\.Y(?:\.Z)?(?!\w)|(?<!\w|(?<!\.)\.)vx\.y(?:\.z)?(?!\w)/g},
  {
    pattern: /(?<![\w$./{-])v(?:[A-Z]{3,}(?:_[A-Z]+)*|[XYZN])(?![\w=(-])|(?<=\.\.)v[A-Z]{3,}(?![\w=(-])/g,
    ordinary: isVirtual,
  },
  {
    pattern: new RegExp(piece`(?<![\w$-])${'your-thing'}[\w-]*(?:\.[\w-]+)*`.source, 'giu'),
  },
  {
    pattern: new RegExp(
      piece`(?<![\w.@:/-])(?:${'any-account'}@[a-z][\w-]*(?![\w-]*\.\w)|[\w.-]+@${'any-account'}(?![\w.-]))`.source,
      'giu',
    ),
  },
  // Capitals alone may name a variable; as the value of an option they must be filled in.
  {
    pattern:
      /(?<=(?:^|\s)--?[A-Za-z][\w-]*[ =])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:NAME|ID|IP|HOST|HOSTNAME|REGION|ZONE|PROJECT|BUCKET|NAMESPACE|VERSION|TAG|ARN|GROUP)(?![\w=])/g,
    ordinary: (_, place) => place.follows(TAKES_VARIABLE),
  },
  // A noun in capitals as a whole argument. Files and variables have such names too.
  {pattern: BLANK_NOUNS, ordinary: (_, place) => place.follows(NAMES_FILES)},
  // "members-THE-ONE-FROM-TONIGHT.dump": words of a sentence in the name of a file.
  {
    pattern: /(?<![\p{L}\d$@%{])\p{Lu}[\p{Lu}\d]*(?:-\p{Lu}[\p{Lu}\d]*)+(?![\p{L}\d}=(])/gu,
    ordinary: name => !name.toLowerCase().split('-').slice(0, -1).some(isSentenceWord),
  },
  {pattern: /(?<=(?:[=:]|\s--[a-z][\w-]* )["']?)(?:TODO|TBD|FIXME|XXX+)(?=["'\s;,]|$)/g},
  {pattern: /(?<![\w$])__[A-Z][A-Z0-9_]*__(?!\w)|(?<![\w%])%[A-Z][A-Z0-9_]+%(?!\w)|@@[A-Za-z][\w-]*@@|«[^»\n]{1,40}»/g},
  {
    pattern:
      /(?<=[\s=:'"/])(?:\?{3,}|TBD|(?:NEW|OLD|TARGET|CURRENT)_[A-Z]+|N\.N(?:\.N)?|\d{4}-MM-DD|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_HERE)(?=['"\s;,/)]|$)/g,
  },
  {pattern: /(?<=[\s=:'"/])(?:x{3,}|X{3,})(?=['"\s;,/)]|$)/g},
  {pattern: /(?<![$%{@^\w\\])\{[a-z][a-z0-9_-]{1,40}\}(?!\})/g, ordinary: isQuotedProgram},
  {pattern: /(?<![\w.])(?=[\d.]*[xX])(?:\d{1,3}|[xX]{1,3})(?:\.(?:\d{1,3}|[xX]{1,3})){3}(?![\w.])/g},
  // What the author left out: `sk-live-...`, `docker run -d ... image`.
  {pattern: /(?<![\w/.])[\w-]{2,40}-(?:\.{3}|…)(?=["'\s]|$)|(?<=\s)(?:\.{3}|…)(?=\s|$)/g, ordinary: isQuotedEllipsis},
  {pattern: /(?<![A-Za-z0-9$])(?:CHANGE[-_]?ME|REPLACE[-_]?ME|REPLACE_WITH_\w+|INSERT_\w+_HERE)(?![A-Za-z0-9])/gi},
  {
    pattern:
      /(?<![\w.@:-])(?:user|username)@[A-Za-z][\w-]*(?![\w-]*\.\w)|(?<![\w.@:-])[\w.-]+@(?:host|hostname|server|server[-_]ip|ip|ip[-_]address|remote|remote[-_]host|vps|vps[-_]ip)(?![\w.-])/g,
  },
];

/** "the", "from", "dem": not "a" and "i", which may number something. */
function isSentenceWord(word: string): boolean {
  return word.length > 1 && isCommonWord(word);
}

/** `vCPU`, `vLAN`: the kind of a thing. */
function isVirtual(name: string): boolean {
  return /^v(?:CPUS?|RAM|LANS?|SAN|NICS?|HOST|GPU|DISK|MEM|IP|PC|NET|APP|DS|PORT)$/.test(name);
}

/** Words of logs and commit messages that belong in brackets. */
const ORDINARY_IN_BRACKETS =
  /^\[(?:ok|pass|fail|error|warn|warning|info|debug|fatal|critical|note|wip|skip ci|ci skip|y\/n|yes\/no)\]$/i;

/** Whether a quote of this kind was opened before the place and not closed. */
function isOpen(place: Place, quote: Quote): boolean {
  return place.quotesBefore(quote) % 2 === 1;
}

/** In `echo "waiting ... done"` the dots are only printed. */
function isQuotedEllipsis(name: string, place: Place): boolean {
  return /^(?:\.{3}|…)$/.test(name) && (isOpen(place, "'") || isOpen(place, '"'));
}

/** In `awk '{print}'` and `jq '{name}'` the braces belong to a program. */
function isQuotedProgram(_: string, place: Place): boolean {
  return isOpen(place, "'") || place.follows(BEGINS_PROGRAM);
}

/** HTML, autolinks, generics such as `Map<String>`, and comparisons such as `a<b and c>d`. */
function isMarkupOrCode(name: string, place: Place): boolean {
  const inner = name.slice(1, -1);
  if (TAGS.test(inner) || /:\/\/|@.*\./.test(inner)) return true;
  if (place.closes(inner)) return true;
  if (/\s/.test(inner) && place.follows(/(?<=[\w)])/y)) return true;
  return /^[A-Z][A-Za-z]*$/.test(inner) && place.follows(/(?<=(?:^|\W)[A-Z][A-Za-z]{0,80})/y);
}

/** HTML tags that nobody would use as the name of a placeholder. */
const TAGS =
  /^(?:a|abbr|b|br|p|i|em|strong|pre|div|span|ul|ol|li|table|tr|td|th|thead|tbody|details|summary|img|h[1-6]|hr|sub|sup|kbd|html|svg|blockquote|center|u|s|del|ins|mark|dl|dt|dd|iframe)\s*\/?$/i;

/**
 * `deploy@<ip>` is one placeholder: where to connect. Not in `://user:password@your-host/`, where the name ends at the
 * colon.
 */
function withAccounts(text: string, parts: readonly Found[]): Whole[] {
  const wholes: (Found & {parts: Found[]})[] = [];
  for (const part of parts) {
    const previous = wholes.at(-1);
    if (previous !== undefined && part.start === previous.end + 1 && text[previous.end] === '@') {
      previous.text = text.slice(previous.start, part.end);
      previous.end = part.end;
      previous.parts.push(part);
      continue;
    }
    // `kestrel@X.Y.Z` is a package with its version, and no account.
    const isVersion = /^v?X\.Y/i.test(part.text);
    const account = isVersion
      ? ''
      : (/(?<![\w.:@-])[\w.-]+@$/.exec(text.slice(Math.max(0, previous?.end ?? 0), part.start))?.[0] ?? '');
    const start = part.start - account.length;
    wholes.push({text: account + part.text, start, end: part.end, parts: [part]});
  }
  return wholes;
}
