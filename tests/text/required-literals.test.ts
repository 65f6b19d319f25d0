import fc from 'fast-check';
import {expect, test} from 'vitest';
import {requiredLiterals} from '../../src/text/required-literals.ts';

test.each([
  ['timeout', ['timeout'], true],
  ['status=500 user', ['status=500 user'], true],
  ['ERROR|Traceback|FATAL', ['ERROR', 'Traceback', 'FATAL'], true],
  ['api\\.ai', ['api.ai'], true],
  ['größe', ['größe'], true],
  ['ERROR.*store', ['ERROR'], false],
  ['^\\d+ ERROR$', [' ERROR'], false],
  ['colou?r', ['colo'], false],
  ['ab+c', ['ab'], false],
  ['(a|b) late', [' late'], false],
  ['x(?!late)yz', ['yz'], false],
  ['[(]open', ['(open'], true],
  ['\\d{3}9{4}x', ['9999'], false],
  ['[0-9]ab{2,}c', ['abb'], false],
  ['\\012tail', ['tail'], false],
])('%s needs one of %j', (source, texts, isAll) => {
  expect(requiredLiterals(source)).toMatchObject({texts, isAll});
});

test.each(['\\d+', 'ERROR|\\d+', 'a', '(late|early)', '[ab]+', '.*', '', 'ab?|cd', 'a{0,3}b', 'a|b|c|d|e|f|g|h|i|j'])(
  '%s needs none that is worth looking for',
  source => {
    expect(requiredLiterals(source)).toBeUndefined();
  },
);

test('whatever matches holds one of them', () => {
  const pieces = [
    'ab',
    'c',
    '.',
    '\\d',
    '[xy]',
    '(ab|c)',
    '(?:d|ef)',
    '|',
    '*',
    '+',
    '?',
    '{0,2}',
    '{2}',
    '^',
    '$',
    '\\.',
    '\\b',
    'é',
    '(?=a)',
    '(?!c)',
    '1',
  ];
  const texts = fc.string({unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'x', '1', '.', 'é'), maxLength: 12});
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), {maxLength: 8}),
      fc.array(texts, {maxLength: 20}),
      (parts, lines) => {
        let native: RegExp;
        try {
          native = new RegExp(parts.join(''));
        } catch {
          return;
        }
        const required = requiredLiterals(native.source);
        if (required === undefined || parts.length === 0) return;
        for (const line of lines) {
          const holds = required.texts.some(text => line.includes(text));
          if (native.test(line)) expect(holds).toBe(true);
          else if (required.isAll) expect(holds).toBe(false);
        }
      },
    ),
    {numRuns: 3000},
  );
});

test('of one expression all of them are known, so that the rarest can be looked for', () => {
  expect(requiredLiterals('request \\d+7777 in')).toMatchObject({texts: ['request '], others: ['7777 in']});
  expect(requiredLiterals('request \\d+|late \\d+')).toMatchObject({others: []});
});
