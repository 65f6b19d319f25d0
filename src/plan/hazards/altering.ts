/** The table of commands that change files or data where they are: what was there before is not there any more. */
import {carriedCommands} from '../shell/carried-commands.ts';
import {operands} from '../shell/words.ts';
import {changesByClient} from './destroyed-data.ts';
import {type Row, rowFor, tableOf, wordsOfRow} from './hazard-row.ts';

/** `-i`, `-i.bak`, `-pi -e`, `-ni`: letters of options, of which `i` is the one for in place. */
const IN_PLACE = /(?:^|\s)-[a-zA-Z0-9]*i(?:[.'"~]\S*)?(?=\s|$)|(?:^|\s)-i\S*|(?:^|\s)--in-?place\b/;
const CHANGES_FILES = 'changes files in place: {rest}';
const CHANGES_LAST = 'changes files in place: {last}';
const MIGRATES = 'changes the database';

const ROWS: readonly Row[] = [
  {on: 'sed gsed', when: /(?:^|\s)(?:-[nErsuz]*i\S*|--in-place\S*)(?=\s|$)/, says: CHANGES_FILES},
  {on: 'perl ruby', when: IN_PLACE, says: CHANGES_FILES},
  {on: 'awk gawk', when: /(?:^|\s)(?:-i|--include)[= ]?inplace\b/, says: CHANGES_LAST},
  {
    on: 'yq dasel gojq toml',
    when: /(?:^|\s)(?:-[a-zA-Z]*i[a-zA-Z]*|--in-?place)\b|^(?:put|delete|set)\b/,
    says: CHANGES_FILES,
  },
  {on: 'ed vi vim nvim', when: /(?:^|\s)(?:-[a-zA-Z]*[sEe][a-zA-Z]*|-c|\+\S+)(?=\s|$)/, says: CHANGES_LAST},
  {on: 'ed sponge dos2unix unix2dos recode patch rename prename', says: 'changes files in place: {all}'},
  {
    on: 'git',
    when: /^(?:-C \S+ )?(?:apply|am|mv|rm|filter-branch|filter-repo)\b/,
    unless: /--(?:check|stat|cached)\b/,
    says: 'changes files in place',
  },
  {on: 'crudini', when: /(?:^|\s)--(?:set|del|merge)\b/, says: 'changes files in place: {all}'},
  {on: 'augtool augeas', says: 'changes files in place'},
  {on: 'sort', when: /(?:^|\s)(?:-o|--output)/, says: 'writes over {all}'},
  {
    on: 'prettier eslint ruff black isort gofmt',
    when: /(?:^|\s)(?:-w|--write|--fix)\b/,
    says: 'changes files in place: {all}',
  },
  {
    on: 'tee',
    when: /(?:^|\s)\/(?:etc|usr|opt|srv|boot|root|var\/lib|home)\/\S*[^\s]$/,
    unless: /\.log$/,
    says: 'writes over {all}',
  },
  {on: 'truncate fallocate', says: 'changes the size of {last}'},
  {
    on: 'chmod chown chgrp setfacl',
    when: /(?:^|\s)(?:-[a-zA-Z]*R|--recursive)/,
    says: 'changes the rights of all in {last}',
  },
  {on: 'ln', when: /(?:^|\s)(?:-[a-zA-Z]*f|--force)/, says: 'replaces {last}'},
  {on: 'crontab', unless: /(?:^|\s)-[lr]\b/, says: 'replaces the cron jobs of the user'},
  {on: 'update-alternatives visudo vipw usermod groupmod', says: 'changes the settings of the system'},
  {on: 'sysctl', when: /(?:^|\s)-(?:w|p|-write|-load|-system)\b/, says: 'changes the settings of the system'},
  {
    on: 'kubectl oc k',
    when: /^(?:-\S+ )*(?:patch|edit|replace|set|annotate|label|taint|cordon|uncordon)\b/,
    says: 'changes what runs: {rest}',
  },
  {on: 'etcdctl', when: /\bput\b/, says: 'changes keys'},
  {on: 'consul', when: /\bkv (?:put|import)\b/, says: 'changes keys'},
  {
    on: 'redis-cli valkey-cli keydb-cli',
    when: /(?:^|\s)(?:[hm]?set(?:nx)?|setex|incr|decr|rename|expire|[lrsz](?:push|pop|add|rem)|config set|restore|migrate|eval)\s/i,
    says: 'changes keys',
  },
  {on: 'alembic', when: /^(?:-\S+(?: \S+)? )*(?:upgrade|downgrade|stamp)\b/, unless: /--sql\b/, says: MIGRATES},
  {on: 'flyway', when: /\b(?:migrate|repair|undo|baseline)\b/, says: MIGRATES},
  {on: 'liquibase', when: /\b(?:update|rollback|tag|changelog-?sync)(?!-sql)\b/i, says: MIGRATES},
  {
    on: 'manage.py django-admin',
    when: /^(?:migrate|loaddata|createcachetable|sqlsequencereset)\b/,
    unless: /--(?:plan|check)\b/,
    says: MIGRATES,
  },
  {
    on: 'rails rake',
    when: /\bdb:(?:migrate|rollback|seed|forward|prepare|setup)\b/,
    unless: /\bdb:migrate:status\b/,
    says: MIGRATES,
  },
  {on: 'artisan', when: /^(?:migrate|db:seed)(?::rollback)?(?=\s|$)/, unless: /--pretend\b/, says: MIGRATES},
  {
    on: 'console doctrine',
    when: /\b(?:doctrine:)?(?:migrations:(?:migrate|execute)|schema:update|fixtures:load)\b/,
    unless: /--dry-run\b/,
    says: MIGRATES,
  },
  {on: 'prisma', when: /^(?:migrate (?:deploy|dev|resolve)|db (?:push|seed|execute))\b/, says: MIGRATES},
  {on: 'knex', when: /\b(?:migrate:(?:latest|up|down|rollback)|seed:run)\b/, says: MIGRATES},
  {on: 'sequelize sequelize-cli', when: /\bdb:(?:migrate|seed)/, unless: /:status\b/, says: MIGRATES},
  {on: 'typeorm mikro-orm', when: /\b(?:migration:(?:run|revert|up|down)|schema:(?:sync|update))\b/, says: MIGRATES},
  {on: 'drizzle-kit', when: /^(?:push|migrate)\b/, says: MIGRATES},
  {on: 'mix', when: /^ecto\.(?:migrate|rollback)\b/, says: MIGRATES},
  {on: 'flask', when: /\bdb (?:upgrade|downgrade|stamp)\b/, says: MIGRATES},
  {on: 'diesel', when: /^migration (?:run|revert|redo)\b/, says: MIGRATES},
  {on: 'sqlx', when: /^(?:migrate (?:run|revert)|database (?:setup|reset))\b/, says: MIGRATES},
  {
    on: 'dbmate goose migrate golang-migrate tern',
    when: /(?:^|\s)(?:up|down|migrate|rollback|redo|force|goto|up-to|down-to)(?=\s|$)/,
    says: MIGRATES,
  },
  {on: 'atlas', when: /^(?:migrate apply|schema apply)\b/, unless: /--dry-run\b/, says: MIGRATES},
  {on: 'dotnet', when: /^ef database update\b/, says: MIGRATES},
  {
    on: 'wp',
    when: /^(?:search-replace|db (?:import|query|update)|core update-db|option (?:update|add|delete))\b/,
    unless: /--dry-run\b/,
    says: MIGRATES,
  },
  {on: 'drush', when: /^(?:updatedb|updb|sql-?c(?:li|query)|config:(?:set|import)|cim)\b/, says: MIGRATES},
  {on: 'pg_restore mongorestore mysqlimport mongoimport', unless: /(?:^|\s)(?:-l|--list|--dryRun)\b/, says: MIGRATES},
  {on: 'reindexdb clusterdb', says: MIGRATES},
  {on: 'vacuumdb', when: /(?:^|\s)(?:-f|--full)\b/, says: MIGRATES},
];

const ALTERING = tableOf(ROWS);

/** What a command changes where it is, in words; undefined when it changes nothing so. */
export function altersInPlace(text: string): string | undefined {
  for (const {words, command} of carriedCommands(text)) {
    const row = rowFor(ALTERING, words);
    if (row !== undefined) return wordsOfRow(row, words, operands(words)).replace(/:$/, '');
    const added = command.redirections.find(({operator}) => operator === '>>');
    if (added !== undefined && !/^\/dev\/|\.log$/.test(added.target)) return `adds to ${added.target}`;
  }
  return changesByClient(text);
}
