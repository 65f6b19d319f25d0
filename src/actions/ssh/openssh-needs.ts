/** What a configuration, or the agent that it names, asks for that only the system's own ssh does. */
import {existsSync, readFileSync} from 'node:fs';
import {createConnection} from 'node:net';

type Asked = {
  /** The configuration with what it includes. */
  text: string;
  /** Value of an option for this host, its name in lower case. */
  option(name: string): string | undefined;
  identityFiles: readonly string[];
  knownHostsFiles: readonly string[];
};

/** In the words of the configuration; undefined where our own client does all of it. */
export function openSshNeed({text, option, identityFiles, knownHostsFiles}: Asked): string | undefined {
  const isSet = (name: string) => !['none', 'no', 'any', '', undefined].includes(option(name)?.toLowerCase());
  const set = OPTIONS.find(name => isSet(name.toLowerCase()));
  if (set !== undefined) return set;
  const matched = text.split('\n').find(line => MATCH.test(line) && (!PLAIN_MATCH.test(line) || isEntangled(line)));
  if (matched !== undefined) return matched.trim();
  if (option('gssapiauthentication') === 'yes' && process.env['KRB5CCNAME'] !== undefined)
    return 'GSSAPIAuthentication';
  const certified = identityFiles.find(file => existsSync(`${file}-cert.pub`));
  if (certified !== undefined) return `the certificate ${certified}-cert.pub`;
  const hardware = identityFiles.find(file => HARDWARE_KEY.test(textOf(`${file}.pub`)));
  if (hardware !== undefined) return `the hardware key ${hardware}`;
  const authority = knownHostsFiles.find(file => AUTHORITY.test(textOf(file)));
  return authority === undefined ? undefined : `@cert-authority in ${authority}`;
}

const OPTIONS = [
  'ProxyCommand',
  'CertificateFile',
  'PKCS11Provider',
  'HostbasedAuthentication',
  'KnownHostsCommand',
  'CanonicalizeHostname',
  'VerifyHostKeyDNS',
  'RevokedHostKeys',
  'BindAddress',
  'BindInterface',
  'AddressFamily',
  'SetEnv',
];
const MATCH = /^\s*match\s/i;
/** Without `exec`, `final`, `canonical`, `tagged`, `localnetwork`, and without a `!` before any of them. */
const PLAIN_MATCH = /^\s*match\s+(?:all|(?:(?:host|originalhost|user|localuser)\s+(?:"[^"]*"|\S+)\s*)+)\s*$/i;
/** A `Match` with so many stars that a backtracking matcher may try for ever. */
export function isEntangled(line: string): boolean {
  return MATCH.test(line) && line.split(/[\s,]+/).some(pattern => pattern.split('*').length - 1 > STARS_MAX);
}

const STARS_MAX = 3;
const HARDWARE_KEY = /^sk-/;
const AUTHORITY = /^\s*@cert-authority\s/m;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The request for its identities, and the answer to it: how long, of what kind, how many, then each with its length. */
const LIST_IDENTITIES = Buffer.from([0, 0, 0, 1, 11]);
const IDENTITIES = 12;
const HEAD_BYTES = 9;
const ANSWER_WITHIN_MS = 2000;
const ANSWER_BYTES_MAX = 1024 * 1024;
const ONLY_OF_SSH = [
  [/-cert-v\d+@openssh\.com$/, 'a certificate'],
  [/^sk-/, 'a hardware key'],
] as const;

/** What the agent holds that only ssh can offer, in words. An agent that does not answer holds nothing. */
export async function needOfAgent(agentSocket: string | undefined): Promise<string | undefined> {
  if (agentSocket === undefined) return undefined;
  const {promise, resolve} = Promise.withResolvers<void>();
  const socket = createConnection(agentSocket);
  let answer = Buffer.alloc(0);
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy());
  socket.on('error', () => {}).once('close', resolve);
  socket.on('data', (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk]);
    const isWhole = answer.length >= HEAD_BYTES && answer.length >= answer.readUInt32BE(0) + 4;
    if (isWhole || answer.length > ANSWER_BYTES_MAX) socket.destroy();
  });
  socket.write(LIST_IDENTITIES);
  await promise;
  const types = keyTypesIn(answer);
  const [, what] = ONLY_OF_SSH.find(([form]) => types.some(type => form.test(type))) ?? [];
  return what === undefined ? undefined : `${what} in the agent`;
}

function keyTypesIn(answer: Buffer): readonly string[] {
  if (answer.length < HEAD_BYTES || answer[4] !== IDENTITIES) return [];
  const found: string[] = [];
  /** Undefined behind the end. */
  const textAt = (at: number): Buffer | undefined =>
    at + 4 <= answer.length ? answer.subarray(at + 4, at + 4 + answer.readUInt32BE(at)) : undefined;
  for (let at = HEAD_BYTES; ; ) {
    const key = textAt(at);
    const comment = key === undefined ? undefined : textAt(at + 4 + key.length);
    if (key === undefined || comment === undefined || key.length < 4) return found;
    found.push(key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1'));
    at += 8 + key.length + comment.length;
  }
}
