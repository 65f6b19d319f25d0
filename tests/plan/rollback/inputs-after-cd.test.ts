/** What a rollback needs is made where its whole path says, however a line after `cd` writes it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const block = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

function missing(deploy: readonly string[], rollback: readonly string[]): string[] {
  const {problems} = planOf('## Deploy', ...block(...deploy), '## Rollback', ...block(...rollback));
  return problems.filter(({code}) => code === 'rollback-input-never-created').map(({message}) => message);
}

test.each([
  [
    'cd /srv/till/db',
    'cp -a data/orders.csv ../backups/orders.csv',
    'cp -a /srv/till/backups/orders.csv /srv/till/db/data/orders.csv',
  ],
  ['cd /srv/till/db', 'pg_dump till > ../../old/till-backup.sql', 'psql till < /srv/old/till-backup.sql'],
  ['cd ~/mill', 'tar -czf ./saved/../backup.tgz etc', 'tar -xzf ~/mill/backup.tgz'],
  ['true', 'cp -a /srv/a.conf /srv/./old/a.conf.bak', 'cp -a /srv/old/a.conf.bak /srv/a.conf'],
])('after `%s`, `%s` makes what `%s` needs', (cd, make, need) => {
  expect(missing([cd, make], [need])).toEqual([]);
});

test('another folder is another file', () => {
  const make = ['cd /srv/till/db', 'cp -a data/orders.csv ../backups/orders.csv'];
  expect(missing(make, ['cp -a /srv/backups/orders.csv /srv/till/db/data/orders.csv'])).toHaveLength(1);
});
