/** Somebody at the keyboard who presses Enter until a run is where it should be. */
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from './eventually.ts';
import type {Window} from './tmux.ts';

/** More presses than this and a person would have given up, too. */
const PRESSES_MAX = 100;
/** A key that comes while the screen is still catching up with the run may be lost; then it is pressed again. */
const PATIENCE_MS = 2000;

/** Presses Enter again and again, as a person does: when it has ended a step or opened a question, or seems lost. */
export async function enterUntil(
  isOver: (events: readonly Recorded[]) => boolean,
  window: Window,
  journal: () => Promise<readonly Recorded[]>,
): Promise<void> {
  const isAsking = () => /^ Enter (?:send|choose)/m.test(window.screen());
  for (let presses = 0; !isOver(await journal()); presses += 1) {
    if (presses > PRESSES_MAX) throw new Error(`not there after ${presses} presses:\n${window.screen()}`);
    const [endedBefore, askedBefore] = [ended(await journal()), isAsking()];
    window.press('Enter');
    const hasEffect = async () => ended(await journal()) > endedBefore || (!askedBefore && isAsking());
    await eventually('Enter to have an effect', hasEffect, {withinMs: PATIENCE_MS}).catch(() => undefined);
  }
}

function ended(events: readonly Recorded[]): number {
  return events.filter(({type}) => ['step-finished', 'step-ticked', 'choice-made'].includes(type)).length;
}
