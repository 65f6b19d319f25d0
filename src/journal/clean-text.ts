/**
 * Output of other machines is untrusted: of its control characters only line feed, carriage return, tab and colour
 * (SGR without blinking or hiding) come through. Works on text that arrives in pieces, cut anywhere.
 */
import {unreachable} from '../plan/plan.ts';
import {safeSgr} from './sgr.ts';

export type TextCleaner = {
  write(chunk: string): string;
  /** Drops a sequence that was never finished. */
  end(): void;
};

/**
 * Where the reader of a sequence stands. `escape`: after ESC, possibly with intermediates. `control`: CSI parameters.
 * `string`: OSC, DCS and their like, which end at BEL or ST.
 */
type State = 'ground' | 'escape' | 'control' | 'string' | 'string-escape';

/** No real sequence is longer; what goes on further was not one, and must not swallow the output. */
const CONTROL_LENGTH_MAX = 64;
const STRING_LENGTH_MAX = 4096;

/** Everything that is not plain text: controls but LF, CR and tab, and the signs that reverse the writing direction. */
const UNSAFE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const UNSAFE_ALL = new RegExp(UNSAFE, 'g');
const NEXT_INTRODUCER = /[\x1b\x90\x98\x9b\x9d-\x9f]/g;

export function createTextCleaner(): TextCleaner {
  let state: State = 'ground';
  let parameters = '';
  let stringLength = 0;

  function enter(next: State): '' {
    state = next;
    parameters = '';
    stringLength = 0;
    return '';
  }

  function take(char: string): string {
    switch (state) {
      case 'ground':
        return takeGround(char);
      case 'escape':
        return takeEscape(char);
      case 'control':
        return takeControl(char);
      case 'string':
        return takeString(char);
      case 'string-escape':
        // ESC \ ends the string. Any other ESC abandons it and begins a sequence of its own.
        if (char === '\\') return enter('ground');
        enter('escape');
        return takeEscape(char);
      default:
        return unreachable(state);
    }
  }

  function takeGround(char: string): string {
    if (char === '\x1b') return enter('escape');
    if (char === '\x9b') return enter('control');
    if (char >= '\x80' && /[\x90\x98\x9d-\x9f]/.test(char)) return enter('string');
    return UNSAFE.test(char) ? '' : char;
  }

  function takeEscape(char: string): string {
    if (endsAnySequence(char)) return abandon(char);
    if (char === '[') return enter('control');
    if (/[\]PX^_]/.test(char)) return enter('string');
    // Intermediates (0x20–0x2f), as in `ESC ( B`, are followed by one final character.
    if (char >= ' ' && char <= '/') {
      parameters += char;
      return parameters.length > CONTROL_LENGTH_MAX ? enter('ground') : '';
    }
    return enter('ground');
  }

  function takeControl(char: string): string {
    if (endsAnySequence(char)) return abandon(char);
    if (char >= '@' && char <= '~') {
      const sgr = char === 'm' ? safeSgr(parameters) : '';
      enter('ground');
      return sgr;
    }
    parameters += char;
    return parameters.length > CONTROL_LENGTH_MAX ? enter('ground') : '';
  }

  function takeString(char: string): string {
    stringLength += 1;
    if (char === '\x07' || char === '\x9c') return enter('ground');
    if (char === '\x1b') return enter('string-escape');
    if (char === '\n' || char === '\x18' || char === '\x1a' || stringLength > STRING_LENGTH_MAX) return abandon(char);
    return '';
  }

  /** A line feed is never lost to a broken sequence: the next line must be seen. */
  function abandon(char: string): string {
    enter('ground');
    return takeGround(char);
  }

  function writeSlowly(chunk: string): string {
    let out = '';
    for (let at = 0; at < chunk.length; ) {
      if (state === 'ground') {
        // Text up to the next sequence needs no state.
        NEXT_INTRODUCER.lastIndex = at;
        const next = NEXT_INTRODUCER.exec(chunk)?.index ?? chunk.length;
        if (next > at) out += chunk.slice(at, next).replace(UNSAFE_ALL, '');
        at = next;
      }
      if (at < chunk.length) out += take(chunk.charAt(at));
      at += 1;
    }
    return out;
  }

  return {
    write: chunk => (state === 'ground' && !UNSAFE.test(chunk) ? chunk : writeSlowly(chunk)),
    end: () => {
      enter('ground');
    },
  };
}

/** CAN, SUB, another ESC and a line feed break off whatever sequence is under way. */
function endsAnySequence(char: string): boolean {
  return char === '\x1b' || char === '\n' || char === '\x18' || char === '\x1a';
}
