/** Takes every key. It looks for the rollback key first: no overlay may stand in its way. */
import type {KeyPress} from '../terminal/terminal-input.ts';
import {type ActionId, actionFor, keyLabel} from '../view/keymap.ts';
import type {Overlay} from '../view/view-state.ts';
import {type ConsoleContext, currentLayout, dispatch, say} from './console-context.ts';
import {overlayKey, pasted} from './overlay-keys.ts';
import {perform} from './perform.ts';
import {ENTER_QUIET_MS} from './review-keys.ts';
import {rollBack} from './roll-back.ts';
import {leave} from './screen-commands.ts';

export function press(context: ConsoleContext, key: KeyPress): void {
  const {overlay, focus, quietUntil} = context.view.getState();
  if (key.name === 'ctrl+r' || (key.name === 'R' && !isTyping(overlay))) return rollBack(context);
  if (key.name === 'ctrl+c' && (overlay?.kind === 'help' || overlay?.kind === 'incident')) return leave(context);
  if (overlay) return overlayKey(context, overlay, key);
  if (key.name === 'enter' && context.now() < quietUntil) {
    return dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
  }
  const action = actionFor(key.name, focus);
  if (action && NEEDS_CHECKLIST.has(action) && currentLayout(context).kind === 'card') {
    return say(context, 'not shown here: enlarge the window first', 'warn');
  }
  if (action) return perform(context, action);
  say(context, `${keyLabel(key.name)} does nothing here; ? lists the keys`, 'warn');
}

/** Actions on the step under the cursor; refused while the screen is too small to show the cursor. */
const NEEDS_CHECKLIST: ReadonlySet<ActionId> = new Set(['enter', 'tick', 'retry', 'skip', 'down', 'up', 'copy']);

/** Pasted text goes into a field or nowhere: it never acts. */
export function paste(context: ConsoleContext, text: string): void {
  const {overlay} = context.view.getState();
  if (overlay?.kind === 'prompt' || overlay?.kind === 'palette') return pasted(context, text);
  say(context, 'pasted text is not taken as keys', 'warn');
}

/** R is a letter while a text is being typed; Ctrl-R rolls back there. */
function isTyping(overlay: Overlay | null): boolean {
  return (overlay?.kind === 'prompt' || overlay?.kind === 'palette') && overlay.editor.text !== '';
}
