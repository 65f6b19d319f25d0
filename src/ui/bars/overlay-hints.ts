/** The keys that the last row names while a dialog is open. Pure. */
import type {RollbackState} from '../../run/state.ts';
import {type Advised, advisedItem} from '../rules/alarm.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type Menu, sendWord} from '../view/prompt-types.ts';
import type {Hint} from '../widgets/last-row.ts';

/** The keys of the hand-over depend on what comes next. */
export type OtherOverlay = Exclude<Overlay, {kind: 'hand-over'}>;

export function overlayHints(overlay: OtherOverlay, rollback: RollbackState, advised: Advised): readonly Hint[] {
  if (overlay.kind === 'rollback' && rollback.status === 'counting')
    return Object.entries(OVERLAY_HINTS.countdown).map(([key, does]) =>
      key === 'R' ? [key, does, true] : [key, does],
    );
  if (overlay.kind === 'rollback' && rollback.status === 'none') return Object.entries(OVERLAY_HINTS.refused);
  if (overlay.kind === 'menu') return menuHints(overlay.menu, advisedItem(overlay.menu, advised));
  if (overlay.kind !== 'prompt') return Object.entries(OVERLAY_HINTS[overlay.kind]);
  const enter = sendWord(overlay.prompt);
  return Object.entries(enter === 'answer' ? OVERLAY_HINTS.answer : {...OVERLAY_HINTS.prompt, Enter: enter});
}

export const ROLL_BACK = 'roll back';

/** In an alarm the keys of its items come first, so that nobody has to find them in the dialog; one is advised. */
function menuHints({danger, items}: Menu, advised: string | undefined): readonly Hint[] {
  const usual: Hint[] = Object.entries(OVERLAY_HINTS.menu);
  if (danger !== true) return usual;
  const own = items.flatMap(({key, word}): Hint[] =>
    key === undefined || word === undefined ? [] : [key === advised ? [key, word, true] : [key, word]],
  );
  const led = own.toSorted((a, b) => Number(b[2] ?? false) - Number(a[2] ?? false));
  return [...led, ...usual.filter(([key]) => !own.some(([named]) => named === key))];
}

/** What each key does, by the open overlay. */
const OVERLAY_HINTS: Readonly<
  Record<OtherOverlay['kind'] | 'answer' | 'countdown' | 'refused', Readonly<Record<string, string>>>
> = {
  prompt: {Enter: 'send', 'Ctrl-U': 'clear', 'Ctrl-R': ROLL_BACK, Esc: 'cancel'},
  answer: {Enter: 'answer', 'Ctrl-D': 'no answer', 'Ctrl-R': ROLL_BACK, Esc: 'later'},
  palette: {Enter: 'do it', 'Up Down': 'choose', 'Ctrl-R': ROLL_BACK, Esc: 'close'},
  menu: {Enter: 'choose', 'j k': 'move', R: ROLL_BACK, Esc: 'close'},
  // The review draws its own row of keys.
  review: {R: ROLL_BACK, Esc: 'close'},
  assumed: {Enter: 'run once', c: 'confirm', o: 'review', R: ROLL_BACK, Esc: 'close'},
  samples: {Enter: 'log lines', 'j k': 'move', R: ROLL_BACK, Esc: 'close'},
  hosts: {Enter: 'its output', 'j k': 'move', R: ROLL_BACK, Esc: 'back'},
  help: {Enter: 'do it', '/': 'filter', 'j k': 'move', R: ROLL_BACK, Esc: 'close'},
  incident: {I: 'write report', 'j k': 'scroll', R: ROLL_BACK, Esc: 'close'},
  'sign-off': {'Up Down': 'fields', 'Left Right': 'choose', Enter: 'go on', Esc: 'close'},
  rollback: {'j k': 'scroll', Esc: 'close'},
  countdown: {R: 'now', Esc: 'cancel', 'j k': 'its commands'},
  refused: {f: 'force it, with a reason', 'j k': 'scroll', Esc: 'close'},
};
