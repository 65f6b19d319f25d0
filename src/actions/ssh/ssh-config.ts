/** Where a destination leads: what `~/.ssh/config` says about it, resolved. The only file that knows the config library. */
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {homedir, hostname, userInfo} from 'node:os';
import {join} from 'node:path';
import SSHConfig from 'ssh-config';
import {compact} from '../../text/compact.ts';
import {LinkError, messageOf} from '../link-error.ts';
import {isNamedBy} from './name-patterns.ts';
import {isEntangled, openSshNeed} from './openssh-needs.ts';
import {configText, expandHome} from './ssh-config-text.ts';

export type Target = {
  host: string;
  port: number;
  user: string;
  identityFiles: readonly string[];
  /** Set when the config names the keys itself: those that need no passphrase are tried before the agent's others. */
  identitiesNamed: boolean;
  identitiesOnly: boolean;
  /** Socket of the agent. */
  agent?: string;
  /** Destinations to pass through, nearest first. */
  jumps: readonly string[];
  knownHostsFiles: readonly string[];
  /** New keys are written here. */
  userKnownHostsFile?: string;
  hashKnownHosts: boolean;
  /** Name and port under which the host's key is filed. An alias stands for any port. */
  keyName: string;
  keyPort: number;
  /** For keys that are not on file yet. A changed key is refused whatever this says. */
  unknownKey: 'ask' | 'refuse' | 'accept';
  connectTimeoutMs: number;
  /** `BatchMode`: nobody is to be asked anything. */
  batch: boolean;
  keyboardInteractive: boolean;
  password: boolean;
  /** What of the configuration only the system's own ssh does: `ProxyCommand`. */
  openSsh?: string;
};

const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const SSH_PORT = 22;
const CONNECT_TIMEOUT_MS = 15_000;

type Options = Readonly<Record<string, string | string[]>>;

/** `alias`, `user@host`, `user@host:port`, `ssh://user@host:port`. Throws `LinkError` when the config cannot be used. */
export function resolveDestination(destination: string, configFile?: string): Target {
  const named = parseDestination(destination);
  const {options, text, conditional} = computeOptions(named.host, named.user, configFile);
  const host = expandTokens(first(options, 'hostname') ?? named.host, {h: named.host, n: named.host}).toLowerCase();
  const port = named.port ?? Number(first(options, 'port') ?? SSH_PORT);
  const user = named.user ?? first(options, 'user') ?? userInfo().username;
  const jump = first(options, 'proxyjump');
  const alias = first(options, 'hostkeyalias');
  const tokens = tokensOf({given: named.host, host, port, user, alias, jump});
  const expand = (path: string) => expandPath(path, tokens);
  const agent = agentSocket(first(options, 'identityagent'), expand);
  const keys = identities(options, expand);
  const known = knownHosts(options, expand);
  const option = (name: string) => first(options, name);
  const openSsh = conditional ?? openSshNeed({text, option, ...keys, ...known});
  return {
    host,
    port,
    user,
    ...keys,
    ...compact({agent, openSsh}),
    jumps: jumpsOf(jump),
    ...known,
    hashKnownHosts: says(options, 'hashknownhosts', 'yes'),
    keyName: alias ?? host,
    keyPort: alias === undefined ? port : SSH_PORT,
    unknownKey: unknownKeyPolicy(first(options, 'stricthostkeychecking')),
    connectTimeoutMs: Number(first(options, 'connecttimeout') ?? 0) * 1000 || CONNECT_TIMEOUT_MS,
    batch: says(options, 'batchmode', 'yes'),
    keyboardInteractive: !says(options, 'kbdinteractiveauthentication', 'no'),
    password: !says(options, 'passwordauthentication', 'no'),
  };
}

