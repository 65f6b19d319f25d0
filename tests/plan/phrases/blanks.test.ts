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

test.each([
  ['Start: ____ End: ____', ['start', 'end']],
  ['Started at ____, ended at ____', ['start', 'end']],
  ['**Start date:** ____', ['start-date']],
  ['**Date deployed:** ____', ['start-date']],
  ['**Deployed by:** ____ Date: ____', ['user', 'date']],
  ['**Signed off by:** ____', ['signer']],
  ['**Signature:** ____', ['signer']],
  ['**Approved by:** ____', [undefined]],
  ['**Expected duration:** ____', [undefined]],
  ['Total time: ____', ['duration']],
  ['Time: ____', ['time']],
  ['Beginn: ____ Ende: ____', ['start', 'end']],
  ['**Startdatum:** ____', ['start-date']],
  ['**Durchgeführt von:** ____ Datum: ____', ['user', 'date']],
  ['**Unterschrift:** ____', ['signer']],
  ['**Freigegeben von:** ____', [undefined]],
  ['**Geplantes Ende:** ____', [undefined]],
  ['Gesamtdauer: ____', ['duration']],
  ['Uhrzeit: ____', ['time']],
  ['Début : ____ Fin : ____', ['start', 'end']],
  ['**Date du déploiement :** ____', ['start-date']],
  ['**Déployé par :** ____ Date : ____', ['user', 'date']],
  ['**Signature :** ____', ['signer']],
  ['**Validé par :** ____', [undefined]],
  ['**Durée prévue :** ____', [undefined]],
  ['Durée totale : ____', ['duration']],
  ['Heure : ____', ['time']],
  ['Hora de inicio: ____ Hora de fin: ____', ['start', 'end']],
  ['**Fecha de despliegue:** ____', ['start-date']],
  ['**Desplegado por:** ____ Fecha: ____', ['user', 'date']],
  ['**Firmado por:** ____', ['signer']],
  ['**Aprobado por:** ____', [undefined]],
  ['**Duración estimada:** ____', [undefined]],
  ['Duración: ____', ['duration']],
  ['Hora: ____', ['time']],
  ['Início: ____ Término: ____', ['start', 'end']],
  ['**Data da implantação:** ____', ['start-date']],
  ['**Executado por:** ____ Data: ____', ['user', 'date']],
  ['**Assinatura:** ____', ['signer']],
  ['**Aprovado por:** ____', [undefined]],
  ['**Início previsto:** ____', [undefined]],
  ['Duração: ____', ['duration']],
  ['Hora: ____', ['time']],
])('%s asks for what the run knows: %j', (line, computed) => {
  expect(readBlanks(line, 1, false).map(blank => blank.computed)).toEqual(computed);
});

test('a date in the head of the document is the date of the deploy', () => {
  const dates = ['**Date:** ____', '**Datum:** ____', '**Fecha:** ____', '**Data:** ____'];
  expect(dates.map(line => readBlanks(line, 1, true)[0]?.computed)).toEqual(dates.map(() => 'start-date'));
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
