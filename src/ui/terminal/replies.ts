/** Tells what a person types from what the terminal itself says, byte by byte, however it is cut into reads. */

/** Esc is a key of its own, and what follows within this time is not typed by a person. */
const ESCAPE_MS = 50;
/** Alt+[ or Alt+P, when nothing follows. */
const INTRODUCER_MS = 100;
/** What has begun beyond doubt is no key, so that late pieces of it must not be read as keys. */
const REPORT_MS = 1000;
const INTRODUCER_LENGTH = 2;
const SEQUENCE_LENGTH_MAX = 128;

const ESCAPE = 0x1b;
const BELL = 0x07;
const CANCELLED = new Set([0x18, 0x1a]);
const STRING_END = 0x9c;
/** The second byte of ESC and a byte; as one byte it is 0x40 more. */
const CSI = 0x5b;
const SS3 = 0x4f;
/** DCS SOS OSC PM APC */
const STRINGS = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);

/** Cursor, function and editing keys, kitty keys, and the two ends of a paste; also as rxvt and the Linux console do it. */
const KEY = /^\u001B\[(?:[\d;:]*[A-FHPQSZa-d~u^@]|[235678]\$|\[[A-E])$/;
/** Keys whose last sign is an intermediate byte, or that have an introducer in them. */
const RXVT_SHIFTED = /^\u001B\[[235678]\$$/;
const LINUX_FUNCTION_KEY = /^\u001B\[\[$/;
/** What a mouse reports in mode 1006. */
const MOUSE = /^\u001B\[<\d+;\d+;\d+[Mm]$/;
/** All is well: the answer to `ESC [ 5 n`. */
const STATUS = '\u001B[0n';
/** What follows the last sign of these reports: button, column, row; start, end and mouse of a highlight. */
const SIGNS_AFTER: Readonly<Record<string, number>> = {'\u001B[M': 3, '\u001B[t': 2, '\u001B[T': 6};

type State =
  | {kind: 'typing' | 'string' | 'string-escape'}
  /** `text`: what it would be, typed by a person. */
  | {kind: 'escape' | 'introduced' | 'csi' | 'ss3'; text: string}
  | {kind: 'signs'; missing: number};

const TYPING: State = {kind: 'typing'};

/**
 * What of the input belongs to somebody's keys: only sequences that are known to be keys, and pastes. All other
 * sequences are reports of the terminal (mouse, focus, attributes, colours, modes, clipboard): also the ones that nobody
 * has thought of yet.
 */
export class ReplyFilter {
  readonly #units = createUnits();
  #state: State = TYPING;
  #sequence = 0;
  readonly #onMouse: (report: string) => void;
  readonly #onStatus: () => void;

  /** `onMouse`: gets whole reports of mode 1006. Those of other modes are nobody's. `onStatus`: the terminal says that all is well. */
  constructor(onMouse: (report: string) => void = () => {}, onStatus: () => void = () => {}) {
    this.#onMouse = onMouse;
    this.#onStatus = onStatus;
  }

  /** What a person typed in this piece. */
  take(chunk: Uint8Array): string {
    return this.#units
      .push(chunk)
      .map(unit => this.#step(unit))
      .join('');
  }

  /** A sequence that has begun, by its number, and how long its rest is waited for. */
  pending(): {sequence: number; waitMs: number} | undefined {
    const state = this.#state;
    if (state.kind === 'typing') return undefined;
    if (state.kind === 'escape') return {sequence: this.#sequence, waitMs: ESCAPE_MS};
    const isIntroducer = 'text' in state && state.text.length === INTRODUCER_LENGTH;
    return {sequence: this.#sequence, waitMs: isIntroducer ? INTRODUCER_MS : REPORT_MS};
  }

  /** It did not come in time. What was typed after all. */
  giveUp(): string {
    const before = this.#state;
    this.#state = TYPING;
    return 'text' in before && before.text.length <= INTRODUCER_LENGTH ? before.text : '';
  }

  #step(unit: Unit): string {
    if (unit.code === ESCAPE) return this.#begin();
    switch (this.#state.kind) {
      case 'typing':
        return this.#typed(unit);
      case 'escape':
        return this.#introduce(unit, this.#state.text);
      case 'introduced':
      case 'string':
      case 'string-escape':
        return this.#inString(unit);
      case 'csi':
        return this.#inCsi(unit, this.#state.text);
      case 'ss3':
        return this.#inSs3(unit, this.#state.text);
      case 'signs':
        return this.#inSigns(unit, this.#state.missing);
      default:
        return this.#state satisfies never;
    }
  }

  /** An escape ends whatever was under way; only the end of a string needs it. */
  #begin(): string {
    const before = this.#state;
    this.#sequence += 1;
    if (before.kind === 'string' || before.kind === 'introduced') this.#state = {kind: 'string-escape'};
    else this.#state = {kind: 'escape', text: '\u001B'};
    return before.kind === 'escape' ? before.text : '';
  }

  #typed(unit: Unit): string {
    this.#state = TYPING;
    if (unit.code < 0x80 || unit.code >= 0xa0) return unit.text;
    this.#sequence += 1;
    // Introducers of one byte; all other signs of that block are no keys.
    return this.#open(unit.code - 0x40, '') ?? '';
  }

  #introduce(unit: Unit, text: string): string {
    this.#state = TYPING;
    return this.#open(unit.code, text + unit.text) ?? text + unit.text;
  }

  #open(code: number, text: string): '' | undefined {
    if (code === CSI) this.#state = {kind: 'csi', text: '\u001B['};
    else if (code === SS3) this.#state = {kind: 'ss3', text: '\u001BO'};
    else if (STRINGS.has(code)) this.#state = text === '' ? {kind: 'string'} : {kind: 'introduced', text};
    else return undefined;
    return '';
  }

  #inString(unit: Unit): string {
    if (this.#state.kind === 'string-escape' && unit.text !== '\\') {
      // The string was broken off, and this is the second sign of another sequence.
      return this.#introduce(unit, '\u001B');
    }
    const ends =
      unit.text === '\\' ? this.#state.kind === 'string-escape' : unit.code === BELL || unit.code === STRING_END;
    this.#state = ends || CANCELLED.has(unit.code) ? TYPING : {kind: 'string'};
    return '';
  }

  #inCsi(unit: Unit, before: string): string {
    const {code} = unit;
    if (code < 0x20 || code > 0x7e) return this.#typed(unit);
    const text = before.length < SEQUENCE_LENGTH_MAX ? before + unit.text : before;
    const goesOn = (code < 0x40 && !RXVT_SHIFTED.test(text)) || LINUX_FUNCTION_KEY.test(text);
    const missing = SIGNS_AFTER[text];
    if (goesOn) this.#state = {kind: 'csi', text};
    else this.#state = missing === undefined ? TYPING : {kind: 'signs', missing};
    if (MOUSE.test(text)) this.#onMouse(text);
    if (text === STATUS) this.#onStatus();
    return !goesOn && text.length < SEQUENCE_LENGTH_MAX && KEY.test(text) ? text : '';
  }

  #inSs3(unit: Unit, before: string): string {
    const {code} = unit;
    if (code < 0x20 || code > 0x7e) return this.#typed(unit);
    const text = before.length < SEQUENCE_LENGTH_MAX ? before + unit.text : before;
    const goesOn = code >= 0x30 && code < 0x40;
    this.#state = goesOn ? {kind: 'ss3', text} : TYPING;
    return goesOn ? '' : text;
  }

  /** A sign is a byte, or in mode 1005 a character. Two bytes that look like a character count once: one key may be lost. */
  #inSigns(unit: Unit, missing: number): string {
    if (unit.code < 0x20) return this.#typed(unit);
    this.#state = missing > 1 ? {kind: 'signs', missing: missing - 1} : TYPING;
    return '';
  }
}

