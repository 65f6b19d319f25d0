/** Tables that the SQL of a document asks for, with columns as far as its texts show them. */
import type {Doing} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';
import type {Check} from '../../plan/script.ts';
import type {DatabaseNeed, TableNeed} from './needs.ts';
import type {Reader} from './place-texts.ts';

type Asked = {
  database: string;
  engine: DatabaseNeed['engine'];
  place?: string;
  user?: string;
  line: number;
  text: string;
  checks: readonly Check[];
};

export function databasesOf(plan: Plan, course: readonly Doing[], reader: Reader): DatabaseNeed[] {
  const asked = [...statementsOf(plan, engineOf(plan, course)), ...course.flatMap(doing => calledOf(doing, reader))];
  return [...Map.groupBy(asked, ({engine, database}) => `${engine} ${database}`).values()].map(all => {
    const [{database: name, engine} = {database: 'main', engine: 'postgresql' as const}] = all;
    return {
      name,
      engine,
      from: [...new Set(all.flatMap(({place}) => place ?? []))],
      lines: [...new Set(all.map(({line}) => line))],
      users: [...new Set(all.flatMap(({user}) => user ?? []))],
      tables: tablesOf(all),
    };
  });
}

/** Whose SQL the document writes, as far as its programs and words show it. */
function engineOf({steps}: Plan, course: readonly Doing[]): DatabaseNeed['engine'] {
  const programs = course.map(({words: [program = '']}) => program);
  const texts = steps.flatMap(({action}) => (action.kind === 'sql' ? action.statements.map(({text}) => text) : []));
  if (programs.some(program => /^(?:psql|pg_\w+)$/.test(program))) return 'postgresql';
  if (programs.some(program => MYSQL_PROGRAMS.test(program)) || texts.some(text => MYSQL.test(text))) return 'mysql';
  return texts.some(text => OTHER_SQL.test(text)) ? 'other' : 'postgresql';
}

const MYSQL_PROGRAMS = /^(?:mysql\w*|mariadb\S*|gh-ost|pt-\S+|xtrabackup|innobackupex)$/;
const MYSQL =
  /^\s*(?:rename table|show (?:slave|master|replica|processlist|databases|tables|create|engine|grants|binary|status|variables)|lock tables|unlock tables|optimize table|flush |change (?:master|replication))|`\w+`|\\G\s*;?\s*$/im;
const OTHER_SQL = /^\s*(?:go|exec\w* sp_\w+)\b|\bselect top \d|\bfrom dual\b|\bv\$\w+|\balter system switch logfile/im;

function statementsOf({steps}: Plan, engine: DatabaseNeed['engine']): Asked[] {
  return steps.flatMap(({action, expectations}) =>
    action.kind === 'sql'
      ? action.statements.map(statement => ({
          database: action.database ?? 'main',
          engine,
          line: statement.line,
          text: statement.text,
          checks: [...statement.expectations, ...expectations].flatMap(({check}) => check ?? []),
        }))
      : [],
  );
}

const ENGINES: Readonly<Record<string, DatabaseNeed['engine']>> = {
  psql: 'postgresql',
  pg_dump: 'postgresql',
  pg_restore: 'postgresql',
  createdb: 'postgresql',
  dropdb: 'postgresql',
  vacuumdb: 'postgresql',
  mysql: 'mysql',
  mysqldump: 'mysql',
  mariadb: 'mysql',
  sqlite3: 'sqlite',
};

function calledOf({words, place, command, step}: Doing, reader: Reader): Asked[] {
  const engine = ENGINES[words[0] ?? ''];
  if (engine === undefined) return [];
  const valued = (option: RegExp) => words.find((_, index) => index > 0 && option.test(words[index - 1] ?? ''));
  const texts = words.filter((_, index) =>
    /^(?:-c|--command|-e|--execute|-tc|-tAc|-Atc|-At?qc)$/.test(words[index - 1] ?? ''),
  );
  const plain = words
    .slice(1)
    .filter((word, index) => !word.startsWith('-') && !/^-\w*[dUhpfFjncet]$/.test(words[index] ?? ''));
  const url = words.map(word => /^postgres(?:ql)?:\/\/[^/]*\/([\w-]+)/.exec(word)?.[1]).find(one => one !== undefined);
  const named = url ?? valued(/^(?:-d|--dbname|-D|--database)$/) ?? plain.find(word => /^[\w<][\w<>-]*$/.test(word));
  const database = reader.text(named ?? '') || 'main';
  const user = reader.text(valued(/^(?:-U|-u|--username|--user)$/) ?? '');
  const checks = step.expectations.flatMap(({check}) => check ?? []);
  const common = {database, engine, place, line: command.line, ...(user === undefined || user === '' ? {} : {user})};
  return (texts.length === 0 ? [''] : texts).map(text => ({...common, text, checks}));
}

