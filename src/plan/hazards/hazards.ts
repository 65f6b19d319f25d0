/** Lists all hazards of a command for its author. */
import {matchesOf} from '../../text/matches.ts';
import type {ProblemCode, Severity} from '../problem.ts';
import {type CarriedCommand, carriedCommands} from '../shell/carried-commands.ts';
import {isGuarded} from '../shell/curl.ts';
import {isSecretVariable} from '../words/secret-name.ts';
import {destroyedBy, endlessIn, terminalIn} from './command-hazards.ts';
import {destroysByClient} from './destroyed-data.ts';
import {rowFor} from './hazard-row.ts';
import {IRREVERSIBLE, OUTWARD} from './outward.ts';

/** Something in a command that its author should know. `start` and `end` are offsets into the text. */
export type Hazard = {code: ProblemCode; severity: Severity; says: string; hint: string; start: number; end: number};

/** `watching`: the command stands in a check or while signals are watched, where nothing should change. */
export function hazardsOf(text: string, watching: boolean): Hazard[] {
  const endless = endlessIn(text);
  const terminal = endless === undefined ? terminalIn(text) : undefined;
  const found: Hazard[] = [];
  if (endless !== undefined) {
    found.push({...HAZARD.endless, says: 'never ends by itself', start: endless.start, end: endless.end});
  }
  if (terminal !== undefined) {
    const {says, start, end} = terminal;
    found.push({...HAZARD.interactive, says, start, end});
  }
  for (const one of carriedCommands(text)) found.push(...ofCommand(one, text, watching));
  const data = found.some(({code}) => code === 'destructive-command') ? undefined : destroysByClient(text);
  if (data !== undefined) found.push({...HAZARD.destructive, says: data, start: 0, end: text.length});
  return found;
}

type Kind = Pick<Hazard, 'code' | 'severity' | 'hint'>;

const HAZARD = {
  endless: {
    code: 'endless-command',
    severity: 'info',
    hint: 'it is opened as a log source and does not hold up the run; bind it under `logs:` to choose the host',
  },
  interactive: {
    code: 'interactive-command',
    severity: 'warning',
    hint: 'nobody is at a terminal when T-Minus runs it; give it its answers as options, or do it by hand',
  },
  destructive: {
    code: 'destructive-command',
    severity: 'warning',
    hint: 'it runs only after what replaces it is proved to exist; check the path once more',
  },
  irreversible: {
    code: 'irreversible-command',
    severity: 'warning',
    hint: 'no rollback brings this back: put a go/no-go before it',
  },
  outward: {
    code: 'outward-command',
    severity: 'info',
    hint: 'others see this at once, whatever becomes of the deploy',
  },
  secret: {
    code: 'secret-on-command-line',
    severity: 'warning',
    hint: 'take it from a file or a variable of the host; what stands in a command is seen by `ps`, histories and logs',
  },
  unguarded: {
    code: 'unguarded-curl',
    severity: 'info',
    hint: 'add -f for readers who paste it; T-Minus judges the status itself',
  },
} satisfies Record<string, Kind>;

function ofCommand(one: CarriedCommand, text: string, watching: boolean): Hazard[] {
  const {words, start, end} = one;
  const found: Hazard[] = [];
  const add = (kind: Kind, says: string, severity: Severity = kind.severity) => {
    found.push({...kind, severity, says, start, end});
  };
  const destroyed = destroyedBy(one);
  if (destroyed !== undefined) add(HAZARD.destructive, destroyed);
  const forever = rowFor(IRREVERSIBLE, words);
  const outward = rowFor(OUTWARD, words);
  if (forever !== undefined) add(HAZARD.irreversible, forever.says);
  else if (outward !== undefined && destroyed === undefined) {
    add(HAZARD.outward, outward.says, outward.severity ?? (watching ? 'warning' : 'info'));
  }
  const secret = showsSecret(one, text);
  if (secret !== undefined) add(HAZARD.secret, secret);
  if (words[0] === 'curl') {
    const sent = changesServer(words);
    if (sent !== undefined) add(HAZARD.outward, sent);
    if (!isGuarded(words)) found.push({...HAZARD.unguarded, says: 'curl exits 0 on an error status', start, end});
  }
  if (runsDownload(one, text)) add(HAZARD.outward, 'runs whatever a server sends', 'warning');
  return found;
}

/** What a request changes on the server that it is sent to. */
function changesServer(words: readonly string[]): string | undefined {
  const text = words.slice(1).join(' ');
  if (/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|staging)\b/i.test(text)) return undefined;
  const method = /(?:^|\s)(?:-X ?|--request[= ])(POST|PUT|PATCH|DELETE)\b/i.exec(text)?.[1]?.toUpperCase();
  if (/hooks\.slack\.com|discord\.com\/api\/webhooks|events\.pagerduty\.com/.test(text)) return 'tells others';
  return method === 'PUT' || method === 'PATCH' || method === 'DELETE'
    ? `sends ${method}: it changes what answers it`
    : undefined;
}

