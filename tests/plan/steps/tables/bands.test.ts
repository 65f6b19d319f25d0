/** The bands of a row, whatever their words are: "0–1 | 2 | from 3", "none | – | any". */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

/** The rules of a table, and whether a question is asked about each of its lines. */
function read(head: string, ...rows: readonly string[]): string[] {
  const line = head.replaceAll(/[^|]+/g, '---');
  const {rules, proposal} = planOf('# Mill', '', '## Watch', '', head, line, ...rows);
  const asked = new Set((proposal?.doubts ?? []).map(doubt => doubt.line));
  return rules.map(({role, op, value, line: at}) => `${role} ${op} ${value}${asked.has(at) ? '?' : ''}`);
}

test.each([
  ['| Dough | Good | Tell Ann | Back out |', '| Stuck trays | 0–1 | 2 | from 3 |', ['<= 1?', '>= 2?', '>= 3?']],
  [
    '| Teig | in Ordnung | Schichtleiter rufen | Rückfall |',
    '| Bleche | 0–1 | 2 | ab 3 |',
    ['<= 1?', '>= 2?', '>= 3?'],
  ],
  ['| Masa | bien | avisar | vuelta atrás |', '| Bandejas | 0–1 | 2 | a partir de 3 |', ['<= 1?', '>= 2?', '>= 3?']],
  [
    '| Oven | Good | Tell Ann | Back out |',
    '| Delay of trays | < 10 s | 10–20 s | > 20 s |',
    ['< 10000?', '> 10000?', '> 20000?'],
  ],
  ['| Flour | Good | Tell Ann | Back out |', '| Level | > 40 % | 20–40 % | < 20 % |', ['> 40?', '< 40?', '< 20?']],
])('%s %s', (head, row, bounds) => {
  expect(read(head, row, '| Heat | < 3 % | 4 % | > 9 % |').slice(0, 3)).toEqual(
    ['target', 'alert', 'trigger'].map((role, index) => `${role} ${bounds[index]}`),
  );
});

test.each([
  ['| Lost orders | 0 | – | any |'],
  ['| Lost orders | none | – | a single one |'],
  ['| Verlorene Aufträge | keine | – | einer reicht |'],
  ['| Pedidos perdidos | ninguno | – | uno solo |'],
])('beside none, any words are more: %s', row => {
  expect(read('| What | Good | Tell Ann | Back out |', '| Heat | < 3 % | 4 % | > 9 % |', row).at(-1)).toBe(
    'trigger > 0?',
  );
});

test('under a head that nobody knows, the other side of what is good alerts, also in the deploy', () => {
  const {rules} = planOf(
    '# Mill',
    '',
    '## Deploy',
    '',
    '| panel | fine | stop here |',
    '|---|---|---|',
    '| drops / min | < 40 | > 150 |',
  );
  expect(rules.map(({role, op, value}) => `${role} ${op} ${value}`)).toEqual(['target < 40', 'alert > 150']);
});

test('a cell among bounds that is read into no rule is asked about', () => {
  const {proposal} = planOf(
    '# Mill',
    '',
    '## Watch',
    '',
    '| What | Good | Back out |',
    '|---|---|---|',
    '| Heat | < 3 % | > 9 % |',
    '| Noise | as on Monday, about 40 | > 60 % |',
  );
  expect(
    (proposal?.doubts ?? []).filter(({line, message}) => line === 8 && message.includes('as on Monday')),
  ).toHaveLength(1);
});
