/** Comments behind a command that say what it has to show: "# until 0", "# > 900 lines". */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../../helpers/plan-view.ts';

function stepsOf(...commands: string[]) {
  const plan = planOf('# A', '', '## Deploy', '', '```bash', ...commands, '```');
  return {step: stepAt(plan, 5), doubts: plan.proposal?.doubts ?? []};
}

test.each(['until 0', 'bis 0', "jusqu'à 0", 'hasta 0', 'até 0'])('# %s', comment => {
  const {step, doubts} = stepsOf(`app sessions --count   # ${comment}`, './stop.sh');
  expect(step.expectations).toMatchObject([{text: comment, check: {kind: 'number', op: '=', value: 0}}]);
  expect(doubts).toMatchObject([{code: 'condition-assumed', line: 6, because: comment}]);
  expect(doubts[0]).not.toHaveProperty('proposed');
});

test.each(['> 900 lines, or else the dump is cut off', '> 900 lignes, sinon le dump est tronqué'])('# %s', comment => {
  const {step} = stepsOf(`pg_restore -l /x.dump | wc -l  # ${comment}`);
  expect(step.expectations).toMatchObject([{text: comment, check: {kind: 'number', op: '>', value: 900}}]);
});

test('a bound of what no command counts is judged by a person', () => {
  const {step} = stepsOf('./load.sh   # > 900 requests');
  expect(step.expectations).toEqual([{text: '> 900 requests', line: 6, readable: false}]);
});

test('an amount is no count', () => {
  expect(stepsOf('dd if=/dev/zero of=/tmp/x  # > 2 GB').step.expectations).toEqual([]);
});
