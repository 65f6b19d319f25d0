/** Follows where the next command runs, from code block to code block: host, directory, variables. Nothing is changed in place. */
import {compact} from '../../../text/compact.ts';
import {once} from '../../../text/memoize.ts';
import {isNameIn} from '../../../text/name-in.ts';
import {contextFor, matchHost, placeFilled} from '../../bindings-file/named-places.ts';
import type {Bindings} from '../../bindings-file/types.ts';
import {
  type DocumentWords,
  documentWordsIn,
  type HostNames,
  hostNamesIn,
  hostsMentioned,
  type NamedPlace,
} from '../../phrases/host-mentions.ts';
import type {SectionRole} from '../../plan.ts';
import type {Context, Text} from '../../script.ts';
import type {Values} from '../../shell/known-values.ts';
import {isRooted, joined} from '../../shell/paths/directories.ts';

/** A section with those around it, innermost first. */
export type SectionAround = {
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly role: SectionRole;
};

export type Where = {
  readonly bindings: Bindings;
  /** The names that the document gives its hosts. */
  readonly names: HostNames;
  /** The words of the document outside logins and prompts. */
  readonly documentWords: () => DocumentWords;
  /** Id of the outermost section. In a new one, no login holds. */
  readonly top: string;
  /** The section that is read, and where the login was written. */
  readonly section: SectionAround;
  readonly entered: {section: SectionAround; line: number} | undefined;
  /** The host of the last `ssh user@host`, until the section ends or an `exit`. */
  readonly login: Context | undefined;
  /** `lastLogin`: the last one without an `exit`. `loginBefore`: that login, where a later section continues there. */
  readonly lastLogin: Context | undefined;
  readonly loginBefore: Context | undefined;
  /** Behind that line, a person may still be logged in there, or may have left. `isNext`: the next part of one course. */
  readonly unleft: {line: number; destination: string; isNext?: boolean} | undefined;
  /** The host that prose names ("on each web server"); a login is more precise. */
  readonly namedPlace: Context | undefined;
  /** A sentence named it for the commands below; these came (`used`), then one without a place (`carried`). `prompted`: copied prompts did. */
  readonly hold: 'said' | 'used' | 'carried' | 'prompted' | undefined;
  /** The pod or container that prose names. */
  readonly inside: string | undefined;
  /** The place of everything in this section (`sectionPlace`) or in the document (`documentPlace`). */
  readonly sectionPlace: NamedPlace | undefined;
  readonly documentPlace: NamedPlace | undefined;
  /** Destinations of all logins, for prose that refers to one later: "the worker box". */
  readonly destinations: readonly string[];
  /** By context id, the directory as far as every `cd` says; undefined after a `cd` that only the shell can follow. */
  readonly directories: ReadonlyMap<string, Text | undefined>;
  /** By context id, the values of variables that the document sets. */
  readonly values: ReadonlyMap<string, Values>;
};

export function startingWhere(bindings: Bindings, lines: readonly string[]): Where {
  return {
    bindings,
    names: hostNamesIn(lines),
    documentWords: once(() => documentWordsIn(lines)),
    top: '',
    section: {ids: [], titles: [], role: 'other'},
    entered: undefined,
    login: undefined,
    lastLogin: undefined,
    loginBefore: undefined,
    unleft: undefined,
    namedPlace: undefined,
    hold: undefined,
    inside: undefined,
    sectionPlace: undefined,
    documentPlace: undefined,
    destinations: [],
    directories: new Map(),
    values: new Map(),
  };
}

/** Enters a section: its place is that of its heading, or of the section around it, or of the whole document. */
export function inSection(where: Where, own: NamedPlace | undefined, around: NamedPlace | undefined): Where {
  const sectionPlace = own ?? around ?? where.documentPlace;
  return {...withPlace(where, sectionPlace), sectionPlace};
}

/** Sets the place of everything in the section or, with `isWhole`, in the document. */
export function withPlaceOfAll(where: Where, place: NamedPlace, isWhole: boolean): Where {
  return {...withPlace(where, place), ...(isWhole ? {documentPlace: place} : {sectionPlace: place})};
}

/** The context of a command that names no place itself. `host`: from a directive. Titles come innermost first. */
export function contextAt(where: Where, titles: readonly string[], host: string | undefined): Context {
  if (host !== undefined) return host === 'local' ? LOCAL : boundContext(where, host);
  if (where.login !== undefined) return where.login;
  const bound = contextFor(titles, where.bindings, isSaidInside(where));
  if (bound === undefined) return where.namedPlace ?? where.loginBefore ?? LOCAL;
  return bound === 'local' ? LOCAL : boundContext(where, bound);
}

/** Within the section, and not in its heading. */
function isSaidInside(where: Where): boolean {
  const host = hostNamed(where);
  return host !== undefined && host !== hostNamed(withPlace(where, where.sectionPlace));
}

function hostNamed({namedPlace, bindings}: Where): string | undefined {
  const place = namedPlace?.place;
  return place?.kind === 'host' && bindings.hosts[place.host] !== undefined ? place.host : undefined;
}

/** The pod or container for commands that name no place themselves. */
export function containerAt(where: Where, titles: readonly string[], host: string | undefined): string | undefined {
  if (host !== undefined || where.login !== undefined) return undefined;
  return contextFor(titles, where.bindings) === undefined ? where.inside : undefined;
}

/**
 * Takes over a place from prose. A host that is only described becomes a placeholder, so that nothing that was meant
 * for it runs here. On the operator's own machine, no login holds any more.
 */
