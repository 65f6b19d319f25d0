import {expect, test} from 'vitest';
import {type Editor, type EditorKey, editorOf, editText, proposed} from '../../../src/ui/view/line-editor.ts';

const after = (start: Editor, ...keys: EditorKey[]) => keys.reduce(editText, start);

test('text goes in where the cursor stands', () => {
  expect(after(editorOf('ac'), {type: 'left'}, {type: 'insert', text: 'b'})).toEqual({text: 'abc', at: 2});
});

test('a pasted line end is a space and never an Enter', () => {
  expect(after(editorOf(''), {type: 'insert', text: 'one\r\ntwo\u001B[A'}).text).toBe('one two[A');
});

test('a grapheme is one step and one deletion', () => {
  const start = editorOf('a👩‍🚀');
  expect(after(start, {type: 'left'})).toEqual({text: 'a👩‍🚀', at: 1});
  expect(after(start, {type: 'backspace'})).toEqual({text: 'a', at: 1});
});

test('Ctrl-W takes the word before the cursor, Ctrl-U all of it', () => {
  expect(after(editorOf('one two  '), {type: 'delete-word'}).text).toBe('one ');
  expect(after(editorOf('one two'), {type: 'left'}, {type: 'delete-to-start'})).toEqual({text: 'o', at: 0});
  expect(after(editorOf('one'), {type: 'home'}, {type: 'delete-to-end'})).toEqual({text: '', at: 0});
});

test('the ends are ends', () => {
  expect(after(editorOf('a'), {type: 'right'}, {type: 'delete'})).toEqual({text: 'a', at: 1});
  expect(after(editorOf('a'), {type: 'home'}, {type: 'left'}, {type: 'backspace'})).toEqual({text: 'a', at: 0});
});

test('what is typed replaces a proposal that nobody has touched', () => {
  const start = proposed('2025-11-02 14:02:31 +01:00');
  expect(after(start, {type: 'insert', text: 'b'}, {type: 'insert', text: 'c'})).toEqual({text: 'bc', at: 2});
  expect(after(start, {type: 'end'}, {type: 'backspace'}).text).toBe('2025-11-02 14:02:31 +01:0');
  expect(after(start, {type: 'left'}, {type: 'insert', text: '1'}).text).toBe('2025-11-02 14:02:31 +01:010');
});
