/** The programs of PostgreSQL where this machine has none that its server takes: the server is real, they are played. */
import type {Client} from 'pg';
import {quoteForShell as quote} from '../../../plan/script.ts';
import {withClient} from './database-client.ts';
import {answerSql, psqlText, SQL_OF_CALLER} from './played-psql.ts';

/** What the caller does: shell text. Undefined for a program that is none of these. */
export async function answerDatabaseTool(program: string, args: readonly string[]): Promise<string | undefined> {
  if (program === 'psql') return psqlText(args);
  if (program === SQL_OF_CALLER) return await answerSql(args);
  const read = TOOLS[program];
  if (read === undefined) return undefined;
  try {
    return await read(readCall(args));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return `echo ${quote(`${program}: error: ${said}`)} >&2; exit 1`;
  }
}

type Call = {options: ReadonlyMap<string, string>; flags: ReadonlySet<string>; operands: readonly string[]};

/** Options with a value, by the letter of their short form. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  ...{d: 'dbname', U: 'username', h: 'host', p: 'port', f: 'file', F: 'format', t: 'table', n: 'schema', j: 'jobs'},
  ...{Z: 'compress', N: 'exclude-schema', T: 'exclude-table', E: 'encoding', S: 'superuser', L: 'use-list'},
};

const TOOLS: Readonly<Record<string, (call: Call) => Promise<string>>> = {
  pg_dump: dump,
  pg_dumpall: dump,
  pg_restore: restore,
  pg_isready: async () => 'echo "127.0.0.1:5432 - accepting connections"; exit 0',
  createdb: async ({operands}) => await statement(`create database ${name(operands[0] ?? 'postgres')}`),
  dropdb: async ({operands, flags}) =>
    await statement(`drop database ${flags.has('if-exists') ? 'if exists ' : ''}${name(operands[0] ?? '')}`),
};

export const DATABASE_TOOLS: readonly string[] = Object.keys(TOOLS);

function readCall(args: readonly string[]): Call {
  const options = new Map<string, string>();
  const flags = new Set<string>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word);
    const short = /^-([A-Za-z0-9])(.*)$/s.exec(word);
    if (long !== null) {
      const [, key = '', value] = long;
      if (value !== undefined) options.set(key, value);
      else if (Object.values(WITH_VALUE).includes(key)) options.set(key, args[++at] ?? '');
      else flags.add(key);
    } else if (short !== null) {
      const [, letter = '', rest = ''] = short;
      const key = WITH_VALUE[letter];
      if (key === undefined) for (const one of letter + rest) flags.add(one);
      else options.set(key, rest === '' ? (args[++at] ?? '') : rest);
    } else operands.push(word);
  }
  return {options, flags, operands};
}

function databaseOf({options, operands}: Call): string {
  const named = options.get('dbname') ?? operands[0] ?? options.get('username') ?? 'postgres';
  return URL.parse(named)?.pathname.slice(1) ?? /dbname=(\S+)/.exec(named)?.[1] ?? named;
}

async function statement(sql: string): Promise<string> {
  await withClient('postgres', async client => void (await client.query(sql)));
  return 'exit 0';
}

/** SQL text, whatever the format: only the tools here read it again. */
async function dump(call: Call): Promise<string> {
  const {options, flags} = call;
  const wanted = options.get('table')?.replace(/^public\./, '');
  let text = '--\n-- PostgreSQL database dump\n--\n\n';
  await withClient(databaseOf(call), async client => {
    for (const table of await tablesOf(client)) {
      if (wanted !== undefined && table.name.replace(/^public\./, '') !== wanted) continue;
      text += await tableText(client, table, {
        clean: flags.has('c') || flags.has('clean'),
        data: !flags.has('s') && !flags.has('schema-only'),
        schema: !flags.has('a') && !flags.has('data-only'),
      });
    }
  });
  text += '\n--\n-- PostgreSQL database dump complete\n--\n';
  const file = options.get('file');
  if (file === undefined) return `printf '%s' ${quote(text)}; exit 0`;
  const isDirectory = /^d/.test(options.get('format') ?? '');
  const path = isDirectory ? `${file}/toc.dat` : file;
  return `${isDirectory ? `mkdir ${quote(file)} && ` : ''}printf '%s' ${quote(text)} >${quote(path)}; exit $?`;
}

