/** The mouse: a click chooses, the wheel scrolls, dragging copies. It never starts anything. */
import {displayWidth, sliceColumns} from '../../text/width.ts';
import {plainText} from '../logs/log-line.ts';
import {isLowerHalf, logSources} from '../logs/logs-panel.tsx';
import type {FrameOutput} from '../terminal/frame-output.ts';
import {type MouseReport, mouseReport} from '../terminal/mouse-report.ts';
import {paintSelected} from '../terminal/theme.ts';
import {type PlacedBox, placedBoxes} from '../view/layout.ts';
import {PANELS, type PanelName} from '../view/view-state.ts';
import {shownItem, shownLines} from '../widgets/shown-rows.ts';
import {selectChart} from './chart-commands.ts';
import {alertRows, type ConsoleContext, currentLayout, dispatch, say} from './console-context.ts';
import {press} from './handle-key.ts';
import {focusedSource, scrollPane} from './pane-commands.ts';
import {copySelected, endSelection, selectionHere, selectTo, startSelection} from './selection-commands.ts';
import {moveCursor} from './step-commands.ts';

const WHEEL_ROWS = 3;
/** The border and the blank column inside it. */
const INSIDE = 2;

type At = {row: number; column: number};
/** Where the button went down inside a pane of text. */
type Drag = {panel: PanelName; box: PlacedBox; from: At; isLines: boolean};

/** What takes the reports of the mouse of this console, one after the other. */
export function pointerOf(context: ConsoleContext, output: FrameOutput): (report: string) => void {
  let drag: Drag | undefined;
  return text => {
    const report = mouseReport(text);
    if (report === undefined) return;
    if (context.view.getState().overlay !== null) {
      drag = undefined;
      return wheelOver(context, report);
    }
    const box = boxAt(context, report);
    switch (report.kind) {
      case 'wheel-up':
      case 'wheel-down':
        return box && wheel(context, box.panel, report.kind === 'wheel-down' ? 1 : -1);
      case 'press':
        output.select(null);
        drag = click(context, output, box, report);
        return;
      case 'drag':
        if (drag !== undefined) dragTo(context, output, drag, report);
        return;
      case 'release':
        if (drag !== undefined) void letGo(context, output, drag, report);
        drag = undefined;
    }
  };
}

function boxAt(context: ConsoleContext, {row, column}: At): PlacedBox | undefined {
  const boxes = placedBoxes(currentLayout(context), alertRows(context));
  return boxes.find(
    ({top, left, width, height}) => row >= top && row < top + height && column >= left && column < left + width,
  );
}

/** Over a list the wheel moves in it, as the arrows do; a question that is being typed has nothing to scroll. */
function wheelOver(context: ConsoleContext, {kind}: MouseReport): void {
  const {overlay} = context.view.getState();
  if (kind !== 'wheel-up' && kind !== 'wheel-down') return;
  if (overlay === null || overlay.kind === 'prompt') return;
  const name = kind === 'wheel-down' ? 'down' : 'up';
  for (let row = 0; row < ('top' in overlay ? WHEEL_ROWS : 1); row++) press(context, {name});
}

/** It scrolls what is under the pointer; the focus stays where it is. */
function wheel(context: ConsoleContext, panel: PanelName, direction: 1 | -1): void {
  if (panel === 'checklist') return moveCursor(context, direction);
  if (panel === 'charts') return selectChart(context, direction);
  scrollPane(context, direction * WHEEL_ROWS, panel);
}

function click(context: ConsoleContext, output: FrameOutput, box: PlacedBox | undefined, at: At): Drag | undefined {
  endSelection(context);
  if (box === undefined) return void clickTab(context, output, at);
  const {panel} = box;
  dispatch(context, {type: 'focus', panel});
  if (panel === 'logs') chooseHalf(context, box, at);
  const inside = {row: at.row - box.top - 1, column: at.column - box.left - INSIDE};
  if (panel === 'logs' && at.row === box.top) return void clickSource(context, output, at);
  if (panel === 'checklist') return void clickItem(context, inside.row);
  if (panel === 'charts' || inside.row < 0 || inside.row >= box.height - 2) return undefined;
  return {panel, box, from: at, isLines: false};
}