export function withPlace(where: Where, place: NamedPlace | undefined): Where {
  const unplaced: Where = {...where, namedPlace: undefined, hold: undefined, inside: undefined};
  if (place === undefined) return unplaced;
  if (place.here) return {...unplaced, login: undefined, loginBefore: undefined, unleft: undefined};
  const destination = ADDRESS.test(place.phrase)
    ? place.phrase
    : (loginNamed(where, place.phrase) ?? `<${spelled(place.phrase, where)}>`);
  const host = matchHost(place.phrase, where.bindings) ?? matchHost(destination, where.bindings);
  // A host with a known name is not the host of the current login.
  const login = where.login?.id.toLowerCase() ?? '';
  const isElsewhere = hostsMentioned(place.phrase, where.names).some(name => !isNameIn(name, login));
  const there = isElsewhere ? {...unplaced, login: undefined, unleft: undefined} : unplaced;
  if (host === undefined && place.inside === true) return {...there, inside: place.phrase};
  return {...there, namedPlace: hostContext(where, host, destination)};
}

/** Takes over the place that a sentence names for the commands below it. */
export function behindSentence(where: Where, place: NamedPlace | undefined): Where {
  if (place !== undefined) return {...withPlace(where, place), hold: 'said'};
  return where.hold === 'used' ? {...where, hold: 'carried'} : where;
}

/** A sentence may begin with it: "Worker: …" is the host `worker`. */
function spelled(phrase: string, {names}: Where): string {
  const lower = phrase.toLowerCase();
  return /^\p{Lu}\p{Ll}+$/u.test(phrase) && names.has(lower) ? lower : phrase;
}

/** "ops@bastion" is a destination and no description. */
const ADDRESS = /^[\w.-]+@[\w.-]+$/;

/** Takes over a place for one command, whatever login holds. */
export function atPlace(where: Where, place: NamedPlace): Where {
  return withPlace({...where, login: undefined}, place);
}

/** Returns from that command; its changes there remain. */
export function backFromPlace(gone: Where, {login, namedPlace, hold, inside, unleft}: Where): Where {
  return {...gone, login, namedPlace, hold, inside, unleft};
}

export function loggedIn(where: Where, destination: string, line: number): Where {
  const login = hostContext(where, matchHost(destination, where.bindings), destination);
  const {destinations, section} = where;
  const isKnown = destinations.includes(destination) || destinations.length >= LOGINS_MAX;
  return {
    ...where,
    login,
    entered: {section, line},
    unleft: undefined,
    destinations: isKnown ? destinations : [...destinations, destination],
  };
}

/** A separate session for one line: its changes do not hold for the next line. */
export function inSeparateSession(where: Where, destination: string, line: number): Where {
  const there = loggedIn(where, destination, line);
  const {login} = there;
  return login === undefined ? there : {...there, login: {...login, id: `${login.id}#L${line}`}};
}

export function afterSeparateSession(there: Where, before: Where): Where {
  const {login, entered, unleft, directories, values} = before;
  return {...there, login, entered, unleft, directories, values};
}

export function loggedOut(where: Where): Where {
  return {...where, login: undefined, lastLogin: undefined, loginBefore: undefined, unleft: undefined};
}

/**
 * Follows a `cd` that the document itself explains (`cd /srv/app`, `cd apps`). `isKnown` is false when only the shell
 * can follow it (`cd "$DIR"`, `cd -`): then the `cd` is run as a command, and the directory is unknown until the next
 * absolute path.
 */
export function withDirectory(where: Where, {id}: Context, target = '~'): {where: Where; isKnown: boolean} {
  const isRelative = !isRooted(target);
  const from = where.directories.get(id);
  const isAdrift = where.directories.has(id) && from === undefined;
  if (/[$`*?]/.test(target) || target.startsWith('-') || (isRelative && isAdrift) || !isFollowed(where, id)) {
    return {where: withUnknownDirectory(where, id), isKnown: false};
  }
  return {where: {...where, directories: new Map(where.directories).set(id, joined(from, target))}, isKnown: true};
}

/** Takes over the directory that a prompt shows. */
export function inDirectoryShown(where: Where, context: Context, shown: string | undefined): Where {
  return shown === undefined ? where : withDirectory(where, context, shown).where;
}

/** From here on only the shell knows the directory: `test -d app || cd app`. */
export function withUnknownDirectory(where: Where, id: string): Where {
  return isFollowed(where, id) ? {...where, directories: new Map(where.directories).set(id, undefined)} : where;
}

function isFollowed({directories}: Where, id: string): boolean {
  return directories.has(id) || directories.size < CONTEXTS_MAX;
}

/** No document uses more shells. */
const CONTEXTS_MAX = 200;

export const LOCAL: Context = {id: 'local', place: {kind: 'local'}};

/** A host of the bindings, as if the document had written its destination. */
function boundContext(where: Where, host: string): Context {
  const binding = where.bindings.hosts[host];
  return hostContext(where, host, binding?.matches[0] ?? binding?.destination ?? host);
}

/** `host`: the name in the bindings; undefined when none matches. */
function hostContext({bindings, top}: Where, host: string | undefined, written: string): Context {
  return compact({id: `${top}:${written}`, ...placeFilled(host, written, bindings)});
}

/** The login that the phrase refers to: "the worker box" means `deploy@<worker-host>`. */
function loginNamed({destinations, names}: Where, phrase: string): string | undefined {
  const said = phrase.toLowerCase();
  if (names.has(said)) return destinations.find(one => isNameIn(said, one.toLowerCase()));
  const words = said.split(/[^\p{L}\p{N}]+/u).filter(word => word.length > 2 && !COMMON.has(word));
  return destinations.find(one => words.some(word => one.toLowerCase().includes(word)));
}

const LOGINS_MAX = 50;
const COMMON = new Set('server servers host hosts node nodes machine box production remote new old'.split(' '));
