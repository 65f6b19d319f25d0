/** Cells of a row of work that say more than a time and a mark hold the row. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The lines that open questions about conditions hold. */
function held(...lines: readonly string[]): number[] {
  const {proposal, steps} = planOf(...lines);
  const lineOf = new Map(steps.map(({id, line}) => [id, line]));
  const open = (proposal?.doubts ?? []).filter(one => one.proposed === undefined && one.code === 'condition-assumed');
  return open.flatMap(one => one.steps.map(id => lineOf.get(id) ?? -1)).toSorted((a, b) => a - b);
}

/** The rows stand in lines 7 to 9. */
const TABLE = (head: string, ...cells: readonly string[]) => [
  '# Kiln',
  '',
  '## Deploy',
  '',
  `| # | Task | Command | ${head} |`,
  '|---|---|---|---|',
  ...cells.map(
    (cell, index) => `| ${index + 1} | Part ${'abc'[index]} | \`ssh k@kiln kilnctl ${index} run\` | ${cell} |`,
  ),
];

test.each([
  ['Status', ['', 'n.a. for 7', ''], [8]],
  ['Status', ['open', 'open', 'postponed'], [9]],
  ['When', ['T-10', 'kiln cold', 'T+20'], [8]],
  ['Time', ['06:40', '07:10', 'shift change'], [9]],
  ['Status', ['', 'entfällt', ''], [8]],
  ['Statut', ['', 'sans objet', ''], [8]],
])('what one row says is asked about: %s %j', (head, cells, lines) => {
  expect(held(...TABLE(head, ...cells))).toEqual(lines);
});

test.each([
  ['Status', ['open', 'open', 'open']],
  ['Status', ['', '☐', '[ ]']],
  ['When', ['T-10', '06:40', '20 min']],
  ['When', ['night', 'night', 'night']],
])('what every row says, and a time, hold none: %s %j', (head, cells) => {
  expect(held(...TABLE(head, ...cells))).toEqual([]);
});

test('a table of hosts above the work says in which case one is touched', () => {
  const hosts = [
    '| Station | Host | Only if |',
    '|---|---|---|',
    '| North | kiln-n1 | |',
    '| Harbour | kiln-h1 | tide below 1.2 m |',
  ];
  const work = [
    '1. `ssh k@kiln-n1 kilnctl flash`',
    '2. `ssh k@kiln-n1 kilnctl boot`',
    '3. `ssh k@kiln-h1 kilnctl flash`',
  ];
  expect(held('# Kiln', '', ...hosts, '', '## Deploy', '', ...work)).toEqual([12]);
});
