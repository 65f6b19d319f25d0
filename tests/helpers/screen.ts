/** The console on a real terminal emulator: keys in as bytes, rows and colours out. */
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {fileURLToPath} from 'node:url';
import xterm from '@xterm/headless';
import type {Leave} from '../../src/ui/keys/console-context.ts';
import {type OwnSettings, openConsole} from '../../src/ui/open-console.tsx';
import type {Session} from '../../src/ui/session.ts';
import {loadTheme} from '../../src/ui/terminal/theme.ts';
import {STANDARD_SETTINGS} from '../../src/ui/view/settings.ts';

export const THEMES = fileURLToPath(new URL('../../themes', import.meta.url));

export type ScreenOptions = {
  columns?: number;
  rows?: number;
  theme?: string;
  ascii?: boolean;
  env?: Readonly<Record<string, string | undefined>>;
  now?: () => number;
  wall?: boolean;
  /** What the console itself is told: its terminal, tmux, the pager. */
  environment?: Readonly<Record<string, string | undefined>>;
  settings?: Partial<OwnSettings>;
};

/** Settings that are kept in memory. */
function settingsOf(own: Partial<OwnSettings>): OwnSettings {
  return {
    values: STANDARD_SETTINGS,
    keys: {},
    themes: ['daylight', 'midnight'],
    isFirstTime: false,
    theme: name => loadTheme(name, {env: {TERM: 'xterm', COLORTERM: 'truecolor'}, themesDirectory: THEMES}),
    keep: async () => ({kept: 'config.yaml'}),
    known() {},
    ...own,
  };
}

export type Cell = {sign: string; look: string};

export type Screen = {
  /** What is on the screen, without trailing blanks. */
  rows(): Promise<string[]>;
  text(): Promise<string>;
  /** Every cell with its sign, its colours and how it is set: equal ones look the same. */
  cells(): Promise<Cell[][]>;
  /** All that has changed so far is on the screen, however long that takes. */
  still(): Promise<void>;
  /** Types these bytes, in one go. */
  type(bytes: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Everything written so far. */
  written(): string;
  /** Foreground of a cell: a number as the emulator keeps it. */
  colourAt(row: number, column: number): number | undefined;
  left: Promise<Leave>;
  leave(): Promise<void>;
};

/** Frames are drawn at most 20 times a second. */
const FRAME_MS = 60;

export async function renderOnScreen(session: Session, options: ScreenOptions = {}): Promise<Screen> {
  const {columns = 160, rows = 45, env = {TERM: 'xterm', COLORTERM: 'truecolor'}} = options;
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const stdout = new Output(terminal);
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const left = openConsole(session, {
    theme: loadTheme(options.theme ?? 'midnight', {env, themesDirectory: THEMES}),
    ascii: options.ascii ?? false,
    wall: options.wall ?? false,
    stdin,
    stdout,
    env: options.environment ?? {},
    ...(options.settings === undefined ? {} : {settings: settingsOf(options.settings)}),
    ...(options.now ? {now: options.now} : {}),
  });
  const screen: Screen = {
    async rows() {
      await settled(terminal);
      const buffer = terminal.buffer.active;
      return Array.from({length: terminal.rows}, (_, y) => buffer.getLine(y)?.translateToString(true) ?? '');
    },
    text: async () => (await screen.rows()).join('\n'),
    async cells() {
      await settled(terminal);
      const buffer = terminal.buffer.active;
      return Array.from({length: terminal.rows}, (_, y) => {
        const line = buffer.getLine(y);
        return Array.from({length: terminal.cols}, (__, x) => cellOf(line?.getCell(x)));
      });
    },
    async still() {
      for (let before = -1; before !== stdout.written.length; ) {
        before = stdout.written.length;
        await idle(stdout);
        await settled(terminal);
      }
    },
    async type(bytes) {
      stdin.write(bytes);
      await settled(terminal);
    },
    async resize(width, height) {
      terminal.resize(width, height);
      stdout.emit('resize');
      await settled(terminal);
    },
    written: () => stdout.written,
    colourAt: (row, column) => terminal.buffer.active.getLine(row)?.getCell(column)?.getFgColor(),
    left,
    async leave() {
      // One for a countdown, one for what lay under it, one for a zoom.
      for (let back = 0; back < 3; back++) await screen.type('\u0007');
      stdin.write('qd');
      await left;
      terminal.dispose();
    },
  };
  await settled(terminal);
  return screen;
}

function cellOf(cell: ReturnType<NonNullable<ReturnType<XtermBuffer['getLine']>>['getCell']>): Cell {
  if (cell === undefined) return {sign: '', look: ''};
  const look = [
    cell.getFgColorMode(),
    cell.getFgColor(),
    cell.getBgColorMode(),
    cell.getBgColor(),
    cell.isBold(),
    cell.isDim(),
    cell.isUnderline(),
    cell.isInverse(),
  ];
  return {sign: cell.getChars() || ' ', look: look.join(' ')};
}

type XtermBuffer = InstanceType<typeof xterm.Terminal>['buffer']['active'];

/**
 * React draws a part of the page in each turn of the loop, a few milliseconds long, and what it draws may be read from a
 * file. After so many turns without a picture and without a file being read it has nothing more to draw.
 */
const IDLE_TURNS = 300;

async function idle(stdout: Output): Promise<void> {
  for (let turns = 0; turns < IDLE_TURNS; turns += 1) {
    const before = stdout.written.length;
    await new Promise<void>(resolve => setImmediate(resolve));
    const isReading = process.getActiveResourcesInfo().some(kind => kind.startsWith('FSReq'));
    if (isReading || stdout.written.length !== before) turns = 0;
  }
}

/** Waits for a frame, and for the emulator to have read it. */
async function settled(terminal: InstanceType<typeof xterm.Terminal>): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, FRAME_MS * 2));
  await new Promise<void>(resolve => terminal.write('', resolve));
}

class Output extends EventEmitter {
  readonly fd = -1;
  written = '';
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor(terminal: InstanceType<typeof xterm.Terminal>) {
    super();
    this.#terminal = terminal;
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  write(text: string, done?: (error?: Error | null) => void): boolean {
    this.written += text;
    this.#terminal.write(text, () => done?.());
    return true;
  }
}

/** What was copied last, by OSC 52. */
export function copiedText(screen: Screen): string {
  const all = [...screen.written().matchAll(/\u001B\]52;c;([^\u0007]*)\u0007/g)];
  return Buffer.from(all.at(-1)?.[1] ?? '', 'base64').toString();
}
