/** Conditions behind the work, in each language: of a lead-in, an item and a title, in the deploy and in the rollback. */
import {describe, expect, test} from 'vitest';
import {readMarks} from '../../../src/plan/phrases/marks.ts';
import {readConditionSubject} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

describe('a condition behind the work', () => {
  test.each([
    ['Remove the banner if you put one up:', 'if you put one up'],
    ['Create the queue unless it is there already:', 'unless it is there already'],
    ['Restart the till if till.conf changed (2 min):', 'if till.conf changed'],
    ['Die Warteschlange anlegen, falls noch nicht geschehen:', 'falls noch nicht geschehen'],
    ['Die Sperre lösen, wenn sie noch da ist:', 'wenn sie noch da ist'],
    ['Restaurer la base si nécessaire :', 'si nécessaire'],
    ["Retirer le bandeau s'il est encore là :", "s'il est encore là"],
    ["Retirer le bandeau s'il est encore affiché :", "s'il est encore affiché"],
    ["Retirer le drapeau à moins qu'il ne soit déjà baissé :", "à moins qu'il ne soit déjà baissé"],
    ['Quitar el aviso si sigue puesto:', 'si sigue puesto'],
    ['Crear la cola salvo que ya exista:', 'salvo que ya exista'],
    ['Remover o aviso se ainda estiver no ar:', 'se ainda estiver no ar'],
    ['Criar a fila a menos que já exista:', 'a menos que já exista'],
  ])('%s', (text, condition) => {
    expect(readMarks(text)).toMatchObject({condition});
  });

  test.each([
    ['Install dependencies (skip if neither file changed):', 'unless neither file changed'],
    ['Bring the mail over, skip this unless spool.cfg changed:', 'if spool.cfg changed'],
    ['Index neu bauen (überspringen, wenn sich nichts geändert hat):', 'unless sich nichts geändert hat'],
    ["Reconstruire l'index (inutile si rien n'a changé) :", "unless rien n'a changé"],
    ['Reconstruir el índice (omitir si nada cambió):', 'unless nada cambió'],
    ['Reconstruir o índice (pular se nada mudou):', 'unless nada mudou'],
  ])('%s', (text, condition) => {
    expect(readMarks(text)).toMatchObject({condition});
  });

  test.each([
    'Check if the pump answers:',
    'Go on if all pumps are green:',
    'Keep the old box even if it is idle:',
    'Copy the file in case we need it:',
    'Purge the cache unless the mirror did it. Then tell support.',
    'Stop the feed. Call Ann if it floods.',
    'Weiter, wenn alles grün ist:',
    'Vérifier si le relais répond :',
    'Comprobar si el surtidor responde:',
    'Verificar se a bomba responde:',
    'O serviço conecta-se ao banco:',
    'El servicio se reinicia solo:',
  ])('%s has none', text => {
    expect(readMarks(text)).not.toHaveProperty('condition');
  });

  const WORK = ['', '```bash', './work.sh', '```'];
  test.each([
    ['a lead-in', ['Drop the lock if it is still there:', ...WORK]],
    ['an item', ['- [ ] Drop the lock if it is still there: `./work.sh`']],
    ['a title', ['### Drop the lock if it is still there', ...WORK]],
    ['a comment', ['```bash', '# drop the lock if it is still there', './work.sh', '```']],
  ])('is asked for %s, in a rollback as well', (_, lines) => {
    const condition = 'if it is still there';
    expect(planOf('## Deploy', ...lines).steps).toMatchObject([{condition}]);
    const back = planOf('## Deploy', '', '```bash', './go.sh', '```', '', '## Rollback', '', './back.sh', '', ...lines);
    expect(back.steps.at(-1)).toMatchObject({condition});
  });
});

test('a condition before an order ends where the order begins', () => {
  expect(readMarks('If it says TRIAL, call to the vendor, we wait.')).toMatchObject({condition: 'if it says TRIAL'});
  expect(readMarks("If you've not run it, it's easy. On the box you've touched,")).toMatchObject({
    condition: "if you've not run it, it's easy",
  });
  expect(readMarks('If the pump, the belt or the till fails')).toMatchObject({
    condition: 'if the pump, the belt or the till fails',
  });
});

describe('what a host can answer of it', () => {
  test.each([
    ['Delete `/run/deploy.lock` if it is still there:', {kind: 'exists', path: '/run/deploy.lock', negated: false}],
    ['Make /srv/mail unless it is there already:', {kind: 'exists', path: '/srv/mail', negated: true}],
    ['Borrar /run/turno.lock si todavía existe:', {kind: 'exists', path: '/run/turno.lock', negated: false}],
    ['/run/nacht.lock löschen, wenn sie noch da ist:', {kind: 'exists', path: '/run/nacht.lock', negated: false}],
    ['Build (skip if nothing in schema.sql changed):', {kind: 'changed', paths: ['schema.sql'], negated: false}],
    ['Build (skip if neither a.lock nor b.lock changed):', {kind: 'changed', paths: ['a.lock', 'b.lock']}],
    ['Bauen (überspringen, wenn sich an a.lock nichts geändert hat):', {kind: 'changed', negated: false}],
    ['Construir (omitir si nada cambió en a.lock):', {kind: 'changed', negated: false}],
  ])('%s', (text, subject) => {
    expect(readConditionSubject(readMarks(text).condition ?? '')).toMatchObject(subject);
  });

  test('another thing that may be there is not taken for the path', () => {
    const {condition = ''} = readMarks('Copy /etc/till.conf if the lock is still there:');
    expect(readConditionSubject(condition)).toBeUndefined();
  });
});
