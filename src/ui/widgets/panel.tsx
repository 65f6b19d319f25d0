/** A titled box drawn as text rows, because Ink's borders cannot hold a title. */
import {Box, type DOMElement, Text} from 'ink';
import {memo, useRef} from 'react';
import type {StoreApi} from 'zustand/vanilla';
import {asciiOnly} from '../../text/ascii.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {ENDS, SIDES} from '../view/layout.ts';
import type {ViewState} from '../view/view-state.ts';
import {type Hidden, useHidden} from './cover.ts';

export type BoxProps = {
  /** Outer size, borders included; the rows have `width - 4` columns and `height - 2` lines. */
  width: number;
  height: number;
  focused: boolean;
  glyphs: Glyphs;
  theme: Theme;
};

/** The props of every pane in the body of the screen. `now`: epoch ms. */
export type PaneProps = BoxProps & {session: Session; view: StoreApi<ViewState>; now: number};

type PanelProps = BoxProps & {
  title: string;
  /** Right end of the title row: a count, a unit, "following". */
  right?: string;
  rightColour?: ThemeToken;
  /** Colour of the border; absent: the focus decides. */
  border?: ThemeToken;
  /** By row, each one column wide and already coloured: left and right of the text, and in place of the right border. */
  margin?: readonly string[];
  bar?: readonly string[];
  edge?: readonly string[];
  /** The rows are one picture: where a dialog hides a part of it, the rest says nothing. */
  isPicture?: true;
  /** Words in the lower border, below the bar: what its signs stand for. */
  foot?: {text: string; token: ThemeToken};
  /** Rows, already coloured and cut to `width - 4` columns. Missing rows are blank; surplus rows are left out. */
  children: readonly string[];
};

/** A panel is drawn again only when its rows change: most updates change one panel of four. */
export const Panel = memo(function Panel(props: PanelProps) {
  const box = useRef<DOMElement>(null);
  const hidden = useHidden(box);
  return (
    <Box ref={box} flexDirection="column" width={props.width} height={props.height} flexShrink={0} overflow="hidden">
      <Rows rows={panelRows(props, hidden)} />
    </Box>
  );
}, showsTheSame);

function showsTheSame({children: before, ...was}: PanelProps, {children: now, ...is}: PanelProps): boolean {
  const names = new Set([...Object.keys(was), ...Object.keys(is)]) as Set<keyof typeof is>;
  return areSame(before, now) && [...names].every(name => areSame(was[name], is[name]));
}

function areSame(before: unknown, now: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(now)) return before === now;
  return before.length === now.length && before.every((row, index) => row === now[index]);
}

/** One screen row, drawn again only when its text changes. */
export const Row = memo(function Row({text}: {text: string}) {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});

/** Screen rows, one below the other. */
export function Rows({rows}: {rows: readonly string[]}) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
  return rows.map((row, index) => <Row key={index} text={row} />);
}

/** Screen rows in a box of their own. */
export function RowColumn({rows}: {rows: readonly string[]}) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rows rows={rows} />
    </Box>
  );
}

/** The whole box as rows, for overlays that place the rows themselves. */
export function panelRows(props: PanelProps, hidden: Hidden | null = null): string[] {
  const {width, height, glyphs, theme, children, margin = [], bar = [], edge = []} = props;
  if (width < 6 || height < 2) return Array.from({length: Math.max(0, height)}, () => ' '.repeat(Math.max(0, width)));
  const border = props.border ?? (props.focused ? 'border.focused' : 'border');
  const side = theme.paint(border, glyphs.vertical);
  const rows = [hidden?.top === 0 ? titleBeside(props, border, hidden) : titleRow(props, border)];
  for (let index = 0; index < height - ENDS; index++) {
    if (isCut(props, index + 1, hidden)) {
      rows.push(`${side}${' '.repeat(width - 2)}${edge[index] ?? side}`);
      continue;
    }
    const text = fitTo(children[index] ?? '', width - SIDES, glyphs.ellipsis);
    rows.push(`${side}${margin[index] ?? ' '}${text}${bar[index] ?? ' '}${edge[index] ?? side}`);
  }
  rows.push(footRow(isCut(props, height - 1, hidden) ? {...props, foot: undefined} : props, border));
  return rows;
}

