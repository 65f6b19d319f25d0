/** Takes every key. It looks for the rollback key first: no overlay may stand in its way. */
import type {KeyPress} from '../terminal/terminal-input.ts';
import {type ActionId, actionFor, keyLabel} from '../view/keymap.ts';
import type {Overlay} from '../view/view-state.ts';
import {type ConsoleContext, currentLayout, dispatch, ENTER_QUIET_MS, say} from './console-context.ts';
import {overlayKey, pasted} from './overlay-keys.ts';
import {perform} from './perform.ts';
import {rollBack} from './roll-back.ts';
import {leave} from './screen-commands.ts';

export function press(context: ConsoleContext, key: KeyPress): void {
  const {overlay, focus} = context.view.getState();
  if (isSwallowed(context, key)) return;
  if (isRollBackKey(key, overlay) && overlay?.kind === 'review' && overlay.file !== undefined) {
    return say(context, 'outside a run there is nothing to roll back', 'warn');
  }
  if (isRollBackKey(key, overlay)) return rollBack(context);
  if (key.name === 'ctrl+c' && (overlay?.kind === 'help' || overlay?.kind === 'incident')) return leave(context);
  if (overlay) return overlayKey(context, overlay, key);
  const action = actionFor(key.name, focus);
  if (action && NEEDS_CHECKLIST.has(action) && currentLayout(context).kind === 'card') {
    return say(context, 'not shown here: enlarge the window first', 'warn');
  }
  if (action) return perform(context, action);
  say(context, `${keyLabel(key.name)} does nothing here; ? lists the keys`, 'warn');
}

/** The Enter that confirmed something, or opened a question, may still be held: it must not run what comes next. */
function isSwallowed(context: ConsoleContext, {name}: KeyPress): boolean {
  const {overlay, enterQuietUntil} = context.view.getState();
  const now = context.now();
  if (name !== 'enter' || overlay?.kind === 'review' || now >= enterQuietUntil) return false;
  dispatch(context, {type: 'enter-quiet', until: now + ENTER_QUIET_MS});
  return true;
}

function isRollBackKey({name}: KeyPress, overlay: Overlay | null): boolean {
  return name === 'ctrl+r' || (name === 'R' && !isTyping(overlay));
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
