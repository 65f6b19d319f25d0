/** Which shell the document is talking to, from fence to fence. */
import {compact} from '../../../text/compact.ts';
import {contextFor, matchHost} from '../../bindings/named-places.ts';
import type {Bindings} from '../../bindings/types.ts';
import type {NamedPlace} from '../../phrases/host-mentions.ts';
import type {Context, Text} from '../../script.ts';

/** Which shell the document is talking to, from fence to fence. A new top-level section starts at home again. */
export type Shells = {
  readonly bindings: Bindings;
  top: string;
  /** Set by `ssh user@host`, until the section ends or somebody exits. */
  login: Context | undefined;
  /** The last login that nobody came back from, and the same where a later section goes on there. */
  left: Context | undefined;
  loginBefore: Context | undefined;
  /** Named by the prose around, "on each web server", where no login says more. */
  said: Context | undefined;
  /** By section id, where all that stands in it runs. */
  standing: Map<string, NamedPlace>;
  /** A pod or container that the prose around is about. */
  inside: string | undefined;
  /** Destinations that a login named, for prose that comes back to them: "the worker box". */
  destinations: Set<string>;
  /** By context id, as far as `cd` has said. */
  directories: Map<string, Text>;
  /** Ids of contexts that went where only the shell knows. */
  adrift: Set<string>;
};

export function newContexts(bindings: Bindings): Shells {
  return {
    bindings,
    top: '',
    login: undefined,
    left: undefined,
    loginBefore: undefined,
    said: undefined,
    standing: new Map(),
    inside: undefined,
    destinations: new Set(),
    directories: new Map(),
    adrift: new Set(),
  };
}

/** `isOnHost`: what stands in it is for the one host that the document logged in to. */
export function enterTopSection(shells: Shells, top: string, isOnHost = false): void {
  if (shells.top === top) return;
  shells.top = top;
  shells.left = shells.login ?? shells.left;
  shells.login = undefined;
  shells.loginBefore = isOnHost && shells.destinations.size === 1 ? shells.left : undefined;
}

/** Where a command stands that says nothing itself. `host` is a directive; section titles innermost first. */
export function currentContext(shells: Shells, titles: readonly string[], host: string | undefined): Context {
  if (host !== undefined) return host === 'local' ? LOCAL : boundContext(shells, host);
  if (shells.login !== undefined) return shells.login;
  const bound = contextFor(titles, shells.bindings);
  if (bound === undefined) return shells.said ?? shells.loginBefore ?? LOCAL;
  return bound === 'local' ? LOCAL : boundContext(shells, bound);
}

/** The pod or container that commands are for which do not say themselves where they run. */
export function containerNow(shells: Shells, titles: readonly string[], host: string | undefined): string | undefined {
  if (host !== undefined || shells.login !== undefined) return undefined;
  return contextFor(titles, shells.bindings) === undefined ? shells.inside : undefined;
}

/**
 * Prose says where the commands that follow are for. A host that it only describes is a blank to fill: nothing may run
 * here that was meant for there. On the machine of whoever runs the deployment, logins are over.
 */
export function setPlace(shells: Shells, place: NamedPlace | undefined): void {
  shells.said = undefined;
  shells.inside = undefined;
  if (place === undefined) return;
  if (place.here) {
    shells.login = undefined;
    shells.loginBefore = undefined;
    return;
  }
  const destination = ADDRESS.test(place.phrase)
    ? place.phrase
    : (loginNamed(shells, place.phrase) ?? `<${place.phrase}>`);
  const host = matchHost(place.phrase, shells.bindings) ?? matchHost(destination, shells.bindings);
  if (host === undefined && place.inside === true) {
    shells.inside = place.phrase;
    return;
  }
  const directory = host === undefined ? undefined : shells.bindings.hosts[host]?.directory;
  shells.said = compact({
    id: `${shells.top}:${destination}`,
    place: {kind: 'host', host: host ?? destination, destination},
    directory,
  });
}

/** With a login in it, "ops@bastion", it is no description. */
const ADDRESS = /^[\w.-]+@[\w.-]+$/;

