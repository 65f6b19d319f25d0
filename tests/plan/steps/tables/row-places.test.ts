/** Where the commands of a table run: cells and heads that are hosts say it, whatever the head of their column is. */
import {expect, test} from 'vitest';
import {commandsOf, contextOf} from '../../../../src/plan/plan.ts';
import {planOf} from '../../../helpers/plan-view.ts';

function placesOf(...rows: readonly string[]): string[] {
  const named = 'Hosts: cin-app1 (web), cin-db1 (PostgreSQL).';
  return planOf('# Cinema', named, '', '## Deploy', '', ...rows).steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const where = place?.kind === 'host' ? place.destination.replace(/^<(.*)>$/, '$1') : 'here';
    return commandsOf(step).map(({text}) => `${text} @ ${where}`);
  });
}

test.each([
  ['Box', 'cin-app1', 'cin-app1'],
  ['Ran from', '`cin-db1`', 'cin-db1'],
  ['Kiste', 'cin-app1 und cin-db1', 'cin-app1 und cin-db1'],
  ['Poste', 'my laptop', 'here'],
])('below "%s", "%s" is the place', (head, cell, place) => {
  expect(placesOf(`| # | Command | ${head} |`, '|---|---|---|', `| 1 | \`./warm.sh\` | ${cell} |`)).toEqual([
    `./warm.sh @ ${place}`,
  ]);
});

test('below an unknown head, a cell that says more than hosts is no place', () => {
  expect(placesOf('| Command | Remark |', '|---|---|', '| `./warm.sh` | frees cin-db1 |')).toEqual([
    './warm.sh @ here',
  ]);
});

test('a head that is a host is the place of its column', () => {
  const rows = ['| cin-app1 | cin-db1 |', '|---|---|', '| `./stop.sh` | `./dump.sh` |', '| `./start.sh` | |'];
  expect(placesOf(...rows)).toEqual(['./stop.sh @ cin-app1', './dump.sh @ cin-db1', './start.sh @ cin-app1']);
});
