/** A value that a document sets, with a remark that says what it is each time: nobody meant that of last time. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]) {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', '```bash', ...lines, '```');
  return (proposal?.doubts ?? []).filter(({message}) => message.includes('may be an example'));
}

test.each([
  'export VERSION=3.18.0        # the version you are releasing',
  'BUILD=8812 # adjust',
  'TAG="v2.4.1"   # e.g.',
  'VERSION=7.1  # die neue Version',
  'FECHA=2026-03-01 # la fecha de hoy',
  'VERSION=4.2  # à adapter',
])('"%s" is asked, for all that use it', line => {
  const name = /(\w+)=/.exec(line)?.[1];
  const [one] = asked(line, './ferry load', '```', '', 'Then:', '', '```bash', `./ferry sail --to "$${name}"`);
  expect(one?.proposed).toBeUndefined();
  expect(one?.steps).toEqual(['L5', 'L10']);
});

test.each(['TIMEOUT=30 # seconds', 'PORT=5432   # postgres', 'export PGUSER=ferry  # the owner of the tables'])(
  '"%s" is meant as it stands',
  line => {
    expect(asked(line, './ferry load')).toEqual([]);
  },
);

test.each([
  'Set the variables for this shell (example values; use those from 3.2):',
  'Zum Beispiel für Dienstag:',
  'Les valeurs sont des exemples :',
  'Valores de ejemplo, usar los del paso 2:',
  'As in the last crossing, but take the values from the harbour list:',
])('"%s" above the values asks for all that use one of them', lead => {
  const block = ['export PIER=north BERTH=4', './ferry load "$PIER"'];
  const {proposal} = planOf(
    '# Ferry',
    '',
    '## Deploy',
    '',
    lead,
    '',
    '```bash',
    ...block,
    './ferry moor $BERTH',
    '```',
  );
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes('may be an example'));
  expect(found).toMatchObject([{line: 8, steps: ['L5'], because: 'PIER=north BERTH=4'}]);
  expect(found[0]?.proposed).toBeUndefined();
});

test('a text that only leads to the values asks nothing', () => {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', 'Set the pier:', '', '```bash', 'export PIER=north', '```');
  expect((proposal?.doubts ?? []).filter(({message}) => message.includes('may be an example'))).toEqual([]);
});
