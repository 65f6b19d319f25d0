/** Stand-ins for the tools of web frameworks and of schema migrations. */
import type {StandIn, StandInRow} from './stand-in.ts';

const migrated = (call: RegExp, says: string): StandInRow => ({
  call,
  takesMs: 12_000,
  says,
  does: [{kind: 'keep', key: 'schema', value: 'migrated'}],
});

const migratedBack = (call: RegExp, says: string): StandInRow => ({
  call,
  takesMs: 10_000,
  says,
  does: [{kind: 'back', key: 'schema'}],
});

const MAINTENANCE: readonly StandInRow[] = [
  {
    call: /^(?:down|maintenance(?::|_)?(?:on|start|enable)|maintenance:start|lock)\b/,
    takesMs: 1500,
    says: 'Application is now in maintenance mode.\n',
    does: [{kind: 'keep', key: 'maintenance', value: 'on'}],
  },
  {
    call: /^(?:up|maintenance(?::|_)?(?:off|stop|end|disable)|maintenance:(?:end|stop)|unlock)\b/,
    takesMs: 1500,
    says: 'Application is now live.\n',
    does: [{kind: 'drop', key: 'maintenance'}],
  },
];

export const FRAMEWORKS: readonly StandIn[] = [
  {
    programs: ['manage.py', 'django-admin'],
    what: 'Django',
    rows: [
      migratedBack(/^migrate (?:-\S+ )*\w+ (?:zero|\d+\w*)/, 'Unapplying migrations... OK\n'),
      {
        call: /^migrate .*--(?:plan|check)/,
        takesMs: 2000,
        says: 'Planned operations:\n  No planned migration operations.\n',
      },
      migrated(/^migrate/, 'Running migrations:\n  Applying 0142_add_column... OK\n'),
      {call: /^showmigrations/, takesMs: 2000, says: ' [X] 0001_initial\n [ ] 0142_add_column\n'},
      {call: /^collectstatic/, takesMs: 15_000, says: '412 static files copied.\n'},
      {call: /^check/, takesMs: 2000, says: 'System check identified no issues (0 silenced).\n'},
      ...MAINTENANCE,
      {call: /^/, takesMs: 2000},
    ],
  },
  {
    programs: ['rails', 'rake', 'sidekiqctl'],
    what: 'Rails',
    rows: [
      migratedBack(/^db:(?:rollback|migrate:down)/, '== 20250115 AddColumn: reverted (0.0211s)\n'),
      {call: /^db:migrate:status/, takesMs: 3000, says: '   up     20250101  Initial\n'},
      migrated(/^db:migrate/, '== 20250115 AddColumn: migrated (0.0211s)\n'),
      {call: /^assets:(?:precompile|clobber)/, takesMs: 60_000, says: 'Compiled.\n'},
      ...MAINTENANCE,
      {call: /^/, takesMs: 4000},
    ],
  },
  {
    programs: ['artisan', 'bin/console', 'console', 'drush', 'wp', 'occ', 'magento', 'typo3'],
    what: 'PHP framework',
    rows: [
      migratedBack(
        /^(?:migrate:rollback|migrations:migrate prev|doctrine:migrations:migrate prev)/,
        'Rolled back: 2025_01_15_add_column\n',
      ),
      {call: /^(?:doctrine:migrations:|migrate:)(?:status|list)/, takesMs: 1500, says: '2025_01_01_initial  Ran\n'},
      migrated(
        /^(?:migrate|doctrine:migrations:migrate|updb|updatedb|setup:upgrade|core update-db)/,
        'Migrated: 2025_01_15_add_column\n',
      ),
      ...MAINTENANCE,
      {
        call: /^maintenance:(?:enable)|^maintenance:mode --on|^maint:set 1|^sset system.maintenance_mode 1/,
        takesMs: 1500,
        says: 'Maintenance mode enabled\n',
        does: [{kind: 'keep', key: 'maintenance', value: 'on'}],
      },
      {
        call: /^maintenance:(?:disable)|^maintenance:mode --off|^maint:set 0|^sset system.maintenance_mode 0/,
        takesMs: 1500,
        says: 'Maintenance mode disabled\n',
        does: [{kind: 'drop', key: 'maintenance'}],
      },
      {call: /^(?:cache|config|route|view|queue|optimize|storage)/, takesMs: 2000, says: 'Cleared.\n'},
      {call: /^/, takesMs: 2000},
    ],
  },
  {
    programs: [
      'alembic',
      'flask',
      'flyway',
      'liquibase',
      'prisma',
      'knex',
      'sequelize',
      'sequelize-cli',
      'typeorm',
      'dbmate',
      'goose',
      'migrate',
      'sqitch',
      'supabase',
      'diesel',
      'atlas',
      'mix',
      'gh-ost',
      'pt-online-schema-change',
    ],
    what: 'schema migrations',
    rows: [
      migratedBack(
        /(?:^|\s|:)(?:downgrade|rollback|undo|down|revert|db:rollback|ecto\.rollback|rollback-count|rollbackCount)/,
        'Running downgrade 0142 -> 0141\n',
      ),
      {
        call: /(?:^|\s|:)(?:current|history|status|info|heads|validate|show|dry-run|pending)/,
        takesMs: 1500,
        says: '0142 (head)\n',
      },
      migrated(
        /(?:^|\s|:)(?:upgrade|migrate|up|update|deploy|latest|push|run|ecto\.migrate|--execute)/,
        'Running upgrade 0141 -> 0142\n',
      ),
      {call: /^/, takesMs: 1500},
    ],
  },
  {
    programs: [
      'celery',
      'gunicorn',
      'uwsgi',
      'uvicorn',
      'sidekiq',
      'puma',
      'pumactl',
      'unicorn',
      'passenger-config',
      'airflow',
      'dbt',
      'newman',
      'pytest',
      'playwright',
      'cypress',
      'jest',
      'ctest',
      'phpunit',
      'rspec',
    ],
    what: 'application',
    rows: [
      {
        call: /^(?:dags |pools |variables )?(?:pause|disable)/,
        takesMs: 2000,
        says: 'paused\n',
        does: [{kind: 'keep', key: 'paused {1}', value: 'paused'}],
      },
      {
        call: /^(?:dags |pools |variables )?(?:unpause|enable)/,
        takesMs: 2000,
        says: 'unpaused\n',
        does: [{kind: 'drop', key: 'paused {1}'}],
      },
      migrated(/^db (?:migrate|upgrade)/, 'Database migrating done!\n'),
      migratedBack(/^db downgrade/, 'Downgrade complete\n'),
      {call: /^/, takesMs: 5000, says: 'ok\n'},
    ],
  },
];
