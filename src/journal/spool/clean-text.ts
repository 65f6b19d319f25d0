/** Takes out of output of other machines what could act on a terminal: all control characters but a few. */
import {unreachable} from '../../plan/plan.ts';
import {UNSAFE_SIGN, withoutUnsafeSigns} from '../../text/unsafe-signs.ts';

/**
 * Where the reader of a sequence stands. `escape`: after ESC, possibly with intermediates. `control`: CSI parameters.
 * `string`: OSC, DCS and their like, which end at BEL or ST.
 */
type State = 'ground' | 'escape' | 'control' | 'string' | 'string-escape';

/** No real sequence is longer; a longer one is none, and must not swallow the output. */
const CONTROL_LENGTH_MAX = 64;
const STRING_LENGTH_MAX = 4096;

const STRING_INTRODUCER = /[\x90\x98\x9d-\x9f]/;
const ANY_INTRODUCER = /[\x1b\x90\x98\x9b\x9d-\x9f]/g;

/**
 * The only control characters that come through are line feed, carriage return, tab and colour (SGR without blinking or
 * hiding). Works on text that arrives in pieces, cut anywhere.
 */
export class TextCleaner {
  #state: State = 'ground';
  #parameters = '';
  #stringLength = 0;

  write(chunk: string): string {
    return this.#state === 'ground' && !UNSAFE_SIGN.test(chunk) ? chunk : this.#writeSlowly(chunk);
  }

  /** No sequence is under way. */
  get idle(): boolean {
    return this.#state === 'ground';
  }

  /** Drops a sequence that was never finished. */
  end(): void {
    this.#enter('ground');
  }

  #writeSlowly(chunk: string): string {
    let out = '';
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#state === 'ground') {
        // Text up to the next sequence needs no state.
        ANY_INTRODUCER.lastIndex = at;
        const next = ANY_INTRODUCER.exec(chunk)?.index ?? chunk.length;
        out += withoutUnsafeSigns(chunk.slice(at, next));
        at = next;
      }
      if (at < chunk.length) out += this.#take(chunk.charAt(at));
    }
    return out;
  }

  #take(char: string): string {
    switch (this.#state) {
      case 'ground':
        return this.#takeGround(char);
      case 'escape':
        return this.#takeEscape(char);
      case 'control':
        return this.#takeControl(char);
      case 'string':
        return this.#takeString(char);
      case 'string-escape':
        // ESC \ ends the string. Any other ESC abandons it and begins a sequence of its own.
        return char === '\\' ? this.#enter('ground') : this.#enter('escape') + this.#takeEscape(char);
      default:
        return unreachable(this.#state);
    }
  }

  #takeGround(char: string): string {
    if (char === '\x1b') return this.#enter('escape');
    if (char === '\x9b') return this.#enter('control');
    if (STRING_INTRODUCER.test(char)) return this.#enter('string');
    return UNSAFE_SIGN.test(char) ? '' : char;
  }

  #takeEscape(char: string): string {
    if (endsAnySequence(char)) return this.#abandon(char);
    if (char === '[') return this.#enter('control');
    if (/[\]PX^_]/.test(char)) return this.#enter('string');
    // Intermediates (0x20–0x2f), as in `ESC ( B`, are followed by one final character.
    if (char >= ' ' && char <= '/') return this.#lengthen(char);
    return this.#enter('ground');
  }

  #takeControl(char: string): string {
    if (endsAnySequence(char)) return this.#abandon(char);
    if (char < '@' || char > '~') return this.#lengthen(char);
    const sgr = char === 'm' ? safeSgr(this.#parameters) : '';
    this.#enter('ground');
    return sgr;
  }

  #takeString(char: string): string {
    this.#stringLength += 1;
    if (char === '\x07' || char === '\x9c') return this.#enter('ground');
    if (char === '\x1b') {
      this.#state = 'string-escape';
      return '';
    }
    if (endsAnySequence(char) || this.#stringLength > STRING_LENGTH_MAX) return this.#abandon(char);
    return '';
  }

  #lengthen(char: string): '' {
    this.#parameters += char;
    if (this.#parameters.length > CONTROL_LENGTH_MAX) this.#enter('ground');
    return '';
  }

  /** A line feed is never lost to a broken sequence: the next line must be seen. */
  #abandon(char: string): string {
    this.#enter('ground');
    return this.#takeGround(char);
  }

  #enter(next: State): '' {
    this.#state = next;
    this.#parameters = '';
    this.#stringLength = 0;
    return '';
  }
}

/** CAN, SUB, another ESC and a line feed break off whatever sequence is under way. */
function endsAnySequence(char: string): boolean {
  return char === '\x1b' || char === '\n' || char === '\x18' || char === '\x1a';
}

const BLINK_SLOW = 5;
const BLINK_FAST = 6;
const CONCEAL = 8;
/** 38, 48 and 58 set a colour and are followed by its description, whose numbers mean nothing by themselves. */
const COLOUR_FOLLOWS: ReadonlySet<number> = new Set([38, 48, 58]);

/**
 * SGR (colour and weight) is the one escape sequence that is let through: returns the sequence for these parameters
 * without what blinks or hides; empty when nothing is left or it is no SGR at all.
 */
function safeSgr(parameters: string): string {
  if (!/^[0-9;:]*$/.test(parameters)) return '';
  if (parameters === '') return '\x1b[m';
  const parts = parameters.split(';');
  const kept: string[] = [];
  for (let at = 0; at < parts.length; ) {
    const length = colourLength(parts, at);
    const code = Number.parseInt(parts[at] || '0', 10);
    if (length > 1 || (code !== BLINK_SLOW && code !== BLINK_FAST && code !== CONCEAL)) {
      kept.push(...parts.slice(at, at + length));
    }
    at += length;
  }
  return kept.length === 0 ? '' : `\x1b[${kept.join(';')}m`;
}

/** How many parameters belong together from here: `38;5;208` are three, `38;2;1;2;3` five, `38:5:208` one. */
function colourLength(parts: readonly string[], at: number): number {
  if (!COLOUR_FOLLOWS.has(Number(parts[at]))) return 1;
  const description = {'5': 3, '2': 5}[parts[at + 1] ?? ''];
  return Math.min(description ?? 1, parts.length - at);
}
