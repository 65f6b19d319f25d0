/** What the keys work with: the session, the view of this console, and the way to leave. */
import type {StoreApi} from 'zustand/vanilla';
import type {Intent} from '../../run/event.ts';
import {failedStep} from '../../run/selectors.ts';
import {alertHeight} from '../bars/alert-row.tsx';
import {contentSize} from '../content-size.ts';
import type {Session} from '../session.ts';
import {glyphsFor} from '../terminal/glyphs.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Theme} from '../terminal/theme.ts';
import {type Layout, layoutFor} from '../view/layout.ts';
import {EDITOR_KEYS} from '../view/line-editor.ts';
import type {SettingName} from '../view/settings.ts';
import {reduceView, type Tone, type ViewAction, type ViewState} from '../view/view-state.ts';

/** How the console was left. The run goes on unless it was closed. */
export type Leave =
  /** The run goes on in the background. */
  | {kind: 'detached'}
  /** Leave the full screen, and go on following the run line by line in this terminal. */
  | {kind: 'watch'}
  /** The operator aborted the run; the intent was sent. */
  | {kind: 'abort'}
  /** The run is closed and its end was seen. */
  | {kind: 'closed'}
  /** The engine went away. */
  | {kind: 'lost'; detail: string};

export type ConsoleContext = {
  session: Session;
  view: StoreApi<ViewState>;
  /** Epoch ms. */
  now(): number;
  size(): {columns: number; rows: number};
  leave(leave: Leave): void;
  /** Copies and says where to: `12 lines in the tmux buffer`. */
  copy(text: string): Promise<string>;
  redraw(): void;
  terminal: ConsoleTerminal;
  settings: SettingsKeeper;
};

/** What the console does with its terminal besides drawing. */
export type ConsoleTerminal = {
  /** The page under everything, as SGR parameters. */
  setPage(page: string): void;
  setMouse(on: boolean): void;
  /** Back to the shell, until it takes the console up again. Says when there is no shell to go back to. */
  suspend(): void;
  /** Gives the terminal to a program of the shell until that ends. Resolves to its exit code. */
  lend(command: string): Promise<number>;
  env: Readonly<Record<string, string | undefined>>;
};

/** Where settings are kept for the next console, and where themes are. */
export type SettingsKeeper = {
  /** A sentence where there is no such theme. */
  theme(name: string): Theme | string;
  /** `kept`: the file. */
  keep(name: SettingName, value: string): Promise<{kept: string; problem?: string}>;
  /** A key was pressed in a console of this account: it is known from now on. */
  known(): void;
};

/** Enter is ignored for this long; a held key repeats much faster. */
export const ENTER_QUIET_MS = 400;

const PAGE_ROWS = 10;

/** By how many rows a key scrolls the text of an overlay. */
export const SCROLL_KEYS: Readonly<Record<string, number>> = {
  j: 1,
  down: 1,
  k: -1,
  up: -1,
  space: PAGE_ROWS,
  pagedown: PAGE_ROWS,
  pageup: -PAGE_ROWS,
  g: -Infinity,
  home: -Infinity,
};

export function dispatch(context: ConsoleContext, action: ViewAction): void {
  context.view.setState(reduceView(context.view.getState(), action), true);
}

/** A key that edits or prints goes into the line that is being typed. */
export function typed(context: ConsoleContext, key: KeyPress): void {
  const editing = EDITOR_KEYS[key.name];
  if (editing) dispatch(context, {type: 'edit', key: {type: editing}});
  else if (key.text !== undefined) dispatch(context, {type: 'edit', key: {type: 'insert', text: key.text}});
}

export function say(context: ConsoleContext, text: string, tone: Tone = 'plain'): void {
  dispatch(context, {type: 'say', text, tone, at: context.now()});
}

/** Sends an intent and shows a refusal in the last row. Resolves to whether the engine accepted it. */
export async function send(context: ConsoleContext, intent: Intent): Promise<boolean> {
  if (context.session.run.getState().closed && intent.type !== 'sign-off' && intent.type !== 'countersign') {
    say(context, 'the run is closed, nothing changes it any more; q leaves', 'warn');
    return false;
  }
  if (isEngineGone(context)) return false;
  try {
    const refusal = await context.session.send(intent);
    if (refusal === undefined) return true;
    sayRefused(context, refusal);
  } catch (error) {
    say(context, `not sent: ${error instanceof Error ? error.message : String(error)}`, 'bad');
  }
  return false;
}

/** Says so, where the engine is gone. */
export function isEngineGone(context: ConsoleContext): boolean {
  const {lost} = context.view.getState();
  if (lost !== null) say(context, `not sent, the engine is gone: ${lost.detail}`, 'bad');
  return lost !== null;
}

export function currentLayout(context: ConsoleContext): Layout {
  const {columns, rows} = context.size();
  const {focus, zoom} = context.view.getState();
  return layoutFor(columns, rows, {focus, zoom, alertRows: alertRows(context), wants: contentSize(context.session)});
}

/** Rows of the alert under the header. */
export function alertRows({session, view, size}: ConsoleContext): number {
  const state = session.run.getState();
  const {lost, settings} = view.getState();
  const trouble = session.trouble.getState().text;
  const {tripped, approval, links, closed} = state;
  const failed = failedStep(session.plan, state);
  const questions = session.questions.getState();
  const alerts = {lost, trouble, tripped, approval, failed, questions, links, isClosed: closed !== null};
  const {columns} = size();
  return alertHeight(session, state, alerts, {columns, glyphs: glyphsFor(settings.now.ascii === 'on')});
}

function sayRefused(context: ConsoleContext, refusal: string): void {
  say(context, refusal.startsWith('refused') ? refusal : `refused: ${refusal}`, 'bad');
}

/** Sends them in order until one is refused, and shows that. Resolves to how many were accepted. */
export async function sendAll(context: ConsoleContext, intents: readonly Intent[]): Promise<number> {
  const {session} = context;
  if (session.sendAll !== undefined) {
    const {accepted, refused} = await session.sendAll(intents);
    if (refused !== undefined) sayRefused(context, refused);
    return accepted;
  }
  for (const [index, intent] of intents.entries()) if (!(await send(context, intent))) return index;
  return intents.length;
}
