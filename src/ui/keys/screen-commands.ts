/** Keys that act on the screen or on the run as a whole. */

import {shownTitle} from '../checklist/checklist-row.ts';
import {boundCommands} from '../checklist/step-detail.ts';
import {plainText} from '../logs/log-line.ts';
import {askDismiss, leaveMenu} from '../questions/questions.ts';
import {editorOf} from '../view/editor.ts';
import {boxOf} from '../view/layout.ts';
import type {Prompt} from '../view/prompts.ts';
import {askFor, PANELS, type PanelName, scrollOf} from '../view/view-state.ts';
import {currentLayout, type Desk, dispatch, say, send} from './console-context.ts';
import {focusedSource} from './pane-commands.ts';
import {extentOf} from './scroll-extent.ts';
import {openMenu, openPrompt, stepUnderCursor} from './step-commands.ts';

export function hold(desk: Desk): void {
  const on = desk.session.run.getState().phase !== 'held';
  void send(desk, {type: 'hold', on, ...(on ? {because: `held by ${desk.session.me}`} : {})}).then(taken => {
    if (taken) say(desk, on ? 'held: no new step starts' : 'the run goes on', on ? 'warn' : 'good');
  });
}

export function dismiss(desk: Desk): void {
  const newest = desk.session.run.getState().tripped.at(-1);
  if (!newest) return say(desk, 'no trigger has tripped', 'warn');
  openPrompt(desk, askDismiss(desk.session.plan, desk.session.run.getState(), newest));
}

export function focusPanel(desk: Desk, panel: PanelName): void {
  dispatch(desk, {type: 'focus', panel});
}

export function focusBy(desk: Desk, by: 1 | -1): void {
  const at = PANELS.indexOf(desk.view.getState().focus);
  const panel = PANELS[(at + by + PANELS.length) % PANELS.length];
  if (panel) focusPanel(desk, panel);
}

export function askSearch(desk: Desk): void {
  toPane(desk);
  const {search} = desk.view.getState();
  const prompt: Prompt = {title: 'Search', lines: [], purpose: {for: 'search', direction: 1}};
  dispatch(desk, {type: 'open', overlay: askFor(prompt, search.pattern)});
}

export function askFilter(desk: Desk, which: 'keep' | 'hide'): void {
  const now = desk.view.getState().filters[which] ?? '';
  focusPanel(desk, 'logs');
  const title = which === 'keep' ? 'Keep only log lines with (empty: all)' : 'Hide log lines with (empty: none)';
  dispatch(desk, {type: 'open', overlay: askFor({title, lines: [], purpose: {for: which}}, now)});
}

export function toggle(desk: Desk, what: 'wrap' | 'zoom' | 'paused'): void {
  dispatch(desk, {type: 'toggle', what});
  if (what === 'paused' && desk.view.getState().paused) say(desk, 'the panes stand still; the run goes on', 'warn');
}

export function openIncident(desk: Desk): void {
  dispatch(desk, {type: 'open', overlay: {kind: 'incident', top: 0}});
}

export function openPalette(desk: Desk): void {
  dispatch(desk, {type: 'open', overlay: {kind: 'palette', editor: editorOf(''), selected: 0}});
}

export function openHelp(desk: Desk): void {
  dispatch(desk, {type: 'open', overlay: {kind: 'help', top: 0}});
}

/** Esc without an overlay undoes the nearest narrowing: zoom, then search, then filters. */
export function back(desk: Desk): void {
  const {zoom, search, filters, paused} = desk.view.getState();
  if (paused) return toggle(desk, 'paused');
  if (zoom) return toggle(desk, 'zoom');
  if (search.pattern !== '') return dispatch(desk, {type: 'search', pattern: '', direction: 1});
  if (filters.keep !== undefined || filters.hide !== undefined) dispatch(desk, {type: 'filter'});
}

/** A run that is over, or an engine that is gone, leaves nothing to ask. */
export function leave(desk: Desk): void {
  const {lost} = desk.view.getState();
  const state = desk.session.run.getState();
  if (lost !== null) return desk.leave({kind: 'lost', detail: lost});
  if (state.closed) return desk.leave({kind: 'closed'});
  openMenu(desk, leaveMenu(desk.session, state));
}

/** The checklist gives the step and its commands, a pane the lines that are seen. */
export async function copyFocused(desk: Desk): Promise<void> {
  const text = focusedText(desk);
  if (text === '') return say(desk, 'nothing here to copy', 'warn');
  say(desk, await desk.copy(text), 'good');
}

function focusedText(desk: Desk): string {
  const view = desk.view.getState();
  if (view.focus === 'checklist') {
    const step = stepUnderCursor(desk);
    if (!step) return '';
    const commands = boundCommands(desk.session.plan, desk.session.run.getState(), step);
    return commands.map(({text}) => text).join('\n') || shownTitle(step.title);
  }
  const source = view.focus === 'charts' ? undefined : focusedSource(desk);
  if (source === undefined) return '';
  const height = boxOf(currentLayout(desk), view.focus).height - 2;
  const {follow, top} = scrollOf(view, source);
  const {from, to, end} = extentOf(desk, source);
  const first = Math.max(from, follow ? end - height : top);
  return desk.session.spool
    .read(source, first, Math.max(0, Math.min(height, to - first)))
    .map(plainText)
    .join('\n');
}

/** A search from the checklist means the logs. */
function toPane(desk: Desk): void {
  const {focus} = desk.view.getState();
  if (focus !== 'output' && focus !== 'logs') focusPanel(desk, 'logs');
}
