/** Keys that act on the screen: panels, search and filters, overlays, settings, copying. */
import {shownTitle} from '../checklist/checklist-row.ts';
import {boundCommands} from '../checklist/step-detail.ts';
import {plainText} from '../logs/log-line.ts';
import {leaveMenu} from '../questions/prompts-and-menus.ts';
import {keyOf} from '../view/keymap.ts';
import {editorOf} from '../view/line-editor.ts';
import {filterWord, type LogFilter, TIME_MODES, type TimeMode} from '../view/log-view.ts';
import {askFor} from '../view/overlay-state.ts';
import type {Prompt} from '../view/prompt-types.ts';
import type {SettingName} from '../view/settings.ts';
import {PANELS, type PanelName, scrollOf} from '../view/view-state.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {focusedSource, paneHeight, scrollExtentOf} from './pane-commands.ts';
import {copySelected, endSelection, selectionHere} from './selection-commands.ts';
import {openMenu, stepUnderCursor} from './step-commands.ts';

export function focusPanel(context: ConsoleContext, panel: PanelName): void {
  dispatch(context, {type: 'focus', panel});
}

/** The halves of a split panel are panels of their own. */
export function focusBy(context: ConsoleContext, by: 1 | -1): void {
  const {focus, split} = context.view.getState();
  const isOther = split !== null && (by === 1 ? !split.isFocused : split.isFocused);
  if (focus === 'logs' && isOther) return dispatch(context, {type: 'split', split: {...split, isFocused: by === 1}});
  if (split !== null) dispatch(context, {type: 'split', split: {...split, isFocused: by === -1}});
  const at = PANELS.indexOf(context.view.getState().focus);
  const panel = PANELS[(at + by + PANELS.length) % PANELS.length];
  if (panel) focusPanel(context, panel);
}

export function askSearch(context: ConsoleContext): void {
  toPane(context);
  const {searched: past} = context.view.getState();
  const [last] = past;
  const title = last === undefined ? 'Search' : `Search (empty: "${last}" again)`;
  const prompt: Prompt = {title, lines: [], purpose: {for: 'search'}, past};
  dispatch(context, {type: 'open', overlay: askFor(prompt)});
}

export function askFilter(context: ConsoleContext, kind: LogFilter['kind']): void {
  const {searched: past, filters} = context.view.getState();
  focusPanel(context, 'logs');
  const asked = kind === 'keep' ? 'Keep log lines with' : 'Hide log lines with';
  const also = filters.some(each => each.kind === kind) ? ', too (empty: none of these filters)' : '';
  const prompt: Prompt = {title: `${asked}${also}`, lines: [], purpose: {for: 'filter', kind}, past};
  dispatch(context, {type: 'open', overlay: askFor(prompt)});
}

/** Every filter, to be turned off and on again. */
export function listFilters(context: ConsoleContext): void {
  const {filters} = context.view.getState();
  if (filters.length === 0)
    return say(context, `no filter is set; ${keyOf('keep')} keeps log lines, ${keyOf('hide')} hides some`, 'warn');
  const items = filters.map((each, index) => ({
    label: `${each.off === true ? 'turn on ' : 'turn off'} ${filterWord(each)}`,
    ...(index < NUMBERED_MAX ? {key: String(index + 1)} : {}),
    act: {do: 'filters' as const, filters: filters.map(other => (other === each ? turned(other) : other))},
  }));
  const none = {label: 'take all away', key: 'x', act: {do: 'filters' as const, filters: []}};
  openMenu(context, {title: 'Filters of the log', lines: [], items: [...items, none]});
}

const NUMBERED_MAX = 9;

function turned({kind, text, off}: LogFilter): LogFilter {
  return off === true ? {kind, text} : {kind, text, off: true};
}

export function toggle(context: ConsoleContext, what: 'wrap' | 'zoom' | 'paused'): void {
  dispatch(context, {type: 'toggle', what});
  if (what === 'paused' && context.view.getState().paused)
    say(context, 'the panes stand still; the run goes on', 'warn');
}

const TIMES_WORDS: Readonly<Record<TimeMode, string>> = {
  clock: 'times of the log: the clock, as the log has it',
  deploy: 'times of the log: since the deploy began',
  delta: 'times of the log: since the line before',
  off: 'times of the log: as they are written',
};

export function changeTimes(context: ConsoleContext): void {
  const at = TIME_MODES.indexOf(context.view.getState().times);
  const mode = TIME_MODES[(at + 1) % TIME_MODES.length] ?? 'clock';
  dispatch(context, {type: 'times', mode});
  const hasBegun = context.session.run.getState().deployStartedAt !== undefined;
  say(context, mode === 'deploy' && !hasBegun ? `${TIMES_WORDS.deploy}; until it does, the clock` : TIMES_WORDS[mode]);
}

