/** What each action of the key table does. */

import type {ActionId} from '../view/keymap.ts';
import * as baton from './baton-commands.ts';
import * as charts from './chart-commands.ts';
import {complain} from './complaints.ts';
import type {Desk} from './console-context.ts';
import {answerOpen} from './host-questions.ts';
import {changeSource, nextError, nextMatch, scrollPane, scrollSideways, toggleFollow} from './pane-commands.ts';
import {rollBack} from './roll-back.ts';
import * as screen from './screen-commands.ts';
import * as step from './step-commands.ts';

export function perform(desk: Desk, id: ActionId): void {
  ACTIONS[id](desk);
}

const CHECKLIST_PAGE = 10;

const ACTIONS: Readonly<Record<ActionId, (desk: Desk) => void>> = {
  enter: step.enter,
  tick: step.tick,
  'run-on': step.runOn,
  cancel: step.cancel,
  retry: step.retry,
  skip: step.skip,
  note: step.note,
  complaint: complain,
  hold: screen.hold,
  dismiss: screen.dismiss,
  approve: baton.approve,
  answer: answerOpen,
  baton: baton.passBaton,
  'roll-back': rollBack,
  down: desk => upright(desk, 1),
  up: desk => upright(desk, -1),
  'page-down': desk => (onChecklist(desk) ? step.moveCursor(desk, CHECKLIST_PAGE) : scrollPane(desk, 'page-down')),
  'page-up': desk => (onChecklist(desk) ? step.moveCursor(desk, -CHECKLIST_PAGE) : scrollPane(desk, 'page-up')),
  top: desk => (onChecklist(desk) ? step.moveCursor(desk, 'first') : scrollPane(desk, 'top')),
  bottom: desk => (onChecklist(desk) ? step.moveCursor(desk, 'last') : scrollPane(desk, 'bottom')),
  left: desk => sideways(desk, -1),
  right: desk => sideways(desk, 1),
  'next-panel': desk => screen.focusBy(desk, 1),
  'previous-panel': desk => screen.focusBy(desk, -1),
  'panel-checklist': desk => screen.focusPanel(desk, 'checklist'),
  'panel-output': desk => screen.focusPanel(desk, 'output'),
  'panel-charts': desk => screen.focusPanel(desk, 'charts'),
  'panel-logs': desk => screen.focusPanel(desk, 'logs'),
  'source-previous': desk => changeSource(desk, -1),
  'source-next': desk => changeSource(desk, 1),
  search: screen.askSearch,
  'match-next': desk => void nextMatch(desk, 1),
  'match-previous': desk => void nextMatch(desk, -1),
  keep: desk => screen.askFilter(desk, 'keep'),
  hide: desk => screen.askFilter(desk, 'hide'),
  'error-next': desk => void nextError(desk, 1),
  'error-previous': desk => void nextError(desk, -1),
  follow: toggleFollow,
  pause: desk => screen.toggle(desk, 'paused'),
  wrap: desk => screen.toggle(desk, 'wrap'),
  zoom: desk => screen.toggle(desk, 'zoom'),
  signals: charts.toggleSignals,
  samples: charts.openSamples,
  'zoom-in': desk => charts.zoomCharts(desk, 1),
  'zoom-out': desk => charts.zoomCharts(desk, -1),
  copy: desk => void screen.copyFocused(desk),
  incident: screen.openIncident,
  palette: screen.openPalette,
  help: screen.openHelp,
  close: screen.back,
  redraw: desk => desk.redraw(),
  leave: screen.leave,
};

function onChecklist(desk: Desk): boolean {
  return desk.view.getState().focus === 'checklist';
}

function upright(desk: Desk, direction: 1 | -1): void {
  const {focus} = desk.view.getState();
  if (focus === 'checklist') step.moveCursor(desk, direction);
  else if (focus === 'charts') charts.selectChart(desk, direction);
  else scrollPane(desk, direction);
}

function sideways(desk: Desk, direction: 1 | -1): void {
  const {focus} = desk.view.getState();
  if (focus === 'checklist') step.fold(desk, direction === -1);
  else if (focus === 'charts') charts.changeSignal(desk, direction);
  else scrollSideways(desk, direction);
}
