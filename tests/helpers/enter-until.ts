/** Somebody at the keyboard who presses Enter until a run is where it should be. */
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from './eventually.ts';
import type {Window} from './tmux.ts';

/** More presses than this and a person would have given up, too. */
const PRESSES_MAX = 100;
/** A key that comes while the screen is still catching up with the run may be lost; then it is pressed again. */
const PATIENCE_MS = 2000;

/**
 * Presses Enter again and again, as a person does: when it has begun or ended something or opened a question, or seems lost.
 * While a step runs nothing is pressed: a key that is read behind its end would choose in a menu that nobody has seen.
 */
export async function enterUntil(
  isOver: (events: readonly Recorded[]) => boolean,
  window: Window,
  journal: () => Promise<readonly Recorded[]>,
): Promise<void> {
  const isAsking = () => /^ Enter (?:send|choose)/m.test(window.screen());
  const isQuiet = async () => isAsking() || !isRunning(await journal());
  for (let presses = 0; ; presses += 1) {
    await eventually('the step that runs to end', isQuiet, {seen: window.screen});
    const events = await journal();
    if (isOver(events)) return;
    if (presses > PRESSES_MAX) throw new Error(`not there after ${presses} presses:\n${window.screen()}`);
    const [before, askedBefore] = [count(events, EFFECTS), isAsking()];
    window.press('Enter');
    const hasEffect = async () => count(await journal(), EFFECTS) > before || (!askedBefore && isAsking());
    await eventually('Enter to have an effect', hasEffect, {withinMs: PATIENCE_MS}).catch(() => undefined);
  }
}

const EFFECTS: readonly Recorded['type'][] = ['step-started', 'step-finished', 'step-ticked', 'choice-made'];

function isRunning(events: readonly Recorded[]): boolean {
  return count(events, ['step-started']) > count(events, ['step-finished']);
}

function count(events: readonly Recorded[], types: readonly Recorded['type'][]): number {
  return events.filter(({type}) => types.includes(type)).length;
}
