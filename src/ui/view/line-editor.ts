/** The one line that is typed in a prompt, and what each editing key does to it. */
import {graphemes} from '../../text/graphemes.ts';

/**
 * One line being typed. `at` counts UTF-16 units and always stands between two graphemes. `isProposed`: nobody has touched
 * the text yet, so that what is typed replaces it.
 */
export type Editor = {text: string; at: number; isProposed?: true};

export type EditorKey =
  | {type: 'insert'; text: string}
  | {
      type:
        | 'left'
        | 'right'
        | 'home'
        | 'end'
        | 'backspace'
        | 'delete'
        | 'delete-to-start'
        | 'delete-to-end'
        | 'delete-word';
    };

/** What keys do to the line, besides those that print. */
export const EDITOR_KEYS: Readonly<Record<string, Exclude<EditorKey['type'], 'insert'>>> = {
  left: 'left',
  'ctrl+b': 'left',
  right: 'right',
  'ctrl+f': 'right',
  home: 'home',
  'ctrl+a': 'home',
  end: 'end',
  'ctrl+e': 'end',
  backspace: 'backspace',
  'ctrl+h': 'backspace',
  delete: 'delete',
  'ctrl+d': 'delete',
  'ctrl+u': 'delete-to-start',
  'ctrl+k': 'delete-to-end',
  'ctrl+w': 'delete-word',
};

/** Enough for a reason or a note. */
const EDITOR_LENGTH_MAX = 2000;

export function editorOf(text: string): Editor {
  return {text, at: text.length};
}

/** A text that somebody may take as it is, change after moving about in it, or type over. */
export function proposed(text: string): Editor {
  return text === '' ? editorOf(text) : {...editorOf(text), isProposed: true};
}

export function editText(editor: Editor, key: EditorKey): Editor {
  const {text, at} = editor.isProposed === true && key.type === 'insert' ? editorOf('') : editor;
  switch (key.type) {
    case 'insert': {
      const added = oneLine(key.text).slice(0, Math.max(0, EDITOR_LENGTH_MAX - text.length));
      return {text: text.slice(0, at) + added + text.slice(at), at: at + added.length};
    }
    case 'left':
      return {text, at: previousBoundary(text, at)};
    case 'right':
      return {text, at: nextBoundary(text, at)};
    case 'home':
      return {text, at: 0};
    case 'end':
      return {text, at: text.length};
    case 'backspace':
      return without(text, previousBoundary(text, at), at);
    case 'delete':
      return without(text, at, nextBoundary(text, at));
    case 'delete-to-start':
      return without(text, 0, at);
    case 'delete-to-end':
      return without(text, at, text.length);
    case 'delete-word':
      return without(text, text.slice(0, at).replace(/\S+\s*$/, '').length, at);
  }
}

/** A pasted line end becomes a space: it must never act as Enter. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\u0000-\u001F\u007F-\u009F]/g, '');
}

function without(text: string, from: number, to: number): Editor {
  return {text: text.slice(0, from) + text.slice(to), at: from};
}

function previousBoundary(text: string, at: number): number {
  let last = 0;
  for (const {index} of graphemes(text)) {
    if (index >= at) break;
    last = index;
  }
  return last;
}

function nextBoundary(text: string, at: number): number {
  for (const {index} of graphemes(text)) if (index > at) return index;
  return text.length;
}
