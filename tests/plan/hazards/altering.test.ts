/** What a command changes where it is. */
import {expect, test} from 'vitest';
import {altersInPlace} from '../../../src/plan/hazards/altering.ts';

test.each([
  ["sed -i 's/a/b/' /etc/app.conf", 'changes files in place: /etc/app.conf'],
  ["sudo sed -i.bak -e 's/a/b/' app.conf", 'changes files in place: app.conf'],
  ["sed -Ei 's/a/b/' app.conf", 'changes files in place: app.conf'],
  ["sed --in-place=.bak 's/a/b/' app.conf", 'changes files in place: app.conf'],
  ['ssh web-1 "sed -i \'s/a/b/\' app.conf"', 'changes files in place: app.conf'],
  ["find . -name '*.conf' | xargs sed -i 's/a/b/'", 'changes files in place'],
  ["perl -pi -e 's/a/b/' app.conf", 'changes files in place: app.conf'],
  ["perl -i.bak -pe 's/a/b/' app.conf", 'changes files in place: app.conf'],
  ["awk -i inplace '{print}' hosts", 'changes files in place: hosts'],
  ['yq -i \'.image.tag = "2"\' values.yaml', 'changes files in place: values.yaml'],
  ['patch -p1 < fix.diff', 'changes files in place'],
  ['jq .a app.json | sponge app.json', 'changes files in place: app.json'],
  ['echo "10.0.0.5 db" | sudo tee -a /etc/hosts', 'writes over /etc/hosts'],
  ['echo MODE=new >> app.env', 'adds to app.env'],
  ['ln -sfn releases/42 current', 'replaces current'],
  ['chown -R app: /srv/app', 'changes the rights of all in /srv/app'],
  ['psql -c "UPDATE orders SET state = 1 WHERE id = 2"', 'changes the database'],
  ['psql shop -f migrations/007.sql', 'changes the database'],
  ['mysql shop < fix.sql', 'changes the database'],
  ['zcat dump.sql.gz | mysql shop', 'changes the database'],
  ["mongosh --eval 'db.orders.updateMany({}, {$set: {a: 1}})'", 'changes the database'],
  ['alembic upgrade head', 'changes the database'],
  ['python manage.py migrate', 'changes the database'],
  ['bundle exec rails db:migrate', 'changes the database'],
  ['npx prisma migrate deploy', 'changes the database'],
  ['php artisan migrate --force', 'changes the database'],
  ['pg_restore -d shop dump.pg', 'changes the database'],
  ['kubectl -n shop patch deployment web -p x', 'changes what runs: deployment web x'],
  ['redis-cli set mode new', 'changes keys'],
])('%s: %s', (command, words) => {
  expect(altersInPlace(command)).toBe(words);
});

test.each([
  ["sed -n '/a/p' app.conf"],
  ["sed 's/-i/x/' app.conf"],
  ['sed -e s/a/b/ in-place.conf'],
  ["perl -ne 'print if /x/' log"],
  ["perl -MList::Util -e 'print 1'"],
  ['git pull origin main'],
  ['git apply --check fix.diff'],
  ['make install | tee deploy.log'],
  ['./deploy.sh >> /var/log/deploy.log 2>&1'],
  ['pg_dump shop > backup.sql'],
  ['psql -c "SELECT count(*) FROM orders"'],
  ['psql -l'],
  ['alembic current'],
  ['rails db:migrate:status'],
  ['python manage.py showmigrations'],
  ['python manage.py migrate --plan'],
  ['kubectl -n shop get deployment set'],
  ['redis-cli get mode'],
  ['systemctl restart app'],
  ['crontab -l'],
])('%s changes nothing where it is', command => {
  expect(altersInPlace(command)).toBeUndefined();
});
