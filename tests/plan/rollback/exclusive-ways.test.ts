/** Ways back of which the state decides: which one is taken is an open question, and none that loses data is proposed. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

const codeBlock = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];
const DEPLOY = ['# Change', '## Deploy', ...codeBlock('systemctl stop api', './install.sh', 'systemctl start api')];

/** Steps that R would run of which no open question asks whether they are the way that is meant. */
function unasked({steps, rollback, proposal}: Plan): string[] {
  const open = (proposal?.doubts ?? []).filter(({proposed}) => proposed === undefined);
  return (rollback?.steps ?? []).filter(id => {
    const step = steps.find(one => one.id === id);
    return !open.some(
      doubt => doubt.steps.includes(id) || (doubt.steps.length === 0 && doubt.section === step?.section),
    );
  });
}

test.each([
  [
    'a bakery, by whether the migration has run',
    [
      '## Rollback',
      'If the recipes have not been migrated:',
      ...codeBlock('apt-get install oven=3.1', 'systemctl restart oven'),
      'If the recipes have been migrated (from 02:00 on):',
      ...codeBlock('systemctl stop oven', './recipes down', 'systemctl start oven'),
    ],
  ],
  [
    'a hospital, in German',
    [
      '## Rückweg',
      'Falls die Migration noch nicht lief:',
      ...codeBlock('systemctl restart kis'),
      'Falls die Migration schon lief:',
      ...codeBlock('impdp kis dumpfile=kis.dmp', 'systemctl restart kis'),
    ],
  ],
  [
    'a port, in Spanish, before and after the switch',
    [
      '## Marcha atrás',
      '### Antes del cambio de grúa',
      ...codeBlock('./grua.sh vieja'),
      '### Después del cambio de grúa',
      ...codeBlock('./grua.sh nueva-fuera', './grua.sh vieja'),
    ],
  ],
  [
    'a school, in French, by what was written',
    [
      '## Retour arrière',
      '1. Si aucune note n’a été saisie : `./notes.sh retour`',
      '2. Si des notes ont déjà été saisies : `./notes.sh reprise`',
      '3. Si la base est déjà convertie : `pg_restore --clean -d notes /b/notes.dump`',
    ],
  ],
  [
    'a bank, in Portuguese',
    [
      '## Reversão',
      '### Se a migração ainda não rodou',
      ...codeBlock('./agencia voltar'),
      '### Se a migração já rodou',
      ...codeBlock('./agencia restaurar'),
    ],
  ],
  [
    'a water works, in a language without words here',
    [
      '## Rollback',
      'Înainte de toate, dispecerul este anunțat și pompele sunt trecute pe comandă manuală de către operator.',
      'Dacă migrarea nu a rulat, pachetul vechi se instalează din nou de către dispecer:',
      ...codeBlock('./pompe.sh vechi'),
      'Dacă migrarea a rulat și datele sunt scrise, salvarea se citește din nou pe server:',
      ...codeBlock('pg_restore -C -d postgres /b/istoric.dump'),
    ],
  ],
  [
    'a newspaper, of which one way is lettered for written data',
    [
      '## Rollback',
      '### Option A: nothing printed yet',
      ...codeBlock('./press old'),
      '### Option B: already printed',
      ...codeBlock('sqlplus / as sysdba @flashback.sql'),
    ],
  ],
  [
    'a railway, in sections of their own',
    [
      '## Rollback before cut-over',
      ...codeBlock('./points old'),
      '## Rollback after cut-over',
      ...codeBlock('./points back'),
    ],
  ],
  [
    'a brewery, by opposite conditions in one list',
    ['## Rollback', '- If the tank was rinsed: `make refill`', '- If the tank was not rinsed: `make open`'],
  ],
])('%s: every step waits for a person', (_, lines) => {
  const plan = planOf(...DEPLOY, ...lines);
  expect(plan.rollback?.steps.length).toBeGreaterThan(0);
  expect(unasked(plan)).toEqual([]);
});

