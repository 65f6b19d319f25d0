/** Judges a command by the table of programs: whether it only looks, and whether its exit status says what it saw. */

import {memoizeObject} from '../../../text/memoize.ts';
import {isOneOf, optionNames, readArguments, type Words} from '../arguments.ts';
import {readOptions} from '../curl-options.ts';
import {withoutPrefixes} from '../words.ts';
import {onlyLooks} from './looking-requests.ts';
import {type Inner, type Look, type Program, rows} from './program.ts';
import {DOCKER, GIT, KUBECTL, SYSTEMCTL} from './verb-programs.ts';

/** What a command does that consists of these words. */
export function lookOfWords(words: Words, ofText: Inner['ofText']): Look {
  if (words[0] === 'command' && /^-[vV]$/.test(words[1] ?? '')) return 'tells';
  const bare = withoutPrefixes(words);
  const [first, ...args] = bare;
  if (first === undefined) return 'prints';
  if (PREFIX_ACTS.test(words.slice(0, words.length - bare.length).join(' '))) return 'none';
  // `./test` is a script of somebody's own.
  const name = first.replace(/^\/(?:usr\/local\/s?bin|snap\/bin)\/(?=[^/]+$)/, '');
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program === undefined || (name === 'git' && setsUnsurely(args))) return 'none';
  return judged(program, args, {ofText, ofWords: inner => lookOfWords(inner, ofText)});
}

/** `time -o file`, `env -S 'command'`, `sudo -e file` */
const PREFIX_ACTS = /(?:^|[\s/])(?:time\s.*-(?:\w*o|-out)|env\s.*-(?:\w*S|-split)|sudo\s(?:.*\s)?-(?:\w*e\b|-edit))/;

/** `git -c core.pager=program log`: only these settings are known to run nothing. */
function setsUnsurely(args: Words): boolean {
  const {options} = readArguments(args, namesOf(GIT), true);
  return options.some(
    ({name, value = ''}) =>
      name === 'c' && !/^(?:safe\.directory|core\.quotepath|color\.\w+|advice\.\w+|log\.\w+)=/i.test(value),
  );
}

function judged(program: Program, args: Words, inner: Inner): Look {
  const {flags, verbs, carries, judge} = program;
  const names = namesOf(program);
  const {options, operands, carried} = readArguments(args, names, verbs !== undefined || carries === 'behind operand');
  if ((flags !== undefined || verbs !== undefined) && options.some(({name}) => !names.has(name))) return 'none';
  if (judge !== undefined) return judge(args, inner);
  const has = (wanted: string) => options.some(option => isOneOf(option, optionNames(wanted)));
  if (program.acts !== undefined && has(program.acts)) return 'none';
  if (program.needs !== undefined && !has(program.needs)) return 'none';
  if (verbs !== undefined) {
    const [verb = '', ...rest] = operands;
    const next = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    return next === undefined ? 'none' : judged(next, rest, inner);
  }
  if (carries !== undefined) {
    const run = carries === 'behind dashes' ? (carried ?? []) : operands.slice(1);
    return run.length === 0 ? 'none' : inner.ofWords(run);
  }
  if (operands.length > (program.operandsMax ?? Number.POSITIVE_INFINITY)) return 'none';
  if (program.operand !== undefined && !operands.every(operand => program.operand?.test(operand))) return 'none';
  const tells = program.tells === true || (program.tells !== undefined && has(program.tells));
  return tells ? 'tells' : 'prints';
}

/** Each program's names are put together once. */
const namesOf = memoizeObject(({flags, valued}: Program) => optionNames(flags, valued));

const CHECKS: Program = {tells: true};

/** It may be given several commands at once, so that every operand counts. */
const MYSQLADMIN: Program = {
  valued: 'u h P S i c user host port socket sleep count p?',
  operand: /^(?:ping|status|extended-status|processlist|variables|version)$/,
  tells: true,
};