function tablesOf(asked: readonly Asked[]): TableNeed[] {
  const found = new Map<string, {columns: Map<string, Type>; rows: number; line: number}>();
  const made = new Set(
    asked.flatMap(({text}) => matches(text, /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?([\w."]+)/gi)),
  );
  for (const {text, line, checks} of asked) {
    const clean = text.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, ' ');
    const ctes = new Set(matches(clean, /(?:\bwith|,)\s+(\w+)\s+as\s*\(/gi));
    const tables = matches(clean, TABLES).filter(name => !ctes.has(name) && !made.has(name) && !NOT_OURS.test(name));
    for (const name of tables) {
      const known = found.get(name) ?? {columns: new Map<string, Type>(), rows: 3, line};
      found.set(name, known);
      known.rows = Math.min(ROWS_MAX, Math.max(known.rows, ...checks.map(wantedRows)));
      for (const [column, type] of columnsOf(clean, tables))
        if (!known.columns.has(column)) known.columns.set(column, type);
    }
  }
  return [...found].map(([name, {columns, rows, line}]) => ({
    name,
    columns: [...columns].map(([column, type]) => ({name: column, type})),
    rows,
    line,
  }));
}

const ROWS_MAX = 2000;
const TABLES =
  /\b(?:from|join|into|update|table|only|truncate)\s+(?!select\b|only\b|if\b)("?[a-z_]\w*"?(?:\."?\w+"?)?)(?!\s*\()/gi;
const NOT_OURS =
  /^(?:pg_|information_schema|sys\.|performance_schema|mysql\.|dual$|current_|now$|generate_series|unnest|lateral$|set$)/i;

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name.replaceAll('"', ''));
}

function wantedRows(check: Check): number {
  if (check.kind !== 'rows' && check.kind !== 'number') return 0;
  return /^(?:>=|=)$/.test(check.op) ? check.value : check.op === '>' ? check.value + 1 : 0;
}

type Type = TableNeed['columns'][number]['type'];

/** Words that are neither of the language, nor functions, nor tables. Of several tables each gets all of them. */
function columnsOf(text: string, tables: readonly string[]): [string, Type][] {
  const plain = text.replaceAll(/'(?:[^']|'')*'/g, "''");
  const aliases = new Set([
    ...matches(plain, /\bas\s+(\w+)/gi),
    ...matches(plain, /\b(?:from|join)\s+[\w."]+\s+(?:as\s+)?([a-z]\w*)/gi),
  ]);
  const names = new Set(tables.flatMap(table => [table, ...table.split('.')]));
  const found = new Map<string, Type>();
  for (const {0: word, index} of plain.matchAll(/(?<![\w$:])[a-z_]\w*(?!\w*\s*\()/gi)) {
    const name = word.toLowerCase();
    const isQualifier = plain[index + word.length] === '.';
    const isColumn =
      UNITS.test(name) && /^\s*(?:[<>=!]|in\b|between\b|is\b|,|;|$)/i.test(plain.slice(index + word.length));
    if (
      (KEYWORDS.test(name) && !isColumn) ||
      names.has(name) ||
      isQualifier ||
      (aliases.has(word) && plain[index - 1] !== '.')
    )
      continue;
    found.set(name, found.get(name) ?? typeOf(name, plain.slice(index + word.length, index + word.length + 40)));
  }
  return [...found];
}

function typeOf(name: string, after: string): Type {
  if (/^\s*(?:->|@>)/.test(after)) return 'jsonb';
  if (
    /(?:_at|_on|date|time|timestamp|_ts)$|^(?:created|updated)$/.test(name) ||
    /^\s*[<>]=?\s*(?:now|current_|date)/i.test(after)
  )
    return 'timestamptz';
  if (
    /^(?:is|has|can)_|^(?:active|enabled|deleted)$/.test(name) ||
    /^\s*(?:=\s*|is\s+(?:not\s+)?)(?:true|false)/i.test(after)
  )
    return 'boolean';
  if (/^\s*(?:=|<>|!=|like|ilike|in\s*\()\s*''/i.test(after)) return 'text';
  if (/(?:_ms|_pct|amount|price|total|rate|ratio|avg|balance)$/.test(name)) return 'numeric';
  return /(?:^|_)(?:id|count|n|size|bytes|number|version|position|quantity|year)$/.test(name) ||
    /^\s*[<>=]+\s*\d/.test(after)
    ? 'bigint'
    : 'text';
}

/** `where day = '2026-03-01'`, and `interval 1 day`. */
const UNITS = /^(?:day|hour|minute|second|week|month|year)$/;

const KEYWORDS =
  /^(?:select|from|where|and|or|not|in|is|null|as|on|join|left|right|inner|outer|full|cross|group|by|order|having|limit|offset|asc|desc|distinct|case|when|then|else|end|union|all|exists|between|like|ilike|interval|true|false|insert|into|values|update|set|delete|create|table|index|view|alter|drop|add|column|if|with|using|returning|now|current_timestamp|current_date|count|sum|avg|min|max|over|partition|nulls|first|last|filter|within|cast|integer|bigint|text|numeric|float|double|precision|timestamp|timestamptz|date|boolean|varchar|jsonb|json|explain|analyze|vacuum|reindex|begin|commit|rollback|only|truncate|cascade|concurrently|constraint|primary|key|foreign|references|default|unique|extension|schema|to|for|of|do|user|role|grant|show|any|array|lateral|recursive|verbose|day|days|hour|hours|minute|minutes|second|seconds|week|month|year)$/;
