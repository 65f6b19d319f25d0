/** A person is to look at what one command of a block shows, and the next one would run at once behind it. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

/** The first commands of a block stand in lines 6 and 7. */
function asked(...commands: readonly string[]): string[] {
  const text = ['# Till', '', '## Deploy', '', '```sh', ...commands, '```'];
  const {proposal} = parsePlan(text.join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    message.includes('runs at once behind it') ? [`${line}${proposed === undefined ? '' : '~'}`] : [],
  );
}

test.each([
  ['php artisan migrate --pretend   # read it!', 'php artisan migrate --force'],
  ["psql -c 'select count(*) from jobs'   # is it 0?", 'systemctl stop worker'],
  ['./load.sh kasse.csv   # erst das Protokoll lesen', './commit.sh'],
  ['./charger.sh   # relire la sortie', './valider.sh'],
  ['./cargar.sh   # revisar antes', './confirmar.sh'],
  ['./carregar.sh   # conferir o resultado', './confirmar.sh'],
  ['wc -l orders.csv   # about 4000!', './import.sh orders.csv'],
  ['./drain.sh   # wait for the hall', './stop.sh'],
])('a comment behind a command: %s', (...commands) => {
  expect(asked(...commands)).toEqual(['6']);
});

test('a comment on a line of its own', () => {
  expect(asked('./load.sh', '# read the log first', './commit.sh')).toEqual(['7']);
});

test.each([
  ['manage.py migrate --plan', 'manage.py migrate'],
  ['rsync -avn /srv/a/ /srv/b/', 'rsync -av /srv/a/ /srv/b/'],
  ['helm diff upgrade till ./chart', 'helm upgrade till ./chart'],
  ['sudo apt-get -s upgrade', 'sudo apt-get -y upgrade'],
  ['kubectl apply --dry-run=server -f till.yaml', 'kubectl apply -f till.yaml'],
])('a dry run in front of the same: %s', (...commands) => {
  expect(asked(...commands)).toEqual(['6']);
});

test.each([
  ['nginx -t   # check the config', 'nginx -s reload'],
  ['git diff', 'git commit -am prices'],
  ['systemctl stop till   # the old one', 'systemctl start till'],
  ['systemctl restart till', 'systemctl status till   # read it!'],
  ['./load.sh   # takes 5 minutes', './commit.sh'],
  ['terraform plan -out a.plan', 'kubectl apply -f till.yaml'],
])('not: %s', (...commands) => {
  expect(asked(...commands)).toEqual([]);
});
