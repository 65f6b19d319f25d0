import {describe, expect, test} from 'vitest';
import {destroys, isEndless, needsTerminal} from '../../../src/plan/hazards/command-hazards.ts';
import {sshDestination} from '../../../src/plan/shell/carried-commands.ts';
import {looksLikeCommand} from '../../../src/plan/shell/command-likeness.ts';

describe('destroys', () => {
  test.each([
    ['rm -rf apps/backend', 'deletes apps/backend'],
    ['sudo rm -r a b', 'deletes a b'],
    ['git reset --hard HEAD~1', 'discards uncommitted changes'],
    ['git push --force origin main', 'overwrites the remote branch'],
    ['kubectl delete pod x', 'deletes pod x'],
    ['kubectl -n shop delete pod x -n shop', 'deletes pod x'],
    ['psql -c "DROP TABLE users"', 'drops users'],
    ['psql -c "DELETE FROM logs"', 'deletes every row of logs'],
    ['a && docker volume rm data', 'removes data'],
    ['npx prisma db push --force-reset', 'empties the database'],
  ])('%s: %s', (command, words) => {
    expect(destroys(command)).toBe(words);
  });

  test.each([
    [
      'sqlcmd -S db -E -Q "RESTORE DATABASE Herd FROM DISK=\'D:\\h.bak\' WITH REPLACE"',
      'overwrites Herd with a backup',
    ],
    ['sqlcmd -Q "ALTER DATABASE Herd SET OFFLINE WITH ROLLBACK IMMEDIATE"', 'ends the sessions of others'],
    ['sqlcmd -d Herd -Q "DROP TABLE [dbo].[Animals]"', 'drops dbo.Animals'],
    ['sqlcmd -Q "DELETE FROM [dbo].[Animals]"', 'deletes every row of dbo.Animals'],
    ['sqlcmd -Q "DELETE Animals"', 'deletes every row of Animals'],
    ['Invoke-Sqlcmd -ServerInstance . -Query "TRUNCATE TABLE dbo.Tags"', 'empties dbo.Tags'],
    ["mysql -e 'DROP DATABASE `tolls`'", 'drops tolls'],
    ['psql -c "DROP MATERIALIZED VIEW IF EXISTS fares"', 'drops fares'],
    ['psql -c "DELETE FROM \\"Fares\\" RETURNING id"', 'deletes every row of Fares'],
    ['psql -d "$DB" <<< "DELETE FROM public.fares"', 'deletes every row of public.fares'],
    ['mongosh --eval "db.getSiblingDB(\'x\').dropDatabase()"', 'drops a collection or database'],
    ['cqlsh -e "DROP KEYSPACE tracks"', 'drops tracks'],
    [
      'ssh db \'sqlplus -s / as sysdba <<< "FLASHBACK DATABASE TO RESTORE POINT a;"\'',
      'puts the data back to an earlier state',
    ],
    ['redis-cli -n 3 flushall', 'empties the cache'],
    ['echo FLUSHDB | valkey-cli -h cache', 'empties the cache'],
  ])('in the options or the input of a client, %s: %s', (command, words) => {
    expect(destroys(command)).toBe(words);
  });

  test.each([
    'rm file',
    'git reset file',
    'ls -rf',
    'psql -c "DELETE FROM logs WHERE id=1"',
    'psql -c \'DELETE FROM "public"."logs" WHERE id=1\'',
    'psql -c "DELETE FROM logs USING old WHERE logs.id = old.id"',
    'sqlcmd -Q "RESTORE VERIFYONLY FROM DISK=\'D:\\h.bak\'"',
    'sqlcmd -Q "BACKUP DATABASE Herd TO DISK=\'D:\\h.bak\'"',
    'mongosh --eval "db.a.deleteMany({old: true})"',
    'redis-cli dbsize',
  ])('%s destroys nothing', command => {
    expect(destroys(command)).toBeUndefined();
  });
});

