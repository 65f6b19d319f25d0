/** Sentences that ask for a wait before what stands below them. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  'Wait two hourly chimes (up to 2 h), watching the wall. Then:',
  'Warten, bis die Schicht gewechselt hat, danach:',
  'Attendre deux tops horaires, en regardant le multiviewer. Puis :',
])('"%s" is a step of its own', lead => {
  const {steps} = planOf('# Change', '', '## Deploy', '', lead, '', '1. Swap at the desk.', '2. Tell the hub.');
  expect(steps.map(({line, action}) => `${line} ${action.kind}`)).toEqual(['5 manual', '7 manual', '8 manual']);
});

test('a lead to commands that wait is none', () => {
  const {steps} = planOf('# Change', '', '## Deploy', '', 'Wait until it is up:', '', '```bash', './wait.sh', '```');
  expect(steps.map(({action}) => action.kind)).not.toContain('manual');
});
