/** The options of curl: which the own HTTP client honours exactly, and which need curl itself. */
import {namesIn, type Option, type OptionNames, optionNames, readArguments} from './arguments.ts';

/**
 * Who honours an option. `printed`: it changes only what is printed. `own`: the own client does the same. `curl`: only
 * curl does it. `file`: it writes files or makes several requests, so that the line stays a command.
 */
type Honoured = 'printed' | 'own' | 'curl' | 'file';
export type CurlOption = Option & {honoured: Honoured};

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

const SHORT: ReadonlyMap<string, string> = new Map(
  Array.from(
    `0 http1.0 1 tlsv1 2 http2-prior-knowledge 4 ipv4 6 ipv6 # progress-bar a append A user-agent b cookie
    B use-ascii c cookie-jar C continue-at d data D dump-header e referer E cert f fail F form g globoff G get H header
    i include I head j junk-session-cookies J remote-header-name k insecure K config l list-only L location m max-time
    n netrc N no-buffer o output O remote-name p proxytunnel q disable Q quote r range R remote-time s silent
    S show-error T upload-file u user U proxy-user v verbose w write-out x proxy X request y speed-time Y speed-limit
    z time-cond Z parallel`.matchAll(/(\S) (\S+)/g),
    ([, letter = '', name = '']) => [letter, name] as const,
  ),
);

const HONOURED: ReadonlyMap<string, Honoured> = new Map(
  [FLAGS, VALUED].flatMap(table =>
    Object.entries(table).flatMap(([honoured, names]) =>
      namesIn(names).map(name => [name, honoured as Honoured] as const),
    ),
  ),
);
const LONG = optionNames(Object.values(FLAGS).join(' '), Object.values(VALUED).join(' '));
const NAMES: OptionNames = new Map([
  ...LONG,
  ...[...SHORT].map(([letter, name]) => [letter, LONG.get(name) ?? 'flag'] as const),
]);

/**
 * The options and addresses of a curl line; undefined when an option is unknown, because it may take the next word as
 * value.
 */
export function readOptions(words: readonly string[]): {options: CurlOption[]; urls: readonly string[]} | undefined {
  const {options: given, operands: urls, carried} = readArguments(words, NAMES);
  const options = given.flatMap((option): CurlOption[] => {
    const name = SHORT.get(option.name) ?? option.name;
    const honoured = HONOURED.get(name);
    const isWhole = (option.value === undefined) === (NAMES.get(name) === 'flag');
    return honoured === undefined || !isWhole ? [] : [{...option, name, honoured}];
  });
  return carried !== undefined || options.length < given.length ? undefined : {options, urls};
}
