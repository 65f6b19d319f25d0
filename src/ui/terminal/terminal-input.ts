/** Turns the bytes of a terminal into single keys: removes the terminal's replies, splits the text of a held key. */
import {PassThrough, type Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import type {Key} from 'ink';

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
  stop(): void;
};

/** OSC, DCS, APC, PM, SOS up to their end. */
const STRING_REPLY = /\u001B[\]P_^X][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)/g;
/** Cursor position, status, device attributes, mode reports, kitty flags, focus, mouse (SGR and urxvt). */
const CSI_REPLY = /\u001B\[(?:\?[\d;]*[cuny$]+|>[\d;]*c|\d+;\d+R|\d*n|[IO]|<[\d;]+[Mm]|\d+;\d+;\d+M|[\d;]+t)/g;
/** A reply that has begun and not ended; kept until the rest comes. */
const OPEN_REPLY = /\u001B(?:[\]P_^X][^\u0007\u001B\u009C]*\u001B?|\[[?<>][\d;$]*)$/;
/** Nothing that long is a reply; hold back no more than this. */
const OPEN_REPLY_MAX = 4096;
/** A reply arrives in one go. What has not ended by then was Alt and a key, or is cut off for good. */
const OPEN_REPLY_MS_MAX = 100;
const INTRODUCER_LENGTH = 2;

export function filterReplies(input: TerminalInput): FilteredInput {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const output = new PassThrough({encoding: 'utf8'}) as unknown as FilteredInput;
  const giveUp = () => {
    // Alt+P must not swallow what is typed after it, and half a reply must not be typed at all.
    if (held.length <= INTRODUCER_LENGTH) output.write(held);
    held = '';
  };
  const take = (chunk: Buffer | string) => {
    clearTimeout(timer);
    const text = held + (typeof chunk === 'string' ? chunk : decoder.write(chunk));
    const answered = text.replace(STRING_REPLY, '').replace(CSI_REPLY, '');
    const open = OPEN_REPLY.exec(answered)?.[0] ?? '';
    held = open.length <= OPEN_REPLY_MAX ? open : '';
    const rest = answered.slice(0, answered.length - held.length);
    if (rest !== '') output.write(rest);
    if (held !== '') timer = setTimeout(giveUp, OPEN_REPLY_MS_MAX);
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
    stop() {
      clearTimeout(timer);
      input.off('data', take);
      input.off('end', ended);
      input.pause();
      output.end();
    },
  });
}

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

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
  return [...graphemes.segment(input)].flatMap(({segment}) => oneKey(segment));
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
