/** Keys of the lists that find something by its name: help and palette. Enter does what is chosen. */
import {rowsAbove} from '../overlays/frame.tsx';
import {helpPageOn} from '../overlays/help.tsx';
import {actionBeside} from '../overlays/help-columns.ts';
import {type CommandId, type PaletteEntry, paletteEntries} from '../overlays/palette-entries.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import {type ActionId, bindingOf} from '../view/keymap.ts';
import {editorOf} from '../view/line-editor.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {showSignal} from './chart-commands.ts';
import {
  alertRows,
  type ConsoleContext,
  currentLayout,
  dispatch,
  ENTER_QUIET_MS,
  SCROLL_KEYS,
  typed,
} from './console-context.ts';
import {openHandOver, readHandOver} from './hand-over-keys.ts';
import {performAction} from './key-actions.ts';
import {changeSetting, keepSetting} from './screen-commands.ts';
import {openCountersign, openSignOff, signRecord} from './sign-off-keys.ts';

const MOVES: Readonly<Record<string, 1 | -1>> = {down: 1, 'ctrl+n': 1, tab: 1, up: -1, 'ctrl+p': -1, 'shift+tab': -1};
const SIDEWAYS: Readonly<Record<string, 1 | -1>> = {left: -1, h: -1, right: 1, l: 1};

export function helpKey(context: ConsoleContext, overlay: Extract<Overlay, {kind: 'help'}>, key: KeyPress): void {
  const {isTyping, selected, editor} = overlay;
  const layout = currentLayout(context);
  const page = helpPageOn({...context.size(), above: rowsAbove(layout, alertRows(context))}, editor.text);
  const last = page.actions.length - 1;
  const select = (index: number) => dispatch(context, {type: 'select', index: Math.max(0, Math.min(last, index))});
  if (key.name === 'enter') return doListed(context, page.actions[selected]);
  const by = MOVES[key.name] ?? (isTyping ? undefined : SCROLL_KEYS[key.name]);
  if (by !== undefined) return select(selected + by);
  if (isTyping) return typed(context, key);
  const side = SIDEWAYS[key.name];
  if (side !== undefined) return select(actionBeside(page, selected, side));
  if (key.name === 'G' || key.name === 'end') return select(last);
  if (key.name === '/') dispatch(context, {type: 'open', overlay: {...overlay, isTyping: true}});
}

/** The first Esc takes the filter away. Returns whether there was one. */
export function clearsFilter(context: ConsoleContext, {isTyping, editor}: Extract<Overlay, {kind: 'help'}>): boolean {
  if (!isTyping && editor.text === '') return false;
  dispatch(context, {type: 'open', overlay: {kind: 'help', editor: editorOf(''), isTyping: false, selected: 0}});
  return true;
}

export function paletteKey(context: ConsoleContext, overlay: Extract<Overlay, {kind: 'palette'}>, key: KeyPress): void {
  const entries = paletteEntries(context.session, context.view.getState(), overlay.editor.text);
  const by = MOVES[key.name];
  if (by !== undefined) {
    const index = Math.max(0, Math.min(entries.length - 1, overlay.selected + by));
    return dispatch(context, {type: 'select', index});
  }
  if (key.name !== 'enter') return typed(context, key);
  const entry = entries[overlay.selected];
  if (entry?.kind === 'action') return doListed(context, entry.id);
  closed(context);
  if (entry !== undefined) found(context, entry);
}

const COMMANDS: Readonly<Record<CommandId, (context: ConsoleContext) => void>> = {
  'hand-over': openHandOver,
  'read-hand-over': readHandOver,
  'sign-off': openSignOff,
  countersign: openCountersign,
  'sign-record': context => void signRecord(context),
};

function found(context: ConsoleContext, entry: Exclude<PaletteEntry, {kind: 'action'}>): void {
  switch (entry.kind) {
    case 'command':
      return COMMANDS[entry.id](context);
    case 'chart':
      return showSignal(context, entry.chart);
    case 'source':
      dispatch(context, {type: 'focus', panel: 'logs'});
      return dispatch(context, {type: 'source', source: entry.id});
    case 'setting':
      return changeSetting(context, entry.name, entry.value);
    case 'keep':
      return void keepSetting(context, entry.name, entry.value);
    case 'step':
      dispatch(context, {type: 'focus', panel: 'checklist'});
      return dispatch(context, {type: 'cursor', id: entry.id});
  }
}

/** An action that works in some panels only goes to the first of them, when another has the focus. */
function doListed(context: ConsoleContext, id: ActionId | undefined): void {
  closed(context);
  if (id === undefined) return;
  const {where} = bindingOf(id);
  const [panel] = where ?? [];
  if (panel !== undefined && where?.includes(context.view.getState().focus) === false)
    dispatch(context, {type: 'focus', panel});
  performAction(context, id);
}

/** The Enter that chose may still be held. */
function closed(context: ConsoleContext): void {
  dispatch(context, {type: 'close'});
  dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
}
