import {expect, test} from 'vitest';
import {withLists} from '../../../src/plan/phrases/expectation-phrases.ts';
import {planOf} from '../../helpers/plan-view.ts';

test('the comments under an announcement belong to it, up to the next line that is none', () => {
  expect(
    withLists([
      {line: 3, text: 'Expected output:'},
      {line: 4, text: '  one'},
      {line: 5, text: '  two'},
      {line: 8, text: 'three'},
    ]),
  ).toEqual([
    {line: 3, text: 'Expected output:\n  one\n  two'},
    {line: 8, text: 'three'},
  ]);
});

test('each line of a list in a code block is expected by itself, on its own line', () => {
  const plan = planOf(
    '## Deploy',
    '```bash',
    'patronictl pause',
    '# Expected output:',
    "#   'pause' request sent",
    '#   Success: cluster management is paused',
    'patronictl list',
    '```',
  );
  expect(plan.steps[0]?.expectations.map(({line, readable, check}) => [line, readable, check])).toEqual([
    [5, false, undefined],
    [6, true, {kind: 'contains', text: 'Success: cluster management is paused', words: true}],
  ]);
});

test('an answer over several lines is one expectation', () => {
  const plan = planOf(
    '## Verify',
    '```bash',
    'curl https://x.test/health',
    '# Expected:',
    '# {',
    '#   "ok": true',
    '# }',
    '```',
  );
  expect(plan.steps[0]?.expectations.map(({check}) => check)).toEqual([{kind: 'json', subset: {ok: true}}]);
});