/** Whether a dialog hides a part of this row between the borders: half a word may say something else, so none is shown. */
function isCut({width, height, isPicture}: PanelProps, row: number, hidden: Hidden | null): boolean {
  if (hidden === null || hidden.from >= width - 1 || hidden.to <= 1) return false;
  const isIn = (at: number) => at >= hidden.top && at < hidden.bottom;
  if (isPicture !== true) return isIn(row);
  return hidden.bottom > 1 && hidden.top < height - 1;
}

function footRow(
  {foot, width, glyphs, theme}: Omit<PanelProps, 'foot'> & {foot?: PanelProps['foot'] | undefined},
  border: ThemeToken,
): string {
  const line = (count: number) => glyphs.horizontal.repeat(Math.max(0, count));
  const room = width - 2;
  if (foot === undefined || foot.text.length + 3 > room)
    return theme.paint(border, glyphs.bottomLeft + line(room) + glyphs.bottomRight);
  const left = theme.paint(border, glyphs.bottomLeft + line(room - foot.text.length - 2));
  return `${left} ${theme.paint(foot.token, foot.text)} ${theme.paint(border, glyphs.bottomRight)}`;
}

/** Where a dialog hides a part of the row: the title is cut to what is left of it, the right end is shown where it fits. */
function titleBeside(props: PanelProps, border: ThemeToken, {from, to}: Hidden): string {
  const {title, right, rightColour, width, focused, glyphs, theme} = props;
  const horizontal = horizontalOf(props);
  const shownTitle = from - TITLE_LEAD < TITLE_MIN ? '' : cut(title, from - TITLE_LEAD, glyphs.ellipsis);
  const words = glyphs.ascii ? asciiOnly(right ?? '') : (right ?? '');
  const shownRight = displayWidth(words) + TITLE_LEAD + 1 > width - to ? '' : words;
  const line = (count: number) => theme.paint(border, horizontal.repeat(Math.max(0, count)));
  const name = shownTitle === '' ? '' : ` ${theme.paint(focused ? 'title' : 'text', shownTitle)} `;
  const end = shownRight === '' ? '' : ` ${theme.paint(rightColour ?? 'muted', shownRight)} `;
  const between = line(width - CORNERS - displayWidth(name) - displayWidth(end));
  return `${theme.paint(border, `${glyphs.topLeft}${horizontal}`)}${name}${between}${end}${theme.paint(border, `${horizontal}${glyphs.topRight}`)}`;
}

/** The corner, a line and a blank before the title. */
const TITLE_LEAD = 3;
/** Both corners, each with a line beside it. */
const CORNERS = 4;
/** A shorter title cannot be read. */
const TITLE_MIN = 3;

/** Without colours the focus is a double line. */
function horizontalOf({focused, glyphs, theme}: Pick<PanelProps, 'focused' | 'glyphs' | 'theme'>): string {
  return focused && theme.depth === 'none' ? glyphs.double : glyphs.horizontal;
}

/** The right end is cut first: the title is more important than a count. */
function titleRow({title, right, rightColour, width, focused, glyphs, theme}: PanelProps, border: ThemeToken): string {
  const room = width - 6;
  const shownTitle = cut(title, room, glyphs.ellipsis);
  const left = room - displayWidth(shownTitle) - 3;
  const horizontal = horizontalOf({focused, glyphs, theme});
  const words = glyphs.ascii ? asciiOnly(right ?? '') : (right ?? '');
  const shownRight = words !== '' && left >= 3 ? cut(words, left, glyphs.ellipsis) : '';
  const line = width - 5 - displayWidth(shownTitle) - (shownRight ? displayWidth(shownRight) + 3 : 0);
  const head = theme.paint(border, `${glyphs.topLeft}${horizontal}`);
  const middle = theme.paint(border, horizontal.repeat(Math.max(0, line)));
  const tail = theme.paint(border, `${horizontal}${glyphs.topRight}`);
  const name = theme.paint(focused ? 'title' : 'text', shownTitle);
  const end = shownRight
    ? ` ${theme.paint(rightColour ?? 'muted', shownRight)} ${tail}`
    : theme.paint(border, glyphs.topRight);
  return `${head} ${name} ${middle}${end}`;
}
