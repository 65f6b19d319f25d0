/** A question about one sentence of a paragraph does not hide what the other sentences ask of a person. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const WORK = ['', '```bash', 'systemctl stop kasse', '```'];

/** All that is asked. */
function asked(...lines: readonly string[]): string {
  return (planOf('# Move', '', '## Deploy', '', ...lines, ...WORK).proposal?.doubts ?? [])
    .map(({message}) => message)
    .join('\n');
}

test.each([
  [
    'a span of hours that looks like a bound',
    ['Also tell the three big shops that orders on Tuesday between 10 and 12 UTC can be late. Sam has their numbers.'],
    'Also tell the three big shops',
  ],
  [
    'a bound in the next line',
    [
      'Plan for a quiet hour: at least three hours in which no more than two cranes are working.',
      'Wind above 20 m/s cancels it as well.',
    ],
    'Plan for a quiet hour',
  ],
  [
    'in German',
    ['Vorher noch den drei Marktleitern sagen, dass die Kassen aus sind. Über 5 % Fehler wird abgebrochen.'],
    'Vorher noch den drei Marktleitern sagen',
  ],
])('%s', (_, lines, words) => {
  expect(asked(...lines)).toContain(words);
});

test('what the question shows already is not asked again', () => {
  const told = asked('Wind above 20 m/s cancels it as well, because then nobody may be on the quay.');
  expect(told.split('Wind above 20 m/s').length).toBe(2);
});