test('a mild way goes before one that loses data, and is proposed', () => {
  const plan = planOf(
    ...DEPLOY,
    '## Quick rollback',
    ...codeBlock('./install.sh --old'),
    '## Full rollback',
    ...codeBlock('systemctl stop api'),
    ...codeBlock('dropdb api', 'pg_restore -C -d postgres /b/api.dump'),
  );
  expect(plan.rollback?.heading).toBe('Quick rollback');
  expect(unasked(plan)).not.toEqual(plan.rollback?.steps.slice(1));
});

test.each([
  'FLASHBACK DATABASE TO RESTORE POINT before',
  'dropdb api && createdb api',
  'mysql api < /b/api.sql',
  'restic restore latest --target /',
  'aws rds restore-db-instance-to-point-in-time --restore-time 02:00',
  'zfs rollback tank/api@before',
])('where every way loses data (%s), none is proposed', command => {
  const plan = planOf(
    ...DEPLOY,
    '## Quick rollback',
    ...codeBlock(command),
    '## Full rollback',
    ...codeBlock(command, command),
  );
  expect(unasked(plan)).toEqual([]);
});

test('what the bindings choose is no question any more', () => {
  const text = [
    '## Rollback before cut-over',
    ...codeBlock('make a'),
    '## Rollback after cut-over',
    ...codeBlock('make b'),
  ];
  const plan = parsePlan(text.join('\n'), {...emptyBindings, choices: {Rollback: 'after'}});
  expect(plan.rollback?.heading).toBe('Rollback after cut-over');
  expect(unasked(plan)).toEqual(plan.rollback?.steps);
});

test('ways by phase keep their proposal, because the run knows the phase', () => {
  const plan = planOf(
    '## Phase 1: Schema',
    '- [ ] `make schema`',
    '## Phase 2: Code',
    '- [ ] `make code`',
    '## Rollback',
    '### Rollback of phase 1',
    '- [ ] `make schema-back`',
    '### Rollback of phase 2',
    '- [ ] `make code-back`',
  );
  expect(unasked(plan)).toEqual(plan.rollback?.steps);
});

test.each([
  ['# if the schema has moved', '# otherwise'],
  ['# falls das Schema umgezogen ist', '# sonst neu installieren'],
  ['# si el esquema ya cambió', '# en caso contrario'],
])('the commands below "%s" and "%s" are not run together', (one, other) => {
  const plan = planOf(...DEPLOY, '## Rollback', ...codeBlock(one, './down.sh', other, './old.sh'));
  const [step] = plan.steps.filter(({id}) => plan.rollback?.steps.includes(id));
  const stages = step?.action.kind === 'script' ? step.action.stages : [];
  const commands = stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands : []));
  expect(commands.map(({condition}) => condition === undefined)).toEqual([false, false]);
  expect(new Set(commands.map(({condition}) => condition)).size).toBe(2);
});

test('where one of two ways in a block has a condition, no proof chooses between them', () => {
  const plan = planOf(
    ...DEPLOY,
    '## Retour',
    ...codeBlock('# si le schéma a bougé', './down.sh', '# sinon', './old.sh'),
  );
  expect(unasked(plan)).toEqual([]);
});

test.each([
  ['Remove the lock if it is still there: `rm /run/lock`', 'Drop the queue if it is still there: `make drop`'],
  ['Die Sperre lösen, falls sie noch da ist: `make frei`', 'Die Halle öffnen, falls noch nicht offen: `make auf`'],
  ['Quitar el aviso si sigue puesto: `make quitar`', 'Borrar la cola si todavía existe: `make borrar`'],
])('"%s" and "%s" are two steps of one way, each asked when its time comes', (one, other) => {
  const plan = planOf(...DEPLOY, '## Rollback', `1. ${one}`, `2. ${other}`);
  expect(unasked(plan)).toEqual(plan.rollback?.steps);
  expect(plan.steps.slice(-2).every(({condition}) => condition !== undefined)).toBe(true);
});
