/** What each action of the key table does. */

import {mayNot} from '../../run/deciding/baton.ts';
import type {ActionId} from '../view/keymap.ts';
import * as baton from './baton-commands.ts';
import {nextMark, toggleBookmark} from './bookmark-commands.ts';
import * as charts from './chart-commands.ts';
import {complain} from './complaint-commands.ts';
import {type ConsoleContext, isEngineGone, say} from './console-context.ts';
import {copyEvent, listErrors, nextError, nextMatch} from './find-commands.ts';
import {openHosts} from './host-list-keys.ts';
import {goToWhatWaits} from './host-question-keys.ts';
import {incidentDrafts} from './incident-commands.ts';
import {changeSource, type ScrollBy, scrollPane, scrollSideways, toggleFollow} from './pane-commands.ts';
import {openReview} from './review/review-commands.ts';
import * as run from './run-commands.ts';
import * as screen from './screen-commands.ts';
import {askSave, moveSelection, selectionHere, selectLines} from './selection-commands.ts';
import {toggleMerged, toggleSplit} from './several-logs-commands.ts';
import * as step from './step-commands.ts';

/** Keys that change the run, and ask or choose something first; whoever may not is refused before that. */
const CHANGES: ReadonlySet<ActionId> = new Set([
  'enter',
  'tick',
  'run-on',
  'cancel',
  'retry',
  'skip',
  'note',
  'complaint',
  'hold',
  'dismiss',
  'incident-drafts',
] as const);

/** Keys that only an engine can do anything for. The drafts of an incident can be copied without one. */
const NEEDS_ENGINE: ReadonlySet<ActionId> = new Set(
  [...CHANGES, 'baton' as const, 'approve' as const].filter(id => id !== 'incident-drafts'),
);

export function performAction(context: ConsoleContext, id: ActionId): void {
  if (NEEDS_ENGINE.has(id) && !foldsOnly(context, id) && isEngineGone(context)) return;
  const barred = CHANGES.has(id) ? whyBarred(context, id) : undefined;
  if (barred !== undefined) return say(context, `refused: ${barred}`, 'bad');
  ACTIONS[id](context);
}

/** Enter on a section. */
function foldsOnly(context: ConsoleContext, id: ActionId): boolean {
  return id === 'enter' && step.stepUnderCursor(context) === undefined;
}

function whyBarred(context: ConsoleContext, id: ActionId): string | undefined {
  const {session} = context;
  const state = session.run.getState();
  const me = state.consoles[session.consoleId];
  if (me === undefined || foldsOnly(context, id)) return undefined;
  return mayNot(state, me, {type: 'hold', on: true});
}

const CHECKLIST_PAGE = 10;

const ACTIONS: Readonly<Record<ActionId, (context: ConsoleContext) => void>> = {
  enter: step.enter,
  tick: step.tick,
  'run-on': step.runOn,
  cancel: step.cancel,
  retry: step.retry,
  skip: step.skip,
  note: step.note,
  complaint: complain,
  review: context => openReview(context),
  hold: run.hold,
  dismiss: run.dismiss,
  approve: baton.approve,
  answer: goToWhatWaits,
  baton: baton.passBaton,
  'roll-back': run.rollBack,
  down: context => upright(context, 1),
  up: context => upright(context, -1),
  'page-down': context =>
    onChecklist(context) ? step.moveCursor(context, CHECKLIST_PAGE) : scrollIn(context, 'page-down'),
  'page-up': context =>
    onChecklist(context) ? step.moveCursor(context, -CHECKLIST_PAGE) : scrollIn(context, 'page-up'),
  top: context => (onChecklist(context) ? step.moveCursor(context, 'first') : scrollIn(context, 'top')),
  bottom: context => (onChecklist(context) ? step.moveCursor(context, 'last') : scrollIn(context, 'bottom')),
  left: context => sideways(context, -1),
  right: context => sideways(context, 1),
  'next-panel': context => screen.focusBy(context, 1),
  'previous-panel': context => screen.focusBy(context, -1),
  'panel-checklist': context => screen.focusPanel(context, 'checklist'),
  'panel-output': context => screen.focusPanel(context, 'output'),
  'panel-charts': context => screen.focusPanel(context, 'charts'),
  'panel-logs': context => screen.focusPanel(context, 'logs'),
  'source-previous': context => changeSource(context, -1),
  'source-next': context => changeSource(context, 1),
  search: screen.askSearch,
  'match-next': context => void nextMatch(context, 1),
  'match-previous': context => void nextMatch(context, -1),
  merge: context => void toggleMerged(context),
  split: toggleSplit,
  bookmark: toggleBookmark,
  'mark-next': context => void nextMark(context, 1),
  'mark-previous': context => void nextMark(context, -1),
  keep: context => screen.askFilter(context, 'keep'),
  hide: context => screen.askFilter(context, 'hide'),
  filters: screen.listFilters,
  'error-next': context => void nextError(context, 1),
  'error-previous': context => void nextError(context, -1),
  'new-errors': listErrors,
  follow: toggleFollow,
  pause: context => screen.toggle(context, 'paused'),
  times: screen.changeTimes,
  wrap: context => screen.toggle(context, 'wrap'),
  zoom: context => screen.toggle(context, 'zoom'),
  signals: charts.toggleSignals,
  samples: charts.openSamples,
  hosts: openHosts,
  'zoom-in': context => charts.zoomCharts(context, 1),
  'zoom-out': context => charts.zoomCharts(context, -1),
  copy: context => void screen.copyFocused(context),
  'copy-event': context => void copyEvent(context),
  'select-lines': selectLines,
  save: askSave,
  pager: context => void import('./save-commands.ts').then(({openPager}) => openPager(context)),
  mouse: screen.toggleMouse,
  suspend: context => context.terminal.suspend(),
  incident: screen.openIncident,
  'incident-drafts': incidentDrafts,
  palette: screen.openPalette,
  help: screen.openHelp,
  close: screen.back,
  redraw: context => context.redraw(),
  leave: screen.leave,
};

function onChecklist(context: ConsoleContext): boolean {
  return context.view.getState().focus === 'checklist';
}

function upright(context: ConsoleContext, direction: 1 | -1): void {
  const {focus} = context.view.getState();
  if (focus === 'checklist') step.moveCursor(context, direction);
  else if (focus === 'charts') charts.selectChart(context, direction);
  else scrollIn(context, direction);
}

/** While lines are selected the same keys select more. */
function scrollIn(context: ConsoleContext, by: ScrollBy): void {
  const selection = selectionHere(context);
  if (selection === null) scrollPane(context, by);
  else moveSelection(context, selection, by);
}

function sideways(context: ConsoleContext, direction: 1 | -1): void {
  const {focus} = context.view.getState();
  if (focus === 'checklist') step.fold(context, direction === -1);
  else if (focus === 'charts') charts.changeSignal(context, direction);
  else scrollSideways(context, direction);
}
