/** What a configuration asks for that only the system's own ssh does. Pure but for looking whether files are there. */
import {existsSync, readFileSync} from 'node:fs';

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
/** Of `Match`, with so many stars that a backtracking matcher may try for ever. */
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
