/** A program on a real terminal: keys in, the screen as text out. */
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {eventually} from './eventually.ts';

export type Pty = {
  type(keys: string): void;
  /** Rows of the screen as they stand now. */
  screen(): string;
  /** Waits until the screen shows it. */
  shows(text: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): void;
  exit: Promise<number>;
  kill(): void;
};

type PtyOptions = {env: Readonly<Record<string, string>>; cwd: string; columns?: number; rows?: number};

const COLUMNS = 160;
const ROWS = 45;

export function openPty(
  command: readonly [string, readonly string[]],
  {env, cwd, columns = COLUMNS, rows = ROWS}: PtyOptions,
): Pty {
  const pty: IPty = spawn(command[0], [...command[1]], {
    cols: columns,
    rows,
    cwd,
    env: {TERM: 'xterm-256color', LANG: 'C.UTF-8', PATH: process.env['PATH'] ?? '', ...env},
  });
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  pty.onData(data => terminal.write(data));
  const exit = new Promise<number>(resolve => pty.onExit(({exitCode}) => resolve(exitCode)));
  const screen = () => {
    const buffer = terminal.buffer.active;
    return Array.from({length: terminal.rows}, (_, row) =>
      buffer.getLine(buffer.baseY + row)?.translateToString(true),
    ).join('\n');
  };
  return {
    type: keys => pty.write(keys),
    screen,
    async shows(text) {
      const found = () => (typeof text === 'string' ? screen().includes(text) : text.test(screen()));
      await eventually(`${text} on the screen`, found, {seen: screen});
    },
    resize(width, height) {
      terminal.resize(width, height);
      pty.resize(width, height);
    },
    exit,
    kill: () => pty.kill('SIGKILL'),
  };
}
