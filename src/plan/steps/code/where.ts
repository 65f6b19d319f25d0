/** Where the next command runs: which shell the document is talking to, from fence to fence. Values; nothing is changed. */
import {compact} from '../../../text/compact.ts';
import {once} from '../../../text/memoize.ts';
import {contextFor, matchHost} from '../../bindings/named-places.ts';
import type {Bindings} from '../../bindings/types.ts';
import {
  type HostNames,
  hostNamesIn,
  hostsMentioned,
  type NamedPlace,
  type Spoken,
  spokenIn,
} from '../../phrases/host-mentions.ts';
import type {Context, Text} from '../../script.ts';
import type {Values} from '../../shell/known-values.ts';

export type Where = {
  readonly bindings: Bindings;
  /** What the document calls its hosts. */
  readonly names: HostNames;
  /** What it speaks of, other than in logins. */
  readonly spoken: () => Spoken;
  /** Id of the outermost section; a new one starts at home again. */
  readonly top: string;
  /** Set by `ssh user@host`, until the section ends or somebody exits. */
  readonly login: Context | undefined;
  /** The last login that nobody came back from, and the same where a later section goes on there. */
  readonly left: Context | undefined;
  readonly loginBefore: Context | undefined;
  /** Named by the prose around, "on each web server", where no login says more. */
  readonly said: Context | undefined;
  /** A pod or container that the prose around is about. */
  readonly inside: string | undefined;
  /** Where all that stands in this section runs, its parts included; and all of the document. */
  readonly standing: NamedPlace | undefined;
  readonly everywhere: NamedPlace | undefined;
  /** Destinations that a login named, for prose that comes back to them: "the worker box". */
  readonly destinations: readonly string[];
  /** By context id, as far as `cd` has said; undefined for one that went where only the shell knows. */
  readonly directories: ReadonlyMap<string, Text | undefined>;
  /** By context id, what its variables hold as far as the document sets them. */
  readonly values: ReadonlyMap<string, Values>;
};

export function atHome(bindings: Bindings, lines: readonly string[]): Where {
  return {
    bindings,
    names: hostNamesIn(lines),
    spoken: once(() => spokenIn(lines)),
    top: '',
    login: undefined,
    left: undefined,
    loginBefore: undefined,
    said: undefined,
    inside: undefined,
    standing: undefined,
    everywhere: undefined,
    destinations: [],
    directories: new Map(),
    values: new Map(),
  };
}

/** `isOnHost`: what stands in it is for the one host that the document logged in to. */
export function inTopSection(where: Where, top: string, isOnHost: boolean): Where {
  if (where.top === top) return where;
  const left = where.login ?? where.left;
  const loginBefore = isOnHost && where.destinations.length === 1 ? left : undefined;
  // Contexts of other sections are not come back to, but for this machine and the last login.
  const isLeft = ([id]: readonly [string, unknown]) => id === LOCAL.id || id === left?.id;
  const directories = new Map([...where.directories].filter(isLeft));
  const values = new Map([...where.values].filter(isLeft));
  return {...where, top, left, login: undefined, loginBefore, directories, values};
}

/** A section begins where its heading says, or the sentence that spoke for all around it. */
export function inSection(where: Where, own: NamedPlace | undefined, around: NamedPlace | undefined): Where {
  const standing = own ?? around ?? where.everywhere;
  return {...placedAt(where, standing), standing};
}

/** Says it of all that stands in the section, or in the document: its parts begin there. */
export function standingAt(where: Where, place: NamedPlace, isWhole: boolean): Where {
  return {...placedAt(where, place), ...(isWhole ? {everywhere: place} : {standing: place})};
}

/** Where a command stands that says nothing itself. `host` is a directive; section titles innermost first. */
export function contextAt(where: Where, titles: readonly string[], host: string | undefined): Context {
  if (host !== undefined) return host === 'local' ? LOCAL : boundContext(where, host);
  if (where.login !== undefined) return where.login;
  const bound = contextFor(titles, where.bindings);
  if (bound === undefined) return where.said ?? where.loginBefore ?? LOCAL;
  return bound === 'local' ? LOCAL : boundContext(where, bound);
}

/** The pod or container that commands are for which do not say themselves where they run. */
export function containerAt(where: Where, titles: readonly string[], host: string | undefined): string | undefined {
  if (host !== undefined || where.login !== undefined) return undefined;
  return contextFor(titles, where.bindings) === undefined ? where.inside : undefined;
}

/**
 * Prose says where the commands that follow are for. A host that it only describes is a blank to fill: nothing may run
 * here that was meant for there. On the machine of whoever runs the deployment, logins are over.
 */
export function placedAt(where: Where, place: NamedPlace | undefined): Where {
  const unplaced: {-readonly [Key in keyof Where]: Where[Key]} = {...where, said: undefined, inside: undefined};
  if (place === undefined) return unplaced;
  if (place.here) return {...unplaced, login: undefined, loginBefore: undefined};
  const destination = ADDRESS.test(place.phrase)
    ? place.phrase
    : (loginNamed(where, place.phrase) ?? `<${place.phrase}>`);
  const host = matchHost(place.phrase, where.bindings) ?? matchHost(destination, where.bindings);
  // A host that the document knows by name is another than the one it is logged in to.
  const named = hostsMentioned(place.phrase, where.names);
  const isElsewhere = named.length > 0 && !named.every(name => where.login?.id.toLowerCase().includes(name));
  if (isElsewhere) unplaced.login = undefined;
  if (host === undefined && place.inside === true) return {...unplaced, inside: place.phrase};
  return {...unplaced, said: hostContext(where, host, destination)};
}

