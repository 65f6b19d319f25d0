/** Bounds that a table or a sentence states, and that nothing measures, are all asked about. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const table = (head: string, row: string) => ['## Watch', '', head, head.replaceAll(/[^|]+/g, '---'), row];

test.each([
  [
    '| Signal | Normal | Hold | Roll back |',
    '| Queue hit ratio | 94–96 % | < 90 % | < 85 % for 15 min |',
    '94–96 %',
    '< 90 %',
  ],
  [
    '| Signal | Normal | Hold | Roll back |',
    '| TTFB p95 | 40–70 ms | > 120 ms | > 200 ms for 5 min |',
    '40–70 ms',
    '> 120 ms',
  ],
  [
    '| Signal | Normal | Halten | Rückweg |',
    '| Antwortzeit p95 | 40–70 ms | > 120 ms | > 200 ms für 5 min |',
    '40–70 ms',
    '> 120 ms',
  ],
])('each cell of a row is read or asked about: %s %s', (head, row, ...cells) => {
  const {proposal, rules} = planOf('# Dam', '', ...table(head, row));
  const asked = (proposal?.doubts ?? []).filter(({line}) => line === 7).map(({message}) => message);
  const said = [...asked, ...rules.map(rule => rule.text)].join(' ');
  for (const cell of cells) expect(said).toContain(cell);
});

test.each([
  ['Outflow > 32 Gbit/s', '"32 Gbit/s" is compared as 32000: its signal must count Mbit/s'],
  ['Outflow > 400 MB/s', '"400 MB/s" is compared as 400: its signal must count MB/s'],
  ['Outflow > 5 %', undefined],
])('a throughput is a count of something: %s', (bound, assumed) => {
  expect(planOf('## Roll back if', '', `- ${bound}`).rules.map(rule => rule.assumed)).toEqual([assumed]);
});

test.each([
  [
    '5xx above 1% for 3 minutes, p95 of gate above 800 ms for 5 minutes, more than 5 stuck_gate errors at all',
    'stuck_gate errors',
  ],
  ['p95 der Schleuse über 800 ms für 5 Minuten, mehr als 7 schleuse_zu Fehler', 'schleuse_zu fehler'],
])('a time is no metric: %s', (bounds, metric) => {
  const {rules} = planOf('# Dam', '', '## After', '', `- [ ] Watch for 30 minutes. Trouble: ${bounds}`);
  expect(rules.at(-1)).toMatchObject({metric, unit: 'count'});
  expect(new Set(rules.map(({role}) => role))).toEqual(new Set(['alert']));
});

test.each([
  ['The list must contain both `upper.test` and', '`lower.test`. The old one had no `lower`.'],
  ['Die Liste muss', '`upper.test` und `lower.test` enthalten.'],
])('an expectation goes on in the next line: %s', (one, other) => {
  const {steps} = planOf(
    '# Dam',
    '',
    '## Check',
    '',
    '```sh',
    'openssl x509 -in gate.pem -noout -text',
    '```',
    '',
    one,
    other,
  );
  const [said] = steps.flatMap(({expectations}) => expectations);
  expect(said?.text).toContain('lower.test');
});
