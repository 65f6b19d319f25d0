/** Which questions one answer settles. Pure. */
import {expect, test} from 'vitest';
import {alikeTo, openQuestions} from '../../../src/ui/review/review-questions.ts';
import {planOf} from '../../helpers/plan-view.ts';

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];
const state = {review: null} as never;

/** The lines that ask what the question on this line asks. */
function alike(line: number, ...lines: readonly string[]): number[] {
  const plan = planOf('# Press', '', ...lines);
  const question = openQuestions(plan, state).find(one => one.line === line);
  return question === undefined ? [] : alikeTo(plan, state, question).map(one => one.line);
}

test('one line and several lines ask the same', () => {
  const lines = [
    ...['## Preparation', ...fence('./ink.sh')],
    ...['## Deployment', '', '- `./paper.sh`', '- `./ship.sh`', ''],
    ...['## Verify', ...fence('ssh ops@press-3', 'sudo systemctl status press', 'exit')],
  ];
  expect(alike(5, ...lines)).toEqual([5, 11]);
});

test('the use of a section is asked in the same words, whatever its title is', () => {
  const lines = [
    ...['## Ink', '', 'In the evening, before the paper is printed:', ...fence('./ink.sh')],
    ...['## Plates', '', 'Once all of them are in the hall:', ...fence('./plates.sh')],
  ];
  expect(alike(3, ...lines)).toEqual([3, 11]);
});

test('but not whether it is reference or work', () => {
  const lines = [
    ...['## Deployment', ...fence('./ship.sh'), '## Ink', ...fence('./ink.sh')],
    ...['## Paper: 2', ...fence('./paper.sh'), '## Rollback', ...fence('./back.sh')],
  ];
  expect(alike(9, ...lines)).toEqual([9, 15]);
});
