/** Questions about the course of a document that several findings ask. */
import {posix} from 'node:path';
import type {Doing} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';
import {archiveOf, commitBrought, copyOf, movesHead, operands} from '../../plan/script.ts';

/** What findings are told from. `index` of a doing is its place in the order in which a run comes to it. */
export type Told = {plan: Plan; course: readonly Doing[]};

/** A path as far as the document says it: absolute where the directory is. */
export function wholePath({directory}: Pick<Doing, 'directory'>, path: string): string {
  const whole = /^[/~]/.test(path) || directory === undefined ? path : posix.join(directory, path);
  return posix.normalize(whole).replace(/(?<=.)\/+$/, '');
}

export function holdsPath(outer: string, inner: string): boolean {
  return outer === inner || inner.startsWith(`${outer}/`);
}

/** `git pull`, `git checkout v2`, `git reset --hard v1`: another commit stands there afterwards, or may. */
export function bringsCommit({words}: Doing): boolean {
  const text = textOf(words);
  return (
    commitBrought(text) !== undefined || movesHead(text) || /^git (?:merge|rebase|revert|cherry-pick)\b/.test(text)
  );
}

/** One repository, as far as the document says it. */
export function sameRepository(one: Doing, other: Doing): boolean {
  if (one.place !== other.place) return false;
  const [a, b] = [repositoryOf(one), repositoryOf(other)];
  return a === undefined || b === undefined || holdsPath(a, b) || holdsPath(b, a);
}

function repositoryOf({raw, directory}: Doing): string | undefined {
  const at = raw.indexOf('-C');
  return at === -1 ? directory : raw[at + 1];
}

/** A schema goes forward. */
export function migrates({words}: Doing): boolean {
  return (
    MIGRATES.test(textOf(words)) &&
    !migratesBack(words) &&
    !/--(?:plan|check|status|list|dry-run)\b/.test(textOf(words))
  );
}

const MIGRATES =
  /^(?:alembic (?:\S+ )*upgrade|flask db upgrade|manage\.py migrate|rails db:migrate|rake db:migrate|artisan migrate|prisma (?:migrate|db push)|flyway (?:\S+ )*migrate|liquibase (?:\S+ )*update|knex migrate|sequelize(?:-cli)? db:migrate|typeorm migration:run|dbmate (?:up|migrate)|goose .*up|migrate .*up|mix ecto\.migrate|diesel migration run|supabase db push|(?:npm|pnpm|yarn) (?:run )?\S*migrat\S*|(?:console|bin\/console) doctrine:migrations:migrate)\b/;

/** It takes a migration back, which only the code that brought it can. */
export function migratesBack(words: readonly string[]): boolean {
  return MIGRATES_BACK.test(textOf(words));
}

const MIGRATES_BACK =
  /^(?:alembic (?:\S+ )*downgrade|flask db downgrade|manage\.py migrate (?:-\S+ )*\w+ (?:zero|\d{3,}\w*)|(?:rails|rake) db:(?:rollback|migrate:down)|artisan migrate:rollback|flyway undo|liquibase (?:\S+ )*rollback\S*|knex migrate:(?:rollback|down)|sequelize(?:-cli)? db:migrate:undo\S*|typeorm migration:revert|dbmate (?:down|rollback)|goose .*down|migrate .*down|mix ecto\.rollback|diesel migration revert|(?:npm|pnpm|yarn) (?:run )?\S*migrat\S*(?:down|undo|rollback|revert)\S*|(?:console|bin\/console) doctrine:migrations:migrate (?:prev|first))(?:\b|$)/;

/** The two are never both run. */
export function isOtherArm(one: Doing, other: Doing): boolean {
  return one.arm !== undefined && one.arm.of === other.arm?.of && one.arm.arm !== other.arm.arm;
}

function textOf(words: readonly string[]): string {
  return words.join(' ');
}

/** `git pull origin main`, as it is quoted in a finding. */
export function shown({words}: Doing): string {
  const text = textOf(words).replaceAll(/\s+/g, ' ');
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text;
}

const SHOWN_MAX = 72;

export function lineText({plan}: Told, line: number): string {
  return `line ${line}: ${(plan.source[line - 1] ?? '').trim()}`;
}

/** `the database shop` of `pg_dump -Fc shop`; undefined where only a variable knows. */
export function databaseOf({words}: Doing): string | undefined {
  const [program = ''] = words;
  if (!/^(?:pg_dump|pg_restore|psql|mysqldump|mysql|mariadb|createdb|dropdb)$/.test(program)) return undefined;
  const at = words.findIndex(word => /^(?:-d|--dbname|-D|--database)$/.test(word));
  const option = words.find(word => /^--(?:dbname|database)=/.test(word))?.replace(/^[^=]*=/, '');
  const url = words.find(word => /^(?:postgres(?:ql)?|mysql):\/\//.test(word));
  const valued = new Set(words.flatMap((word, index) => (/^-[UhpfFjnctTu]$/.test(word) ? [index + 1] : [])));
  const plain = operands(words.filter((_, index) => !valued.has(index)));
  return (at === -1 ? undefined : words[at + 1]) ?? option ?? url ?? plain.find(word => !/[/.]/.test(word));
}

export type Copied = {from: string; to: string; whole: boolean};

/** `whole`: a directory with all that is in it. Of an archive `to` is the archive. */
export function copiedBy({words}: Doing): Copied[] {
  const archive = archiveOf(words);
  if (archive !== undefined) {
    const {file, members, reads} = archive;
    return reads || file === undefined ? [] : members.map(from => ({from, to: file, whole: true}));
  }
  const {program = '', sources = [], target} = copyOf(words) ?? {};
  if (target === undefined || !/^(?:cp|rsync|mv)$/.test(program)) return [];
  const whole = program === 'mv' || words.some(word => /^-\w*[rRa]|^--(?:recursive|archive)/.test(word));
  return sources.map(from => ({from: from.replace(/(?<=.)\/+$/, ''), to: target.replace(/(?<=.)\/+$/, ''), whole}));
}