/** `curl … | sh`, `bash <(curl …)`. */
function runsDownload({words, command}: CarriedCommand, text: string): boolean {
  if (!/^(?:ba|z|da)?sh$/.test(words[0] ?? '')) return false;
  if (command.joined === '|') return /\b(?:curl|wget)\b/.test(text.slice(0, command.start));
  return command.words.some(word => /^(?:<\(|\$\()\s*(?:curl|wget)\b/.test(word.text));
}

/** Why a command shows a secret; undefined when it does not. */
function showsSecret({raw, words, command}: CarriedCommand, text: string): string | undefined {
  const line = raw.join(' ');
  if (words[0] === 'export' && /\$\(\s*(?:cat|grep)\b[^()]*\.env\b|`\s*(?:cat|grep)\b[^`]*\.env\b/.test(text)) {
    return 'puts a whole file of secrets through the command line, and breaks on blanks and quotes';
  }
  const assigned = command.assignments.length > 0 ? text.slice(command.start, command.end) : line;
  for (const {on, pattern, says} of FORMS) {
    if (on !== undefined && !on.test(words[0] ?? '')) continue;
    const value = pattern.exec(assigned)?.[1] ?? '';
    if (value !== '' && !isReference(value)) return says;
  }
  for (const [, name = '', value = ''] of matchesOf(assigned, VARIABLE)) {
    if (isSecretVariable(name) && !isReference(value)) return 'shows a secret';
  }
  return undefined;
}

/** `DB_PASSWORD=…`, as the shell's own assignment or as an argument: `docker run -e DB_PASSWORD=…`. */
const VARIABLE = /(?<!\S)(\w+)=["']?([^\s"']+)/g;

type Form = {on?: RegExp; pattern: RegExp; says: string};

const FORMS: readonly Form[] = [
  {on: /^(?:mysql|mysqldump|mariadb|mysqladmin|mysqlimport)$/, pattern: /(?:^|\s)-p(\S+)/, says: 'shows a password'},
  {
    on: /^(?:curl|wget|http|https)$/,
    pattern: /(?:^|\s)(?:-u|--user)[ =]?[\w.@<>-]+:([^\s]+)/,
    says: 'shows a password',
  },
  {
    on: /^(?:curl|wget|http|https)$/,
    pattern: /(?:Authorization:\s*(?:Bearer|Basic|Token)|X-(?:Api-Key|Auth-Token|Vault-Token):)\s+(\S+)/i,
    says: 'shows a token',
  },
  {
    on: /^(?:sshpass|docker|podman|oc|helm)$/,
    pattern: /(?:^sshpass -p|\blogin\b.*\s-p)[ =]?(\S+)/,
    says: 'shows a password',
  },
  {on: /^(?:gh|glab)$/, pattern: /\bsecret set\b.*(?:\s-b|--body)[ =](\S+)/, says: 'shows a secret'},
  {on: /^(?:kubectl|oc|k)$/, pattern: /\bcreate secret\b.*--from-literal[= ][\w.-]+=(\S+)/, says: 'shows a secret'},
  {on: /^aws$/, pattern: /\bconfigure set (?:aws_secret_access_key|aws_session_token) (\S+)/, says: 'shows a key'},
  {on: /^vault$/, pattern: /\bkv put\b.*?[\w-]=(\S+)/, says: 'shows a secret'},
  {on: /^redis-cli$/, pattern: /(?:^|\s)-a (\S+)/, says: 'shows a password'},
  {
    pattern: /(?:^|\s)--(?:password|passwd|token|secret|api-key|auth-token|access-token)[= ](?!-)(\S+)/,
    says: 'shows a secret',
  },
  {pattern: /(?<![a-z+])[a-z+]+:\/\/[^\s:/@]+:([^\s@/]+)@/i, says: 'shows a password in an address'},
  {pattern: /(?:^|\s)(?:--set(?:-string)?[= ])\S*(?:password|secret|token)\S*=(\S+)/i, says: 'shows a secret'},
];

/** `$TOKEN`, `$(pass show x)`, `@file`, `-` only refer to a secret, and `invalid` is none. */
function isReference(value: string): boolean {
  return /^["']?(?:\$|`|@|\*+$|-|\/|file:|x{3,}$|(?:nonsense|invalid|wrong|bad|bogus|fake|dummy)\b)/i.test(value);
}
