import {expect, test} from 'vitest';
import {printed} from '../../../../src/plan/steps/code/told-output.ts';

function shown(...lines: readonly string[]) {
  return printed(lines.map((text, index) => ({line: index + 4, text})));
}

test('one line of plain words is looked for', () => {
  expect(shown('active')).toEqual([
    {text: 'active', line: 4, readable: true, check: {kind: 'contains', text: 'active', words: true}},
  ]);
});

test.each([
  [['up 412 days'], 'up 412 days'],
  [['a b', 'c d'], 'a b …'],
  [['deployment.apps/web restarted xxx'], 'deployment.apps/web restarted xxx'],
  [['done ...'], 'done ...'],
])('what will differ is for a person: %j', (lines, text) => {
  expect(shown(...lines)).toEqual([{text, line: 4, readable: false}]);
});

test('nothing printed is nothing to expect', () => {
  expect(shown('', '  ')).toEqual([]);
});
