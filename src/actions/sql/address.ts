/** Where a database is and how its connection is to be protected, as its URL says: what libpq reads from it. */
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {type ConnectionOptions, checkServerIdentity, getCACertificates} from 'node:tls';
import pg from 'pg';
import {compact} from '../../text/compact.ts';

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type SslMode = (typeof SSL_MODES)[number];
export type Way = 'plain' | 'tls';

export type Address = {
  host: string;
  port: number;
  password: string | undefined;
  /** The URL without its TLS settings, because the driver understands them differently from libpq. */
  url: string;
  /** In the order in which they are tried. */
  ways: readonly Way[];
  /** TLS begins without asking the server for it first. */
  direct: boolean;
  tls(): ConnectionOptions;
};

const WAYS: Readonly<Record<SslMode, readonly Way[]>> = {
  disable: ['plain'],
  allow: ['plain', 'tls'],
  prefer: ['tls', 'plain'],
  require: ['tls'],
  'verify-ca': ['tls'],
  'verify-full': ['tls'],
};

const TLS_SETTINGS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation', 'ssl', 'uselibpqcompat'];

/** Throws where the URL cannot be read, in words for the operator. */
export function addressOf(given: string): Address {
  const [before = '', query = ''] = splitOnce(readableDatabaseUrl(given), '?');
  const settings = new URLSearchParams(query);
  const said = (name: string) => settings.get(name) ?? process.env[`PG${name.toUpperCase()}`] ?? undefined;
  const [mode, rootFile, certFile, keyFile, negotiation] = TLS_SETTINGS.map(said);
  // As libpq reads it, for URLs that were written for Java.
  const short = settings.get('ssl') === 'true' ? 'require' : undefined;
  for (const name of TLS_SETTINGS) settings.delete(name);
  const url = settings.size === 0 ? before : `${before}?${settings}`;
  const {host, port, password} = new pg.Client({connectionString: url, ssl: false});
  const sslMode = modeOf(mode ?? short);
  const isSocket = host.startsWith('/');
  return {
    host,
    port,
    password: typeof password === 'string' && password !== '' ? password : undefined,
    url,
    ways: isSocket ? ['plain'] : WAYS[sslMode],
    direct: negotiation === 'direct',
    tls: () => ({...trust(sslMode, host, rootFile), ...compact({cert: read(certFile), key: read(keyFile)})}),
  };
}

function modeOf(said: string | undefined): SslMode {
  const mode = said === undefined || said === '' ? 'prefer' : said;
  const known = SSL_MODES.find(one => one === mode);
  if (known === undefined) throw new Error(`sslmode=${mode} is unknown; write one of ${SSL_MODES.join(', ')}`);
  return known;
}

/**
 * `require` asks for TLS but does not check the server, unless there is a file of roots. Without such a file
 * `verify-ca` and `verify-full` hold the certificate against the roots that this machine trusts, and always its name as
 * well: anybody can have a certificate of theirs.
 */
function trust(mode: SslMode, host: string, rootFile: string | undefined): ConnectionOptions {
  const file = rootFile === 'system' ? undefined : rootFile;
  const own = file === undefined ? rootsOfUser(rootFile) : readFileSync(file);
  const verifies = mode === 'verify-full' || mode === 'verify-ca' || (mode === 'require' && own !== undefined);
  if (!verifies) return {rejectUnauthorized: false};
  const namesHost = mode === 'verify-full' || own === undefined;
  return {
    rejectUnauthorized: true,
    ca: own ?? [...getCACertificates('default'), ...getCACertificates('system')],
    checkServerIdentity: (_name, certificate) => (namesHost ? checkServerIdentity(host, certificate) : undefined),
  };
}

function rootsOfUser(rootFile: string | undefined): Buffer | undefined {
  if (rootFile === 'system') return undefined;
  try {
    return readFileSync(join(homedir(), '.postgresql', 'root.crt'));
  } catch {
    return undefined;
  }
}

function read(file: string | undefined): Buffer | undefined {
  return file === undefined ? undefined : readFileSync(file);
}

function splitOnce(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** `postgres://user:password@host…`: the password ends at the only `@`, or at the last one before a `?`, or at the last. */
const WITH_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:)(?:([^\s/?#@]*)@(?![^\s?]*@)|([^?]*)@|(.*)@)/is;

/**
 * Signs in a password that end it in a URL, or a `%` that begins nothing, are percent-encoded: the driver would take the
 * rest of the password for a host, and name it in its errors.
 */
export function readableDatabaseUrl(url: string): string {
  return url.replace(WITH_PASSWORD, (whole, before: string, plain?: string, odd?: string, oddest?: string) => {
    const password = plain ?? odd ?? oddest ?? '';
    // `postgres://localhost:5432/app?options=a@b` has no password.
    if (plain === undefined && /^\d{1,5}[/?]/.test(password)) return whole;
    return `${before}${encoded(password)}@`;
  });
}

function encoded(password: string): string {
  return password.replace(/%(?![0-9a-f]{2})|[^\w.~!$&'()*+,;=%-]/giu, sign => encodeURIComponent(sign.toWellFormed()));
}
