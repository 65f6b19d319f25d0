/** Decides whether SQL, or what a database client is told in its arguments or its input, destroys or changes data. */

/** What SQL and the like, in the arguments or the here-document of a client, destroys. */
export function destroysByClient(text: string): string | undefined {
  if (CACHES.test(text) && /\bflush(?:all|db)\b/i.test(text)) return 'empties the cache';
  if (!CLIENTS.test(text)) return undefined;
  const mongo = /\.dropDatabase\(|\.drop\(|\.(?:deleteMany|remove)\(\s*\{\s*\}/.exec(text);
  if (mongo !== null) return mongo[0].includes('drop') ? 'drops a collection or database' : 'deletes every document';
  return destroysData(text);
}

/** Whether a client is told to change data or the schema, or runs a file that may: `psql -f fix.sql`. */
export function changesByClient(text: string): string | undefined {
  if (!CLIENTS.test(text)) return undefined;
  return CHANGES.some(change => change.test(text)) ? 'changes the database' : undefined;
}

const CHANGES: readonly RegExp[] = [
  /\b(?:update\s+\S+(?:\s+(?:as\s+)?\w+)?\s+set|(?:insert|merge|replace)\s+into|delete\s+from|vacuum\s+full)\b/i,
  /\b(?:alter|create|drop|truncate|grant|revoke|reindex)\s+\w|\brefresh\s+materialized\b/i,
  /\bcopy\s+\S+(?:\s*\([^)]*\))?\s+from\b/i,
  /\.(?:(?:update|insert|delete|replace)(?:One|Many)?|createIndex|renameCollection|bulkWrite)\(/,
  /(?:^|\s)(?:-f|--file)[= ]?\S+\.sql\b|\.sql(?:\.\w+)?\s*\||<\s*\S+\.sql\b|\\i\s/,
];

const CACHES = /\b(?:redis|valkey|keydb)-cli\b/;

const CLIENTS =
  /\b(?:psql|pgcli|mysql(?:sh)?|mycli|mariadb|sqlite3|duckdb|mongo(?:sh)?|cqlsh|(?:invoke-)?sqlcmd|isql(?:-fb)?|sqlplus|db2|clickhouse(?:-client)?|bq|snowsql|influx|beeline|trino|hdbsql|dbshell|cockroach)\b/i;

/** What a SQL text destroys: DROP, TRUNCATE, DELETE without WHERE, a RESTORE over what is there. */
export function destroysData(sql: string): string | undefined {
  for (const {when, says} of STATEMENTS) {
    const found = when.exec(sql);
    if (found !== null) return says.replace('{name}', (found[1] ?? '').replace(/[\\"'`[\]]/g, '')).trim();
  }
  return undefined;
}

type Statement = {when: RegExp; says: string};

const QUOTE = '\\\\?["`\\[\\]]?';
/** `orders`, `[dbo].[Orders]`, `\"Orders\"`, `$DB`, `<name>`. */
const PART = `${QUOTE}\\$?[<{(]{0,2}[\\w$-]+[>})]{0,2}${QUOTE}`;
const NAME = `(${PART}(?:\\.{1,2}${PART})*)`;
const KINDS =
  'DATABASE|SCHEMA|KEYSPACE|(?:FOREIGN\\s+)?TABLE|COLUMN|PARTITION|(?:MATERIALIZED\\s+)?VIEW|INDEX|SEQUENCE|TABLESPACE|' +
  'ROLE|USER|LOGIN|OWNED\\s+BY|FUNCTION|PROC(?:EDURE)?|TRIGGER|PACKAGE|MEASUREMENT';

const STATEMENTS: readonly Statement[] = [
  {when: sql(`\\bDROP\\s+(?:${KINDS})\\s+(?:CONCURRENTLY\\s+)?(?:IF\\s+EXISTS\\s+)?${NAME}`), says: 'drops {name}'},
  {when: sql(`\\bTRUNCATE\\s+(?:TABLE\\s+)?(?:ONLY\\s+)?${NAME}`), says: 'empties {name}'},
  {
    when: sql(
      `\\bDELETE\\s+FROM\\s+(?:ONLY\\s+)?${NAME}(?!["\`\\]]?[\\w.$-])(?!["\`\\]]?[^;"']*\\b(?:WHERE|JOIN|USING|LIMIT)\\b)`,
    ),
    says: 'deletes every row of {name}',
  },
  {when: sql(`(?:^|[;"'])\\s*DELETE\\s+(?!FROM\\b)${NAME}\\s*(?:[;"']|$)`), says: 'deletes every row of {name}'},
  {when: sql(`\\bRESTORE\\s+(?:DATABASE|LOG)\\s+${NAME}\\s+FROM\\b`), says: 'overwrites {name} with a backup'},
  {when: /\bFLASHBACK\s+(?:DATABASE|TABLE)\b/i, says: 'puts the data back to an earlier state'},
  {
    when: /\bpg_terminate_backend\s*\(|\bWITH\s+ROLLBACK\s+(?:IMMEDIATE|AFTER)\b|\bKILL\s+SESSION\b/i,
    says: 'ends the sessions of others',
  },
];

function sql(pattern: string): RegExp {
  return new RegExp(pattern, 'i');
}