/** With a login in it, "ops@bastion", it is no description. */
const ADDRESS = /^[\w.-]+@[\w.-]+$/;

/** The same for one command: a login elsewhere does not hold for it. */
export function goneTo(where: Where, place: NamedPlace): Where {
  return placedAt({...where, login: undefined}, place);
}

/** Back from where one command went; what it did there is done. */
export function backFrom(gone: Where, {login, said, inside}: Where): Where {
  return {...gone, login, said, inside};
}

export function loggedIn(where: Where, destination: string): Where {
  const host = matchHost(destination, where.bindings);
  const {destinations} = where;
  const isKnown = destinations.includes(destination) || destinations.length >= LOGINS_MAX;
  return {
    ...where,
    login: hostContext(where, host, destination),
    destinations: isKnown ? destinations : [...destinations, destination],
  };
}

/** A session of its own on a host, for one line: nothing it does is there for the next. */
export function visiting(where: Where, destination: string, line: number): Where {
  const there = loggedIn(where, destination);
  const {login} = there;
  return login === undefined ? there : {...there, login: {...login, id: `${login.id}#L${line}`}};
}

export function afterVisit(there: Where, before: Where): Where {
  return {...there, login: before.login, directories: before.directories, values: before.values};
}

export function loggedOut(where: Where): Where {
  return {...where, login: undefined, left: undefined, loginBefore: undefined};
}

/**
 * Moved on when the document itself says where to (`cd /srv/app`, `cd apps`). `isKnown` false when only the shell knows
 * (`cd "$DIR"`, `cd -`): then the `cd` is a command like any other, and until the next absolute path we do not know
 * where we are.
 */
export function movedTo(where: Where, {id}: Context, target = '~'): {where: Where; isKnown: boolean} {
  const isRelative = !ROOTED.test(target);
  const from = where.directories.get(id);
  const isAdrift = where.directories.has(id) && from === undefined;
  if (/[$`*?]/.test(target) || target.startsWith('-') || (isRelative && isAdrift) || !isFollowed(where, id)) {
    return {where: lostIn(where, id), isKnown: false};
  }
  return {where: {...where, directories: new Map(where.directories).set(id, joined(from, target))}, isKnown: true};
}

/** From here on only the shell knows where it is: `test -d app || cd app`. */
export function lostIn(where: Where, id: string): Where {
  return isFollowed(where, id) ? {...where, directories: new Map(where.directories).set(id, undefined)} : where;
}

function isFollowed({directories}: Where, id: string): boolean {
  return directories.has(id) || directories.size < CONTEXTS_MAX;
}

/** More shells than anybody keeps apart. */
const CONTEXTS_MAX = 200;

const LOCAL: Context = {id: 'local', place: {kind: 'local'}};
const ROOTED = /^(?:[/~<{[]|[A-Za-z]:[\\/])/;

/** A host the bindings name: known by the destination the document would write for it. */
function boundContext(where: Where, host: string): Context {
  const binding = where.bindings.hosts[host];
  return hostContext(where, host, binding?.matches[0] ?? binding?.destination ?? host);
}

/** `host`: its name in the bindings, where one matches. */
function hostContext({bindings, top}: Where, host: string | undefined, destination: string): Context {
  const directory = host === undefined ? undefined : bindings.hosts[host]?.directory;
  return compact({
    id: `${top}:${destination}`,
    place: {kind: 'host', host: host ?? destination, destination},
    directory,
  });
}

const PATH_CHARACTERS_MAX = 1000;

function joined(from: Text | undefined, target: Text): Text {
  if (from === undefined || ROOTED.test(target)) return target;
  // Who says `cd infra/prod` once more means the same directory, and none inside it.
  if (/\w/.test(target) && `/${from}`.endsWith(`/${target}`)) return from;
  const parts = from.split('/');
  for (const part of target.split('/')) {
    if (part === '..' && /[^.]/.test(parts.at(-1) ?? '')) parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/') || (from.startsWith('/') ? '/' : '.');
  return path.length > PATH_CHARACTERS_MAX ? target : path;
}

/** The login whose destination has a telling word of the phrase: "the worker box" and `deploy@<worker-host>`. */
function loginNamed({destinations, names}: Where, phrase: string): string | undefined {
  if (names.has(phrase.toLowerCase()))
    return destinations.find(one => one.toLowerCase().includes(phrase.toLowerCase()));
  const words = phrase
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2 && !COMMON.has(word));
  return destinations.find(one => words.some(word => one.toLowerCase().includes(word)));
}

const LOGINS_MAX = 50;
const COMMON = new Set('server servers host hosts node nodes machine box production remote new old'.split(' '));

/** Whoever types a block with a login in it is elsewhere behind it, and nobody knows where. */
export function leftBy(where: Where, lines: readonly {text: string}[]): Where {
  return lines.some(({text}) => LOGS_IN.test(text)) ? loggedOut(where) : where;
}

const LOGS_IN = /^\s*(?:\S*[$#%>]\s+)?ssh\s+(?:-\S+\s+)*\S+\s*$/;
