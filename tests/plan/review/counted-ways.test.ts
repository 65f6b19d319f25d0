/** Parts with one number and letters are asked about where the document says when which is meant, or may say so. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const block = (command: string) => ['', '```bash', command, '```', ''];

function askedOf(...work: readonly string[]): string[] {
  const {proposal} = planOf('# Brewery', '', '## Deploy', '', ...work);
  return (proposal?.doubts ?? [])
    .filter(({code}) => code === 'alternatives-assumed')
    .map(({line, proposed}) => `${line}${proposed === undefined ? ' open' : ''}`);
}

test.each([
  [
    'a table',
    ['| Beer | How |', '|---|---|', '| lager | 3a |', '| ale | 3b |', '', '**3a. Cold**'],
    '**3b. Warm**',
    [10, 16],
  ],
  ['a sentence', ['Small tanks: 4.1a. All others 4.1b.', '', '### 4.1a Rinse'], '### 4.1b Boil', [7, 13]],
  ['a sentence in German', ['Beim neuen Kessel gilt 2b.', '', '**2a – Kessel alt**'], '**2b – Kessel neu**', [7, 13]],
  ['their states', ['**3a.** blue is live'], '**3b.** green is live', [5, 11]],
  ['a line with a colon', ['If the mash is new go to 11b.', '', '11a. Old mash:'], '11b. New mash:', [7, 13]],
])('%s says when which is meant, and both wait', (_, one, other, lines) => {
  const asked = askedOf(...one, ...block('./one.sh'), other, ...block('./other.sh'));
  expect(asked).toEqual(lines.map(line => `${line} open`));
});

test('nouns may be parts or ways, and it is proposed that they are parts', () => {
  expect(askedOf('**2a. Kettle**', ...block('./one.sh'), '**2b. Tank**', ...block('./other.sh'))).toEqual(['5', '11']);
});

test.each([
  ['**2a. Stop the pump**', '**2b. Empty the tank**'],
  ['**Step 2a: Kettle**', '**Step 2b: Tank**'],
  ['**2a. Kettle**', '**3b. Tank**'],
  ['**2a. Backup**', '**2b. Rollout**'],
])('%s and %s follow each other', (one, other) => {
  expect(askedOf(one, ...block('./one.sh'), other, ...block('./other.sh'))).toEqual([]);
});

test('parts of the rollback with the same numbers take no question from the deploy', () => {
  const parts = (end: string) => ['**2a. Kettle**', ...block(`./one${end}`), '**2b. Tank**', ...block(`./two${end}`)];
  expect(askedOf(...parts('.sh'), '## Rollback', '', ...parts('-back.sh'))).toEqual(['5', '11']);
});

test('parts of two sections are counted apart', () => {
  const parts = (end: string) => ['**2a. Kettle**', ...block(`./one${end}`), '**2b. Tank**', ...block(`./two${end}`)];
  const {proposal} = planOf(
    '# Brewery',
    '',
    '## Deploy',
    '',
    '### North',
    '',
    ...parts('.sh'),
    '### South',
    '',
    ...parts('2.sh'),
  );
  const messages = (proposal?.doubts ?? []).filter(({code}) => code === 'alternatives-assumed').map(one => one.message);
  expect(messages.map(text => /one of \d+ ways/.exec(text)?.[0])).toEqual(Array(4).fill('one of 2 ways'));
});

test('what is named only as a moment is no case', () => {
  expect(
    askedOf(
      '**2a. Stop the pump**',
      ...block('./one.sh'),
      '**2b. Empty the tank**',
      ...block('./other.sh'),
      'After 2b it drips.',
    ),
  ).toEqual([]);
});
