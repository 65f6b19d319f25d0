/** Handles every key. The rollback key comes first, so that no overlay can block it. */
import type {Replay} from '../session.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import {type ActionId, actionFor, keyLabel} from '../view/keymap.ts';
import type {Editor} from '../view/line-editor.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {editorIn as editorOfSignOff} from '../view/sign-off-view.ts';
import {assumedKey} from './assumed-step-keys.ts';
import {moveSample, showMoment} from './chart-commands.ts';
import {
  type ConsoleContext,
  currentLayout,
  dispatch,
  ENTER_QUIET_MS,
  SCROLL_KEYS,
  say,
  typed,
} from './console-context.ts';
import {handOverKey} from './hand-over-keys.ts';
import {hostsKey} from './host-list-keys.ts';
import {hostQuestionKey} from './host-question-keys.ts';
import {performAction} from './key-actions.ts';
import {clearsFilter, helpKey, paletteKey} from './list-keys.ts';
import {act, answerPrompt} from './prompt-answers.ts';
import {reviewKey} from './review/handle-review-key.ts';
import {cancelRollBack, forceRollBack, rollBack, rollBackAnew} from './run-commands.ts';
import {leave} from './screen-commands.ts';
import {signOffKey} from './sign-off-keys.ts';

export function press(context: ConsoleContext, key: KeyPress): void {
  const {overlay, focus, isFirstTime} = context.view.getState();
  if (isFirstTime) noteFirstKey(context);
  if (isSwallowed(context, key)) return;
  if (key.name === 'ctrl+z') return context.terminal.suspend();
  if (key.name === 'ctrl+r' || (key.name === 'R' && !isTyping(overlay) && !isSigningOver(context, overlay))) {
    if (overlay?.kind !== 'review' || overlay.isAlone !== true) return rollBack(context);
    return say(context, 'outside a run there is nothing to roll back', 'warn');
  }
  if (key.name === 'ctrl+c' && (overlay?.kind === 'help' || overlay?.kind === 'incident')) return leave(context);
  if (!isTyping(overlay) && replayKey(context.session.replay, key.name)) return;
  if (overlay) return overlayKey(context, overlay, key);
  const action = actionFor(key.name, focus);
  if (action && NEEDS_CHECKLIST.has(action) && currentLayout(context).kind === 'card') {
    return say(context, 'not shown here: enlarge the window first', 'warn');
  }
  if (action) return performAction(context, action);
  say(context, `${keyLabel(key.name)} does nothing here; ? lists the keys`, 'warn');
}

function noteFirstKey(context: ConsoleContext): void {
  dispatch(context, {type: 'first-time', is: false});
  context.settings.known();
}

/** Whether Enter is ignored. The key that confirmed or opened something may still be held, and must not run a step. */
function isSwallowed(context: ConsoleContext, {name}: KeyPress): boolean {
  const {overlay, quietUntil} = context.view.getState();
  const now = context.now();
  if (name !== 'enter' || overlay?.kind === 'review' || now >= quietUntil) return false;
  dispatch(context, {type: 'quiet', until: now + ENTER_QUIET_MS});
  return true;
}

/** Actions on the step under the cursor; refused while the screen is too small to show the cursor. */
const NEEDS_CHECKLIST: ReadonlySet<ActionId> = new Set(['enter', 'tick', 'retry', 'skip', 'down', 'up', 'copy']);

/** Pasted text goes into a text field or is dropped. It never acts as keys. */
export function paste(context: ConsoleContext, text: string): void {
  const {overlay} = context.view.getState();
  if (editorIn(overlay) !== undefined) return pasted(context, text);
  say(context, 'pasted text is not taken as keys', 'warn');
}

/** Where the run is over, or rolled back already, a name may begin with R. */
function isSigningOver({session}: ConsoleContext, overlay: Overlay | null): boolean {
  const {closed, rollback} = session.run.getState();
  return overlay?.kind === 'sign-off' && isLine(overlay) && (closed !== null || rollback.status === 'finished');
}

/** R is a letter while a text is being typed; Ctrl-R rolls back there. */
function isTyping(overlay: Overlay | null): boolean {
  const editor = editorIn(overlay);
  return editor !== undefined && editor.text !== '';
}

/** The text that is being typed in the overlay. */
function editorIn(overlay: Overlay | null): Editor | undefined {
  if (overlay?.kind === 'prompt' || overlay?.kind === 'palette') return overlay.editor;
  if (overlay?.kind === 'sign-off') return editorOfSignOff(overlay.view);
  if (overlay?.kind === 'help' && overlay.isTyping) return overlay.editor;
  return overlay?.kind === 'review' && overlay.over !== null && 'editor' in overlay.over
    ? overlay.over.editor
    : undefined;
}

