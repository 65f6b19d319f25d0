/** Turns the bytes of a terminal into single keys: removes the terminal's replies, splits the text of a held key. */
import {PassThrough, type Readable} from 'node:stream';
import type {Key} from 'ink';
import {graphemes} from '../../text/graphemes.ts';
import {ReplyFilter} from './replies.ts';

/** `name` is a printable grapheme, or `enter` `esc` `tab` `shift+tab` `space` `up` `ctrl+c` `alt+x`; `text` when it prints. */
export type KeyPress = {name: string; text?: string};

/** What is used of `process.stdin`. */
export type TerminalInput = Readable & {
  isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
  ref?: () => unknown;
  unref?: () => unknown;
};

/** The same input without what the terminal itself says: colour reports, device attributes, mouse and focus. */
export type FilteredInput = PassThrough & {
  isTTY: boolean;
  setRawMode(raw: boolean): FilteredInput;
  ref(): FilteredInput;
  unref(): FilteredInput;
  /** Reads nothing until `release`: another program does. */
  hold(): void;
  release(): void;
  stop(): void;
};

/** No person types that much at once: the rest of a long report may still be under way. */
const TYPED_BYTES_MAX = 32;

const PASTE_BEGINS = '\u001B[200~';
const PASTE_ENDS = '\u001B[201~';
const ESCAPE = '\u001B';
const INTERRUPT = '\u0003';

/**
 * `onMouse`: gets what a mouse reports in mode 1006. `onStatus`: the terminal says that all is well. `onOpenPaste`: a key
 * was pressed in a paste whose end has not come. It never comes where a client of tmux ended within it, and everything
 * that is typed would belong to the paste: Esc or Ctrl-C alone ends it.
 */
export function filterReplies(
  input: TerminalInput,
  onMouse?: (report: string) => void,
  onStatus?: () => void,
  onOpenPaste?: () => void,
): FilteredInput {
  const filter = new ReplyFilter(onMouse, onStatus);
  let timer: NodeJS.Timeout | undefined;
  const output = new PassThrough({encoding: 'utf8'}) as unknown as FilteredInput;
  let isPasting = false;
  let isAlone = false;
  const pass = (text: string) => {
    const [begins, ends] = [text.lastIndexOf(PASTE_BEGINS), text.lastIndexOf(PASTE_ENDS)];
    if (begins !== ends) isPasting = begins > ends;
    if (text !== '') output.write(text);
  };
  const giveUp = () => {
    timer = undefined;
    const text = filter.giveUp();
    pass(isPasting && isAlone && text === ESCAPE ? PASTE_ENDS : text);
  };
  let awaited: ReturnType<typeof filter.pending>;
  const take = (chunk: Buffer | string) => {
    const bytes = Buffer.from(chunk as string);
    // What a person types comes sign by sign, what is pasted does not.
    isAlone = bytes.length === 1;
    if (isPasting && isAlone && bytes.toString() === INTERRUPT) return pass(PASTE_ENDS);
    if (isPasting && isAlone && bytes.toString() !== ESCAPE) onOpenPaste?.();
    pass(filter.take(bytes));
    const pending = filter.pending();
    const isSame = pending?.sequence === awaited?.sequence && pending?.waitMs === awaited?.waitMs;
    // Keys that are typed after half a report must not prolong it for ever.
    if (timer !== undefined && isSame && bytes.length <= TYPED_BYTES_MAX) return;
    clearTimeout(timer);
    awaited = pending;
    timer = pending && setTimeout(giveUp, pending.waitMs);
  };
  const ended = () => output.end();
  input.on('data', take);
  input.on('end', ended);
  return Object.assign(output, {
    isTTY: input.isTTY ?? false,
    setRawMode(raw: boolean) {
      input.setRawMode?.(raw);
      return output;
    },
    ref() {
      input.ref?.();
      return output;
    },
    unref() {
      input.unref?.();
      return output;
    },
    hold() {
      input.pause();
    },
    release() {
      input.resume();
    },
    stop() {
      clearTimeout(timer);
      input.off('data', take);
      input.off('end', ended);
      input.pause();
      output.end();
    },
  });
}

const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u001B': 'esc',
  '\u007F': 'backspace',
  '\b': 'backspace',
};

/** Ink gives a held key as one text (`jjj`), and `G` followed by Enter as `G\r`: every grapheme is a key of its own. */
export function splitKeys(input: string, key: Key): KeyPress[] {
  const named = nameOf(key);
  if (named) return [named === 'space' ? {name: named, text: ' '} : {name: named}];
  if (key.ctrl && input !== '') return [{name: `ctrl+${input}`}];
  if (key.meta && input !== '') return [{name: `alt+${input}`}];
  return [...graphemes(input)].flatMap(({segment}) => oneKey(segment));
}

function oneKey(segment: string): KeyPress[] {
  const control = CONTROL_NAMES[segment];
  if (control === 'space') return [{name: control, text: ' '}];
  if (control) return [{name: control}];
  const code = segment.charCodeAt(0);
  if (code < 0x20) return [{name: `ctrl+${String.fromCharCode(code + 0x60)}`}];
  return [{name: segment, text: segment}];
}

function nameOf(key: Key): string | undefined {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'esc';
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  if (key.backspace) return 'backspace';
  return key.delete ? 'delete' : undefined;
}
