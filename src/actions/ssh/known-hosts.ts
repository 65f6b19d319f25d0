/** Host keys as OpenSSH keeps them: `known_hosts` files with plain, hashed, wildcard and revoked entries. */
import {createHash, createHmac, randomBytes} from 'node:crypto';
import {appendFileSync, mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {LinkError, messageOf} from '../link-error.ts';
import {isNamedBy} from './name-patterns.ts';

export type HostKeyVerdict =
  | {kind: 'known'}
  | {kind: 'unknown'}
  /** `where`: file:line of the entry that speaks against the key. */
  | {kind: 'changed' | 'revoked'; where: string};

type Entry = {where: string; marker?: string; patterns: string; type: string; key: string};

const SSH_PORT = 22;

export function checkHostKey(files: readonly string[], host: string, port: number, key: Buffer): HostKeyVerdict {
  const encoded = key.toString('base64');
  const entries = files.flatMap(readEntries);
  const named = entries.filter(entry => matches(entry.patterns, hostName(host, port)));
  const revoked = named.find(entry => entry.marker === '@revoked' && entry.key === encoded);
  if (revoked !== undefined) return {kind: 'revoked', where: revoked.where};
  const plain = named.filter(entry => entry.marker === undefined);
  if (plain.some(entry => entry.key === encoded)) return {kind: 'known'};
  // Another type of key than the one on file counts as changed: asking would let an impostor choose a type nobody has seen.
  const [other] = [...plain.filter(entry => entry.type === keyType(key)), ...plain];
  if (other !== undefined) return {kind: 'changed', where: other.where};
  // As OpenSSH does: an entry without a port vouches for the same host on another port, but never against it.
  const portless = entries.filter(entry => entry.marker === undefined && matches(entry.patterns, host));
  return portless.some(entry => entry.key === encoded) ? {kind: 'known'} : {kind: 'unknown'};
}

/** Key types on file for this host, so that the server is asked for one that can be checked. */
export function knownKeyTypes(files: readonly string[], host: string, port: number): readonly string[] {
  const entries = files.flatMap(readEntries).filter(entry => entry.marker === undefined);
  const named = entries.filter(entry => matches(entry.patterns, hostName(host, port)));
  const usable = named.length > 0 ? named : entries.filter(entry => matches(entry.patterns, host));
  return [...new Set(usable.map(entry => entry.type))];
}

/** Appends the key unless it is there already; with its name hashed when `hashed` says so, or when the file's names are. */
export function rememberHostKey(file: string, host: string, port: number, key: Buffer, hashed: boolean): void {
  if (checkHostKey([file], host, port, key).kind === 'known') return;
  mkdirSync(dirname(file), {recursive: true, mode: 0o700});
  const before = readText(file);
  const name = hashed || isHashed(file) ? hashName(hostName(host, port)) : hostName(host, port);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${gap}${name} ${keyType(key)} ${key.toString('base64')}\n`, {mode: 0o600});
}

/** Every name in it: whoever hashed them does not want this one to be readable. */
function isHashed(file: string): boolean {
  const entries = readEntries(file).filter(({marker}) => marker === undefined);
  return entries.length > 0 && entries.every(({patterns}) => patterns.startsWith('|1|'));
}

/** As `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The algorithm name that a public key blob starts with. */
export function keyType(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

function hostName(host: string, port: number): string {
  return port === SSH_PORT ? host : `[${host}]:${port}`;
}

function readEntries(file: string): readonly Entry[] {
  return readText(file)
    .split('\n')
    .flatMap((text, index) => {
      const words = text.trim().split(/\s+/);
      if (words[0] === undefined || words[0] === '' || words[0].startsWith('#')) return [];
      const marker = words[0].startsWith('@') ? words.shift() : undefined;
      const [patterns, type, key] = words;
      if (patterns === undefined || type === undefined || key === undefined) return [];
      const entry = {where: `${file}:${index + 1}`, patterns, type, key};
      return [marker === undefined ? entry : {...entry, marker}];
    });
}

/** A file that does not exist holds no keys. */
/** Files that this account never reads, which is as if they were not there; OpenSSH passes over them, too. */
const NEVER_READ: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'ELOOP'];

/** Throws `LinkError` where a file cannot be read just now: a key that is in it must not pass for an unknown one. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (NEVER_READ.includes((error as {code?: unknown}).code)) return '';
    throw new LinkError('unreachable', `host keys cannot be checked: ${messageOf(error)}`, error);
  }
}

function matches(patterns: string, name: string): boolean {
  if (patterns.startsWith('|1|')) return matchesHash(patterns, name);
  return isNamedBy(patterns.toLowerCase().split(','), name.toLowerCase());
}

function matchesHash(hashed: string, name: string): boolean {
  const [, , salt, digest] = hashed.split('|');
  if (salt === undefined || digest === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === digest;
}

function hashName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}
