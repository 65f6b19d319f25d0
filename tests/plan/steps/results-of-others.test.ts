/** A sentence about people at work is no result, and a sentence that holds the result is one, whoever it names. */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

const told = (text: string) =>
  stepAt(planOf('# Till', '', '## Deploy', '', '```bash', 'curl https://x.test/health', '```', '', text), 5)
    .expectations;

test.each([
  ['Vendor API returns 200.'],
  ['The vendor status page returns 200. It takes a minute.'],
  ['Supplier API returns HTTP 204.'],
])('%s', text => {
  expect(told(text)).not.toEqual([]);
});

test.each([['The DBA runs it. Expected: 200'], ['The vendor restarts the till. Expected: 200']])('%s', text => {
  expect(told(text)).toEqual([]);
});
