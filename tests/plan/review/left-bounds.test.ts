/** A bound beside another one on its line, and a pause that is no way back. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

const read = (text: string) =>
  parsePlan(
    `# Mill\n\n## Deploy\n\n\`\`\`\n./a.sh\n\`\`\`\n\n${text}\n\n## Rollback\n\n\`\`\`\n./b.sh\n\`\`\`\n`,
    emptyBindings,
  );

test.each([
  'Stop where you are if the error rate goes over 0.5 %, no need to go back.',
  'Pause when the error rate is above 0.5 %: no need to roll back yet.',
  'Stop if the error rate is above 0.5 %, but do not roll back.',
])('is a pause: %s', text => {
  expect(read(text).rollback?.triggers).toEqual([]);
});

test.each([
  ['Stop if the error rate goes over 0.5 %, no need to go back. Over 2 %: go back.', 'Over 2 %'],
  ['Roll back if the error rate is above 5 %. Above 1 % call Ines.', 'Above 1 %'],
  ['Abort if the error rate is above 5 %. More than 40 s of lag: go back.', '40 s'],
])('asks about the bound that is left: %s', (text, left) => {
  const plan = read(text);
  const isRead = plan.rules.some(rule => rule.text.includes(left));
  const isAsked = (plan.proposal?.doubts ?? []).some(({message}) => message.includes(left));
  expect(isRead || isAsked).toBe(true);
});

test('reasons that were all read are asked about by nothing more', () => {
  const plan = read('Roll back if the error rate is above 5 %. Roll back if p95 is above 900 ms.');
  expect(plan.rollback?.triggers).toHaveLength(2);
  expect((plan.proposal?.doubts ?? []).filter(({message}) => /measured by nothing|no rule/.test(message))).toEqual([]);
});
