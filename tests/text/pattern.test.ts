import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {patternOf, whyNoPattern} from '../../src/text/pattern.ts';

const BAD = `${'a'.repeat(2000)}!`;

describe('a pattern that tries every way to match', () => {
  // Each keeps a backtracking engine busy for longer than there is a universe, or for hours.
  test.each([
    ['^(\\w+\\s?)*$', false],
    ['(a+)+$', false],
    ['(a*)*b', false],
    ['(a|a)+$', false],
    ['(a|aa)+$', false],
    ['(?:a?){40}a{40}!x', false],
    ['(\\w+)*(\\d|x)', false],
    ['([a-z]+)*[0-9]', false],
    ['(a+){10}b', false],
    ['a*a*a*a*a*a*b', false],
    ['.*a.*a.*a.*a.*b', false],
    ['((a{1,9}){1,9}){1,9}b', false],
    ['(.*)*=(.*)*', false],
    ['(?<word>a+)+$', false],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', false],
    ['(a+)+!$', true],
    ['(a|b|a)*!', true],
    ['\\w*\\w*\\w*!$', true],
  ])('%s is answered at once: %s', async (source, answer) => {
    for (const flags of ['', 'i'] as const) {
      const pattern = patternOf(source, flags);
      await pattern.ready;
      expect(pattern.test(BAD)).toBe(answer);
      expect(pattern.exec(BAD) !== undefined).toBe(answer);
      expect(pattern.ranges(BAD, 3).length > 0).toBe(answer);
    }
  });

  test.each(['(?=(a+)+$)b', '(a+)+\\1', '(?!(a|a)*$)x', '(?<=(a*)*)b', 'a'.repeat(1001), '('])(
    '%s is refused with why',
    source => {
      expect(whyNoPattern(source)).toMatch(/^(?:can take for ever|is longer|is not a regular)/);
      expect(() => patternOf(source)).toThrow(SyntaxError);
    },
  );

  test.each([
    ['(?=.*error)(?=.*db)', 'an error of the db', true],
    ['^(?!.*healthz)GET', 'GET /healthz', false],
    ['(\\w+) is \\1', 'what is what', true],
  ])('%s looks around or refers back, and is used', (source, line, answer) => {
    expect(patternOf(source).test(line)).toBe(answer);
    // Of a line that could take for ever only the beginning is seen.
    expect(patternOf(source).test(BAD.repeat(20))).toBe(false);
  });
});

describe('a pattern that people write', () => {
  test.each(['ERROR|Traceback', '[45]\\d\\d ', 'timeout', '\\b(?:FATAL|PANIC)\\b', '^\\[error\\]', 'colou?r'])(
    '%s is for the native engine, however long the line',
    source => {
      expect(patternOf(source).nativeLengthMax).toBe(Number.POSITIVE_INFINITY);
    },
  );

  test.each(['took ([0-9.]+) ms', 'user=\\w+', 'user_.*failed', '\\d+ms$', 'HTTP/1\\.[01]" 5\\d\\d \\d+'])(
    '%s is for it on ordinary lines',
    source => {
      expect(patternOf(source).nativeLengthMax).toBeGreaterThanOrEqual(900);
    },
  );
});

test('both engines say the same', async () => {
  const atom = fc.constantFrom('a', 'b', '.', '\\w', '\\d', '[ab]', '[^a]', '\\s', '(a|b)', '(ab)', '\\b');
  const piece = fc
    .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,3}', '*?', '+?'))
    .map(([one, many]) => (one === '\\b' ? one : one + many));
  const source = fc.tuple(
    fc.constantFrom('', '^'),
    fc.array(piece, {minLength: 1, maxLength: 5}),
    fc.constantFrom('', '$'),
  );
  const line = fc.string({unit: fc.constantFrom('a', 'b', ' ', '1', '_', 'é'), maxLength: 12});
  await fc.assert(
    fc.asyncProperty(source, line, async ([start, pieces, end], text) => {
      const written = start + pieces.join('') + end;
      const pattern = patternOf(written);
      await pattern.ready;
      expect(pattern.exec(text)?.[0]).toBe(new RegExp(written).exec(text)?.[0]);
      // With so much of nothing behind it the line is for the linear engine, however simple the pattern is.
      const far = `${text}${'\u0001'.repeat(3000)}`;
      expect(pattern.exec(far)?.[0]).toBe(new RegExp(written).exec(far)?.[0]);
    }),
    {numRuns: 100},
  );
});
