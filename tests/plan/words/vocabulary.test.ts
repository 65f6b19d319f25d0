import {expect, test} from 'vitest';
import {roleOf} from '../../../src/plan/outline/section-role.ts';
import {speaksOf} from '../../../src/plan/words/vocabulary.ts';

test.each([
  ['1. Preparación', 'prepare'],
  ['Antes del despliegue', 'prepare'],
  ['FASE 2: Migración de la base de datos', 'deploy'],
  ['Verificación posterior', 'verify'],
  ['PROCEDIMIENTO DE ROLLBACK RÁPIDO', 'rollback'],
  ['CRITERIOS DE ROLLBACK', 'triggers'],
  ['Backup y Preparación de Rollback', 'prepare'],
  ['Criterios de éxito', 'criteria'],
  ['Contactos', 'contacts'],
  ['Monitoreo', 'monitor'],
  ['Vorbereitung', 'prepare'],
  ['Durchführung', 'deploy'],
  ['Überprüfung', 'verify'],
  ['Rückfallplan', 'rollback'],
  ['Abbruchkriterien', 'triggers'],
  ['Ansprechpartner', 'contacts'],
  ['Überwachung', 'monitor'],
])('%s is %s in its own language', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

test.each([
  ['10. ROLLBACK PLAN', 'rollback'],
  ['Phase 5: Rollback (if needed)', 'rollback'],
  ['Emergency Rollback (< 5 min)', 'rollback'],
  ['Straight Switchback', 'rollback'],
  ['Revert the release', 'rollback'],
  ['Criteria for Rollback', 'triggers'],
  ['Automatic Rollback Triggers', 'triggers'],
  ['Manual Rollback Decision', 'triggers'],
  ['When should we roll back?', 'triggers'],
  ['Rollback Decision Log', 'notes'],
  ['Rollback Testing', 'prepare'],
  ['Template 5: Issue/Rollback Notice', 'reference'],
  ['Non-revertable items', 'reference'],
  ['Post-Rollback', 'rollback'],
])('%s is %s, whatever it looks like', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

test.each([
  ['Update documentation', 'deploy'],
  ['Deploy the monitoring stack', 'deploy'],
  ['Verify deployment', 'verify'],
  ['Overview', 'reference'],
])('a title that begins with work is work: %s is %s', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

test('a word is found only as a whole word, letters with accents included', () => {
  expect(speaksOf('or').test('fork')).toBe(false);
  expect(speaksOf('verdict').test('así')).toBe(false);
  expect(speaksOf('verdict').test('Sí')).toBe(true);
});
