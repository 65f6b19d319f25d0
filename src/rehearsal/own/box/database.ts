/** The PostgreSQL of a box: on a host of its own, with the databases, users and tables that the document names. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer, connect as dial} from 'node:net';
import {dirname} from 'node:path';
import type {Client} from 'pg';
import {quoteForShell as quote} from '../../../plan/script.ts';
import type {TableNeed} from '../needs.ts';
import type {TargetFact} from '../target-state.ts';
import {type BoxPlan, LOCAL, USER} from './box-plan.ts';
import {PORT, withClient} from './database-client.ts';
import {linkPrograms, makeRoot, startIn, until} from './host.ts';

const SIZE = '512m';
const HOSTNAME = 'database';
const OPEN_WITHIN_MS = 60_000;
const SETTINGS = {
  listen_addresses: '0.0.0.0',
  unix_socket_directories: '/tmp',
  shared_preload_libraries: 'pg_stat_statements',
  fsync: 'off',
  shared_buffers: '16MB',
  max_connections: '100',
};

export type Rows = () => Promise<readonly TargetFact[]>;

/** Everybody who asks is let in: nobody has a password to lose in a rehearsal. */
export async function openDatabase(plan: BoxPlan): Promise<Rows> {
  const {postgres, owner} = plan;
  if (postgres === undefined) return async () => [];
  const root = `/hosts/${HOSTNAME}`;
  makeRoot(root, SIZE);
  linkPrograms(`${root}/usr/bin`, plan.programs, []);
  const native = dirname(dirname(postgres.initdb));
  mkdirSync(`${root}${native}`, {recursive: true});
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`);
  const start = [
    `${quote(postgres.initdb)} --pgdata=/var/lib/postgresql --auth=trust --username=postgres --no-sync --no-locale`,
    `--encoding=UTF8 ${settings.join(' ')} >/dev/null`,
  ].join(' ');
  const script = `umask 077; ${start} && exec ${quote(postgres.postgres)} -D /var/lib/postgresql -p ${PORT}`;
  const shown = ['/usr', '/.rehearsal/usr', native, native];
  writeFileSync(`${root}/etc/passwd`, 'postgres:x:1000:1000::/tmp:/bin/sh\n');
  const {child} = await startIn(root, HOSTNAME, owner, shown, ['sh', '-c', script]);
  await until('PostgreSQL', child, isReady, OPEN_WITHIN_MS);
  await Promise.all(otherPorts(plan).map(forward));
  const databases = databasesOf(plan);
  await makeAll(plan, databases);
  return async () => (await Promise.all([...databases.keys()].map(rowsOf))).flat();
}

/** It listens before it lets anybody in. */
async function isReady(): Promise<boolean> {
  return await withClient('postgres', async () => {}).then(
    () => true,
    () => false,
  );
}

function partsOf(url: string): {user: string; database: string; port: number} {
  const {username = '', pathname = '', port = ''} = URL.parse(url) ?? {};
  const user = decodeURIComponent(username) || 'postgres';
  return {user, database: decodeURIComponent(pathname.slice(1)) || user, port: Number(port) || PORT};
}

function otherPorts({databases}: BoxPlan): number[] {
  return [...new Set(databases.map(({url}) => partsOf(url).port))].filter(port => port !== PORT);
}

function forward(port: number): Promise<void> {
  const server = createServer(socket => {
    const there = dial(PORT, '127.0.0.1');
    for (const one of [socket, there]) one.on('error', () => {});
    socket.pipe(there).pipe(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
}

/** Name of a database of the server -> the tables in it. */
function databasesOf({needs, databases}: BoxPlan): Map<string, readonly TableNeed[]> {
  const bound = new Map(databases.map(({name, url}) => [name, partsOf(url).database]));
  const found = new Map<string, TableNeed[]>([...bound.values()].map(name => [name, []]));
  for (const {name, engine, tables} of needs.databases) {
    if (engine !== 'postgresql') continue;
    const own = bound.get(name) ?? name;
    found.set(own, [...(found.get(own) ?? []), ...tables]);
  }
  return new Map([...found].map(([database, tables]) => [database, merged(tables)]));
}

/** What several places of the document ask of the same table. */
function merged(tables: readonly TableNeed[]): TableNeed[] {
  const byName = Map.groupBy(tables, ({name: full}) => full.replace(/^public\./, ''));
  return [...byName].map(([full, [first, ...others]]) => {
    const all = [first, ...others].filter(one => one !== undefined);
    const columns = new Map(all.flatMap(one => one.columns.map(column => [column.name, column] as const)));
    const rows = Math.max(...all.map(one => one.rows));
    return {name: full, line: first?.line ?? 0, rows, columns: [...columns.values()]};
  });
}

async function makeAll({needs, hosts, databases}: BoxPlan, made: Map<string, readonly TableNeed[]>): Promise<void> {
  const users = new Set([
    USER,
    'root',
    ...hosts.flatMap(host => host.users),
    ...databases.map(({url}) => partsOf(url).user),
    ...needs.databases.flatMap(({users: own}) => own),
  ]);
  await withClient('postgres', async client => {
    for (const user of users) {
      if (user !== 'postgres') await client.query(`create role ${name(user)} superuser login`);
    }
    // psql without a name takes that of its user.
    for (const database of new Set([...made.keys(), ...users])) {
      if (database !== 'postgres') await client.query(`create database ${name(database)}`).catch(() => {});
    }
  });
  for (const [database, tables] of made) {
    await withClient(database, async client => {
      await client.query('create extension if not exists pg_stat_statements');
      for (const table of tables) await makeTable(client, table);
    });
  }
}

function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Rows that differ, the newest a moment old. */
const VALUES: Readonly<Record<TableNeed['columns'][number]['type'], string>> = {
  bigint: 'n',
  text: "'value ' || n",
  timestamptz: "now() - n * interval '1 second'",
  boolean: 'true',
  numeric: 'n',
  jsonb: "jsonb_build_object('n', n)",
};

async function makeTable(client: Client, {name: full, columns, rows}: TableNeed): Promise<void> {
  const parts = full.split('.').map(part => part.replaceAll(/^"|"$/g, ''));
  const table = parts.map(name).join('.');
  if (parts.length > 1) await client.query(`create schema if not exists ${name(parts[0] ?? 'public')}`);
  const all = columns.length === 0 ? [{name: 'id', type: 'bigint' as const}] : columns;
  await client.query(
    `create table if not exists ${table} (${all.map(column => `${name(column.name)} ${column.type}`).join(', ')})`,
  );
  const values = all.map(({type}) => VALUES[type]).join(', ');
  await client.query(`insert into ${table} select ${values} from generate_series(1, $1::int) as n`, [
    Math.min(rows, 10_000),
  ]);
}

const TABLES = `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name,
  (select string_agg(column_name || ' ' || data_type, ',' order by ordinal_position) from information_schema.columns c
    where c.table_schema = t.table_schema and c.table_name = t.table_name) as columns
  from information_schema.tables t
  where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;

/** What was dropped tells nothing. */
async function rowsOf(database: string): Promise<TargetFact[]> {
  const facts: TargetFact[] = [];
  const read = async (client: Client) => {
    const {rows: tables} = await client.query<{name: string; columns: string}>(TABLES);
    for (const {name: table, columns} of tables) {
      const digest = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as value from ${table} t`;
      const {rows} = await client.query<{value: string}>(digest);
      facts.push({place: LOCAL, kind: 'rows', name: `${database} ${table}`, value: `${rows[0]?.value} ${columns}`});
    }
  };
  await withClient(database, read).catch(() => {});
  return facts;
}
