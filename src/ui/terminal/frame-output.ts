/** Between Ink and the terminal: takes whole frames, writes only the cells that changed, queues only the newest frame. */
import {EventEmitter} from 'node:events';
import {sliceColumns} from '../../text/width.ts';
import {Pace} from './pace.ts';
import {rowChanges, showsTheSame} from './row-changes.ts';

export type FrameOptions = {
  /** Wrap writes in DEC 2026 so that the terminal shows each at once. */
  sync: boolean;
  /** SGR parameters of the page under everything, or ''. */
  page: string;
};

/** The part of a terminal stream that is used; `process.stdout` fits. */
export type TerminalStream = {
  columns?: number;
  rows?: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
};

/** Columns `from … to-1` of a row. */
export type Selected = {row: number; from: number; to: number; paint(styled: string): string};

type Done = (error?: Error | null) => void;

const SYNC_BEGIN = '\u001B[?2026h';
const SYNC_END = '\u001B[?2026l';
const WRAP_OFF = '\u001B[?7l';
const ENTER_ALTERNATE = '\u001B[?1049h';
/** What Ink puts before a frame to erase the last one: EraseLines, or home and erase down. */
const ERASE_PREFIX = /^(?:\u001B\[2K(?:\u001B\[1A)?|\u001B\[\d*G|\u001B\[1;1H|\u001B\[0?J|\u001B\[\d*[AB])+/;
const OTHER_SCREEN = /\u001B\[\?1049[hl]/;
const MODES_ONLY = /^(?:\u001B\[\?\d+[hl])+$/;
const MODE = /\u001B\[\?(\d+)([hl])/g;
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

export class FrameOutput extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly #terminal: TerminalStream;
  readonly #options: FrameOptions;
  /** Rows on the screen now; empty when that is not known. */
  #shown: readonly string[] = [];
  #next: readonly string[] | null = null;
  /** The newest frame as Ink drew it. */
  #drawn: readonly string[] = [];
  /** Rows that were painted over Ink's since: what Ink drew there, and what stands there now. */
  readonly #painted = new Map<number, {drawn: string; now: string}>();
  #writing = false;
  readonly #pace = new Pace();
  #left = false;
  /** Somebody else has the terminal: only the newest frame is kept. */
  #held = false;
  #page: string;
  /** Terminal modes that were switched, as they stand now, in the order in which they were first. */
  readonly #modes = new Map<string, string>();
  /** A part of a row that is shown as selected. */
  #selected: Selected | null = null;

  constructor(terminal: TerminalStream, options: FrameOptions) {
    super();
    this.#terminal = terminal;
    this.#options = options;
    this.#page = options.page;
    terminal.on('resize', this.#resized);
  }

  get columns(): number {
    return this.#terminal.columns || DEFAULT_COLUMNS;
  }

  get rows(): number {
    return this.#terminal.rows || DEFAULT_ROWS;
  }

  /** What Ink calls. Frames are remembered, terminal modes are forwarded, the rest is Ink's own erasing. */
  write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, callback?: Done): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (!this.#left) this.#take(String(chunk));
    // Ink must never wait for a slow terminal: it would hold back newer frames.
    if (done) queueMicrotask(() => done());
    return true;
  }

  /**
   * Paints rows in place of those that Ink has drawn, until it draws others there: a clock need not have the whole screen
   * laid out for a few signs. Does nothing and returns false unless just `drawn` is in view at `top`: something may lie
   * over it, or the screen have another size.
   */
  paintRows(top: number, drawn: readonly string[], rows: readonly string[]): boolean {
    if (this.#left || drawn.length !== rows.length) return false;
    const isInView = drawn.every((row, index) => {
      const shown = this.#drawn[top + index];
      return shown !== undefined && showsTheSame(shown, row);
    });
    if (!isInView) {
      // They are drawn again, perhaps as they were drawn before: what was painted since is over.
      for (const index of rows.keys()) this.#painted.delete(top + index);
      return false;
    }
    for (const [index, now] of rows.entries()) {
      this.#painted.set(top + index, {drawn: this.#drawn[top + index] ?? '', now});
    }
    this.#show();
    return true;
  }

  /** Something that is not a frame, such as a bell or a clipboard sequence. Dropped once the screen was left. */
  pass(text: string): void {
    if (!this.#left) this.#terminal.write(text);
  }

  setPage(page: string): void {
    this.#page = page;
    this.repaint();
  }

  /** Switches modes of the terminal, such as `1002` for the mouse, and remembers it for `release`. */
  setModes(modes: readonly string[], on: boolean): void {
    this.#mode(modes.map(mode => `\u001B[?${mode}${on ? 'h' : 'l'}`).join(''));
  }

  /** Shows this part of a row as selected; it goes with the next change of that row. */
  select(selected: Selected | null): void {
    this.#selected = selected;
    this.#show();
  }

  /** The row as it was drawn, with its colours. */
  drawnRow(row: number): string {
    return this.#drawn[row] ?? '';
  }

  /** Writes no frame until `release`: another program has the terminal. */
  hold(): void {
    this.#held = true;
  }

  /** The terminal is ours again: its modes as they were, and the whole picture. */
  release(): void {
    this.#held = false;
    this.#terminal.write([...this.#modes].map(([mode, state]) => `\u001B[?${mode}${state}`).join('') + WRAP_OFF);
    this.repaint();
  }

  /** Draws everything again: another program wrote here, or the terminal lost what it showed. */
  repaint(): void {
    const rows = this.#next ?? this.#shown;
    this.#shown = [];
    this.#next = rows.length > 0 ? rows : null;
    this.#flush();
  }

  /** Nothing is written after this call, so that what Ink writes at its end is dropped. */
  leave(): void {
    this.#left = true;
    this.#next = null;
    this.#terminal.off('resize', this.#resized);
  }

  /** The terminal has answered the question behind a frame. */
  readonly answered = (): void => this.#pace.answered();

  /** A write has been handed to the terminal and is not finished, or an answer is under way that whoever is next would get. */
  get busy(): boolean {
    return this.#writing || this.#pace.isAsked();
  }

  #resized = (): void => {
    this.#shown = [];
    this.#drawn = [];
    this.#painted.clear();
    this.#next = null;
    this.emit('resize');
  };

  #take(chunk: string): void {
    const text = chunk.replaceAll(SYNC_BEGIN, '').replaceAll(SYNC_END, '');
    if (text === '') return;
    if (MODES_ONLY.test(text)) {
      // Another screen holds other rows; the other modes (cursor, pastes) leave the picture as it is.
      if (OTHER_SCREEN.test(text)) {
        this.#shown = [];
        this.#drawn = [];
      }
      this.#mode(text.includes(ENTER_ALTERNATE) ? text + WRAP_OFF : text);
      return;
    }
    const frame = text.replace(ERASE_PREFIX, '');
    if (frame === '') return;
    const rows = frame.split('\n');
    // Ink draws one frame of the old size when the terminal changes; it would land in the wrong rows.
    if (rows.length !== this.rows) return;
    this.#drawn = rows;
    for (const [index, {drawn}] of this.#painted) if (rows[index] !== drawn) this.#painted.delete(index);
    this.#show();
  }

  #mode(text: string): void {
    for (const [, mode = '', state = ''] of text.matchAll(MODE)) this.#modes.set(mode, state);
    if (!this.#held && !this.#left) this.#terminal.write(text);
  }

  #show(): void {
    const rows = this.#drawn.map((row, index) => this.#painted.get(index)?.now ?? row);
    const {row = -1, from = 0, to = 0, paint} = this.#selected ?? {};
    const text = rows[row];
    if (text !== undefined && paint !== undefined)
      rows[row] = sliceColumns(text, 0, from) + paint(sliceColumns(text, from, to)) + sliceColumns(text, to);
    this.#next = rows;
    this.#flush();
  }

  #flush(): void {
    if (this.#writing || this.#held || this.#next === null || this.#left) return;
    const rows = this.#next;
    const text = rowChanges(this.#shown, rows, {columns: this.columns, page: this.#page});
    this.#next = null;
    this.#shown = rows;
    if (text === '') return;
    this.#writing = true;
    const framed = this.#options.sync ? SYNC_BEGIN + text + SYNC_END : text;
    const write = (whole: string, taken: () => void) => void this.#terminal.write(whole, () => taken());
    this.#pace.write(framed, write, () => {
      this.#writing = false;
      this.#flush();
    });
  }
}
