/** Finds commands that show a secret to everybody who can list processes or read a history. */
import type {CarriedCommand} from '../shell/carried-commands.ts';
import {isSecretVariable} from '../words/secret-name.ts';

/** Why a command shows a secret; undefined when it does not. */
export function showsSecret({raw, words, command}: CarriedCommand, text: string): string | undefined {
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
  for (const [, name = '', value = ''] of assigned.matchAll(VARIABLE)) {
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
