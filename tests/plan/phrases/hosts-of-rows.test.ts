/** Short names beside a host in a table are names of it, but not in a table of work. */
import {expect, test} from 'vitest';
import {hostNamesIn} from '../../../src/plan/phrases/host-mentions.ts';

const table = (head: string, row: string) => [`| ${head} |`, `|${'---|'.repeat(head.split('|').length)}`, `| ${row} |`];

test('of a table of machines they are', () => {
  expect([...hostNamesIn(table('Name | Host | Room', 'FWZ-A | fwz1.example.net | 3'))]).toContain('fwz-a');
});

test.each([
  ['No. | What | Host | Who | Command', 'V9 | Room | `such01` | MB | `df -h`'],
  ['Nr. | Was | Host | Wer | Befehl', 'V9 | Platz | `such01` | MB | `df -h`'],
  ['N.º | Qué | Servidor | Responsable | Comando', 'V9 | Sitio | `such01` | MB | `df -h`'],
  ['N° | Quoi | Serveur | Qui | Commande', 'V9 | Place | `such01` | MB | `df -h`'],
])('the number of a step and initials are none: %s', (head, row) => {
  expect([...hostNamesIn(table(head, row))]).toEqual(['such01']);
});
