/** The empty frame on the screen while a run is being opened, drawn without modules that load slowly. */
import {writeSync} from 'node:fs';
import {EXIT} from '../run/exit-codes.ts';
import {glyphsFor} from './terminal/glyphs.ts';
import {onPage} from './terminal/page-colours.ts';
import {type Guard, guardTerminal} from './terminal/restore.ts';
import {paintBadge, type Theme} from './terminal/theme.ts';
import {layoutFor} from './view/layout.ts';
import type {PanelName} from './view/view-state.ts';

type SkeletonOptions = {columns: number; rows: number; title: string; theme: Theme; ascii: boolean};

const ENTER = '\u001B[?1049h\u001B[?7l\u001B[?25l';
const TERMINAL = 1;

/** Gives the terminal back when opening the run fails, or when a message comes before the console. */
export function showSkeleton(options: SkeletonOptions): Guard {
  const guard = guardTerminal({fd: TERMINAL, onSignal() {}});
  const onInterrupt = () => process.exit(EXIT.interrupted);
  process.on('SIGINT', onInterrupt);
  const {page} = options.theme;
  const begin = page === '' ? '' : `\u001B[${page}m`;
  const onOwnPage = (row: string) => (page === '' ? row : onPage(row, page));
  const rows = skeletonRows(options).map((row, index) => `\u001B[${index + 1};1H${onOwnPage(row)}`);
  try {
    writeSync(TERMINAL, `${ENTER}${begin}\u001B[2J${rows.join('')}\u001B[m`);
  } catch {
    // The console deals with a terminal that accepts nothing.
  }
  return {
    restore: guard.restore,
    dispose() {
      process.off('SIGINT', onInterrupt);
      guard.dispose();
    },
  };
}

/** What is under way, in the box that will show it. */
const WORDS: Readonly<Record<PanelName, string>> = {
  checklist: 'reading the checklist',
  output: 'starting the engine',
  logs: 'connecting to the hosts',
  charts: 'waiting for the first samples',
};

function skeletonRows({columns, rows, title, theme, ascii}: SkeletonOptions): readonly string[] {
  const glyphs = glyphsFor(ascii);
  const header = ` ${paintBadge(theme, 'badge', ' T-MINUS ')} ${theme.paint('muted', `opening ${printable(title)}`)}`;
  const layout = layoutFor(columns, rows, {focus: 'checklist', zoom: false, alertRows: 0});
  if (layout.kind === 'card') return [header];
  const above = layout.headerRows + (layout.tabs ? 1 : 0);
  const line = (left: string, right: string, width: number) =>
    theme.paint('border', left + glyphs.horizontal.repeat(width - 2) + right);
  const columnRows = layout.body.map(boxes =>
    boxes.flatMap(({panel, width, height}) => [
      line(glyphs.topLeft, glyphs.topRight, width),
      ...Array.from({length: height - 2}, (_, row) => {
        const words = row === 0 ? ` ${WORDS[panel]} ${ascii ? '...' : '…'}` : '';
        const side = theme.paint('border', glyphs.vertical);
        return side + theme.paint('muted', words.padEnd(width - 2).slice(0, width - 2)) + side;
      }),
      line(glyphs.bottomLeft, glyphs.bottomRight, width),
    ]),
  );
  const body = Array.from({length: rows - above}, (_, index) => columnRows.map(column => column[index] ?? '').join(''));
  return [header, ...Array.from({length: above - 1}, () => ''), ...body];
}

/** Counts one column for each character: exact widths do not matter in this frame. */
function printable(text: string): string {
  return text.replace(/[^ -~]/g, '?');
}
