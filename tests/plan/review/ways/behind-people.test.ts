/** What R would run without waiting for the work that a person does above it. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

/** The lines of commands that are asked about, without a proposal, because a person works above them. */
function asked(...lines: readonly string[]): number[] {
  const {proposal} = parsePlan(['# Shop', '## Deploy', '`make up`', ...lines].join('\n'), emptyBindings);
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes('without waiting for'));
  expect(found.filter(({proposed}) => proposed !== undefined)).toEqual([]);
  return found.map(({line}) => line);
}

test.each([
  ['## Rollback', 'Stop the server on both', '`pg_restore --clean -d tms /backup/tms.dump`'],
  ['## Rollback', 'Unplug the scanners', '`rm -rf /srv/scan/queue`'],
  ['## Rückfall', 'Kassen vom Netz trennen', '`dropdb kasse`'],
  ['## Retour arrière', 'Couper la réplication dans la console', '`dropdb guichet`'],
])('%s: behind "%s" it does not destroy by itself', (title, work, command) => {
  expect(asked(title, `1. ${work}`, `2. ${command}`)).toEqual([6]);
});

test.each([
  [
    '## Rollback',
    'hal-mesdb-01: `sudo systemctl disable --now postgresql-16` (ignore the error if it was never enabled)',
    '`sudo systemctl enable --now postgresql-13`',
  ],
  ['## Rückfall', 'Neue Kasse an der Konsole abschalten', '`docker compose -f alt.yml up -d`'],
  ['## Retour arrière', 'Arrêter le nouveau guichet dans la console', '`systemctl start guichet-ancien`'],
  ['## Marcha atrás', 'Parar el motor nuevo en la consola', '`systemctl restart motor-viejo`'],
])('%s: behind "%s" it does not start anything by itself', (title, work, command) => {
  expect(asked(title, `1. ${work}`, `2. ${command}`)).toEqual([6]);
});

test.each([
  ['## Rollback', 'Put the old version back in `.env`', '`docker compose up -d`'],
  ['## Rollback', 'Unplug the scanners', '`systemctl start shop`'],
  ['## Rückfall', 'Ersatzweg wieder einschalten', '`set sip-peer primary tk-a`'],
  ['## Retour arrière', 'Remettre la vanne manuelle', '`vannectl ouvrir nord`'],
])('%s: directly behind "%s" it changes nothing by itself', (title, work, command) => {
  expect(asked(title, `1. ${work}`, `2. ${command}`)).toEqual([6]);
});

test('further on, only what starts or destroys waits', () => {
  expect(
    asked('## Rollback', '1. Edit `.env`', '2. `./load old`', '3. `./print`', '4. `systemctl start shop`'),
  ).toEqual([6, 8]);
});

test('telling somebody is no work, and what only looks needs none', () => {
  expect(asked('## Rollback', '1. Tell the support team', '2. `dropdb shop`')).toEqual([]);
  expect(asked('## Rollback', '1. Unplug the scanners', '2. `systemctl status shop`')).toEqual([]);
  expect(asked('## Rollback', '1. Check that the belt stands', '2. `systemctl start shop`')).toEqual([]);
  expect(asked('## Rollback', '1. `dropdb shop`', '2. Unplug the scanners')).toEqual([]);
});