/** Keys while an overlay is open. */
function overlayKey(context: ConsoleContext, overlay: Overlay, key: KeyPress): void {
  const closes = key.name === 'esc' || key.name === 'ctrl+g' || key.name === 'ctrl+c';
  switch (overlay.kind) {
    case 'prompt':
      if (hostQuestionKey(context, overlay, key, closes)) return;
      if (closes) return dispatch(context, {type: 'close'});
      if (key.name === 'enter') return void answerPrompt(context, overlay);
      if (overlay.prompt.past !== undefined && RECALL_KEYS[key.name]) return recall(context, key.name);
      return typed(context, key);
    case 'palette':
      return closes ? dispatch(context, {type: 'close'}) : paletteKey(context, overlay, key);
    case 'menu':
      return closes ? dispatch(context, {type: 'close'}) : menuKey(context, overlay, key);
    case 'help':
      if (closes && clearsFilter(context, overlay)) return;
      if (closes || (!overlay.isTyping && (key.name === 'q' || key.name === '?')))
        return dispatch(context, {type: 'close'});
      return helpKey(context, overlay, key);
    case 'incident':
      if (closes || key.name === 'q' || actionFor(key.name, context.view.getState().focus) === 'incident')
        return dispatch(context, {type: 'close'});
      if (key.name === 'd' || key.name === 'c' || key.name === 'n' || key.name === 'I')
        return performAction(context, INCIDENT[key.name]);
      return scrollKey(context, overlay.top, key);
    case 'hand-over':
      return handOverKey(context, overlay, key, closes);
    case 'sign-off':
      return signOffKey(context, overlay, key, closes);
    case 'review':
      return reviewKey(context, overlay, key);
    case 'assumed':
      return closes || key.name === 'q' ? dispatch(context, {type: 'close'}) : assumedKey(context, overlay, key);
    case 'samples':
      if (closes || key.name === 'q') return dispatch(context, {type: 'close'});
      if (key.name === 'enter') return void showMoment(context, overlay);
      return sampleKey(context, overlay, key);
    case 'hosts':
      return hostsKey(context, overlay, key, closes);
    case 'rollback':
      return rollbackKey(context, overlay, key, closes);
  }
}

const INCIDENT = {d: 'dismiss', c: 'complaint', n: 'note', I: 'incident-drafts'} as const;

function pasted(context: ConsoleContext, text: string): void {
  dispatch(context, {type: 'edit', key: {type: 'insert', text}});
}

const RECALL_KEYS: Readonly<Record<string, 1 | -1>> = {up: 1, 'ctrl+p': 1, down: -1, 'ctrl+n': -1};

function recall(context: ConsoleContext, key: string): void {
  dispatch(context, {type: 'recall', by: RECALL_KEYS[key] ?? 1});
}

function menuKey(context: ConsoleContext, {menu, selected}: Extract<Overlay, {kind: 'menu'}>, key: KeyPress): void {
  const last = menu.items.length - 1;
  const select = (index: number) => dispatch(context, {type: 'select', index});
  const direct = menu.items.find(item => item.key === key.name);
  if (direct) return act(context, direct.act);
  if (key.name === 'down' || key.name === 'j' || key.name === 'tab') return select(selected >= last ? 0 : selected + 1);
  if (key.name === 'up' || key.name === 'k' || key.name === 'shift+tab')
    return select(selected <= 0 ? last : selected - 1);
  const item = menu.items[selected];
  if ((key.name === 'enter' || key.name === 'space') && item) act(context, item.act);
}

/** A line of free text, which may begin with any letter. */
function isLine(overlay: Overlay | null): boolean {
  return overlay?.kind === 'prompt' || (overlay?.kind === 'sign-off' && editorIn(overlay) !== undefined);
}

function rollbackKey(
  context: ConsoleContext,
  overlay: Extract<Overlay, {kind: 'rollback'}>,
  key: KeyPress,
  closes: boolean,
): void {
  const {rollback} = context.session.run.getState();
  const isCounting = rollback.status === 'counting';
  const isRefused = rollback.status === 'none';
  if (isCounting || isRefused) {
    // The person was typing a word that begins with R: the word is continued, and nothing is rolled back.
    const typesOn = isLine(overlay.under) && key.text !== undefined && key.name !== 'space';
    if (isCounting && (closes || typesOn)) void cancelRollBack(context);
    if (typesOn || (isRefused && closes)) dispatch(context, {type: 'rollback-cancelled'});
    if (typesOn) return pasted(context, `R${key.text}`);
    if (closes) return;
  }
  const hasFailed = rollback.status === 'finished' && rollback.result === 'rollback-failed';
  if (key.name === 'f' && (isCounting || isRefused || hasFailed)) return void forceRollBack(context);
  if (key.name === 'w' && isCounting && rollback.before !== undefined && rollback.anew !== true)
    return void rollBackAnew(context);
  if (isCounting) return scrollKey(context, overlay.top, key);
  if (closes || key.name === 'q' || key.name === 'enter') return dispatch(context, {type: 'close'});
  scrollKey(context, overlay.top, key);
}

function sampleKey(context: ConsoleContext, overlay: Extract<Overlay, {kind: 'samples'}>, key: KeyPress): void {
  const by = key.name === 'G' || key.name === 'end' ? Number.POSITIVE_INFINITY : SCROLL_KEYS[key.name];
  if (by !== undefined) moveSample(context, overlay, by);
}

function scrollKey(context: ConsoleContext, top: number, key: KeyPress): void {
  const by = SCROLL_KEYS[key.name];
  if (by !== undefined) dispatch(context, {type: 'overlay-scroll', top: top + by});
}

/** The keys that only a replay has move its clock. */
const SEEK_MS = 10_000;

const REPLAY_KEYS: Readonly<Record<string, (replay: Replay) => void>> = {
  space: replay => replay.toggle(),
  left: replay => replay.seekBy(-SEEK_MS),
  right: replay => replay.seekBy(SEEK_MS),
  ',': replay => replay.jump(-1),
  '.': replay => replay.jump(1),
  '<': replay => replay.changeSpeed(-1),
  '>': replay => replay.changeSpeed(1),
};

/** Whether the key was one of them. */
function replayKey(replay: Replay | undefined, name: string): boolean {
  const act = replay === undefined ? undefined : REPLAY_KEYS[name];
  if (replay === undefined || act === undefined) return false;
  act(replay);
  return true;
}
