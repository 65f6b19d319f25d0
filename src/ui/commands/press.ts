/** Where every key arrives. Rolling back is looked at first: nothing that lies on the screen may be in its way. */
import {actionFor} from '../keymap.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view-state.ts';
import {type Desk, say} from './desk.ts';
import {overlayKey, pasted} from './overlay-keys.ts';
import {perform} from './perform.ts';
import {rollBack} from './roll-back.ts';
import {leave} from './screen-commands.ts';

export function press(desk: Desk, key: KeyPress): void {
  const {overlay, focus} = desk.view.getState();
  if (key.name === 'ctrl+r' || (key.name === 'R' && !isTyping(overlay))) return rollBack(desk);
  if (key.name === 'ctrl+c' && (overlay?.kind === 'help' || overlay?.kind === 'incident')) return leave(desk);
  if (overlay) return overlayKey(desk, overlay, key);
  const action = actionFor(key.name, focus);
  if (action) return perform(desk, action);
  if (key.name.length === 1) say(desk, `${key.name} does nothing here; ? lists the keys`, 'warn');
}

/** Pasted text goes into a field or nowhere: it never acts. */
export function paste(desk: Desk, text: string): void {
  const {overlay} = desk.view.getState();
  if (overlay?.kind === 'prompt' || overlay?.kind === 'palette') return pasted(desk, text);
  say(desk, 'pasted text is not taken as keys', 'warn');
}

/** Inside a text that has begun, R is a letter; Ctrl-R rolls back there. */
function isTyping(overlay: Overlay | null): boolean {
  return (overlay?.kind === 'prompt' || overlay?.kind === 'palette') && overlay.editor.text !== '';
}
