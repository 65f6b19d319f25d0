/** Log sources: a file or a never-ending command, followed through rotations and lost links until closed. */
import type {Shell} from '../shell.ts';
import {directoryWord} from '../short-command.ts';
import {FIRST_DELAY_MS, nextDelay} from '../waiting.ts';
import type {Followed, Following} from '../world.ts';
import {followCommand} from './followed-command.ts';
import {followFile, type Told} from './followed-file.ts';

/** A stay this long was a good one: the next attempt comes soon again. */
const GOOD_STAY_MS = 10_000;

export function follow(
  shell: Shell,
  directory: string | undefined,
  what: Followed,
  output: (chunk: Buffer) => void,
  onTrouble: (reason: string | undefined) => void = () => {},
): Following {
  let closed = false;
  let release = () => {};
  let wake = () => {};
  const told: Told = {
    output: chunk => closed || output(chunk),
    trouble: reason => closed || onTrouble(reason),
  };
  const {text, listen, ended, position} = 'file' in what ? followFile(what, told) : followCommand(what, told);

  async function stay(): Promise<void> {
    const enter = directory === undefined ? '' : `cd ${directoryWord(directory)} 2>/dev/null\n`;
    const running = await shell.start(enter + text(), listen);
    release = running.release;
    if (closed) running.release();
    await running.ended;
  }

  async function keepFollowing(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    while (!closed) {
      const since = performance.now();
      // However the following ended, it is begun again; the connection tells that the link is down.
      await stay().catch(() => {});
      ended();
      if (closed) return;
      delayMs = performance.now() - since > GOOD_STAY_MS ? FIRST_DELAY_MS : delayMs;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, delayMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      delayMs = nextDelay(delayMs);
    }
  }

  void keepFollowing();
  return {
    position,
    close() {
      closed = true;
      release();
      wake();
    },
  };
}
