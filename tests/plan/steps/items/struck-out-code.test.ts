/** An item whose command is struck out is no step. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

test.each([
  '5.3 ~~`php artisan import x.csv`~~ (gone since 7.2)',
  '~~`php artisan import x.csv`~~ (n’existe plus)',
  '~~Going to 5.3: rebuild it~~ ~~`rebuild --all`~~ (done in 2022)',
])('%s', text => {
  const plan = planOf('# A', '', '## Deploy', '', `- [ ] ${text}`, '- [ ] `make deploy`');
  expect(plan.steps.map(({line}) => line)).toEqual([6]);
});

test('the command beside what is struck out is a step', () => {
  const plan = planOf('# A', '', '## Deploy', '', '- [ ] ~~`make old`~~ `make deploy`');
  expect(plan.steps.map(({line}) => line)).toEqual([5]);
});
