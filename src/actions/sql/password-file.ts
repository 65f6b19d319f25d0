/** The password file of PostgreSQL, `~/.pgpass`, as libpq reads it: the first line that fits has the password. */
import {readFileSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

type Login = {host: string; port: number; database: string; user: string};

const OTHERS = 0o077;

/** Undefined where there is no such file, or no such line. Throws where others may read the file, in words for the operator. */
export function passwordFromFile({host, port, database, user}: Login, env = process.env): string | undefined {
  const file = env['PGPASSFILE'] ?? join(homedir(), '.pgpass');
  const found = statSync(file, {throwIfNoEntry: false});
  if (found?.isFile() !== true) return undefined;
  if ((found.mode & OTHERS) !== 0)
    throw new Error(`${file} may be read by others, and so is not used: chmod 600 ${file}`);
  const hosts = host.startsWith('/') ? [host, 'localhost'] : [host];
  const wanted = [hosts, [String(port)], [database], [user]];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const fields = line.startsWith('#') ? [] : fieldsOf(line);
    const fits = wanted.every((names, at) => fields[at] === '*' || names.includes(fields[at] ?? ''));
    if (fits && fields[wanted.length] !== undefined) return fields[wanted.length];
  }
  return undefined;
}

/** Between colons; a backslash takes its meaning from the sign behind it. */
function fieldsOf(line: string): readonly string[] {
  const fields = [''];
  for (const [, escaped, sign = ''] of line.matchAll(/\\(.)|(.)/g)) {
    if (sign === ':') fields.push('');
    else fields[fields.length - 1] += escaped ?? sign;
  }
  return fields;
}
