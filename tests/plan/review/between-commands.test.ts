/** Commands of one sentence run together: what stands between them, or behind them, is asked about. */
import {expect, test} from 'vitest';
import type {DoubtCode} from '../../../src/plan/doubt.ts';
import {planOf} from '../../helpers/plan-view.ts';

/** The line numbers of open doubts with that code. */
function openAt(code: DoubtCode, ...work: readonly string[]): number[] {
  const {proposal} = planOf('# Aquarium', '', '## Deploy', '', ...work);
  return (proposal?.doubts ?? []).flatMap(one => (one.code === code && one.proposed === undefined ? [one.line] : []));
}

test.each([
  ['a pipe', '- [ ] `ls -1 /srv/feed | tail -n +4` shows the old ones; pipe it into `xargs rm -f`'],
  ['a pipe in German', '- [ ] `ls -1 /srv/futter` zeigt die alten, dann an `raeumer --weg` weiterleiten'],
  ['a program that only reads', '- [ ] `cat /srv/feed/list` and then `sudo xargs systemctl stop`'],
  ['a look', '- [ ] `pump plan --all` shows the valves; if it looks sane, `pump apply --all`'],
  ['a look in Spanish', '- [ ] `bomba plan` muestra las válvulas; si está bien, `sudo bomba aplicar --todo`'],
  ['a look in French', "- [ ] `pompe plan --tout` montre les vannes ; si c'est bon, `sudo pompe appliquer --tout`"],
  [
    'a look on another day',
    '- [ ] Next working day: `pump plan --all` lists them; if nothing is odd run `pump apply --all`',
  ],
])('between commands: %s', (_, item) => {
  expect(openAt('condition-assumed', item)).toEqual([5]);
});

test.each([
  ['- [ ] `cd /srv/feed && make` and then `make install`'],
  ['- [ ] Stop it with `systemctl stop pump` and start it with `systemctl start pump`'],
  ['- [ ] `echo low > /srv/level` then `cat /srv/level | xargs pump set`'],
])('nothing stands between: %s', item => {
  expect(openAt('condition-assumed', item)).toEqual([]);
});

test('the open question does not hide that the step is for another day', () => {
  const {proposal} = planOf('## Deploy', '', '- [ ] Next working day: `ls /srv/old` and pipe it into `xargs rm -f`');
  const said = proposal?.doubts.find(({code}) => code === 'condition-assumed');
  expect(said?.message).toMatch(/next working day.*is to read what the command before it prints/);
});

test.each([
  ['in brackets', '- [ ] `systemctl restart php8.1-fpm` (or `php8.2-fpm`)'],
  ['in Spanish', '- [ ] Reiniciar: `systemctl restart tomcat9` (o `tomcat10`, según P2)'],
])('another name for a word of the command: %s', (_, item) => {
  expect(openAt('alternatives-assumed', item)).toEqual([5]);
});

test.each([
  ['- [ ] `apt-get install postgresql-15` bzw. auf neuen, oder `postgresql-16`'],
  ['- [ ] `systemctl stop pump` or `docker stop pump` if it hangs'],
  ['- [ ] `systemctl status pump` says `active` or `reloading`'],
])('no other name: %s', item => {
  expect(openAt('alternatives-assumed', item)).toEqual([]);
});

test.each([
  ['a mode', '- [ ] Tanks have to be refilled: `pump fill --all "now"`. Run with `dry_run: true` first and compare.'],
  ['in German', '- [ ] Becken füllen: `pumpe fuellen --alle`. Vorher die Ventile prüfen und notieren.'],
  ['in French', "- [ ] Remplir : `pompe remplir --tout`. D'abord vérifier les vannes et les noter."],
])('what comes first stands behind the command: %s', (_, item) => {
  expect(openAt('condition-assumed', item)).toEqual([5]);
});

test('a command is not what its own output must hold', () => {
  const {steps} = planOf('## Deploy', '', '- [ ] Tanks have to be refilled: `pump fill --all "now"` on either side.');
  expect(steps.flatMap(({expectations}) => expectations)).toEqual([]);
});

test.each([
  ['Ejecutar `systemctl stop cron` para evitar duplicados.'],
  ['Lancer `systemctl stop cron` pour éviter les doublons.'],
  ['Executar `systemctl stop cron` para evitar duplicados.'],
  ['Um Ausfälle zu vermeiden: `systemctl stop cron`'],
])('a purpose forbids no command: %s', item => {
  const {steps} = planOf('## Deploy', '', `- [ ] ${item}`);
  expect(steps).toMatchObject([{action: {kind: 'script'}}]);
});
