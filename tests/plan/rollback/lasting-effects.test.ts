/** What a rollback says it does not take back: migrations by any program, SQL at the client, SQL of the document. */
import {describe, expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function leaves(deploy: readonly string[], rollback: readonly string[], language = 'bash'): readonly string[] {
  const plan = planOf(
    ...['# App', '## Deploy', '```bash', 'systemctl restart app', '```', '', `\`\`\`${language}`, ...deploy, '```'],
    ...['## Rollback', '```bash', 'git checkout v1', ...rollback, '```'],
  );
  return plan.rollback?.doesNotUndo ?? [];
}

describe('a change of the schema is named when nothing takes it back', () => {
  test.each([
    `psql "$DATABASE_URL" -c 'ALTER TABLE orders ADD COLUMN paid boolean'`,
    'sudo -u postgres psql app -c "create index concurrently orders_at on orders (at)"',
    `ssh db.example.com "psql app -c 'drop table old_orders'"`,
    `docker compose exec -T db psql -U app -c 'CREATE TABLE refunds (id int)'`,
    `mysql app -e 'alter table orders add paid int'`,
    'psql -d app -f migrations/0042_paid.sql',
    'psql app < db/release-42.sql',
    'migrate -path db/migrations -database "$DATABASE_URL" up',
    'goose -dir migrations postgres "$DSN" up',
    'dbmate up',
    'sqitch deploy',
    'bundle exec rails db:migrate',
    'npm run migrate',
    'make migrate',
    './bin/migrate',
    'php bin/console doctrine:migrations:migrate --no-interaction',
    'alembic -c alembic.ini upgrade head',
    'liquibase --changelog-file=c.xml update',
    'yes | npx prisma migrate dev --name init',
    'npx knex migrate:latest --env make',
  ])('%s', command => {
    expect(leaves([command], [])).toEqual([expect.stringContaining('(line 8)')]);
  });

  test('SQL below a client, on one line however long it is', () => {
    const [told = ''] = leaves(['psql app <<SQL', 'ALTER TABLE orders', '  ADD COLUMN paid boolean;', 'SQL'], []);
    expect(told).toMatch(/^psql app <<SQL ALTER TABLE orders .* \(line 8\): the schema stays changed/);
  });

  test('a statement of a block of SQL, and no statement that only looks', () => {
    const sql = ['SELECT count(*) FROM orders;', 'ALTER TABLE orders ADD COLUMN paid boolean;'];
    expect(leaves(sql, [], 'sql')).toEqual([expect.stringContaining('(line 9): the schema stays changed')]);
  });
});

test.each([
  ['psql app -f migrations/0042_paid.sql', /: what migrations\/0042_paid\.sql changes in the database stays; /],
  ['psql app -f schema.sql', /: what schema\.sql changes in the database stays; /],
  ['psql app -f accounts.sql', /: accounts\.sql was not read and may change schema or data; no step /],
  ['psql app -f latest.sql', /: latest\.sql was not read and may change schema or data; no step /],
  ['mysql app < db/release.sql', /: db\/release\.sql was not read and may change schema or data; no step /],
  ['psql app -f seed.sql -f migrations/0042_paid.sql', /: what migrations\/0042_paid\.sql changes /],
])('a file of SQL is said to change what its name says, and no more: %s', (command, said) => {
  expect(leaves([command], [])).toEqual([expect.stringMatching(said)]);
});

test.each(['docker compose -f migrate.yml down', 'git restore --source v1 migrations && git reset --hard v1'])(
  'what is only named like a migration takes none back: %s',
  back => {
    expect(leaves(['alembic upgrade head'], [back])).toHaveLength(1);
  },
);

test('a push to a repository that is named like a client stays on the remote', () => {
  expect(leaves(['git push mysql main'], [])).toEqual([expect.stringContaining('remote')]);
});

describe('what takes it back counts', () => {
  const added = `psql app -c 'ALTER TABLE public."Orders" ADD COLUMN paid boolean'`;

  test.each([
    [added, `psql app -c 'alter table orders drop column paid'`],
    [added, 'pg_restore -d app before.dump'],
    [added, 'psql app -f undo.sql'],
    ['migrate -path db -database "$URL" up', 'migrate -path db -database "$URL" down 1'],
    ['goose postgres "$DSN" up', 'goose postgres "$DSN" down'],
    ['python manage.py migrate', 'python manage.py migrate shop 0041_before'],
    ['psql app -f migrations/0042_paid.sql', `psql app -c 'alter table orders drop column paid'`],
  ])('%s, then %s', (deploy, back) => {
    expect(leaves([deploy], [])).toHaveLength(1);
    expect(leaves([deploy], [back])).toEqual([]);
  });

  test('but no change of another table', () => {
    expect(leaves([added], [`psql app -c 'alter table guests drop column paid'`])).toHaveLength(1);
  });
});

test.each([
  `psql app -c 'select * from orders'`,
  `psql app -c 'vacuum analyze orders'`,
  `psql app -c 'begin; alter table orders add paid int; rollback;'`,
  'psql app -f checks/count-orders.sql',
  'psql app -f healthcheck.sql',
  'psql app -f 0042_paid.down.sql',
  'python manage.py migrate --check',
  'echo rails db:migrate',
  'echo "psql -c ALTER TABLE a ADD b int"',
  'npx prisma migrate status',
  'rails db:migrate:status',
  'alembic upgrade head --sql',
  'migrate -path db version',
  'goose status',
  'git commit -am "Run prisma migrate in CI"',
  'grep -rn "migration:run" package.json',
  "echo 'alter table orders'",
])('%s changes no schema', command => {
  expect(leaves([command], [])).toEqual([]);
});
