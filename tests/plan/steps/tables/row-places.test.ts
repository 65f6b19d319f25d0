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

const askedOf = (...rows: readonly string[]) =>
  (
    planOf('# Cinema', 'Hosts: cin-app1 (web), cin-db1 (PostgreSQL).', '', '## Deploy', '', ...rows).proposal?.doubts ??
    []
  )
    .filter(({code, line}) => code === 'place-assumed' && line > 6)
    .map(({message, proposed}) => `${proposed === undefined ? 'open' : 'proposed'}: ${message}`);

test('a place below a head that is no word for places is only assumed', () => {
  const rows = ['| 1 | `./warm.sh` | cin-db1 |', '| 2 | `./cool.sh` | cin-app1 |'];
  expect(askedOf('| # | Command | Copied from |', '|---|---|---|', ...rows)).toEqual([
    'proposed: the hosts below "Copied from" are taken for where the commands of their rows run',
  ]);
  expect(askedOf('| # | Command | Host |', '|---|---|---|', ...rows)).toEqual([]);
});

test('of two columns of hosts without a word for places, a person says which it is', () => {
  const rows = ['| From | To | Command |', '|---|---|---|', '| cin-db1 | cin-app1 | `./copy.sh` |'];
  expect(askedOf(...rows)).toEqual([
    'open: the hosts below "From" are taken for where the commands of their rows run, and not those below "To"',
  ]);
});

test('hosts below a word for places come before those below any other head', () => {
  const rows = ['| Source | Command | Host |', '|---|---|---|', '| cin-db1 | `./copy.sh` | cin-app1 |'];
  expect(placesOf(...rows)).toEqual(['./copy.sh @ cin-app1']);
  expect(askedOf(...rows)).toEqual([]);
});
