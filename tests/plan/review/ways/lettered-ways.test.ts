/** Ways back that begin with letters are counted by their letters, however many blocks each has. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const block = (command: string) => ['', '```bash', command, '```', ''];

function asked(title: string, ...lines: readonly string[]): readonly string[] {
  const {proposal} = planOf('# R', '## Deploy', ...block('make deploy'), title, '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({message, steps}) => {
    const [, count] = /one of (\d+) ways back/.exec(message) ?? [];
    return count === undefined ? [] : [`${steps.length} of ${count}`];
  });
}

test.each([
  [
    '## Going back',
    ['A. Nothing was changed yet', 'B. The migration is through', 'C. The undo fails'],
    'On web1:',
    'On work1:',
  ],
  [
    '## Zurück',
    ['A. Noch nichts verändert', 'B. Migration ist durch', 'C. Auch das schlägt fehl'],
    'Auf web1:',
    'Auf work1:',
  ],
  ['## Vuelta atrás', ['A. Todavía sin cambios', 'B. Migración terminada', 'C. Todo falla'], 'En web1:', 'En work1:'],
  ['## Retour arrière', ['A. Rien de changé', 'B. Migration terminée', 'C. Tout échoue'], 'Sur web1 :', 'Sur work1 :'],
])('%s: each way is asked about once, with all its blocks', (title, [a, b, c], web, work) => {
  const start = block('sudo systemctl start web');
  const lines = [
    ...[`**${a}.**`, '', web, ...start, work, ...block('sudo systemctl start jobs')],
    ...[`**${b}.**`, '', web, ...block('ln -sfn /srv/old /srv/now'), web, ...start],
    ...[`**${c}.**`, '', work, ...block('pg_restore -d shop /srv/shop.dump')],
  ];
  expect(asked(title, ...lines)).toEqual(['2 of 3', '2 of 3', '1 of 3']);
});

test('a command does not wait for what a person does in another way', () => {
  const {proposal, steps} = planOf(
    ...['# R', '## Deploy', ...block('make deploy'), '## Going back', '', '**A. Nothing was changed yet.**', ''],
    ...['Put the old text back on the page by hand.', '', '**B. The migration is through.**', '', 'On web1:'],
    ...block('sudo systemctl start web'),
  );
  const start = steps.find(({action}) => JSON.stringify(action).includes('start web'));
  const waits = (proposal?.doubts ?? []).filter(({message}) => message.includes('without waiting for'));
  expect(waits.filter(one => one.steps.includes(start?.id ?? ''))).toEqual([]);
});