/** Says it of all that stands in a section, '' for the document: its parts begin there. */
export function setPlaceOfSection(shells: Shells, section: string, place: NamedPlace): void {
  shells.standing.set(section, place);
  setPlace(shells, place);
}

/** A section begins where its heading says, or the sentence that spoke for all around it. */
export function enterSection(
  shells: Shells,
  id: string,
  parent: string | undefined,
  own: NamedPlace | undefined,
): void {
  const place = own ?? shells.standing.get(parent ?? '') ?? shells.standing.get('');
  if (place !== undefined) shells.standing.set(id, place);
  setPlace(shells, place);
}

export function logIn(shells: Shells, destination: string): Context {
  shells.destinations.add(destination);
  const host = matchHost(destination, shells.bindings);
  const directory = host === undefined ? undefined : shells.bindings.hosts[host]?.directory;
  shells.login = compact({
    id: `${shells.top}:${destination}`,
    place: {kind: 'host', host: host ?? destination, destination},
    directory,
  });
  return shells.login;
}

/** A session of its own on a host, for one line: nothing it does is there for the next. */
export function visit(shells: Shells, destination: string, line: number): Context {
  const context = logIn(shells, destination);
  shells.login = {...context, id: `${context.id}#L${line}`};
  return shells.login;
}

export function logOut(shells: Shells): void {
  shells.login = undefined;
  shells.left = undefined;
  shells.loginBefore = undefined;
}

export function directoryOf(shells: Shells, context: Context): Text | undefined {
  return shells.directories.get(context.id);
}

/**
 * Moves the context on when the document itself says where to (`cd /srv/app`, `cd apps`). False when only the shell
 * knows (`cd "$DIR"`, `cd -`): then the `cd` is a command like any other, and until the next absolute path we do not
 * know where we are.
 */
export function changeDirectory(shells: Shells, context: Context, target = '~'): boolean {
  const isRelative = !/^(?:[/~<{[]|[A-Za-z]:[\\/])/.test(target);
  if (/[$`*?]/.test(target) || target.startsWith('-') || (isRelative && shells.adrift.has(context.id))) {
    loseDirectory(shells, context);
    return false;
  }
  shells.adrift.delete(context.id);
  shells.directories.set(context.id, joined(shells.directories.get(context.id), target));
  return true;
}

/** From here on only the shell knows where it is: `test -d app || cd app`. */
export function loseDirectory(shells: Shells, context: Context): void {
  shells.directories.delete(context.id);
  shells.adrift.add(context.id);
}

const LOCAL: Context = {id: 'local', place: {kind: 'local'}};

/** A host the bindings name: known by the destination the document would write for it. */
function boundContext(shells: Shells, host: string): Context {
  const binding = shells.bindings.hosts[host];
  const destination = binding?.matches[0] ?? binding?.destination ?? host;
  return compact({
    id: `${shells.top}:${destination}`,
    place: {kind: 'host', host, destination},
    directory: binding?.directory === undefined ? undefined : binding.directory,
  });
}

const PATH_CHARACTERS_MAX = 1000;

function joined(from: Text | undefined, target: Text): Text {
  if (from === undefined || /^(?:[/~<{[]|[A-Za-z]:[\\/])/.test(target)) return target;
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

/** The same for one command: a login elsewhere does not hold for it. */
export function goTo(shells: Shells, place: NamedPlace): void {
  shells.login = undefined;
  setPlace(shells, place);
}

/** The login whose destination has a telling word of the phrase: "the worker box" and `deploy@<worker-host>`. */
function loginNamed({destinations}: Shells, phrase: string): string | undefined {
  const words = phrase
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2 && !COMMON.has(word));
  return [...destinations].slice(0, LOGINS_MAX).find(one => words.some(word => one.toLowerCase().includes(word)));
}

const LOGINS_MAX = 50;
const COMMON = new Set([
  'server',
  'servers',
  'host',
  'hosts',
  'node',
  'nodes',
  'machine',
  'box',
  'production',
  'remote',
  'new',
  'old',
]);
