/** The programs that look, each with what makes it do more. What is not surely a look is none. */
import {optionNames, readArguments} from './arguments.ts';
import {type Program, rows} from './program.ts';
import {awkPrints, curlFetch, NOWHERE, runByFind, sedPrints} from './scripts.ts';
import {DOCKER, GIT, KUBECTL, SYSTEMCTL} from './verb-programs.ts';

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

export const PROGRAMS: Readonly<Record<string, Program>> = {
  ...rows('test [ grep egrep fgrep zgrep diff cmp zdiff pgrep pg_isready mountpoint getent which type', CHECKS),
  ...rows('true false : echo printf read export exit return break sleep wait cd pwd set', {}),
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
