import {expect, test} from 'vitest';
import {factRows} from '../../../src/report/check/page-elements.ts';

test('a row of facts ends between two facts, and only a fact longer than a row is broken', () => {
  const facts = ['2 errors', '9 warnings of rules', '1 note'];
  expect(factRows(facts)).toEqual(['2 errors · 9 warnings of rules · 1 note']);
  expect(factRows(facts, 24)).toEqual(['2 errors', '9 warnings of rules', '1 note']);
  expect(factRows(facts, 12)).toEqual(['2 errors', '9 warnings', 'of rules', '1 note']);
});