/** `text` is empty for a byte that belongs to no character; `code` is then the byte itself. */
type Unit = {code: number; text: string};

/** The first byte of a character says how many follow. */
function following(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
}

const CONTROLS_END = 0xa0;
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

function createUnits(): {push(chunk: Uint8Array): Unit[]} {
  /** A character whose last bytes have not come yet. */
  let open: number[] = [];

  function next(byte: number): Unit[] {
    const isFollowing = byte >= 0x80 && byte <= 0xbf;
    if (open.length > 0 && isFollowing) {
      open.push(byte);
      return open.length > following(open[0] ?? 0) ? close() : [];
    }
    const stray = open.map(ofBroken);
    open = following(byte) > 0 ? [byte] : [];
    if (open.length > 0) return stray;
    return [...stray, byte < 0x80 ? {code: byte, text: String.fromCharCode(byte)} : strayByte(byte)];
  }

  function close(): Unit[] {
    const bytes = open;
    open = [];
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      return [{code: text.codePointAt(0) ?? 0, text}];
    } catch {
      return bytes.map(ofBroken);
    }
  }

  return {push: chunk => [...chunk].flatMap(next)};
}

function strayByte(byte: number): Unit {
  return {code: byte, text: ''};
}

/** For a character that was broken off: its bytes are not the controls that stand in the same places. */
function ofBroken(byte: number): Unit {
  return strayByte(Math.max(byte, CONTROLS_END));
}
