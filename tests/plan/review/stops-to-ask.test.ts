/** Programs that stop for a person, and hosts that nothing else tells of. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function open(...lines: readonly string[]): string[] {
  const {proposal} = planOf('# Lab', ...lines);
  return (proposal?.doubts ?? []).flatMap(({line, proposed, code}) =>
    proposed === undefined ? [`${line} ${code}`] : [],
  );
}

const block = ['', '   ```', '   ansible-playbook upgrade.yml', '   ```'];

test.each([
  ['## Deploy', '1. Run the play. It stops for confirmation before app2:'],
  ['## Deploy', '1. Upgrade. The tool asks to continue after the first shop:'],
  ['## Einspielen', '1. Einspielen. Das Skript wartet vor kasse2 auf Bestätigung:'],
  ['## Déploiement', '1. Lancer. Le script demande une confirmation avant le second guichet :'],
  ['## Despliegue', '1. Lanzar. El programa pide confirmación antes de la segunda caja:'],
])('%s: "%s"', (title, item) => {
  expect(open(title, item, ...block)).toContain('3 not-read');
});

test('a person who waits for a confirmation is no program', () => {
  expect(open('## Deploy', '1. Upgrade, and wait for the confirmation of the shop:', ...block)).not.toContain(
    '3 not-read',
  );
});

test.each([
  ['## Deploy', '- [ ] Allow the port, on paygw-a and paygw-b'],
  ['## Einspielen', '- [ ] Port öffnen, auf fw-nord und fw-sued'],
])('%s "%s" is not here by proposal', (title, item) => {
  const lines = ['## Vor', '`ssh ops@app1 uptime`', title, item, '', '      sudo nft list ruleset'];
  expect(open(...lines)).toContain('5 place-assumed');
});
