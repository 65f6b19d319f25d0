/** Commands that are to be done again and again, where the run does them once. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const askedIn = (...lines: string[]) => {
  const {proposal} = planOf('# A', '', ...lines, '');
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    message.includes('to be done every') && proposed === undefined
      ? [`${line}: ${/every (\d+ \w+)/.exec(message)?.[1]}`]
      : [],
  );
};
const TABLE = ['', '| Check | Command |', '|---|---|', '| queue | `make q` |', '| disk | `df -h` |'];

test.each([
  ['Until Monday, Ana checks at 04:00, 08:00 and then every 4 hours:', '4 h'],
  ['Alle 30 Minuten prüfen:', '30 min'],
  ['Toutes les 2 heures :', '2 h'],
  ['Cada 15 minutos:', '15 min'],
])('a table below "%s"', (label, every) => {
  expect(askedIn('## Early life', '', label, ...TABLE)).toEqual([`9: ${every}`]);
});

test('a list below it, too; in a watch the run does them again', () => {
  expect(askedIn('## Deploy', '', 'Every 10 minutes:', '', '- `make a`', '- `make b`')).toEqual(['7: 10 min']);
  expect(askedIn('## Monitoring', '', 'Every 10 minutes:', '', '- `make a`')).toEqual([]);
});
