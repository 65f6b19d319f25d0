/** The sections of the document as rows: what each is for, where it runs, what is asked about it. Pure. */
import type {Use} from '../../plan/doubt.ts';
import type {Plan, Section} from '../../plan/plan.ts';
import {doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {cut, fitTo, tame} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type Theme, type ThemeToken} from '../terminal/theme.ts';
import {type SectionStand, standOf} from './review-questions.ts';

export type ReviewStyle = {width: number; height: number; glyphs: Glyphs; theme: Theme};

const USE_WIDTH = 9;
const DOUBTS_WIDTH = 3;
const MARK_WIDTH = 4;
const GAPS = 3;
/** A narrower pane says no place. */
const PLACE_FROM = 44;

/** Only those that are seen, with the focused one among them. */
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

function sectionRow(plan: Plan, state: RunState, section: Section, style: RowStyle): string {
  const {width, glyphs, theme, focus, shallow} = style;
  const {id, depth, title} = section;
  const stand = standOf(plan, state, id);
  const use = sectionUse(plan, state, id);
  const doubts = doubtsOf(plan, state, id).length;
  const isFocused = id === focus;
  const placeWidth = placeColumn(width);
  const room = width - MARK_WIDTH - USE_WIDTH - DOUBTS_WIDTH - GAPS - (placeWidth > 0 ? placeWidth + 1 : 0) + 1;
  const plain = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const indent = '  '.repeat(Math.min(3, Math.max(0, depth - shallow)));
  const name = fitTo(indent + plain(shownTitle(title)), room, glyphs.ellipsis);
  const {sign, token} = signOf(stand, glyphs);
  const isChanged = state.review?.uses[id] !== undefined;
  const place = stand === 'idle' ? '' : plain(readingOf(plan, id)?.place ?? 'people');
  const parts = [
    theme.paint('accent', isFocused ? glyphs.cursor : ' ') + theme.paint(token, ` ${sign} `),
    theme.paint(isFocused ? 'title' : NAMES[stand], name),
    theme.paint(isChanged ? 'accent' : 'muted', fitTo(wordOfUse(use, stand), USE_WIDTH, glyphs.ellipsis)),
    ...(placeWidth > 0 ? [theme.paint('muted', fitTo(place, placeWidth, glyphs.ellipsis))] : []),
    theme.paint('warn', (doubts === 0 ? '' : `${Math.min(doubts, 99)}?`).padStart(DOUBTS_WIDTH)),
  ];
  const row = cut(`${parts[0]}${parts.slice(1).join(' ')}`, width, glyphs.ellipsis);
  return isFocused ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
}

const NAMES: Readonly<Record<SectionStand, ThemeToken>> = {
  confirmed: 'muted',
  again: 'text',
  open: 'text',
  idle: 'muted',
};

function placeColumn(width: number): number {
  return width < PLACE_FROM - 6 ? 0 : Math.min(16, Math.max(6, Math.floor(width * 0.2)));
}

/** Of a heading above others there is nothing to say. */
function wordOfUse(use: Use, stand: SectionStand): string {
  return stand === 'idle' && (use === 'run' || use === 'watch') ? '' : use;
}

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
