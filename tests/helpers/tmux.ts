/** A real terminal: a tmux server of the test's own, on a private socket and without anybody's configuration. */
import {execFileSync, spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {eventually} from './eventually.ts';
import {acceptReading, program} from './program.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** For `describe.skipIf`. In CI a missing tmux is a failure, not a reason to skip. */
export const tmuxMissing = !hasTmux && !process.env['CI'];
if (tmuxMissing) process.stderr.write('\ntmux not found: its tests are SKIPPED (set CI=1 to fail instead)\n');

export type Terminal = {
  /** Opens a window with the built program in it; what it is to run was reviewed before. */
  open(...args: readonly string[]): Window;
  /** Nobody reads what is written to any window any more, as behind a connection that hangs. */
  freeze(): void;
  thaw(): void;
  stop(): void;
};

export type Window = {
  /** Each row with the grounds and inks of its cells, as SGR parameters: `48;5;231`; undefined where they are the terminal's. */
  cells(): {text: string; background: (string | undefined)[]; ink: (string | undefined)[]}[];
  /** By tmux's names: `Enter`, `C-s`, `a`. */
  press(...keys: readonly string[]): void;
  screen(): string;
  resize(columns: number, rows: number): void;
  /** Waits until the screen shows it, and returns the screen. */
  shows(what: string | RegExp): Promise<string>;
  /** The program itself: no shell stands between. */
  pid(): number;
  /** False once the program has ended; its last screen stays. */
  isOpen(): boolean;
  /** Closes the window under the program. */
  kill(): void;
};

export function startTerminal(
  environment: NodeJS.ProcessEnv,
  {cwd, columns = 160, rows = 45}: {cwd: string; columns?: number; rows?: number},
): Terminal {
  const socket = `tminus-test-${randomUUID()}`;
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: {...environment, LC_ALL: 'C.UTF-8', TMUX: ''},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  // The server lives as long as this window does, whatever the others come to.
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), 'exec sleep 1000');
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  // Its line about a program that has ended would push the top row of the last screen out of sight.
  tmux('set-option', '-gq', 'remain-on-exit-format', '');
  const server = Number(tmux('display-message', '-p', '#{pid}'));
  return {
    open(...args) {
      if (args[0] === 'run') acceptReading(cwd, environment, args.slice(1));
      const words = [process.execPath, program, ...args];
      const command = ['exec', ...words.map(word => `'${word.replaceAll("'", `'\\''`)}'`)].join(' ');
      const pane = tmux('new-window', '-d', '-c', cwd, '-P', '-F', '#{pane_id}', command).trim();
      return windowOver(pane, tmux);
    },
    freeze: () => process.kill(server, 'SIGSTOP'),
    thaw: () => process.kill(server, 'SIGCONT'),
    stop() {
      process.kill(server, 'SIGCONT');
      tmux('kill-server');
    },
  };
}

function windowOver(pane: string, tmux: (...args: readonly string[]) => string): Window {
  const screen = () => tmux('capture-pane', '-p', '-t', pane);
  return {
    screen,
    cells: () => {
      const width = Number(tmux('display-message', '-p', '-t', pane, '#{pane_width}'));
      return paintedCells(tmux('capture-pane', '-p', '-e', '-N', '-t', pane), width);
    },
    resize: (columns, rows) => {
      tmux('resize-window', '-t', pane, '-x', String(columns), '-y', String(rows));
    },
    press: (...keys) => {
      tmux('send-keys', '-t', pane, ...keys);
    },
    shows: what =>
      eventually(
        `${what} on the screen`,
        () => {
          const text = screen();
          return (typeof what === 'string' ? text.includes(what) : what.test(text)) ? text : undefined;
        },
        {seen: screen},
      ),
    pid: () => Number(tmux('display-message', '-p', '-t', pane, '#{pane_pid}')),
    isOpen: () => tmux('display-message', '-p', '-t', pane, '#{pane_dead}').trim() === '0',
    kill: () => {
      tmux('kill-window', '-t', pane);
    },
  };
}

/** A colour holds until the next one, also over the end of a row. Blanks at the end that nobody painted are left out. */
function paintedCells(captured: string, width: number): ReturnType<Window['cells']> {
  let ground: string | undefined;
  let pen: string | undefined;
  return captured
    .split('\n')
    .slice(0, -1)
    .map(row => {
      const background: (string | undefined)[] = [];
      const ink: (string | undefined)[] = [];
      let text = '';
      for (const [, codes, sign] of row.matchAll(/\u001B\[([\d;]*)m|([\s\S])/gu)) {
        if (sign === undefined) {
          ground = colourAfter(ground, codes ?? '', GROUND);
          pen = colourAfter(pen, codes ?? '', INK);
          continue;
        }
        text += sign;
        background.push(ground);
        ink.push(pen);
      }
      while (background.length < width) background.push(undefined);
      return {text, background, ink};
    });
}

type Colour = {reset: string; set: RegExp};
const GROUND: Colour = {reset: '49', set: /^(48;5;\d+|48;2;\d+;\d+;\d+|4[0-7]|10[0-7])$/};
const INK: Colour = {reset: '39', set: /^(38;5;\d+|38;2;\d+;\d+;\d+|3[0-7]|9[0-7])$/};

function colourAfter(before: string | undefined, codes: string, {reset, set}: Colour): string | undefined {
  const each = codes.match(/[34]8;5;\d+|[34]8;2(?:;\d+){3}|\d+/g) ?? ['0'];
  return each.reduce<string | undefined>(
    (now, code) => (code === '0' || code === reset ? undefined : set.test(code) ? code : now),
    before,
  );
}
