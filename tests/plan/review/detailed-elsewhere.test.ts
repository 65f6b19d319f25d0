/** A part that tells how an earlier step is done does not run behind the steps in between without a question. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]): readonly number[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    message.includes('tells how line') && proposed === undefined ? [line] : [],
  );
}

const rows = (...cells: readonly string[]) => [
  '## 4 Deploy',
  '',
  '| Step | Action | Who |',
  '|---|---|---|',
  ...cells,
  '',
];
const fence = ['```bash', 'systemctl stop ferry', '```', ''];

test.each([
  [
    'a row that points',
    rows('| 1 | Stop the ferry (see 4.1) | Ada |', '| 2 | Tell the harbour | Ada |'),
    '### 4.1 Stop',
  ],
  ['the number of a row', rows('| 4.1 | Fähre anhalten | Ada |', '| 4.2 | Hafen anrufen | Ada |'), '### Zu 4.1'],
  ['in French', rows('| 1 | Arrêter le bac (voir 4.1) | Ada |', '| 2 | Prévenir le port | Ada |'), '### 4.1 Arrêt'],
  ['in Spanish', rows('| 1 | Parar el barco (véase 4.1) | Ada |', '| 2 | Avisar al puerto | Ada |'), '### 4.1 Parada'],
  [
    'a number with a letter',
    rows('| 1 | Ferry – section 5a | Ada |', '| 2 | Tell the harbour | Ada |'),
    '### 5a. Stop',
  ],
  [
    'such a number in German',
    rows('| 1 | Anhalten (Abschnitt 4.2b) | Ada |', '| 2 | Hafen anrufen | Ada |'),
    '### 4.2b Stopp',
  ],
  [
    'a letter with a number',
    rows('| 1 | Parar: apartado A.3 | Ada |', '| 2 | Avisar al puerto | Ada |'),
    '### A.3 Parada',
  ],
  ['an item', ['## 4 Deploy', '', '1. Stop the ferry, see section 4.1', '2. Tell the harbour', ''], '### 4.1 Stop'],
])('%s', (_, above, title) => {
  expect(asked('# Ferry', ...above, title, '', ...fence)).toEqual([above.length + 2]);
});

test('parts that rows of one run send to are no ways of which one is taken', () => {
  const parts = ['### 5a. Tank', '', ...fence, '### 5b. Kettle', '', ...fence];
  const {proposal} = planOf(
    '# Ferry',
    ...rows('| 1 | Clean – section 5a | Ada |', '| 2 | Heat – section 5b | Ada |'),
    ...parts,
  );
  const codes = (proposal?.doubts ?? []).map(({code}) => code);
  expect(codes).not.toContain('alternatives-assumed');
  expect(codes).toContain('condition-assumed');
});

test.each([
  [
    'nothing stands in between',
    rows('| 1 | Tell the harbour | Ada |', '| 2 | Stop the ferry (see 4.1) | Ada |'),
    '### 4.1 Stop',
  ],
  ['another number', rows('| 1 | Ferry 4.10 | Ada |', '| 2 | Tell the harbour | Ada |'), '### 4.1 Stop'],
])('no question where %s', (_, above, title) => {
  expect(asked('# Ferry', ...above, title, '', ...fence)).toEqual([]);
});

test.each([
  ['a row', rows('| 1 | Grease the ramp – see 4.1 below | Ada |', '| 2 | Tell the harbour | Ada |'), '### 4.1 Grease'],
  [
    'an item in French',
    ['## 4 Deploy', '', '1. Graisser la rampe (voir 4.1)', '2. Prévenir le port', ''],
    '### 4.1 Graissage',
  ],
  [
    'a whole part in English',
    rows('| 1 | Tests of section 5 on the ferry | Ada |', '| 2 | Tell the harbour | Ada |'),
    '## 5. Verification',
  ],
  [
    'a whole part in German',
    rows('| 1 | Prüfungen aus Abschnitt 5 an der Fähre | Ada |', '| 2 | Hafen anrufen | Ada |'),
    '## 5. Prüfung',
  ],
])('what a person does is asked about too: %s', (_, above, title) => {
  const work = ['- [ ] Grease both hinges', '- [ ] Wipe them', ''];
  expect(asked('# Ferry', ...above, title, '', ...work)).toEqual([above.length + 2]);
});

test.each([
  ['a moment', '| 1 | Wait until after section 5 | Ada |'],
  ['another number', '| 1 | Tests of section 5.2 | Ada |'],
  ['a case', '| 1 | Only if section 5 fails: call Ada | Ada |'],
])('no question of a whole part where a row says %s', (_, row) => {
  const above = rows(row, '| 2 | Tell the harbour | Ada |');
  expect(asked('# Ferry', ...above, '## 5. Verification', '', '- [ ] Grease both hinges', '')).toEqual([]);
});