describe('isEndless', () => {
  test.each([
    'tail -f x.log',
    'tail -n 100 -F x.log',
    'journalctl -u api -f',
    'kubectl logs -f deploy/x',
    'docker compose logs --follow',
    'docker logs -f api | grep ERROR',
    'watch kubectl get pods',
    'pm2 logs',
    'kubectl port-forward svc/x 80',
    'npm run dev',
  ])('%s', command => {
    expect(isEndless(command)).toBe(true);
  });

  test.each(['tail -n 50 x.log', 'kubectl logs x', 'docker rm -f x', 'npm run build', 'top -b -n1'])(
    '%s ends',
    command => {
      expect(isEndless(command)).toBe(false);
    },
  );
});

describe('needsTerminal', () => {
  test.each([
    'vim /etc/nginx.conf',
    'crontab -e',
    'psql',
    'psql mydb',
    'docker exec -it web sh',
    'sudo su -',
    'sudo -iu postgres',
    'read -p ok',
    'git rebase -i HEAD~2',
    'python3',
    'bin/rails console',
    'bundle exec rails c',
    'php artisan tinker',
    'python manage.py dbshell',
    'iex -S mix',
    'heroku run rails console',
    'redis-cli -c -h cache -p 6379',
    'redis-cli -3',
    'redis-cli -hcache --tls --cacert /etc/ca.crt',
    'redis-cli --user app --pass x',
  ])('%s', command => {
    expect(needsTerminal(command)).toBeDefined();
  });

  test.each([
    'psql -c "select 1"',
    'docker exec web ls',
    'python manage.py migrate',
    'RAILS_ENV=production bin/rails db:migrate',
    'bin/rails db:migrate:status | grep down',
    'bin/rails console:cleanup',
    "bin/rails runner 'Order.sync'",
    'bundle exec rake db:seed',
    'php artisan migrate --force',
    'python manage.py shell_export',
    'mix ecto.migrate',
    'heroku run rails cache:clear',
    'git commit -m x',
    "ssh host 'ls'",
    'mysql -e x',
    'redis-cli -c -h cache FLUSHALL',
    'redis-cli --scan',
    'redis-cli -x SET colour',
  ])('%s runs by itself', command => {
    expect(needsTerminal(command)).toBeUndefined();
  });
});

test.each([
  ['git tag v1', true],
  ['cp -r a b', true],
  ['./deploy.sh', true],
  ['make', true],
  ['sudo systemctl restart x', true],
  ['sudo -u app -i', true],
  ['seq 1 10', true],
  ["printf '%s' x", true],
  ['NODE_ENV=production npm run build', true],
  ['for i in 1 2; do curl -f http://x/$i; done', true],
  ['mytool deploy --env prod', true],
  ['bin/rails db:migrate', true],
  ['/deploy api', false],
  ['GET /health', false],
  ['application/json', false],
  ['make sure that it works', false],
  ['read the docs', false],
  ['config/app.yml', false],
  ['user.name', false],
  ['--flag', false],
  ["it's", false],
  ['.env', false],
  ['DATABASE_URL', false],
  ['ai_messages', false],
  ['src/app/main.py', false],
  ['database/INDEX_GUIDE.md', false],
  ['pool_size=20', false],
  ['git', false],
])('%j is a command: %s', (text, is) => {
  expect(looksLikeCommand(text)).toBe(is);
});

test.each([
  [['ssh', 'a@b'], {destination: 'a@b', remote: ''}],
  [['ssh', '-i', 'key.pem', '-p', '22', 'a@b'], {destination: 'a@b', remote: ''}],
  [['ssh', 'b', 'ls', '-l'], {destination: 'b', remote: 'ls -l'}],
  [['ssh', '-Np', '2222', 'b'], {destination: 'b', remote: ''}],
  [['ssh', '-vp2222', '--', 'b', 'ls'], {destination: 'b', remote: 'ls'}],
  [['scp', 'a', 'b'], undefined],
])('%j goes to %j', (words, destination) => {
  const {options: _, ...found} = sshDestination(words) ?? {};
  expect(found).toEqual(destination ?? {});
});
