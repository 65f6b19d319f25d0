/** Decisions that stand in prose, in cells and above the first section: each waits for a person. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const doubtsAt = (line: number, ...text: readonly string[]) => {
  const {proposal} = planOf('# Change', '', ...text);
  return (proposal?.doubts ?? []).filter(doubt => doubt.line === line).map(({code, because}) => `${code}: ${because}`);
};

const between = (sentence: string) =>
  doubtsAt(9, '## Deploy', '', '```bash', './plan.sh', '```', '', sentence, '', '```bash', './move.sh', '```');

test.each([
  'A single **N**: postponed.',
  'One lamp red: we stop.',
  'Un seul **N** : on reporte.',
  'Eine Stimme dagegen: verschoben.',
  'T2 or T3 fails = go back, no trying around.',
  'Test 4 schlägt fehl → zurück auf die alte Version.',
  'Up to 25 conflicts may be accepted by D, more than 25: clause 6.1.',
  'Weighed 20 of 20, otherwise 6.2.',
])('between two steps "%s" is asked', sentence => {
  expect(between(sentence)).toContain(`expectation-assumed: ${sentence.replaceAll('**', '')}`);
});

test('a case between two steps is asked for once, as a case', () => {
  expect(between('If the board still says 3600, the move is postponed.')).toEqual(['condition-assumed: If']);
});

test.each([
  'Interfaces off: they stop by themselves.',
  'More about it: section 5.',
  'The old box stays as it is: nobody uses it.',
])('between two steps "%s" decides nothing', sentence => {
  // What no rule reads is asked about all the same, with a proposal.
  expect(between(sentence).filter(one => !one.startsWith('note-assumed'))).toEqual([]);
});

test.each([
  ['| 1 | Sample of 20 | drawn by D | 20 of 20, otherwise 6.2 |', '20 of 20, otherwise 6.2'],
  ['| 2 | Journal | `journalctl -u api -p err` | fewer than 5; above 20: 6.2 |', 'fewer than 5; above 20: 6.2'],
  ['| 3 | Proben | vom Labor | 12 von 12, sonst Abschnitt 6 |', '12 von 12, sonst Abschnitt 6'],
])('the decision in the row "%s" is asked', (row, words) => {
  const table = ['## Verify', '', '| No. | Check | Command | Required |', '|---|---|---|---|', row];
  expect(doubtsAt(7, ...table)).toContain(`expectation-assumed: ${words}`);
});

test.each([
  ['> Wind under 12 m/s at the hub, otherwise postpone.', 'Wind under 12 m/s at the hub, otherwise postpone.'],
  [
    '> **Note.** If we are not back by 01:15 we go back, no discussion.',
    'If we are not back by 01:15 we go back, no discussion.',
  ],
  ['> Wenn um 03:00 nicht alles läuft, abbrechen.', 'Wenn um 03:00 nicht alles läuft, abbrechen.'],
])('above the first section "%s" is asked', (quote, words) => {
  expect(doubtsAt(3, quote, '', '## Deploy', '', '```bash', './ship.sh', '```')).toContain(`not-read: ${words}`);
});

test('an item with a name beside one that is for a case is for a case too', () => {
  const run = (name: string) => ['', '  ```bash', `  systemctl restart ${name}`, '  ```', ''];
  const {proposal} = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    '* **iad** — if it is busy, by hand:',
    ...run('iad'),
    '* **syd** — one after the other:',
    ...run('syd'),
  );
  const cases = (proposal?.doubts ?? []).filter(({code, proposed}) => code === 'condition-assumed' && !proposed);
  expect(cases.map(({because}) => because)).toContain('syd');
});

test('the answers below a question decide on the rollback', () => {
  const {rules} = planOf(
    '# Change',
    '',
    '## Decide',
    '',
    '- Can we fix it in 5 minutes?',
    '  - No: roll back',
    '  - Yes: stay',
  );
  expect(rules.map(({role, line}) => `${role} ${line}`)).toEqual(['trigger 6']);
});
