/** A replay as an asciicast (version 2), which asciinema and its players show. */
import {EventEmitter} from 'node:events';
import {closeSync, openSync, writeSync} from 'node:fs';
import {PassThrough} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {EXIT} from '../../run/exit-codes.ts';
import type {Session} from '../../ui/session.ts';
import type {Theme} from '../../ui/terminal/theme.ts';
import {orEndWith} from '../command-error.ts';
import type {Player} from './player.ts';

const SIZE = {columns: 160, rows: 45};
/** Nothing that lasts longer is shown as long: the film goes on. Seconds. */
const STILL_MAX = 2;
/** Between two pictures, seconds of the film. */
const PICTURE_EVERY = 0.1;
/** A picture is done when nothing was drawn for so long. */
const STILL_MS = 60;
const LOOKS_MAX = 10;

type Film = {speed: number; title: string; theme: Theme; ascii: boolean};

/** Draws the console at each moment at which something was recorded. A file that cannot be written ends the program with 2. */
export async function writeCast(path: string, session: Session, player: Player, film: Film): Promise<void> {
  const {openConsole} = await import('../../ui/open-console.tsx');
  const file = orEndWith(EXIT.usage, `cannot write ${path}`, () => openSync(path, 'w', 0o600));
  const {columns, rows} = SIZE;
  const head = {
    version: 2,
    width: columns,
    height: rows,
    timestamp: Math.floor(player.span.from / 1000),
    title: film.title,
  };
  writeSync(file, `${JSON.stringify(head)}\n`);
  let seconds = 0;
  const stdout = new Screen(text => writeSync(file, `${JSON.stringify([Number(seconds.toFixed(3)), 'o', text])}\n`));
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const {theme, ascii, speed} = film;
  const left = openConsole(session, {theme, ascii, sync: false, stdin, stdout, env: {}, now: player.now});
  await stdout.drawn();
  for (let at = player.now(); at < player.span.to; ) {
    const next = Math.max(player.nextMoment(), at + PICTURE_EVERY * 1000 * speed);
    seconds += Math.min(STILL_MAX, (next - at) / 1000 / speed);
    player.seek(next);
    at = player.now();
    await stdout.drawn();
  }
  seconds += STILL_MAX;
  // The same picture once more: players show it so long, and the film ends with it.
  stdout.hold();
  const isLeft = left.then(() => true);
  // What is open over the page, such as how the rollback ended, is closed first.
  while (!(await Promise.race([isLeft, sleep(STILL_MS, false)]))) stdin.write(CLOSE_AND_LEAVE);
  closeSync(file);
}

/** Ctrl-G, q */
const CLOSE_AND_LEAVE = '\u0007q';

/** What a console draws on, of a fixed size. */
class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly columns = SIZE.columns;
  readonly rows = SIZE.rows;
  #take: (text: string) => void;
  #written = 0;

  constructor(take: (text: string) => void) {
    super();
    this.#take = take;
  }

  write(text: string, done?: (error?: Error | null) => void): boolean {
    this.#take(text);
    this.#written += 1;
    done?.();
    return true;
  }

  /** What is drawn from now on is not for the film. */
  hold(): void {
    this.#take('');
    this.#take = () => {};
  }

  async drawn(): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const before = this.#written;
      await sleep(STILL_MS);
      if (look > 0 && this.#written === before) return;
    }
  }
}
