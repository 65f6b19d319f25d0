/** psql where this machine has none: it hands its SQL over, and the real server of the box answers. */
import type {QueryArrayResult} from 'pg';
import {quoteForShell as quote} from '../../../plan/script.ts';
import {withClient} from './database-client.ts';

/** The name under which the SQL of a caller comes back; no program is called so. */
export const SQL_OF_CALLER = '.sql';

const WITH_VALUE = new Set('c f d U h p v o F P L R T'.split(' '));
const LONG = {command: 'c', file: 'f', dbname: 'd', username: 'U', host: 'h', port: 'p', set: 'v', variable: 'v'};

/** Shell text that gathers the SQL where it is and asks with it. */
export function psqlText(args: readonly string[]): string {
  const values: [string, string][] = [];
  const flags = new Set<string>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word);
    const letter = long === null ? word[1] : LONG[(long[1] ?? '') as keyof typeof LONG];
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (letter !== undefined && WITH_VALUE.has(letter)) {
      values.push([letter, long?.[2] ?? (long === null && word.length > 2 ? word.slice(2) : (args[++at] ?? ''))]);
    } else for (const one of long === null ? word.slice(1) : [LONG_FLAGS[long[1] ?? ''] ?? '']) flags.add(one);
  }
  const last = (letter: string) => values.findLast(([own]) => own === letter)?.[1];
  const named = last('d') ?? operands[0] ?? last('U') ?? 'postgres';
  const database = URL.parse(named)?.pathname.slice(1) ?? /dbname=(\S+)/.exec(named)?.[1] ?? named;
  const parts = values.flatMap(([letter, value]) => {
    if (letter === 'c') return [`printf '%s;\\n' ${quote(value)}`];
    return letter === 'f' ? [value === '-' ? 'cat' : `cat ${quote(value)} || exit 1`] : [];
  });
  const stops = values.some(([letter, value]) => letter === 'v' && /^ON_ERROR_STOP=(?!0|off)/i.test(value));
  const style = [
    stops ? 'stop' : '',
    flags.has('t') ? 'bare' : '',
    flags.has('A') ? 'plain' : '',
    flags.has('q') ? 'quiet' : '',
  ];
  if (parts.length > 0 && values.every(([letter]) => letter !== 'f')) style.push('once');
  return [
    `sql=$(${parts.length === 0 ? 'cat' : parts.join('; ')}) || exit 1`,
    'exec 3<>/dev/tcp/127.90.0.1/90 || exit 2',
    `printf '%s\\0' "$HOSTNAME" "$PWD" ${SQL_OF_CALLER} ${quote(database)} ${quote(style.join(' '))} "$sql" $'\\4' >&3`,
    'told=$(cat <&3)',
    'exec 3>&-',
    'eval "$told"',
  ].join('\n');
}

const LONG_FLAGS: Readonly<Record<string, string>> = {'tuples-only': 't', 'no-align': 'A', quiet: 'q'};

/** What the caller prints. The first error ends it where it is to stop there, or where it is one command. */
export async function answerSql([database = 'postgres', style = '', sql = '']: readonly string[]): Promise<string> {
  const stops = /stop|once/.test(style);
  const lines: string[] = [];
  let code = 0;
  try {
    await withClient(database, async client => {
      for (const text of statementsIn(sql)) {
        const result = await client.query<string[]>({text, rowMode: 'array'}).catch((error: Error) => error);
        if (!(result instanceof Error)) {
          lines.push(...shown(result, style).map(line => `printf '%s\\n' ${quote(line)}`));
          continue;
        }
        lines.push(`printf '%s\\n' ${quote(`psql: ERROR:  ${result.message}`)} >&2`);
        code = style.includes('stop') ? 3 : style.includes('once') ? 1 : 0;
        if (stops) return;
      }
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return `printf '%s\\n' ${quote(`psql: error: connection to server failed: FATAL:  ${said}`)} >&2\nexit 2`;
  }
  return `${lines.join('\n')}\nexit ${code}`;
}

/** Commands of psql itself are left out. */
function statementsIn(sql: string): string[] {
  const text = sql.replaceAll(/^\\.*$/gm, '');
  const parts = text.includes('$$') ? [text] : text.split(/;[ \t]*(?:\n|$)/);
  return parts.map(part => part.trim()).filter(part => part.replaceAll(/--.*$/gm, '').replaceAll(/[;\s]/g, '') !== '');
}

function shown({fields, rows, command, rowCount}: QueryArrayResult<string[]>, style: string): string[] {
  if (fields.length === 0)
    return style.includes('quiet') ? [] : [rowCount === null ? command : `${command} ${rowCount}`];
  const between = style.includes('plain') ? '|' : ' | ';
  const cells = rows.map(row => row.map(value => String(value ?? '')).join(between));
  if (style.includes('bare')) return cells;
  const head = fields.map(({name}) => name).join(between);
  return [head, '-'.repeat(head.length), ...cells, `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`];
}