const WGET: Program = {
  flags: `q quiet v verbose S server-response d debug spider 4 6 inet4-only inet6-only no-verbose no-cache no-cookies
    no-check-certificate no-proxy no-hsts no-config https-only content-on-error trust-server-names`,
  valued: `n? O output-document t tries T timeout dns-timeout connect-timeout read-timeout w wait waitretry U user-agent
    header referer user password http-user http-password ca-certificate ca-directory certificate private-key
    max-redirect retry-on-http-error`,
  judge: args => {
    const {options} = readArguments(args, optionNames('', WGET.valued));
    const outputs = options.filter(({name}) => name === 'O' || name === 'output-document');
    const isLook = outputs.every(({value = ''}) => NOWHERE.test(value));
    return isLook && (outputs.length > 0 || options.some(({name}) => name === 'spider')) ? 'tells' : 'none';
  },
};

const PROGRAMS: Readonly<Record<string, Program>> = {
  ...rows('test [ grep egrep fgrep zgrep diff cmp zdiff pgrep pg_isready mountpoint getent which type', CHECKS),
  ...rows('true false : echo printf read export exit return break sleep wait cd pwd', {}),
  // "set sip-peer primary tk-a" is typed into a device.
  set: {valued: 'o', operand: /^$/},
  ...rows('cat zcat head tail wc cut tr tac rev column ls stat du df ps uptime seq', {}),
  ...rows('readlink realpath basename dirname whoami id uname netstat free nproc cksum dig host', {}),
  ...rows('md5sum sha1sum sha256sum sha512sum shasum b2sum', {tells: 'c check'}),
  rg: {acts: 'pre hostname-bin', tells: true},
  ag: {acts: 'pager', tells: true},
  sort: {valued: 'k t S T', acts: 'o output compress-program'},
  // `uniq a b` writes b.
  uniq: {valued: 'f s w skip-fields skip-chars check-chars', operandsMax: 1},
  file: {valued: 'm f F P e', acts: 'C compile'},
  // `date 01020304` sets the clock.
  date: {valued: 'd date f file r reference s set I?', acts: 's set', operand: /^\+/},
  // `hostname web-2` sets the name.
  hostname: {operandsMax: 0, acts: 'F file b boot'},
  ss: {valued: 'f family F filter A query socket N net D diag', acts: 'K kill D diag'},
  lsof: {valued: 'i? s? p u c d? g? T? F? S? A k m o? r? x? D?', acts: 'D'},
  jq: {tells: 'e exit-status'},
  nc: {flags: 'z v n u t 4 6', valued: 'w p s i q W G', needs: 'z', tells: true},
  ping: {valued: 'c i I W w s t', needs: 'c', tells: true},
  awk: {judge: args => (awkPrints(args) ? 'prints' : 'none')},
  sed: {judge: args => (sedPrints(args) ? 'prints' : 'none')},
  find: {
    judge: (args, {ofWords}) =>
      runByFind(args)?.every(words => ofWords(words) !== 'none') === true ? 'prints' : 'none',
  },
  curl: {
    judge: args => {
      const fetched = curlFetch(args);
      return fetched === undefined ? 'none' : fetched.guarded ? 'tells' : 'prints';
    },
  },
  wget: WGET,
  ...rows('sh bash dash', {
    judge: ([option = '', text = ''], {ofText}) => (/^-[eux]*c$/.test(option) ? ofText(text) : 'none'),
  }),
  systemctl: SYSTEMCTL,
  service: {
    judge: args => (args.length === 2 && /^\w/.test(args[0] ?? '') && args[1] === 'status' ? 'tells' : 'none'),
  },
  supervisorctl: {
    valued: 'c configuration s serverurl u username p password',
    flags: '',
    verbs: {status: {}},
  },
  nginx: {flags: 't T q', valued: 'c p', needs: 't T', operandsMax: 0, tells: true},
  apachectl: {flags: '', verbs: {configtest: {operandsMax: 0, tells: true}}},
  mysqladmin: MYSQLADMIN,
  git: GIT,
  kubectl: KUBECTL,
  docker: DOCKER,
};

/** The file that an option names is no file. */
const NOWHERE = /^(?:-|\/dev\/(?:null|stdout|stderr))$/;

const AWK_OPTIONS = optionNames('', 'F v field-separator assign');
/** It prints into files or programs, calls programs, or loads what does. `>` may be a comparison: nobody knows. */
const AWK_ACTS = /[>|]|\bsystem\b|@\s*(?:load|include)/;

