/** What stands with a step is asked about, also where its place, its user or the step itself is asked about. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const shown = (...lines: readonly string[]) =>
  (planOf('# Mill', '', '## Deploy', '', '- [ ] On web1: `ls`', '', ...lines).proposal?.doubts ?? [])
    .map(({message}) => message)
    .join('\n');

test.each([
  ['want `registered 41 scales`. 39 or 40 is ok, fewer is not.', 'fewer is not'],
  ['vorige keer was dat 3,1 GB. Is het minder, dan is er iets mis.', 'iets mis'],
  ['Avec un IST, 2 minutes. Le log dit SST : ne rien couper.', 'ne rien couper'],
])('below the commands: "%s"', (text, words) => {
  expect(shown('7. Load. On mill2, as loader:', '', '       millctl load', '', `   ${text}`)).toContain(words);
});

test('beside a command whose place nothing says: "- web must allow 1 disruption"', () => {
  expect(shown('- [ ] `kubectl get pdb` - web must allow 1 disruption. It said 0 on Monday')).toContain(
    'allow 1 disruption',
  );
});

test.each([
  '1. `./link-release 7.3` on both, restart `booking-app`',
  '1. `./link-release 7.3` überall, dann starte `booking-app`',
])('an order behind the command of "%s" that no command does', item => {
  const {proposal} = planOf('# Mill', '', '## Deploy', '', '- [ ] `make load`', '', '## Rollback', '', item);
  const own = proposal?.doubts.find(({line, code}) => line === 9 && code === 'not-read');
  expect(own?.message).toContain('booking-app');
  expect(own?.proposed).toBeUndefined();
});

test.each([
  'any double charge → back out',
  'Mehr als eine Handvoll Fehler → Rollback',
  'A los 30 min sin terminar -> vuelta atrás',
])('"%s" beside a log is a reason that nothing measures', reason => {
  expect(shown(`- [ ] Watch for 30 min: \`tail -f /var/log/mill.log\`. ${reason}`)).toContain('is measured by nothing');
});

test.each(['both web boxes', 'all front-end servers', 'jeden Server'])('"…, %s:" is more than one place', words => {
  const {proposal} = planOf(
    '# Mill',
    '',
    '## Deploy',
    '',
    '- [ ] On web1: `ls`',
    `- [ ] Remove the page, ${words}: \`rm /srv/CLOSED\``,
  );
  const own = proposal?.doubts.find(({line, code}) => line === 6 && code === 'place-assumed');
  expect(own?.message).toContain('more than one place');
  expect(own?.proposed).toBeUndefined();
});
