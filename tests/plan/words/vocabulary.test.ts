import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {roleOf} from '../../../src/plan/outline/section-role.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf} from '../../../src/plan/plan.ts';
import {isKnownLanguage, topicPattern} from '../../../src/plan/words/vocabulary.ts';
import {sectionsAsked} from '../../helpers/doubts.ts';

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
  ['1. Prérequis', 'prepare'],
  ['Mise en production', 'deploy'],
  ['Vérifications après la bascule', 'verify'],
  ['Surveillance (2 premières heures)', 'monitor'],
  ['Critères de retour arrière', 'triggers'],
  ['Retour arrière', 'rollback'],
  ['Annexe : commandes utiles', 'reference'],
  ['Erreurs courantes', 'reference'],
  ['Astreinte', 'contacts'],
  ['Antes da implantação', 'prepare'],
  ['Implantação', 'deploy'],
  ['Conferência', 'verify'],
  ['Quando fazer rollback', 'triggers'],
  ['Plano de contingência', 'rollback'],
  ['Ferramentas úteis', 'reference'],
  ['Erros comuns', 'reference'],
  ['Plantão', 'contacts'],
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

test('a word of one language is no word of another that only looks like it', () => {
  expect(['5. Resume', 'La cola', 'No pods are left'].map(roleOf)).toEqual([undefined, undefined, undefined]);
});

test('a word is found only as a whole word, letters with accents included', () => {
  expect(topicPattern('or').test('fork')).toBe(false);
  expect(topicPattern('verdict').test('así')).toBe(false);
  expect(topicPattern('verdict').test('Sí')).toBe(true);
});

describe('in a language without words', () => {
  test.each([
    [
      'Italian',
      [
        '# Aggiornamento del gestionale',
        '',
        '## Preparazione',
        '',
        '- [ ] Copia di sicurezza della base dati controllata',
        '',
        '```bash',
        'ssh deploy@gestionale-1',
        'pg_dump -Fc gestionale > /backup/gestionale_$(date +%Y%m%d).dump',
        '```',
        '',
        '## Rilascio',
        '',
        'Per prima cosa fermare il servizio e poi installare la nuova versione.',
        '',
        '```bash',
        'sudo systemctl stop gestionale',
        'git checkout v2.1',
        'sudo systemctl start gestionale',
        '```',
        '',
        '## Se qualcosa va storto',
        '',
        '```bash',
        'git checkout v2.0',
        'sudo systemctl restart gestionale',
        '```',
        '',
        '## Comandi utili per i problemi più comuni',
        '',
        '```bash',
        'rm -rf /srv/gestionale/cache',
        '```',
      ],
    ],
    [
      'Polish',
      [
        '# Aktualizacja sklepu',
        '',
        '## Przygotowanie',
        '',
        '- [ ] Kopia zapasowa bazy danych jest sprawdzona',
        '',
        '```bash',
        'ssh deploy@sklep-1',
        'pg_dump -Fc sklep > /backup/sklep_$(date +%Y%m%d).dump',
        '```',
        '',
        '## Wdrożenie',
        '',
        'Przed uruchomieniem trzeba zatrzymać usługę na serwerze i poczekać.',
        '',
        '```bash',
        'sudo systemctl stop sklep',
        'git checkout v2.1',
        'sudo systemctl start sklep',
        '```',
        '',
        '## Wycofanie zmian',
        '',
        '```bash',
        'git checkout v2.0',
        'sudo systemctl restart sklep',
        '```',
        '',
        '## Przydatne polecenia dla administratora',
        '',
        '```bash',
        'rm -rf /srv/sklep/cache',
        '```',
      ],
    ],
  ] as const)('nothing of a document is lost, and nothing of it runs unasked: %s', (_, lines) => {
    const plan = parsePlan(lines.join('\n'), emptyBindings);
    const parts = plan.sections.filter(({role}) => role === 'other');
    expect(parts.map(({use}) => use)).toEqual(['reference', 'reference', 'reference']);
    expect(sectionsAsked(plan)).toEqual(parts);
    expect(plan.problems.filter(({code}) => code === 'unread-content')).toEqual([]);
    expect(plan.steps.flatMap(commandsOf)).toHaveLength(7);
  });
});

test.each([
  ['Stop the service and wait until the queue is empty', true],
  ['Den Dienst anhalten und warten, bis die Schlange leer ist', true],
  ['Parar el servicio y esperar hasta que la cola esté vacía', true],
  ['Arrêter le service et attendre que la file soit vide', true],
  ['Parar o serviço e aguardar até que a fila esteja vazia', true],
  ['Fermare il servizio e aspettare che la coda sia vuota', false],
  ['Zatrzymać usługę i poczekać, aż kolejka na serwerze się opróżni', false],
  ['De dienst stoppen en wachten tot de wachtrij van het systeem leeg is', false],
  ['停止服务并等待队列清空', false],
  ['nginx', undefined],
])('%s: known %s', (text, isKnown) => {
  expect(isKnownLanguage(text)).toBe(isKnown);
});
