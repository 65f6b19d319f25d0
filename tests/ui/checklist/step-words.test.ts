import {expect, test} from 'vitest';
import type {Expectation, Step} from '../../../src/plan/plan.ts';
import {furtherUnmet, ownExpectations} from '../../../src/ui/checklist/step-words.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const step = smallPlan.steps[0] as Step;

test('a check that the verdict names is not named again', () => {
  const checks = [
    {text: 'Expected: Response in <1000ms', result: 'unmet' as const, actual: '2266 ms'},
    {text: 'status 200', result: 'unmet' as const, actual: '500'},
    {text: 'body', result: 'met' as const},
  ];
  const verdict = {kind: 'failed' as const, because: 'expected Response in <1000ms, got 2266 ms', checks};
  expect(furtherUnmet(verdict)).toEqual([checks[1]]);
});

test('an expectation that only repeats the title is left out', () => {
  const expectation = (text: string): Expectation => ({text, line: 1, readable: false});
  const expectations = [expectation('All 9/9 tests passing locally'), expectation('P95 < 850ms')];
  expect(ownExpectations({...step, title: '**All 9/9 tests** passing locally', expectations})).toEqual([
    expectation('P95 < 850ms'),
  ]);
  expect(ownExpectations({...step, title: 'P95 > 850ms', expectations: [expectation('P95 < 850ms')]})).toHaveLength(1);
});