export function parseDestination(destination: string): {host: string; user?: string; port?: number} {
  const bare = destination
    .trim()
    .replace(/^ssh:\/\//, '')
    .replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const user = at > 0 ? bare.slice(0, at) : undefined;
  const rest = bare.slice(at + 1);
  // A bare IPv6 address has several colons and no port; `[::1]:2222` has one.
  const match = /^\[(.+)\](?::(\d+))?$/.exec(rest) ?? /^([^:]+)(?::(\d+))$/.exec(rest);
  return compact({
    host: match?.[1] ?? rest,
    user,
    port: match?.[2] === undefined ? undefined : Number(match[2]),
  });
}

function computeOptions(
  host: string,
  user: string | undefined,
  configFile: string | undefined,
): {options: Options; text: string; conditional: string | undefined} {
  const file = configFile === undefined ? join(homedir(), '.ssh', 'config') : expandHome(configFile);
  if (configFile !== undefined && !existsSync(file)) throw new LinkError('unsupported', `${file}: no such ssh config`);
  // As ssh does: a config that was named replaces the system's.
  const files = configFile === undefined ? [file, '/etc/ssh/ssh_config'] : [file];
  try {
    const {text, conditional} = configText(files);
    const query = user === undefined ? {Host: host} : {Host: host, User: user};
    const own = text
      .split('\n')
      .map(line => decidedFor(host, line))
      .join('\n');
    const options = SSHConfig.parse(own).compute(query, {ignoreCase: true, matchExec: false});
    return {options, text, conditional};
  } catch (error) {
    throw new LinkError('unsupported', `${file}: ${messageOf(error)}`, error);
  }
}

/**
 * A `Host` line says for this host that it applies, or that it does not: the library's own patterns backtrack. One of
 * `Match` with many stars is left to the system's ssh.
 */
function decidedFor(host: string, line: string): string {
  if (isEntangled(line)) return NEVER;
  const names = /^\s*host(?:\s+|\s*=\s*)(.+?)\s*$/i.exec(line)?.[1];
  if (names === undefined) return line;
  const patterns = (names.match(/"[^"]*"|\S+/g) ?? []).map(name => name.replaceAll('"', ''));
  return isNamedBy(patterns, host) ? 'Host *' : NEVER;
}

const NEVER = 'Host !*';

function identities(options: Options, expand: (path: string) => string) {
  const named = all(options, 'identityfile').map(expand);
  const files = named.length > 0 ? named : DEFAULT_KEYS.map(name => join(homedir(), '.ssh', name));
  return {
    identityFiles: files.filter(file => existsSync(file)),
    identitiesNamed: named.length > 0,
    identitiesOnly: says(options, 'identitiesonly', 'yes'),
  };
}

function agentSocket(option: string | undefined, expand: (path: string) => string): string | undefined {
  if (option === 'none') return undefined;
  if (option === undefined || option === 'SSH_AUTH_SOCK') return process.env['SSH_AUTH_SOCK'];
  return option.startsWith('$') ? process.env[option.slice(1)] : expand(option);
}

function jumpsOf(option: string | undefined): readonly string[] {
  return option === undefined || option === 'none' ? [] : option.split(',').map(jump => jump.trim());
}

function knownHosts(options: Options, expand: (path: string) => string) {
  const user = all(options, 'userknownhostsfile');
  const global = all(options, 'globalknownhostsfile');
  const userFiles = (user.length > 0 ? user : ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'])
    .filter(isNamed)
    .map(expand);
  const globalFiles = global.length > 0 ? global : ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];
  const [userKnownHostsFile] = userFiles;
  return compact({
    knownHostsFiles: [...userFiles, ...globalFiles.filter(isNamed).map(expand)],
    userKnownHostsFile,
  });
}

function isNamed(file: string): boolean {
  return file !== 'none';
}

function unknownKeyPolicy(option: string | undefined): Target['unknownKey'] {
  switch (option?.toLowerCase()) {
    case 'yes':
      return 'refuse';
    case 'no':
    case 'off':
    case 'accept-new':
      return 'accept';
    default:
      return 'ask';
  }
}

function first(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : value?.[0];
}

function says(options: Options, name: string, value: 'yes' | 'no'): boolean {
  return first(options, name)?.toLowerCase() === value;
}

function all(options: Options, name: string): readonly string[] {
  const value = options[name];
  if (value === undefined) return [];
  return (typeof value === 'string' ? value.split(/\s+/) : value).filter(text => text !== '');
}

type Named = {
  given: string;
  host: string;
  port: number;
  user: string;
  alias?: string | undefined;
  jump?: string | undefined;
};

/** What `%h` and its like stand for in a path. */
function tokensOf({given, host, port, user, alias, jump}: Named): Readonly<Record<string, string>> {
  const local = hostname();
  const way = [local, host, port, user, jump === 'none' ? '' : (jump ?? '')].join('');
  return {
    ...{h: host, n: given, k: alias ?? given, p: String(port), r: user, j: jump ?? ''},
    ...{d: homedir(), u: userInfo().username, i: String(userInfo().uid), l: local, L: local.replace(/\..*$/, '')},
    C: createHash('sha1').update(way).digest('hex'),
  };
}

function expandPath(path: string, tokens: Readonly<Record<string, string>>): string {
  const named = path.replace(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole);
  return expandHome(expandTokens(named, tokens));
}

function expandTokens(text: string, tokens: Readonly<Record<string, string>>): string {
  return text.replace(/%([%\w])/g, (whole, token: string) => (token === '%' ? '%' : (tokens[token] ?? whole)));
}
