/** Plans as they were read before, kept in the user's cache: a document that was seen already is not read again. */

import {createHash, randomBytes, scryptSync} from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import {isRecord} from '../../text/compact.ts';
import type {Loaded, Sources} from './load-plan.ts';

/** `program`: changes with everything that could read a document in another way. */
export type PlanCache = {directory: string; program: string};

type Environment = Sources['env'];

/** What was read before. Bindings with a secret of the environment are not kept: they are read anew, which is quick. */
export type Recalled = Omit<Loaded, 'bindings'> & Partial<Pick<Loaded, 'bindings'>>;

/** `used`: variables that the bindings name, each with a digest of the value they had, or null without one. */
type Kept = {used: Readonly<Record<string, string | null>>; loaded: Recalled};

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;
const OTHERS = 0o077;
/** A plan takes some hundred kilobytes. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const FILES_MAX = 40;
const SUM_LENGTH = 64;
const EXTENSION = '.plan';

/** Sources that are run as they are change without a word: what they read is kept nowhere. */
export function planCache(env: Environment): PlanCache | undefined {
  const build = process.env['TMINUS_BUILD'];
  if (build === undefined) return undefined;
  return {directory: planCacheDirectory(env), program: `${build} ${process.version}`};
}

/** In `$TMINUS_HOME/cache`, `$XDG_CACHE_HOME/tminus` or `~/.cache/tminus`. */
function planCacheDirectory(env: Environment): string {
  if (env['TMINUS_HOME']) return join(env['TMINUS_HOME'], 'cache', 'plans');
  const caches = env['XDG_CACHE_HOME']?.startsWith('/')
    ? env['XDG_CACHE_HOME']
    : join(env['HOME'] || homedir(), '.cache');
  return join(caches, 'tminus', 'plans');
}

/** Whether there is a file for just these texts; what it is worth only `recallPlan` tells. */
export function mayRecall({directory, program}: PlanCache, sources: Sources): boolean {
  return existsSync(join(directory, keyOf(program, sources) + EXTENSION));
}

