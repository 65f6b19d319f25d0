/** The keys that only a replay has: they move its clock. */
import type {Replay} from '../session.ts';

const SEEK_MS = 10_000;

const KEYS: Readonly<Record<string, (replay: Replay) => void>> = {
  space: replay => replay.toggle(),
  left: replay => replay.seekBy(-SEEK_MS),
  right: replay => replay.seekBy(SEEK_MS),
  ',': replay => replay.jump(-1),
  '.': replay => replay.jump(1),
  '<': replay => replay.changeSpeed(-1),
  '>': replay => replay.changeSpeed(1),
};

/** Whether the key was one of them. */
export function replayKey(replay: Replay | undefined, name: string): boolean {
  const act = replay === undefined ? undefined : KEYS[name];
  if (replay === undefined || act === undefined) return false;
  act(replay);
  return true;
}
