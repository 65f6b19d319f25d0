/** Lines behind work that say when it is skipped or stopped hold it. */
import {describe, expect, test} from 'vitest';
import {questions} from '../../helpers/doubts.ts';
import {planOf} from '../../helpers/plan-view.ts';

describe('a line of its own that says when something is skipped', () => {
  test.each([
    ['2. Skip this if it is later than 04:00.'],
    ['2. Falls away after 04:00.'],
    ['   Entfällt, wenn es später als 04:00 ist.'],
    ['   Se omite si ya son las 04:00.'],
  ])('%s', line => {
    const said = questions(
      '# Pumps',
      '',
      '## Steps',
      '',
      '1. Fail over: `pumpctl failover`',
      line,
      '3. `pumpctl fill`',
    );
    expect(said).toMatch(/^open 5: line 6 says more of what stands above it, and line 5 would run all the same/m);
  });

  test('behind a letter, "falls away if" is the reverse of a condition', () => {
    const {steps} = planOf('# Pumps', '', '## Steps', '', 'g) Entfällt, wenn es später als 04:00 ist.');
    expect(steps.map(({condition}) => condition)).toEqual(['unless es später als 04:00 ist']);
  });
});

test('what stops the work behind a table holds the rows that would have run by then', () => {
  const said = questions(
    '# Pumps',
    '',
    '## Steps',
    '',
    '| # | What |',
    '|---|---|',
    '| 1 | `pumpctl compare` |',
    '| 2 | `pumpctl detach west` |',
    '',
    'If the last column is not 0, go back (A).',
  );
  expect(said).toMatch(/^open .*line 10 says when the work stops, and lines 8 above it would have run by then/m);
});
