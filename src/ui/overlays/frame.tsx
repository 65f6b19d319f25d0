/** A box over the panels, in the middle of the screen. Ink draws later siblings over earlier ones. */
import {Box} from 'ink';
import {fitTo} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type Theme, type ThemeToken} from '../terminal/theme.ts';
import {ENDS, type Layout, SIDES, type SideColumn} from '../view/layout.ts';
import {useCovering} from '../widgets/cover.ts';
import {panelRows, Rows} from '../widgets/panel.tsx';
import type {TextWriter} from '../widgets/themed-text.ts';

export type OverlayStyle = {
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  /** Rows at the top that stay visible: the header and the alert row. */
  above: number;
  /** Undefined where one panel has the whole width. */
  side: SideColumn | undefined;
};

type FrameProps = OverlayStyle & {
  title: string;
  right?: string;
  /** Preferred outer width; the screen may allow less. */
  width: number;
  border?: ThemeToken;
  /** Where it stands, if not in the middle: what one decides by stays in sight. */
  aside?: Aside;
  /** Rows, already coloured and cut to `innerWidth(columns, width)`. */
  children: readonly string[];
};

/** The header and the row of hints stay visible. */
const ROWS_ABOVE = 2;
const ROWS_BELOW = 1;
/** Where fewer columns than this would be left at each side, the box takes the whole width. */
const SIDE_MIN = 8;
/** The verdicts and the row of hints stay visible below a box that stands aside. */
const ASIDE_BELOW = 2;

/** Rows that stay visible above an overlay. */
export function rowsAbove(layout: Layout, alertRows: number): number {
  return layout.kind === 'card' ? ROWS_ABOVE : Math.max(ROWS_ABOVE, layout.headerRows + alertRows);
}

export function innerWidth(columns: number, width: number): number {
  return (columns - width < 2 * SIDE_MIN ? columns : width) - SIDES;
}

/** How many rows of content fit. */
export function innerHeight({rows, above}: Pick<OverlayStyle, 'rows' | 'above'>): number {
  return Math.max(1, rows - above - ROWS_BELOW - ENDS);
}

/** A box at the left: its outer width, the columns and rows that it has room for, and the rows below it. */
export type Aside = {width: number; columns: number; rows: number; below: number};

type ScreenStyle = Pick<OverlayStyle, 'columns' | 'rows' | 'above' | 'side'>;

/** At the end of the checklist's column, so that output, logs and charts stay in sight. */
export function asideOf(style: ScreenStyle): Aside {
  const {side, rows, above} = style;
  if (side === undefined) return atEnd(style);
  return {...columnsOf(side.width), rows: Math.max(1, rows - above - side.below - ENDS), below: side.below};
}

/** At the end of the screen, over its whole width: no panel below it is cut from top to bottom. */
export function atEnd(style: ScreenStyle): Aside {
  return {...columnsOf(style.columns), rows: innerHeight(style), below: ASIDE_BELOW};
}

function columnsOf(width: number): Pick<Aside, 'width' | 'columns'> {
  return {width, columns: width - SIDES};
}

export function Frame({width, border = 'border.focused', children, columns, rows, above, aside, ...panel}: FrameProps) {
  const shown = children.slice(0, aside?.rows ?? innerHeight({rows, above}));
  const box = {width: aside?.width ?? innerWidth(columns, width) + SIDES, height: shown.length + ENDS};
  // A blank column at each side separates the box from the words of the panels below it.
  const air = aside === undefined && box.width + 2 <= columns ? 1 : 0;
  const lines = panelRows({...panel, ...box, focused: true, border, children: shown});
  const cover = {
    left: aside !== undefined ? 0 : Math.max(0, Math.floor((columns - box.width) / 2) - air),
    top:
      aside !== undefined
        ? Math.max(above, rows - aside.below - box.height)
        : Math.max(0, above + Math.floor((rows - above - ROWS_BELOW - box.height) / 2)),
    width: box.width + 2 * air,
    height: box.height,
  };
  useCovering(cover);
  return (
    <Box
      position="absolute"
      flexDirection="column"
      marginLeft={cover.left}
      marginTop={cover.top}
      width={cover.width}
      height={cover.height}
    >
      <Rows rows={air > 0 ? lines.map(line => ` ${line} `) : lines} />
    </Box>
  );
}

/** One row of a list; the chosen row is marked over the whole width. */
export function chosenRow(row: string, chosen: boolean, writer: TextWriter): string {
  const marked = cursorRow(row, chosen, writer);
  return chosen ? paintSelected(writer.theme, fitTo(marked, writer.width, writer.glyphs.ellipsis)) : marked;
}

/** One row of a list in which something else is filled; the sign alone marks the chosen row. */
export function cursorRow(row: string, chosen: boolean, {theme, glyphs}: TextWriter): string {
  return `${theme.paint('accent', chosen ? glyphs.cursor : ' ')} ${row}`;
}

/** Index of the first visible row of a list, so that the chosen one is in the middle. */
export function windowTop(selected: number, count: number, height: number): number {
  return Math.max(0, Math.min(selected - Math.floor(height / 2), count - height));
}

/** The `height` lines from `top` on, and a note where more follow. */
export function scrolled(lines: readonly string[], top: number, height: number): {shown: string[]; right: string} {
  const from = Math.max(0, Math.min(top, lines.length - height));
  const shown = lines.slice(from, from + height);
  const more = lines.length - from - shown.length;
  return {shown, right: more > 0 ? `${more} more below` : from > 0 ? 'end' : ''};
}
