/** A time behind a bound in words that nobody knows makes the bound a guess: it is judged over another time. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function assumed(bound: string): (string | undefined)[] {
  return planOf('# A', '## Rollback triggers', '', `- ${bound}`).rules.map(rule => rule.assumed);
}

test.each([
  ['Error rate > 8 % gedurende 30 min', 'gedurende 30 min'],
  ['Error rate > 2 % przez 15 min', 'przez 15 min'],
  ['Queue length > 400 throughout 20 minutes', 'throughout 20 minutes'],
  ['CPU > 90 % durante 10 min', undefined],
  ['Error rate > 5 % for 10 minutes', undefined],
  ['Error rate > 5 % within 10 minutes', undefined],
  ['Error rate > 5 %', undefined],
])('%s', (bound, words) => {
  const [said] = assumed(bound);
  if (words === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(words);
});
