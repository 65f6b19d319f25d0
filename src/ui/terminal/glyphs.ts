/** Every sign the console draws, in two sets: nothing in either is wider than one column. */
import {STEP_SIGNS, STEP_SIGNS_ASCII, type StepSigns} from '../../run/wording/step-signs.ts';

export type Glyphs = {
  ascii: boolean;
  ellipsis: string;
  passed: string;
  failed: string;
  running: string;
  waiting: string;
  pending: string;
  unknown: string;
  skipped: string;
  notApplicable: string;
  cancelled: string;
  /** Before a step that nobody has confirmed yet, and before a section that has to be confirmed again. */
  unconfirmed: string;
  again: string;
  /** Fold signs of a section. */
  open: string;
  folded: string;
  /** Marks the row the keys act on; colour alone would not do. */
  cursor: string;
  /** A link or probe that answers, and one that does not. */
  up: string;
  down: string;
  alert: string;
  separator: string;
  dash: string;
  arrowUp: string;
  arrowDown: string;
  topLeft: string;
  topRight: string;
  bottomLeft: string;
  bottomRight: string;
  horizontal: string;
  /** A line of the panel that has the focus, where colours do not show it. */
  double: string;
  vertical: string;
  /** The deploy marker of a chart. */
  marker: string;
  textCursor: string;
  /** The part of a text that is on the screen, on the border beside it. */
  thumb: string;
  bookmark: string;
};

const UNICODE: Glyphs = {
  ascii: false,
  ellipsis: '…',
  ...signsFrom(STEP_SIGNS),
  unconfirmed: '◌',
  again: '↻',
  open: '▾',
  folded: '▸',
  cursor: '›',
  up: '●',
  down: '○',
  alert: '▲',
  separator: '·',
  dash: '–',
  arrowUp: '▲',
  arrowDown: '▼',
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  horizontal: '─',
  double: '═',
  vertical: '│',
  marker: '┊',
  textCursor: '▏',
  thumb: '┃',
  bookmark: '◆',
};

const ASCII: Glyphs = {
  ascii: true,
  ellipsis: '~',
  ...signsFrom(STEP_SIGNS_ASCII),
  unconfirmed: ':',
  again: '%',
  // As trees are drawn in plain text; `v` is a box that is ticked.
  open: '-',
  folded: '+',
  cursor: '>',
  up: '+',
  down: '!',
  alert: '!',
  separator: '|',
  dash: '-',
  arrowUp: '^',
  arrowDown: 'v',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  horizontal: '-',
  double: '=',
  vertical: '|',
  marker: ':',
  textCursor: '_',
  thumb: '#',
  bookmark: '*',
};

export function glyphsFor(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE;
}

function signsFrom({'not-applicable': notApplicable, ...signs}: StepSigns) {
  return {...signs, notApplicable};
}