/** Undefined when nothing is kept for just these texts, or when anything about the file is odd: then they are read anew. */
export function recallPlan({directory, program}: PlanCache, sources: Sources): Recalled | undefined {
  try {
    const key = keyOf(program, sources);
    const text = readOwn(directory, join(directory, key + EXTENSION));
    const body = text?.slice(SUM_LENGTH) ?? '';
    if (text === undefined || text.slice(0, SUM_LENGTH) !== sumOf(key, body)) return undefined;
    const kept: unknown = JSON.parse(body);
    if (!isKept(kept)) return undefined;
    const isSame = Object.entries(kept.used).every(
      ([name, digest]) => digest === digestOf(key, sources.env[name], () => digest?.startsWith(SLOW) === true),
    );
    return isSame ? kept.loaded : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was read. `used`: names of the variables that were looked up meanwhile. A plan that holds a secret is not
 * kept. Where the cache cannot be written, the document is read again next time.
 */
function keepPlan({directory, program}: PlanCache, sources: Sources, loaded: Loaded, used: readonly string[]): void {
  try {
    const key = keyOf(program, sources);
    const redactor = createRedactor(secretsIn(loaded.bindings, sources.env));
    const holdsSecret = (value: unknown) => JSON.stringify(redactor.plain(value)) !== JSON.stringify(value);
    // The name of the file would be a digest of it.
    if (holdsSecret([sources.bindings?.text, sources.values])) return;
    const {bindings, ...unbound} = loaded;
    const kept: Kept = {
      used: Object.fromEntries(used.map(name => [name, digestOf(key, sources.env[name], holdsSecret)])),
      loaded: holdsSecret(bindings) ? unbound : loaded,
    };
    if (holdsSecret(kept.loaded)) return;
    const body = JSON.stringify(kept);
    if (!isDeepStrictEqual(JSON.parse(body), kept)) return;
    makeOwn(directory);
    replace(join(directory, key + EXTENSION), sumOf(key, body) + body);
    removeOldest(directory);
  } catch {
    // As without a cache.
  }
}

/** Reads the texts with `load`. `keep` keeps what was read, with the variables that were looked up meanwhile. */
export function readToKeep(
  cache: PlanCache | undefined,
  sources: Sources,
  load: (sources: Sources) => Loaded,
): {loaded: Loaded; keep(): void} {
  const used = new Set<string>();
  const get = (env: Environment, name: string | symbol) => {
    used.add(String(name));
    return env[String(name)];
  };
  const loaded = load({...sources, env: new Proxy(sources.env, {get})});
  const keep = () => {
    if (cache !== undefined) keepPlan(cache, sources, loaded, [...used]);
  };
  return {loaded, keep};
}

/** Names exactly the texts that were read, and what reads them. */
function keyOf(program: string, {checklist, bindings, review, procedure, values}: Sources): string {
  const rest = JSON.stringify([program, bindings ?? null, review ?? null, procedure ?? null, Object.entries(values)]);
  return createHash('sha256').update(rest).update('\n').update(checklist).digest('hex');
}

function sumOf(key: string, body: string): string {
  return createHash('sha256').update(key).update(body).digest('hex');
}

/** The digest of a secret takes long to make, so that nobody finds the secret by trying. */
function digestOf(key: string, value: string | undefined, isSecret: (value: string) => boolean): string | null {
  if (value === undefined) return null;
  if (isSecret(value)) return SLOW + scryptSync(value, key, SLOW_BYTES).toString('hex');
  return createHash('sha256').update(key).update(value).digest('hex');
}

const SLOW = 'scrypt:';
const SLOW_BYTES = 32;

/** The text of a file that nobody else can have written: neither the directory nor the file is open to others. */
function readOwn(directory: string, path: string): string | undefined {
  refuseForeign(directory);
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    const isOwn =
      found.isFile() && found.nlink === 1 && found.uid === process.getuid?.() && (found.mode & OTHERS) === 0;
    if (!isOwn || found.size > FILE_BYTES_MAX) return undefined;
    const text = readFileSync(file, 'utf8');
    // The plans that were used last stay longest.
    futimesSync(file, new Date(), new Date());
    return text;
  } finally {
    closeSync(file);
  }
}

function refuseForeign(directory: string): void {
  const {uid, mode} = lstatSync(directory);
  const isOwn = (mode & constants.S_IFMT) === constants.S_IFDIR && uid === process.getuid?.() && (mode & OTHERS) === 0;
  if (!isOwn) throw new Error(`${directory} is not this user's own`);
}

/** Level by level, because Node's own `recursive` tries for ever below /proc. */
function makeOwn(directory: string): void {
  for (const path of [dirname(dirname(directory)), dirname(directory), directory]) {
    try {
      mkdirSync(path, {mode: PRIVATE_DIRECTORY});
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  refuseForeign(directory);
}

/** Replaces anything that stood there, a link too. */
function replace(path: string, text: string): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, text, {mode: PRIVATE_FILE, flag: 'wx'});
    renameSync(draft, path);
  } finally {
    rmSync(draft, {force: true});
  }
}

function removeOldest(directory: string): void {
  const files = readdirSync(directory).map(name => join(directory, name));
  const byAge = files.map(path => ({path, at: statSync(path).mtimeMs})).sort((a, b) => b.at - a.at);
  for (const {path} of byAge.slice(FILES_MAX)) rmSync(path, {force: true});
}

const PLAN_LISTS = [
  'source',
  'meta',
  'sections',
  'steps',
  'rules',
  'placeholders',
  'contacts',
  'references',
  'problems',
] as const;
const BINDINGS_TABLES = ['values', 'hosts', 'databases', 'choices', 'contexts', 'probes', 'logs', 'contacts'] as const;
const STANDING_TABLES = ['confirmed', 'uses', 'settled', 'reopened'] as const;

function isKept(value: unknown): value is Kept {
  if (!isRecord(value) || !isRecord(value['used']) || !isRecord(value['loaded'])) return false;
  const {plan, bindings, reviews, standing} = value['loaded'];
  if (!isRecord(plan) || !isRecord(standing) || !Array.isArray(reviews)) return false;
  return (
    typeof plan['title'] === 'string' &&
    PLAN_LISTS.every(name => Array.isArray(plan[name])) &&
    (bindings === undefined || isBindings(bindings)) &&
    STANDING_TABLES.every(name => isRecord(standing[name]))
  );
}

function isBindings(value: unknown): boolean {
  return isRecord(value) && BINDINGS_TABLES.every(name => isRecord(value[name])) && Array.isArray(value['steps']);
}