/** When two logs are shown, the keys go to the one that was clicked. */
function chooseHalf(context: ConsoleContext, {top, height}: PlacedBox, {row}: At): void {
  const {split} = context.view.getState();
  const isFocused = isLowerHalf(split, height, row - top);
  if (split !== null && split.isFocused !== isFocused) dispatch(context, {type: 'split', split: {...split, isFocused}});
}

/** The words on the screen are what a person clicks, however the row came about. */
function wordAt(output: FrameOutput, {row, column}: At, word: string): boolean {
  const text = plainText(output.drawnRow(row));
  for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
    const from = displayWidth(text.slice(0, index));
    if (column >= from && column < from + displayWidth(word)) return true;
  }
  return false;
}

function clickTab(context: ConsoleContext, output: FrameOutput, at: At): void {
  const layout = currentLayout(context);
  const tabsRow = layout.kind === 'card' || !layout.tabs ? -1 : layout.headerRows + (alertRows(context) ? 1 : 0);
  if (at.row !== tabsRow) return;
  const panel = PANELS.find(name => wordAt(output, at, `${name.charAt(0).toUpperCase()}${name.slice(1)}`));
  if (panel !== undefined) dispatch(context, {type: 'focus', panel});
}

function clickSource(context: ConsoleContext, output: FrameOutput, at: At): void {
  const source = logSources(context.session.spool).find(({title}) => wordAt(output, at, title));
  if (source !== undefined) dispatch(context, {type: 'source', source: source.id});
}

/** The cursor goes to the step or section; Enter and Space are for the hand on the keys. */
function clickItem(context: ConsoleContext, row: number): void {
  const id = shownItem(context.view, row);
  if (id !== undefined) dispatch(context, {type: 'cursor', id});
}

/** Within a row the text is selected, over several rows whole lines. */
function dragTo(context: ConsoleContext, output: FrameOutput, drag: Drag, at: At): void {
  const {panel, box, from} = drag;
  const rows = shownLines(context.view, panel);
  const source = focusedSource(context);
  const lineAt = (row: number) => {
    const place = rows[Math.max(0, Math.min(box.height - 3, row - box.top - 1))];
    // The centre may show the signals, and not the output that it showed before.
    return place?.source === source ? place : undefined;
  };
  const [first, here] = [lineAt(from.row), lineAt(at.row)];
  if (drag.isLines || (at.row !== from.row && first !== undefined && here !== undefined)) {
    if (!drag.isLines) {
      const top = rows.find(row => row !== undefined);
      if (first === undefined || top === undefined) return;
      output.select(null);
      startSelection(context, first.source, first.line, top.line);
      drag.isLines = true;
    }
    const selection = selectionHere(context);
    if (selection !== null && here !== undefined) selectTo(context, selection, here.line);
    return;
  }
  const {theme} = context.view.getState().settings;
  const paint = (styled: string) => (theme === null ? styled : paintSelected(theme, plainText(styled)));
  output.select({row: from.row, ...columnsOf(drag, at), paint});
}

/** Inside the borders of the pane. */
function columnsOf({box, from}: Drag, at: At): {from: number; to: number} {
  const [least, most] = [box.left + INSIDE, box.left + box.width - INSIDE];
  const [one, other] = from.column <= at.column ? [from.column, at.column] : [at.column, from.column];
  return {from: Math.max(least, one), to: Math.min(most, other + 1)};
}

async function letGo(context: ConsoleContext, output: FrameOutput, drag: Drag, at: At): Promise<void> {
  const selection = selectionHere(context);
  if (drag.isLines && selection !== null) return await copySelected(context, selection);
  const moved = drag.from.column !== at.column;
  if (drag.isLines || !moved) return;
  const {from, to} = columnsOf(drag, at);
  const text = sliceColumns(plainText(output.drawnRow(drag.from.row)), from, to).trimEnd();
  if (text !== '') say(context, await context.copy(text), 'good');
}
