/** Which commands and statements change the schema of a database, and which take such a change back. */
import {matchesOf} from '../../text/matches.ts';
import type {CarriedCommand} from '../shell/carried-commands.ts';

const DEFINES =
  /\b(?:create|alter|drop|rename)\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:materialized\s+|foreign\s+)?(?:table|index|view|type|schema|sequence|function|procedure|trigger|domain|extension|policy)\s+(?:concurrently\s+)?(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?([\w."`[\]]+)/gi;

/** The names of what SQL changes in the schema. SQL that ends in `rollback` only tries it. */
export function schemaChanges(sql: string): readonly string[] {
  if (sql === '') return [];
  const text = sql.replace(/--[^\n]*|\/\*[^*]*\*\//g, ' ').replace(/'[^'\n]*'/g, "''");
  if (/\brollback\s*(?:;\s*)?$/i.test(text.trimEnd())) return [];
  return matchesOf(text, DEFINES).map(([, name = '']) => plainName(name));
}

/** `public."Orders"` is `orders`. */
function plainName(name: string): string {
  const bare = name.replace(/["`[\]]/g, '').toLowerCase();
  return bare.slice(bare.lastIndexOf('.') + 1);
}

/** Programs that migrate, with the word that makes them do it. */
const MIGRATES = new RegExp(
  [
    String.raw`^alembic\b.{0,400}\supgrade\b`,
    String.raw`\bflask\b.{0,400}\sdb upgrade\b`,
    String.raw`\b(?:manage\.py|django-admin) migrate\b`,
    String.raw`\bprisma (?:migrate|db push)\b`,
    String.raw`\b(?:db:migrate|db:schema:load|ecto\.migrate|migrate:latest|migration:run|migration:up|migrations:migrate)\b`,
    String.raw`\bflyway\b.{0,400}\smigrate\b`,
    String.raw`\bliquibase\b.{0,400}\supdate(?:-count|-to-tag)?(?=\s|$)`,
    '^(?:npx )?(?:sequelize|knex) .{0,400}migrat',
    String.raw`\bsupabase (?:db push|migration up)\b`,
    String.raw`\bartisan migrate(?!:)`,
    String.raw`^(?:\S*/)?migrate\s.{0,400}\b(?:up|goto)\b`,
    String.raw`^goose\b.{0,400}\sup(?:-by-one|-to)?(?=\s|$)`,
    String.raw`^dbmate\b.{0,400}\s(?:up|migrate)\b`,
    String.raw`^sqitch\b.{0,400}\bdeploy\b`,
    String.raw`^atlas (?:migrate|schema) apply\b`,
    String.raw`\bef database update\b`,
    String.raw`^diesel migration run\b`,
    String.raw`^sqlx migrate run\b`,
    String.raw`^sea-orm-cli migrate\b`,
    String.raw`\bphinx migrate\b`,
    String.raw`^hasura migrate apply\b`,
    String.raw`\bnode-pg-migrate\b.{0,400}\sup\b`,
    String.raw`\bdrizzle-kit (?:push|migrate)\b`,
    String.raw`^(?:gh-ost|pt-online-schema-change)\b.{0,400}\s--execute\b`,
    // A script of the project that is named after it.
    String.raw`^(?:npm|yarn|pnpm|bun) (?:run )?(?:\w+:)?migrate(?::\w+)?(?=\s|$)`,
    String.raw`^make (?:\w+[-_])?migrate(?=\s|$)`,
    String.raw`^(?:(?:bash|sh|python3?|node|php|ruby) )?(?:\S*/)?(?:run[-_])?(?:db[-_])?migrat(?:e|ions)(?:\.\w+)?$`,
  ].join('|'),
);

/** Words by which such a program looks, writes a new file or goes back. */
const LOOKS_ONLY = new RegExp(
  [
    // As an option, anywhere.
    String.raw`\s--?(?:status|show|list|check|dry-run|plan|pretend|validate|version|help|sql)(?=[\s=]|$)`,
    // As the word of the program, directly behind what migrates: `migrate status`, `db:migrate:status`.
    String.raw`\b(?:migrat\w*|goose|dbmate|flyway|alembic|sqitch|db|atlas|liquibase)[\s:]+(?:-\S{1,200} ){0,4}(?:\S{1,200}[\s=])?(?:status|down|rollback|undo|revert|downgrade|show|list|history|current|info|validate|pending|check|dry-run|plan|make|create|new|generate|version|help|diff|resolve|reset)(?=[\s:]|$)`,
  ].join('|'),
);

/** Whether a simple command migrates a schema forward. */
export function isMigration(said: string): boolean {
  return MIGRATES.test(said) && !LOOKS_ONLY.test(said);
}

/** What takes a migration back. A dump that is read back brings the old schema. */
export const MIGRATED_BACK = new RegExp(
  [
    String.raw`\b(?:downgrade|rollback|migrate:undo|db:rollback|revert|pg_restore)\b`,
    String.raw`\bmigrate\s+\S+\s+(?:zero|\d+)(?:_\w+)?\b`,
    String.raw`\b(?:migrate|migrations?|goose|dbmate|sea-orm-cli|node-pg-migrate|flyway)\b(?![./])[^\n;&|]{0,400}[\s:](?:down|down-to|prev|undo|goto)\b`,
    String.raw`\bef database update \S`,
    String.raw`\bdb:migrate\b[^\n]{0,400}\sVERSION=|\bVERSION=\S+ [^\n]{0,400}\bdb:migrate\b`,
    String.raw`\b(?:psql|mysql|mariadb|sqlite3)\b[^\n|]{0,400}<\s*\S`,
    String.raw`\|\s{0,20}(?:[^\s|]{1,200} ){0,8}(?:psql|mysql|mariadb|sqlite3)\b`,
    String.raw`\b(?:psql\b[^\n]{0,400}\s(?:-[a-zA-Z]*f|--file)|sqlcmd\b[^\n]{0,400}\s-i)\b`,
    String.raw`\b(?:pgbackrest|velero|gcloud sql|heroku pg|barman|wal-g)\b[^\n]{0,400}(?:restore|recover|backup-fetch)`,
    'restore[-_]?(?:db|database)|(?:db|database)[-_:]restore',
  ].join('|'),
);

/** Their arguments are text, and may name any program. */
export const HOLDS_TEXT = /^(?:echo|printf|git|e?grep|rg|sed|awk|cat|less|head|tail)$/;

export const SQL_CLIENT = /(?:^|[\s/])(?:psql|mysql|mariadb|sqlite3|sqlcmd|cockroach sql|sqlplus)(?:\s|$)/;

/** The SQL that a command gives to the client of a database, as an argument or as a document below it. */
export function statementsOf({words, by, command}: CarriedCommand, text: string): string {
  const said = words.join(' ');
  if (!SQL_CLIENT.test(said)) return '';
  const documents = command.redirections.flatMap(({document}) =>
    document === undefined || by.length > 0 ? [] : [text.slice(document.start, document.end)],
  );
  return [...words.filter(word => /\s/.test(word)), ...documents].join('\n');
}

const NAMED_MIGRATION = /migrat|schema|\.up\.|(?:^|[/_-])(?:alter|ddl|upgrade)(?=[._-])|(?:^|\/)V?\d+[_-]/i;
/** As whole words: `accounts.sql` counts nothing, and `latest.sql` tests nothing. */
const NAMED_LOOK =
  /(?<![a-z])(?:checks?|verif\w*|counts?|select\w*|reports?|status|health\w*|smoke\w*|tests?|explain|analy[sz]e|vacuum|dump|backups?|restore|query|queries|down)(?![a-z])/i;

/**
 * The file of SQL that a client runs: one that is named a migration, and where `isDeploy` each that is not named a look.
 * `isNamed`: its name says that it migrates; of another one only a look into it could tell.
 */
export function sqlFile(
  {words, command}: CarriedCommand,
  isDeploy: boolean,
): {file: string; isNamed: boolean} | undefined {
  const read = command.redirections.flatMap(({operator, target}) => (operator === '<' ? [target] : []));
  const files = [...words.flatMap((word, index) => fileArgument(word, words[index + 1])), ...read];
  const written = files.filter(file => /\.sql$/i.test(file) && !NAMED_LOOK.test(baseName(file)));
  const named = written.find(file => NAMED_MIGRATION.test(file));
  if (named !== undefined) return {file: named, isNamed: true};
  const [other] = isDeploy ? written : [];
  return other === undefined ? undefined : {file: other, isNamed: false};
}

function fileArgument(word: string, next: string | undefined): readonly string[] {
  if (/^(?:-[a-zA-Z0-9]*f|--file|-i)$/.test(word)) return next === undefined ? [] : [next];
  const [, joined] = /^(?:--file=|-f)(\S+)$/.exec(word) ?? [];
  return joined === undefined ? [] : [joined];
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
