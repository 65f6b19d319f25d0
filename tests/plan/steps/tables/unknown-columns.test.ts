/** Columns beside the work: ways back, reasons to go back, and columns that nobody knows are never run like the work. */
import {expect, test} from 'vitest';
import {commandTexts, planOf} from '../../../helpers/plan-view.ts';

function read(head: string, ...rows: readonly string[]) {
  const plan = planOf('# Change', '## Deploy', '', `| ${head} |`, `|${'---|'.repeat(head.split('|').length)}`, ...rows);
  const doubts = (plan.proposal?.doubts ?? []).map(({code, proposed}) => `${code}${proposed === undefined ? '!' : ''}`);
  return {
    commands: plan.steps.flatMap(commandTexts),
    doubts,
    rules: plan.rules.map(({role, text}) => `${role}: ${text}`),
  };
}

test.each([
  ['a mill, in German', 'Nr | Tätigkeit | Soll | zurück'],
  ['a dryer', 'No | What | OK | Undo'],
  ['a bakery', 'Step | Command | Expected | Back out'],
  ['a ferry, in French', 'N° | Étape | Attendu | Retour arrière'],
  ['a school, in Spanish', 'Paso | Comando | Esperado | Deshacer'],
  ['a clinic, in Portuguese', 'Passo | Comando | Esperado | Desfazer'],
])('%s: a column with ways back runs nothing (%s)', (_, head) => {
  const {commands, doubts} = read(head, '| 1 | `systemctl stop oven` | stopped | `systemctl start oven` |');
  expect(commands).toEqual(['systemctl stop oven']);
  expect(doubts).toContain('rollback-assumed');
});

test.each([
  'Step | Command | Plan B',
  'Schritt | Befehl | Sonderfall',
  'Étape | Commande | Variante',
  'Paso | Comando | De noche',
])('commands of an unknown column beside those of the step ask (%s)', head => {
  const {doubts} = read(head, '| Move the belt | `systemctl stop oven` | `systemctl start oven` |');
  expect(doubts).toContain('role-assumed!');
});

test.each([
  'Check | Command | good | doubtful | bad → back out',
  'Prüfung | Befehl | gut | grenzwertig | schlecht → zurück',
  'Contrôle | Commande | bon | limite | mauvais → retour arrière',
])('what a column calls a reason to go back is one (%s)', head => {
  const {commands, rules} = read(
    head,
    '| Lag | `lagctl show` | < 40 ms | 40-80 ms | > 80 ms |',
    '| Belt | `beltctl show` | turns | | anything else |',
  );
  expect(commands).toEqual(['lagctl show', 'beltctl show']);
  expect(rules).toEqual(expect.arrayContaining(['trigger: Lag: > 80 ms', 'trigger: Belt: anything else']));
});

test.each([
  ['only for the tower:', 'Schritt | Befehl | Soll'],
  ['nur Pressen mit S7:', 'Schritt | Befehl | Soll'],
  ['seulement la tour :', 'Étape | Commande | Attendu'],
])('a condition in a row that is judged is asked about ("%s")', (words, head) => {
  const {doubts} = read(head, `| ${words} | \`oven flash new.bin\` | 6 updated |`);
  expect(doubts.filter(code => code.startsWith('condition-assumed'))).toHaveLength(1);
});