export function openIncident(context: ConsoleContext): void {
  dispatch(context, {type: 'open', overlay: {kind: 'incident', top: 0}});
}

export function openPalette(context: ConsoleContext): void {
  dispatch(context, {type: 'open', overlay: {kind: 'palette', editor: editorOf(''), selected: 0}});
}

export function openHelp(context: ConsoleContext): void {
  dispatch(context, {
    type: 'open',
    overlay: {kind: 'help', editor: editorOf(''), isTyping: false, selected: 0},
  });
}

/** Esc without an overlay undoes the first of these that is on: selection, pause, zoom, search, the newest filter. */
export function back(context: ConsoleContext): void {
  const {zoom, search, filters, paused, selection} = context.view.getState();
  if (selection !== null) return endSelection(context);
  if (paused) return toggle(context, 'paused');
  if (zoom) return toggle(context, 'zoom');
  if (search.pattern !== '') return dispatch(context, {type: 'search', pattern: ''});
  if (filters.length > 0) dispatch(context, {type: 'filters', filters: filters.slice(0, -1)});
}

/** Asks how to leave; not when the run is closed or the engine is gone. */
export function leave(context: ConsoleContext): void {
  const {lost} = context.view.getState();
  const state = context.session.run.getState();
  if (lost !== null) return context.leave({kind: 'lost', detail: lost.detail});
  if (state.closed) return context.leave({kind: 'closed'});
  openMenu(context, leaveMenu(context.session, state, context.now()));
}

/** Copies the selected lines, the commands or the title of the step, or the visible lines of the pane. */
export async function copyFocused(context: ConsoleContext): Promise<void> {
  const selection = selectionHere(context);
  if (selection !== null) return await copySelected(context, selection);
  const text = focusedText(context);
  if (text === '') return say(context, 'nothing here to copy', 'warn');
  say(context, await context.copy(text), 'good');
}

function focusedText(context: ConsoleContext): string {
  const view = context.view.getState();
  if (view.focus === 'checklist') {
    const step = stepUnderCursor(context);
    if (!step) return '';
    const commands = boundCommands(context.session.plan, context.session.run.getState(), step);
    return commands.map(({text}) => text).join('\n') || shownTitle(step.title);
  }
  const source = view.focus === 'charts' ? undefined : focusedSource(context);
  if (source === undefined) return '';
  const height = paneHeight(context);
  const {follow, top} = scrollOf(view, source);
  const {from, to, end} = scrollExtentOf(context, source);
  const first = Math.max(from, follow ? end - height : top);
  return context.session.spool
    .read(source, first, Math.max(0, Math.min(height, to - first)))
    .map(plainText)
    .join('\n');
}

/** A search from the checklist or the charts moves the focus to the logs. */
function toPane(context: ConsoleContext): void {
  const {focus} = context.view.getState();
  if (focus !== 'output' && focus !== 'logs') focusPanel(context, 'logs');
}

/** Changes a setting in this console. */
export function changeSetting(context: ConsoleContext, name: SettingName, value: string): void {
  const {settings} = context.view.getState();
  const to = {now: {...settings.now, [name]: value}};
  switch (name) {
    case 'theme': {
      const theme = context.settings.theme(value);
      if (typeof theme === 'string') return say(context, theme, 'bad');
      dispatch(context, {type: 'settings', to: {...to, theme}});
      context.terminal.setPage(theme.page);
      break;
    }
    case 'times':
      dispatch(context, {type: 'times', mode: value as TimeMode});
      dispatch(context, {type: 'settings', to});
      break;
    case 'mouse':
      dispatch(context, {type: 'settings', to});
      context.terminal.setMouse(value === 'on');
      break;
    default:
      dispatch(context, {type: 'settings', to});
  }
  say(context, `${name} ${value}; "keep" in the palette (:) makes it last`);
}

export async function keepSetting(context: ConsoleContext, name: SettingName, value: string): Promise<void> {
  const {kept, problem} = await context.settings.keep(name, value);
  if (problem !== undefined) return say(context, problem, 'bad');
  dispatch(context, {type: 'settings', to: {kept: {...context.view.getState().settings.kept, [name]: value}}});
  say(context, `${name} ${value} is kept in ${kept}`, 'good');
}

export function toggleMouse(context: ConsoleContext): void {
  const {mouse} = context.view.getState().settings.now;
  changeSetting(context, 'mouse', mouse === 'on' ? 'off' : 'on');
}