/** A script in a file, and options that write files (`-i inplace`, `-o`, `-d`, `-p`), are not known to only print. */
function awkPrints(words: Words): boolean {
  const {options, operands} = readArguments(words, AWK_OPTIONS, true);
  const [script] = operands;
  return script !== undefined && !AWK_ACTS.test(script) && options.every(({name}) => AWK_OPTIONS.has(name));
}

const SED_OPTIONS = optionNames(
  'n E r s u z quiet silent regexp-extended separate unbuffered null-data posix debug sandbox',
  'e l expression line-length',
);
const SED_ADDRESS = String.raw`(?:\d+(?:~\d+)?|\$|/(?:[^/\\\n]|\\.)*/[IM]*)`;
const SED_ADDRESSES = String.raw`(?:${SED_ADDRESS}(?:\s*,\s*(?:${SED_ADDRESS}|[+~]\d+))?\s*(?:!\s*)?)?`;
const SED_SUBSTITUTES = String.raw`[sy]([^\w\s\\])(?:(?!\1)[^\\\n]|\\.)*\1(?:(?!\1)[^\\\n]|\\.)*\1[gpiIm\d]*`;
const SED_END = String.raw`(?=\s*(?:[;}\n]|$))`;
const SED_COMMAND = new RegExp(
  String.raw`\s+|[;}]|${SED_ADDRESSES}(?:\{|${SED_SUBSTITUTES}${SED_END}|[pdqQ=lnNDPhHgGx](?:\s*\d+)?${SED_END})`,
  'y',
);

/** `-i` and the commands `w` and `e`, also behind `s///`, write files or run programs. */
function sedPrints(words: Words): boolean {
  const {options, operands} = readArguments(words, SED_OPTIONS);
  if (!options.every(({name}) => SED_OPTIONS.has(name))) return false;
  const given = options.filter(({name}) => name === 'e' || name === 'expression').map(({value = ''}) => value);
  const script = given.length > 0 ? given.join('\n') : operands[0];
  return script !== undefined && isMadeOf(script, SED_COMMAND);
}

function isMadeOf(text: string, part: RegExp): boolean {
  part.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (!part.test(text) || part.lastIndex === at) return false;
    at = part.lastIndex;
  }
  return true;
}

const FIND_WRITES = /^-(?:delete|ok|okdir|fprint.*|fls)$/;

/** The commands that find runs; undefined when it deletes or writes by itself. */
function runByFind(words: Words): Words[] | undefined {
  if (words.some(word => FIND_WRITES.test(word))) return undefined;
  const found: Words[] = [];
  for (const [at, word] of words.entries()) {
    if (!/^-exec(?:dir)?$/.test(word)) continue;
    const rest = words.slice(at + 1);
    const end = rest.findIndex((one, index) => one === ';' || (one === '+' && rest[index - 1] === '{}'));
    if (end === -1) return undefined;
    // With `+` several files take the place of the braces.
    found.push(rest.slice(0, end).flatMap(one => (one === '{}' && rest[end] === '+' ? [one, one] : [one])));
  }
  return found;
}

/** Options that name a file to write. */
const CURL_FILES = /^(?:output|cookie-jar|dump-header|stderr|trace|trace-ascii)$/;
const CURL_SENDS = /^(?:data|form|json|upload-file)/;

/** What a curl command that only fetches and prints does with an error; undefined when it does more. */
function curlFetch(words: Words): {guarded: boolean} | undefined {
  const read = readOptions(words);
  if (read === undefined) return undefined;
  const isGet = read.options.some(({name}) => name === 'get');
  const prints = read.options.every(({name, value = '', honoured}) => {
    if (CURL_FILES.test(name)) return NOWHERE.test(value);
    if (CURL_SENDS.test(name)) return isGet && name.startsWith('data');
    if (name === 'request') return value === 'GET' || value === 'HEAD';
    // `%output{file}` writes a file, and a format in a file may hold it.
    if (name === 'write-out') return !/^@|%output\{/.test(value);
    return honoured !== 'file';
  });
  const method = read.options.findLast(({name}) => name === 'request')?.value ?? 'GET';
  const looks = prints && read.urls.every(url => onlyLooks({method, url}));
  return looks ? {guarded: read.options.some(({name}) => /^fail(?:-with-body)?$/.test(name))} : undefined;
}
