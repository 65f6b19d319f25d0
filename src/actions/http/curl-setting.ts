/** What curl on a place would go by: the proxies of its environment, and whom it trusts. */
import {createSecureContext, type SecureContext} from 'node:tls';
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Shell} from '../shell.ts';
import {runShort} from '../short-command.ts';

export type CurlSetting = {
  /** Whether a request to this address may have to go through a proxy. */
  isProxied(url: URL): Promise<boolean>;
  /** Looks now for what the first request would wait for. */
  prepare(): void;
  /** Undefined where the place has no list of authorities that we could find. */
  trust(): Promise<SecureContext | undefined>;
};

/** Read by curl, beside `no_proxy`; HTTP_PROXY is not, because a client of CGI could set it. */
const PROXIES: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
};
const PROXY_NAMES = [...new Set(Object.values(PROXIES).flat())];

/** Where systems keep the authorities that they trust; the first that is there is the one. */
const AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const LOOK_WITHIN_MS = 10_000;
/** A host whose environment gets a proxy in the middle of a run is seen to have it so soon. */
const PROXIES_HOLD_MS = 60_000;

/** Exported by the document, curl would go by them; only curl does. */
export function changesWhatCurlGoesBy(exports: Readonly<Record<string, string>>): boolean {
  return Object.keys(exports).some(
    name => PROXY_NAMES.includes(name) || /^(?:CURL_CA_BUNDLE|SSL_CERT_\w+)$/.test(name),
  );
}

/** Reads the environment of this process, which the shells that it starts have as well. */
export function settingHere(): CurlSetting {
  const names = PROXY_NAMES.filter(name => (process.env[name] ?? '') !== '');
  return {isProxied: async url => isAmong(names, url), prepare() {}, trust: async () => undefined};
}

export function settingOf(shell: Shell, holdMs = PROXIES_HOLD_MS): CurlSetting {
  const proxies = onceSucceeded(holdMs, async () => {
    const tests = PROXY_NAMES.map(name => `[ -z "\${${name}-}" ] || echo ${name}`);
    const {output} = await runShort(shell, tests.join('\n'), LOOK_WITHIN_MS);
    return output.split('\n');
  });
  const trust = onceSucceeded(Number.POSITIVE_INFINITY, async () => {
    const files = ['"${CURL_CA_BUNDLE-}"', '"${SSL_CERT_FILE-}"', ...AUTHORITIES.map(quote)].join(' ');
    const text = `for f in ${files}; do if [ -n "$f" ] && [ -s "$f" ] && cat "$f" 2>/dev/null; then break; fi; done`;
    const {output} = await runShort(shell, text, LOOK_WITHIN_MS);
    return output.includes('-----BEGIN') ? createSecureContext({ca: output}) : undefined;
  });
  return {
    isProxied: async url => isAmong(await proxies(), url),
    // A look that fails here is taken again by the next request.
    prepare: () => void proxies().catch(() => {}),
    trust,
  };
}

function isAmong(names: readonly string[], {protocol}: URL): boolean {
  return (PROXIES[protocol] ?? []).some(name => names.includes(name));
}

/** A look that failed, or is older than this, is taken again by whoever asks next. */
function onceSucceeded<T>(holdMs: number, look: () => Promise<T>): () => Promise<T> {
  let seen: {at: number; found: Promise<T>} | undefined;
  return () => {
    const at = performance.now();
    if (seen !== undefined && at - seen.at < holdMs) return seen.found;
    const found = look().catch(error => {
      seen = undefined;
      throw error;
    });
    seen = {at, found};
    return found;
  };
}
