import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';

describe('parts that are joined', () => {
  test.each([
    ['Expected: `"status": "ok"` and version 1.4.0.', '1.4.0'],
    ['Erwartet: `"status": "ok"` und Version 1.4.0', '1.4.0'],
    ['Expected: {"status": "ok"}, version v1.4.0', '1.4.0'],
  ])('hold a version that the answer has to hold: %s', (text, version) => {
    const all = readExpectations(text, 1);
    expect(all.map(({readable}) => readable)).not.toContain(false);
    expect(all).toContainEqual(expect.objectContaining({check: {kind: 'contains', text: version, words: true}}));
    expect(all.length).toBeGreaterThan(1);
  });

  test.each([['Expected: `200` and 3 replicas ready', '3 replicas ready']])(
    'that are not read are left to a person: %s',
    (text, rest) => {
      expect(readExpectations(text, 1)).toContainEqual({text: rest, line: 1, readable: false});
    },
  );

  test.each(['Expected: HTTP 200 in under 300ms', 'Expected: 200 or 301', 'Expected: `ok`, as before'])(
    'are none where all is judged: %s',
    text => {
      expect(readExpectations(text, 1).map(({readable}) => readable)).not.toContain(false);
    },
  );
});
