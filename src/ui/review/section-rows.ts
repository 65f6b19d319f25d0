/** The sections as rows: use, place and number of open doubts of each. Pure. */
import type {Plan, Section} from '../../plan/plan.ts';
import {doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type Theme, type ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/pen.ts';
import {type SectionStand, standOf} from './review-questions.ts';

export type ReviewStyle = {width: number; height: number; glyphs: Glyphs; theme: Theme};

const USE_WIDTH = 9;
const DOUBTS_WIDTH = 2;
const MARK_WIDTH = 4;
/** A narrower pane does not show places. */
const PLACE_FROM = 38;
const INDENT_MAX = 3;

/** The visible rows; the focused section is one of them. */
export function sectionRows(plan: Plan, state: RunState, focus: string, style: ReviewStyle): string[] {
  const {sections} = plan;
  const at = Math.max(
    0,
    sections.findIndex(({id}) => id === focus),
  );
  const top = Math.max(0, Math.min(at - Math.floor(style.height / 2), sections.length - style.height));
  const seen = sections.slice(top, top + style.height);
  const shallow = Math.min(...sections.map(({depth}) => depth));
  return seen.map(section => sectionRow(plan, state, section, {...style, focus, shallow}));
}

type RowStyle = ReviewStyle & {focus: string; shallow: number};

/** Title, use, place and doubts. A section that asks nothing shows only its title and, where it matters, its use. */
function sectionRow(plan: Plan, state: RunState, section: Section, style: RowStyle): string {
  const {width, glyphs, theme, focus, shallow} = style;
  const {id, depth, title} = section;
  const stand = standOf(plan, state, id);
  const isFocused = id === focus;
  const plain = (text: string) => plainFor(text, glyphs);
  const right = stand === 'idle' ? [idleUse(plan, state, id, theme)] : facts(plan, state, id, style);
  const shownRight = right.filter(text => text !== '').join(' ');
  const rightWidth = displayWidth(shownRight) + (shownRight === '' ? 0 : 1);
  const indent = ' '.repeat(Math.min(INDENT_MAX, Math.max(0, depth - shallow - 1)));
  const name = fitTo(indent + plain(shownTitle(title)), width - MARK_WIDTH - rightWidth, glyphs.ellipsis);
  const {sign, token} = signOf(stand, glyphs);
  const head = `${theme.paint('accent', isFocused ? glyphs.cursor : ' ')} ${theme.paint(token, sign)} `;
  const words = theme.paint(isFocused ? 'title' : NAMES[stand], name);
  const row = cut(`${head}${words}${shownRight === '' ? '' : ` ${shownRight}`}`, width, glyphs.ellipsis);
  return isFocused ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
}

function facts(plan: Plan, state: RunState, id: string, {width, glyphs, theme}: ReviewStyle): string[] {
  const doubts = doubtsOf(plan, state, id).length;
  const place = readingOf(plan, id)?.place ?? 'people';
  const shownPlace = plainFor(place, glyphs);
  const isChanged = state.review?.uses[id] !== undefined;
  const placeWidth = width < PLACE_FROM ? 0 : Math.max(8, Math.floor(width * PLACE_SHARE));
  return [
    theme.paint(isChanged ? 'accent' : 'muted', fitTo(sectionUse(plan, state, id), USE_WIDTH, glyphs.ellipsis)),
    placeWidth === 0 ? '' : theme.paint('muted', fitTo(shownPlace, placeWidth, glyphs.ellipsis)),
    theme.paint('warn', (doubts === 0 ? '' : doubts > 9 ? '9+' : `${doubts}?`).padStart(DOUBTS_WIDTH)),
  ];
}

const PLACE_SHARE = 0.16;

/** The use of a section that asks nothing. `run` and `watch` go without saying; the others say what never runs. */
function idleUse(plan: Plan, state: RunState, id: string, theme: Theme): string {
  const use = sectionUse(plan, state, id);
  const token = state.review?.uses[id] === undefined ? 'muted' : 'accent';
  return use === 'run' || use === 'watch' ? '' : theme.paint(token, use);
}

const NAMES: Readonly<Record<SectionStand, ThemeToken>> = {
  confirmed: 'muted',
  again: 'text',
  open: 'text',
  idle: 'muted',
};

function signOf(stand: SectionStand, glyphs: Glyphs): {sign: string; token: ThemeToken} {
  switch (stand) {
    case 'confirmed':
      return {sign: glyphs.passed, token: 'good'};
    case 'again':
      return {sign: glyphs.again, token: 'warn'};
    case 'open':
      return {sign: glyphs.unconfirmed, token: 'muted'};
    case 'idle':
      return {sign: ' ', token: 'muted'};
  }
}