type Table = {name: string; columns: readonly string[]};

async function tablesOf(client: Client): Promise<Table[]> {
  const {rows} = await client.query<Table>(`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name,
    (select array_agg(quote_ident(column_name) || ' ' || data_type order by ordinal_position)
      from information_schema.columns c where c.table_schema = t.table_schema and c.table_name = t.table_name) as columns
    from information_schema.tables t
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`);
  return rows;
}

async function tableText(
  client: Client,
  table: Table,
  {clean, data, schema}: {clean: boolean; data: boolean; schema: boolean},
): Promise<string> {
  const lines: string[] = [];
  const [space = 'public'] = table.name.split('.');
  if (clean) lines.push(`DROP TABLE IF EXISTS ${table.name};`);
  if (schema && space !== 'public') lines.push(`CREATE SCHEMA IF NOT EXISTS ${space};`);
  if (schema) lines.push(`CREATE TABLE ${table.name} (\n    ${table.columns.join(',\n    ')}\n);`);
  if (data) {
    const values = `select (select string_agg(coalesce(quote_literal(value), 'NULL'), ', ' order by at)
      from jsonb_each_text(to_jsonb(t)) with ordinality as each(key, value, at)) as row,
      (select string_agg(quote_ident(key), ', ' order by at)
      from jsonb_each_text(to_jsonb(t)) with ordinality as each(key, value, at)) as names from ${table.name} t`;
    const {rows} = await client.query<{row: string; names: string}>(values);
    for (const {row, names} of rows) lines.push(`INSERT INTO ${table.name} (${names}) VALUES (${row});`);
  }
  return `${lines.join('\n')}\n\n`;
}

/** The list of an archive as pg_restore prints it: `2; 0 1 TABLE DATA public orders postgres`. */
const LISTED =
  "sed -n 's/^CREATE TABLE \\([^. ]*\\)[.]\\([^ ]*\\).*/1; 1259 1 TABLE \\1 \\2 postgres\\n2; 0 1 TABLE DATA \\1 \\2 postgres/p'";

/** Errors change the end of it, and what follows is read all the same, as pg_restore does. */
async function restore(call: Call): Promise<string> {
  const {options, flags, operands} = call;
  const file = operands.at(-1) ?? '-';
  const source =
    file === '-' ? 'cat' : `{ [ -d ${quote(file)} ] && cat ${quote(`${file}/toc.dat`)} || cat ${quote(file)}; }`;
  const isDump = `head -n 2 | grep -q 'PostgreSQL database dump' || { echo 'pg_restore: error: input file does not appear to be a valid archive' >&2; exit 1; }`;
  const check = file === '-' ? '' : `${source} | ${isDump}\n`;
  if (flags.has('l') || flags.has('list')) return `${check}${source} | ${LISTED}; exit 0`;
  if (options.get('dbname') === undefined) return `${check}${source}; exit $?`;
  const drops = `sed -n 's/^CREATE TABLE \\([^ ]*\\) .*/DROP TABLE IF EXISTS \\1;/p'`;
  const text = flags.has('c') || flags.has('clean') ? `{ ${source} | ${drops}; ${source}; }` : source;
  const psql = `psql -q -d ${quote(databaseOf({...call, operands: []}))}`;
  return `${check}said=$(${text} | ${psql} 2>&1 >/dev/null)\n[ -z "$said" ] || { printf '%s\\n' "$said" >&2; exit 1; }\nexit 0`;
}

function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
