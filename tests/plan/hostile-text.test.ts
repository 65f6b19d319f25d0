import {expect, test} from 'vitest';
import {readCodeBlockDirectives, readCommentDirectives} from '../../src/plan/document/directives.ts';
import {decode} from '../../src/plan/document/encoding.ts';
import {readExpectations} from '../../src/plan/phrases/expectations.ts';
import {readCadence, readDuration, readQuantity, readWindow} from '../../src/plan/phrases/quantity.ts';
import {readThresholds} from '../../src/plan/phrases/thresholds.ts';
import {bindText, findPlaceholders} from '../../src/plan/shell/placeholders.ts';
import {personBefore} from '../../src/plan/words/named-users.ts';

const readers: readonly [string, (text: string) => unknown][] = [
  ['decode', decode],
  ['readThresholds', text => readThresholds(text, 1)],
  ['readExpectations', text => readExpectations(text, 1)],
  ['findPlaceholders', findPlaceholders],
  ['bindText for a shell', text => bindText(text, () => 'a b', 'shell')],
  ['bindText for SQL', text => bindText(text, () => 'a b', 'sql')],
  ['bindText for JSON', text => bindText(text, () => 'a b', 'json')],
  ['bindText for a URL', text => bindText(text, () => 'a b', 'url')],
  ['readQuantity', readQuantity],
  ['readDuration', readDuration],
  ['readWindow', readWindow],
  ['readCadence', readCadence],
  ['personBefore', personBefore],
  ['readCodeBlockDirectives', text => readCodeBlockDirectives(text, 1)],
  ['readCommentDirectives', text => readCommentDirectives(`<!-- tminus:${text}`, 1)],
];

// Pieces of the patterns that the readers look for: a quadratic reader needs minutes for half a million characters of one.
const pieces = [
  'a.',
  'a-',
  'your-',
  '<a ',
  '[a ',
  '{{a ',
  '1,234,',
  '1-',
  'should be ',
  'expected: ',
  '(',
  ')',
  '"',
  "'",
  '`',
  '$(',
  '${',
  '<<E\n',
  '\\',
  '/path/to/',
  'user@',
  'YYYY',
  ' < 5 ms',
  '5% ',
  'memory ',
  '\n',
  '\t',
  '√©',
  '‚úÖ',
  'é',
  '# ',
  '-- ',
  '9/9 ',
  '{',
  '[',
  ':',
  '**',
  'first ',
  'and then ',
  '12 hours ',
  '0ms ',
  '(target ',
  '$$',
  '\u0000',
  '\ud800',
];

test.each(readers)('%s comes to an end on a line of any kind and length', (_, read) => {
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(500_000 / piece.length));
    expect(() => read(text)).not.toThrow();
  }
});
