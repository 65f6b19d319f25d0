import {expect, test} from 'vitest';
import {codeSpans, plainText, readInline} from '../../../src/plan/document/inline.ts';

test.each([
  ['**Bold** and _light_ and `code_x`', 'Bold and light and code_x'],
  ['snake_case_name stays', 'snake_case_name stays'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['🚀 Go ✅', 'Go'],
  ['⚠️ PRE', 'PRE'],
  ['[the guide](https://a/b "t") now', 'the guide now'],
  ['a \\_b\\_ &lt;c&gt;', 'a _b_ <c>'],
  ['lb1 &rarr; lb2 &#8212; twice', 'lb1 → lb2 — twice'],
  ['keep <angle> and `<b>`', 'keep <angle> and <b>'],
  ['`a**b**c`', 'a**b**c'],
  ['~~old~~ new<br>line', 'old new line'],
  ['© 2025', '© 2025'],
])('%j reads %j', (raw, text) => {
  expect(plainText(raw)).toBe(text);
});

test('a bold lead-in is told from the rest, its colon inside or outside', () => {
  expect(readInline('**Deployed By:** Ana')).toMatchObject({lead: 'Deployed By', rest: 'Ana', strong: false});
  expect(readInline('**Deployed By**: Ana')).toMatchObject({lead: 'Deployed By', rest: 'Ana'});
  expect(readInline('**Final Status:**')).toMatchObject({lead: 'Final Status', strong: true});
  expect(readInline('plain **bold**').lead).toBeUndefined();
});

test('comments are not shown', () => {
  expect(readInline('a <!-- tminus: probe=x --> b').text).toBe('a b');
});

test('code spans keep what is in them, double back-ticks too', () => {
  expect(codeSpans('`a b` and ``c `d` `` and `unclosed')).toEqual(['a b', 'c `d`']);
  expect(codeSpans('`x` `y`')).toEqual(['x', 'y']);
});
