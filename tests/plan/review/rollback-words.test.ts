/** What a rollback says beside its commands is a step, or is doubted: nobody has to find it in the document. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const codeBlock = (...lines: string[]) => ['```bash', ...lines, '```'];
const DEPLOY = ['# Change', '## Deploy', ...codeBlock('make install')];
const doubtsOf = (lines: readonly string[]) =>
  (planOf(...lines).proposal?.doubts ?? []).map(
    ({code, line, proposed}) => `${code}:${line}${proposed === undefined ? '' : ' proposed'}`,
  );

test.each([
  ['who decides', '## Rollback', 'Only on the word of the harbour master.'],
  ['until when, in German', '## Rückbau', 'Bis zur ersten Buchung möglich, danach nur noch vorwärts.'],
  [
    'what is lost, in French',
    '## Retour arrière',
    "Les ventes saisies depuis 22 h sont perdues, d'abord les imprimer.",
  ],
  ['what is looked at afterwards', '## Rollback', 'Afterwards rows 1, 2 and 5 of the table again.'],
  ['by whom, in Finnish', '## Rollback', 'Päättää vuoropäällikkö, ei kukaan muu.'],
])('a sentence that says %s is asked about', (_, title, sentence) => {
  expect(doubtsOf([...DEPLOY, title, ...codeBlock('make back'), '', sentence])).toContain('note-assumed:11 proposed');
});

test('a sentence that stands there many times is asked about once', () => {
  const back = (name: string) => [
    `## Rollback of phase ${name}`,
    ...codeBlock(`make ${name}`),
    '',
    'The mill waits meanwhile.',
    '',
  ];
  expect(doubtsOf([...DEPLOY, ...back('1'), ...back('2')]).filter(id => id.startsWith('note-assumed'))).toHaveLength(1);
});

test.each([
  ['an order, which is a step', ['Tell the foreman.']],
  ['a line that leads to what is below it', ['On the mill:', ...codeBlock('make mill')]],
  ['a label', ['**Mill**', '', ...codeBlock('make mill')]],
  ['a quotation', ['> Somebody once forgot the key, and it was cold.']],
])('nothing is asked about %s', (_, lines) => {
  expect(
    doubtsOf([...DEPLOY, '## Rollback', ...codeBlock('make back'), '', ...lines]).filter(id =>
      id.startsWith('note-assumed'),
    ),
  ).toEqual([]);
});

test.each([
  ['then the line above', '| only labels | `make labels` **then** the line above |'],
  ['in Spanish', '| etiquetas | `make labels` y luego llamar al taller |'],
])('words beside the commands of a cell are doubted: %s', (_, row) => {
  expect(
    doubtsOf([...DEPLOY, '## Rollback', '', '| Part | Command |', '|---|---|', row, '| all | `make back` |']),
  ).toContain('not-read:10');
});

test.each([
  ['in brackets', '**Silo** (only if step 4 was done)'],
  ['in German', '**Silo** (nur wenn Schritt 4 lief)'],
])('a case %s above commands is doubted', (_, line) => {
  expect(doubtsOf([...DEPLOY, '## Rollback', line, '', ...codeBlock('make silo')])).toContain('condition-assumed:7');
});

test.each([
  ['## Deploy', 'flash -e slot_b   # <- slot_a if it runs from b !!'],
  ['## Rollback', 'flash -e slot_a   # or b, if the blue lamp is on'],
  ['## Deploy', './ofen.sh --linie 2   # Linie 1, falls 2 noch heizt'],
  ['## Rollback', './four.sh nord   # sud, si le nord est en panne'],
])('what hangs on a remark is doubted: %s %s', (title, command) => {
  expect(doubtsOf(['# Change', title, ...codeBlock(command)])).toContain('condition-assumed:4');
});

test('a remark that only explains is none', () => {
  expect(doubtsOf(['# Change', '## Deploy', ...codeBlock('make install   # takes a minute, 3 GB free')])).toEqual([]);
});
