/** A look that is repeated until something is seen, and a condition by the place of its verb, are asked about. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...work: readonly string[]): boolean {
  const {proposal} = planOf('# Lock', '', '## Deploy', '', ...work);
  return (proposal?.doubts ?? []).some(({code}) => code === 'condition-assumed');
}

test.each([
  ['- [ ] `dig +short MX lock.test` until all nine show the new one'],
  ['- [ ] `dig +short MX schleuse.test`, bis alle neun den neuen zeigen'],
  ['- [ ] `dig +short MX exclusa.test` hasta que los nueve muestren el nuevo'],
  ['- [ ] `dig +short MX ecluse.test` jusqu’à ce que les neuf montrent le nouveau'],
  ['- [ ] `dig +short MX eclusa.test` até que os nove mostrem o novo'],
  ['| # | Command | Notes |\n|---|---|---|\n| 1 | `dig +short MX lock.test` | until all nine show it, 5–10 min |'],
])('%s', text => {
  expect(asked(...text.split('\n'))).toBe(true);
});

test.each([
  ['8. Listen zählen. Fehlen welche, für den einzelnen Kai nachschicken:'],
  ['8. Tore ansehen. Klemmt etwas, das Tor neu anfahren:'],
  ['8. Pegel lesen. Meldet sich niemand, von hier aus öffnen:'],
])('%s', lead => {
  expect(asked(lead, '', '   ```bash', '   schleuse senden --kai nord', '   ```')).toBe(true);
});

test.each([
  ['8. Listen zählen. Danach für den einzelnen Kai nachschicken:', 'schleuse senden --kai nord'],
  ['8. Look at the gates:', 'dig +short MX lock.test'],
])('nothing hangs on anything: %s', (lead, command) => {
  expect(asked(lead, '', '   ```bash', `   ${command}`, '   ```')).toBe(false);
});
