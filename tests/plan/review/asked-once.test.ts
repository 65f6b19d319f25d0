/** What a sentence says is asked about once, and in its own words. */
import {describe, expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const doubtsOf = (...lines: string[]) =>
  (planOf('# A', '', ...lines, '').proposal?.doubts ?? []).map(({code, line, message}) => ({code, line, message}));

test('what was read into no step is not asked about as a bound as well', () => {
  const doubts = doubtsOf(
    '## Prepare',
    '',
    '- [ ] Forms printed',
    '',
    'If any of the above is open on Friday 16:00, the change is postponed to 5 Dec.',
    '',
    '## Deploy',
    '',
    '1. `make up`',
  );
  expect(doubts.filter(({line}) => line === 7).map(({code}) => code)).toEqual(['not-read']);
});

test('the code of a sentence is shown with it', () => {
  const fence = ['', '   ```', '   ./load.sh --check', '   ./load.sh', '   ```', ''];
  const [doubt] = doubtsOf(
    '## Deploy',
    '',
    '1. Load:',
    ...fence,
    '   The crane stands still as long as `--check` runs.',
  );
  expect(doubt?.message).toContain('"The crane stands still as long as --check runs."');
});

test.each([
  'After results have been released this plan is **not** valid any more: fix forward.',
  'Nach der Freigabe ist dieser Weg nicht mehr möglich.',
  'Après la diffusion, ce plan n’est plus valable.',
])('a way back that no longer holds is an open question: %s', text => {
  const {proposal} = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    '1. `make up`',
    '',
    '## Rollback',
    '',
    text,
    '',
    '1. `make down`',
  );
  expect(proposal?.doubts.filter(({line}) => line === 9).map(({proposed}) => proposed)).toEqual([undefined]);
});

test.each(['only if step 1 was really complete:', 'nur wenn Schritt 1 fertig ist:'])(
  'a step that is only named in a case is not asked for again: %s',
  text => {
    const doubts = doubtsOf(
      '## Deploy',
      '',
      '1. `make a`',
      `2. Board last, ${text}`,
      '',
      '   ```',
      '   make b',
      '   ```',
    );
    expect(
      doubts.filter(({message}) => message.includes('once more') || message.includes('says more of when')),
    ).toEqual([]);
  },
);

describe('a sentence that stands as a case is not asked about as something to look at as well', () => {
  const codes = (...lines: readonly string[]) => doubtsOf('## Deploy', '', ...lines).map(({code}) => code);

  test.each([
    'If it is below 98 %: retry the failed ones once (`qctl retry --all`), wait another 40 min.',
    'If the queue is below 98 %: retry the failed ones (`qctl retry --all`).',
  ])('its bound: %s', text => {
    const own = codes('1. `make a`', '', text);
    expect(own).toContain('condition-assumed');
    expect(own).not.toContain('expectation-assumed');
  });

  test('what is done again', () => {
    const own = codes('1. Drain. Repeat it on web2 until it says 0:', '', '   ```', '   qctl length', '   ```');
    expect(own.filter(code => code === 'note-assumed')).toEqual([]);
    expect(own).toContain('condition-assumed');
  });

  test('another sentence of the same paragraph is', () => {
    const text = 'If it is below 98 %: retry the failed ones once (`qctl retry --all`), wait another 40 min.';
    const own = codes('1. `make a`', '', text, 'Below 95 % after that, stop the rollout and ring Ada.');
    expect(own).toContain('expectation-assumed');
  });
});
