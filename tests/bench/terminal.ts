/** The program on a real pty whose screen is kept by a terminal emulator: what is drawn is known when it is drawn. */

import {resolve} from 'node:path';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {acceptReading} from '../helpers/program.ts';

export type Terminal = {
  pid: number;
  rows(): readonly string[];
  press(keys: string): void;
  /** Bytes that the program has written so far. */
  bytes(): number;
  /** Resolves with the moment (`performance.now()`) at which the screen satisfied it. */
  when(what: string, shown: (rows: readonly string[]) => boolean, withinMs?: number): Promise<number>;
  close(): void;
};

export const program = resolve('dist/tminus.js');
/** As the launcher and a package begin it. */
export const nodeFlags = ['--max-semi-space-size=4'];

const COLUMNS = 160;
const ROWS = 45;
const PATIENCE_MS = 30_000;

/** The reading of what is run there is accepted before. `bytesPerSecond`: the terminal takes no more. */
export function openTerminal(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv,
  {bytesPerSecond = Number.POSITIVE_INFINITY}: {bytesPerSecond?: number} = {},
): Terminal {
  if (args[0] === 'run') acceptReading(cwd, environment, args.slice(1));
  const {CI: _, TMUX: __, NO_COLOR: ___, ...env} = environment;
  const pty = spawn(process.execPath, [...nodeFlags, program, ...args], {
    cols: COLUMNS,
    rows: ROWS,
    cwd,
    env: {...env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'} as Record<string, string>,
  });
  const emulator = new xterm.Terminal({cols: COLUMNS, rows: ROWS, allowProposedApi: true});
  // Terminals answer, too.
  emulator.onData(answer => pty.write(answer));
  const lookers = new Set<() => void>();
  let bytes = 0;
  const show = (data: string) => {
    bytes += Buffer.byteLength(data);
    emulator.write(data, () => {
      for (const look of lookers) look();
    });
  };
  if (bytesPerSecond === Number.POSITIVE_INFINITY) pty.onData(show);
  else slowly(pty, bytesPerSecond, show);
  const rows = () => {
    const {active} = emulator.buffer;
    return Array.from({length: ROWS}, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '');
  };
  return {
    pid: pty.pid,
    rows,
    press: keys => pty.write(keys),
    bytes: () => bytes,
    when(what, shown, withinMs = PATIENCE_MS) {
      const {promise, resolve, reject} = Promise.withResolvers<number>();
      const deadline = setTimeout(() => reject(new Error(`no ${what}; instead:\n${rows().join('\n')}`)), withinMs);
      const look = () => {
        if (!shown(rows())) return;
        clearTimeout(deadline);
        lookers.delete(look);
        resolve(performance.now());
      };
      lookers.add(look);
      look();
      return promise;
    },
    close() {
      pty.kill('SIGKILL');
      emulator.dispose();
    },
  };
}

const SLICE_MS = 5;

/** Nothing more is read until what was read has gone over the line: the program has to wait, as on a slow link. */
function slowly(pty: IPty, bytesPerSecond: number, show: (data: string) => void): void {
  const slice = Math.max(1, Math.round((bytesPerSecond * SLICE_MS) / 1000));
  let left = '';
  pty.onData(data => {
    pty.pause();
    left += data;
    if (left !== data) return;
    let dueAt = performance.now();
    const go = () => {
      // A timer comes late, and the line does not wait for it.
      for (; dueAt <= performance.now() && left !== ''; dueAt += SLICE_MS) {
        show(left.slice(0, slice));
        left = left.slice(slice);
      }
      if (left === '') pty.resume();
      else setTimeout(go, SLICE_MS);
    };
    dueAt += SLICE_MS;
    setTimeout(go, SLICE_MS);
  });
}

/** Header, keys, and the three panels, of which the checklist has its steps and the others say what they show. */
export function isFullFrame(rows: readonly string[]): boolean {
  const [header = '', titles = ''] = [rows[0], rows.find(row => row.includes('─ 1 Checklist'))];
  const body = rows.slice(1, -1);
  return (
    header.includes('T-MINUS') &&
    /─ 2 \S.*─ 3 \S/.test(titles) &&
    body.some(row => /^│ [›▾▸ ]*[▾▸○◐✓] ?\S/.test(row)) &&
    filled(body, 1) &&
    filled(body, 2) &&
    /\? (?:help|lists all keys)/.test(rows.at(-1) ?? '')
  );
}

/** Whether the panel in that column of panels shows anything. */
function filled(body: readonly string[], column: number): boolean {
  return body.some(row => /[^\s│]/.test(row.split('││')[column]?.replace(/[─╭╮╰╯]/g, '') ?? ''));
}

export function focusedRow(rows: readonly string[]): number {
  return rows.findIndex(row => /^│ ›/.test(row));
}

export function shows(text: string): (rows: readonly string[]) => boolean {
  return rows => rows.some(row => row.includes(text));
}
