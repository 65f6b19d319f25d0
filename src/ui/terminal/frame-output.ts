/** Between Ink and the terminal: takes whole frames, writes only the cells that changed, queues only the newest frame. */
import {EventEmitter} from 'node:events';
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

type Done = (error?: Error | null) => void;

const SYNC_BEGIN = '\u001B[?2026h';
const SYNC_END = '\u001B[?2026l';
const WRAP_OFF = '\u001B[?7l';
const ENTER_ALTERNATE = '\u001B[?1049h';
/** What Ink puts before a frame to erase the last one: EraseLines, or home and erase down. */
const ERASE_PREFIX = /^(?:\u001B\[2K(?:\u001B\[1A)?|\u001B\[\d*G|\u001B\[1;1H|\u001B\[0?J|\u001B\[\d*[AB])+/;
const OTHER_SCREEN = /\u001B\[\?1049[hl]/;
const MODES_ONLY = /^(?:\u001B\[\?\d+[hl])+$/;
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
  #left = false;

  constructor(terminal: TerminalStream, options: FrameOptions) {
    super();
    this.#terminal = terminal;
    this.#options = options;
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
    if (!isInView) return false;
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

  /** A write has been handed to the terminal and is not finished. */
  get busy(): boolean {
    return this.#writing;
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
      this.#terminal.write(text.includes(ENTER_ALTERNATE) ? text + WRAP_OFF : text);
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

  #show(): void {
    this.#next = this.#drawn.map((row, index) => this.#painted.get(index)?.now ?? row);
    this.#flush();
  }

  #flush(): void {
    if (this.#writing || this.#next === null || this.#left) return;
    const rows = this.#next;
    const text = rowChanges(this.#shown, rows, {columns: this.columns, page: this.#options.page});
    this.#next = null;
    this.#shown = rows;
    if (text === '') return;
    this.#writing = true;
    this.#terminal.write(this.#options.sync ? SYNC_BEGIN + text + SYNC_END : text, () => {
      this.#writing = false;
      this.#flush();
    });
  }
}
