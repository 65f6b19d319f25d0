import {expect, test} from 'vitest';
import {invitesNotes, readBlanks} from '../../../src/plan/phrases/blanks.ts';

test.each([
  ['**Final status:** ____', 'status'],
  ['**Issues encountered:** ____', 'issues'],
  ['**Comments:** ____', 'notes'],
  ['**Ergebnis:** ____', 'status'],
  ['**Besondere Vorfälle:** ____', 'issues'],
  ['**Anmerkungen:** ____', 'notes'],
  ['**Statut final :** ____', 'status'],
  ['**Problèmes rencontrés :** ____', 'issues'],
  ['**Remarques :** ____', 'notes'],
  ['**Estado final:** ____', 'status'],
  ['**Incidencias:** ____', 'issues'],
  ['**Observaciones:** ____', 'notes'],
  ['**Situação final:** ____', 'status'],
  ['**Ocorrências:** ____', 'issues'],
  ['**Observações:** ____', 'notes'],
  ['**Ticket:** ____', undefined],
])('%s asks whoever signs for %s', (line, asks) => {
  expect(readBlanks(line, 1, false).map(blank => blank.asks)).toEqual([asks]);
});

test('brackets alone on a line invite notes in every language, and other brackets do not', () => {
  const inviting = [
    '[Add any notes here]',
    '[Anmerkungen hier eintragen]',
    '  [Añadir observaciones]',
    '[Vos remarques]',
  ];
  expect(inviting.map(invitesNotes)).toEqual(inviting.map(() => true));
  const others = ['[your name]', '- [ ] Notes', 'see [the notes](notes.md)', '[Notes] of the team'];
  expect(others.map(invitesNotes)).toEqual(others.map(() => false));
});
