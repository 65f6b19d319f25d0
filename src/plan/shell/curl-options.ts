/** The options of curl: which the own HTTP client honours exactly, and which need curl itself. */

/**
 * Who honours an option. `printed`: it changes only what is printed. `own`: the own client does the same. `curl`: only
 * curl does it. `file`: it writes files or makes several requests, so that the line stays a command.
 */
type Honoured = 'printed' | 'own' | 'curl' | 'file';
export type CurlOption = {name: string; honoured: Honoured; value?: string};

const FLAGS: Readonly<Record<Honoured, string>> = {
  printed: 'silent show-error verbose no-buffer progress-bar no-progress-meter include styled-output no-styled-output',
  own: 'fail fail-with-body insecure head http1.1 globoff',
  curl: `location location-trusted compressed tr-encoding ipv4 ipv6 http1.0 http2 http2-prior-knowledge http3 http3-only
    tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv3 ssl ssl-reqd ssl-no-revoke ssl-revoke-best-effort ssl-auto-client-cert
    ca-native cert-status false-start no-alpn no-npn no-sessionid anyauth basic digest ntlm negotiate netrc
    netrc-optional post301 post302 post303 retry-all-errors retry-connrefused get path-as-is raw no-keepalive
    tcp-fastopen tcp-nodelay junk-session-cookies proxytunnel proxy-insecure proxy-basic proxy-digest proxy-anyauth
    fail-early disable haproxy-protocol ignore-content-length disallow-username-in-url`,
  file: 'remote-name remote-name-all remote-header-name remote-time create-dirs parallel next append use-ascii list-only',
};

/** Options that take a value. */
const VALUED: Readonly<Record<Honoured, string>> = {
  printed: '',
  own: 'request header user-agent referer cookie data data-ascii data-raw data-binary json max-time url output write-out',
  curl: `user oauth2-bearer aws-sigv4 resolve connect-to connect-timeout max-redirs retry retry-delay retry-max-time
    proxy preproxy proxy-user proxy-header noproxy socks4 socks4a socks5 socks5-hostname proxy1.0 proxy-cacert
    proxy-cert proxy-key cacert capath cert cert-type key key-type pass ciphers tls13-ciphers curves tls-max crlfile
    pinnedpubkey interface dns-servers dns-interface dns-ipv4-addr dns-ipv6-addr doh-url unix-socket
    abstract-unix-socket local-port limit-rate speed-time speed-limit range max-filesize keepalive-time
    happy-eyeballs-timeout-ms expect100-timeout proto proto-default proto-redir netrc-file data-urlencode url-query
    request-target time-cond rate upload-file form form-string`,
  file: `cookie-jar dump-header config trace trace-ascii stderr output-dir continue-at
    etag-save etag-compare hsts alt-svc quote mail-from mail-rcpt libcurl`,
};

const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...`0 http1.0 1 tlsv1 2 http2-prior-knowledge 4 ipv4 6 ipv6 # progress-bar a append A user-agent b cookie
    B use-ascii c cookie-jar C continue-at d data D dump-header e referer E cert f fail F form g globoff G get H header
    i include I head j junk-session-cookies J remote-header-name k insecure K config l list-only L location m max-time
    n netrc N no-buffer o output O remote-name p proxytunnel q disable Q quote r range R remote-time s silent
    S show-error T upload-file u user U proxy-user v verbose w write-out x proxy X request y speed-time Y speed-limit
    z time-cond Z parallel`.matchAll(/(\S) (\S+)/g),
  ].map(([, letter = '', name = '']) => [letter, name]),
);

const FLAG_NAMES = byName(FLAGS);
const VALUED_NAMES = byName(VALUED);

function byName(table: Readonly<Record<Honoured, string>>): ReadonlyMap<string, Honoured> {
  const rows = Object.entries(table) as [Honoured, string][];
  return new Map(rows.flatMap(([honoured, names]) => names.split(/\s+/).map(name => [name, honoured] as const)));
}

/**
 * The options and addresses of a curl line; undefined when an option is unknown, because it may take the next word as
 * value.
 */
export function readOptions(words: readonly string[]): {options: CurlOption[]; urls: string[]} | undefined {
  const options: CurlOption[] = [];
  const urls: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      urls.push(word);
      continue;
    }
    const read = word.startsWith('--') ? longOption(word, words[at + 1]) : shortOptions(word, words[at + 1]);
    if (read === undefined) return undefined;
    options.push(...read.options);
    if (read.tookNext) at += 1;
  }
  return {options, urls};
}

type Read = {options: readonly CurlOption[]; tookNext: boolean};

/** `--request PUT`, `--request=PUT`. */
function longOption(word: string, next: string | undefined): Read | undefined {
  const [, name = '', given] = /^--([\w.-]+)(?:=(.*))?$/s.exec(word) ?? [];
  const flag = FLAG_NAMES.get(name);
  if (flag !== undefined && given === undefined) return {options: [{name, honoured: flag}], tookNext: false};
  const value = given ?? next;
  const honoured = VALUED_NAMES.get(name);
  if (honoured === undefined || value === undefined) return undefined;
  return {options: [{name, honoured, value}], tookNext: given === undefined};
}

/** `-sSf`, `-XPOST`, `-sk`: several short options in one word; the last may have its value behind it. */
function shortOptions(word: string, next: string | undefined): Read | undefined {
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = SHORT[word[at] ?? ''] ?? '';
    const flag = FLAG_NAMES.get(name);
    if (flag !== undefined) {
      options.push({name, honoured: flag});
      continue;
    }
    const honoured = VALUED_NAMES.get(name);
    const rest = word.slice(at + 1);
    const value = rest === '' ? next : rest;
    if (honoured === undefined || value === undefined) return undefined;
    return {options: [...options, {name, honoured, value}], tookNext: rest === ''};
  }
  return {options, tookNext: false};
}
