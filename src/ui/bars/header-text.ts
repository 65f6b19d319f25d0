/** The one or two rows at the top of the screen: their pieces are placed by what they need and how much they matter. */
import type {Plan} from '../../plan/plan.ts';
import {reviewProgress} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {cut, displayWidth, spread} from '../../text/width.ts';
import {askedWords, isReviewOpen} from '../review/review-questions.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintBadge, type Theme} from '../terminal/theme.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {
  clockPiece,
  linkPieces,
  type Piece,
  phasePiece,
  readinessPiece,
  stepPiece,
  waitsPieces,
} from './header-pieces.ts';

export type HeaderStyle = {
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  now: number;
  /** This console; without it the header speaks to whoever drives. */
  consoleId?: string;
  /** The engine is gone, so its last proof of the rollback no longer counts. */
  lost?: boolean;
};

/**
 * Phase, readiness and that it waits for a person are never left out. Where there is too little room, the title is cut
 * first, then links and step are left out.
 */
export function headerRows(plan: Plan, state: RunState, style: HeaderStyle): string[] {
  return style.rows === 1 ? oneRow(plan, state, style) : twoRows(plan, state, style);
}

const LOGO: Piece = {text: ' T-MINUS ', token: 'badge'};

function oneRow(plan: Plan, state: RunState, style: HeaderStyle): string[] {
  const {columns, glyphs} = style;
  const readyIn = (room: number) => readinessPiece(plan, state, {...style, room});
  const least = Math.floor(columns * READINESS_SHARE);
  const lead = leadPieces(plan, state, style);
  const clock = clockPiece(state, style.now);
  const space = columns - widthOf([LOGO, ...lead, readyIn(least)]) - 6;
  const said = fitting(readingPieces(plan, state, glyphs), space - displayWidth(clock.text), MIN_TITLE).slice(0, 1);
  const more = [clock, ...furtherPieces(plan, state, style)];
  const extras = [...said, ...fitting(more, space - widthOf(said), MIN_TITLE)];
  // The reason why the rollback is not ready gets what the title leaves.
  const title = displayWidth(titleOf(plan, state, glyphs));
  const ready = readyIn(Math.max(least, columns - widthOf([LOGO, ...lead, ...extras]) - title - 1));
  const left = `${paintPiece(LOGO, style)} ${titleText(plan, state, columns - widthOf([LOGO, ...lead, ready, ...extras]) - 1, style)}`;
  const right = [...lead, ...extras, ready].map(piece => paintPiece(piece, style));
  return [spread(left, right.join('  '), columns, glyphs.ellipsis)];
}

function twoRows(plan: Plan, state: RunState, style: HeaderStyle): string[] {
  const {columns, glyphs} = style;
  const clock = clockPiece(state, style.now);
  const {above, below} = placedLead(leadPieces(plan, state, style), clock, columns);
  const reading = readingPieces(plan, state, glyphs);
  // The reason why the rollback is not ready is cut before the note that the reading is not confirmed.
  const ready = readinessPiece(plan, state, {...style, room: columns - 3 - widthOf(reading.slice(-1))});
  const titleRoom = columns - widthOf([LOGO, ...above]) - 1;
  const first = spread(
    titleRoom < -1 ? '' : `${paintPiece(LOGO, style)} ${titleText(plan, state, titleRoom, style)}`,
    above.map(piece => paintPiece(piece, style)).join('  '),
    columns,
    glyphs.ellipsis,
  );
  const space = columns - displayWidth(ready.text) - 4 - widthOf(below);
  const said = fitting(reading, space, 0).slice(0, 1);
  const shown = [...below, ...said, ...fitting(furtherPieces(plan, state, style), space - widthOf(said), 0)];
  const left = ` ${shown.map(piece => paintPiece(piece, style)).join('  ')}`;
  return [first, spread(left, paintPiece(ready, style), columns, glyphs.ellipsis)];
}

/**
 * What is always shown, in the two rows: a badge that is cut says something else. Where the first row is too short for
 * all, the clock is left out, then what comes first of the lead stands in the second row.
 */
function placedLead(
  lead: readonly Piece[],
  clock: Piece,
  columns: number,
): Record<'above' | 'below', readonly Piece[]> {
  const forms = [[...lead, clock], lead, ...lead.slice(0, -1).map((_, index) => lead.slice(index + 1))];
  const above = forms.find(pieces => widthOf(pieces) <= columns) ?? forms.at(-1) ?? [];
  return {above, below: lead.filter(piece => !above.includes(piece))};
}

export function paintPiece({text, token}: Piece, {glyphs, theme}: Pick<HeaderStyle, 'glyphs' | 'theme'>): string {
  const shown = glyphs.ascii ? asciiOnly(text) : text;
  return token.startsWith('badge') ? paintBadge(theme, token, shown) : theme.paint(token, shown);
}

/** The pieces that are always shown: whether it is a rehearsal, the phase, and for whom the run waits. */
function leadPieces(plan: Plan, state: RunState, style: HeaderStyle): Piece[] {
  return [
    ...(state.run.rehearsal === true ? [{text: ' REHEARSAL ', token: 'badge.rehearsal' as const}] : []),
    phasePiece(plan, state),
    ...waitsPieces(plan, state, style),
  ];
}

function furtherPieces(plan: Plan, state: RunState, {glyphs, now, lost}: HeaderStyle): (Piece | null)[] {
  // Nobody sees any more how these are.
  if (lost === true) return [];
  const runningOn =
    state.runningOn && state.phase !== 'held' ? {text: `${glyphs.cursor} runs on`, token: 'accent' as const} : null;
  return [runningOn, stepPiece(plan, state, now), ...linkPieces(plan, state, glyphs)];
}

const MIN_TITLE = 12;
/** The greatest share of a single header row that readiness may take. */
const READINESS_SHARE = 0.4;

/** The note that the reading is not all confirmed, the longest wording first. */
function readingPieces(plan: Plan, state: RunState, {separator}: Glyphs): Piece[] {
  if (!isReviewOpen(plan, state)) return [];
  const {confirmed, total} = reviewProgress(plan, state);
  const left = askedWords(plan, state);
  const partly = [`READ BY T-MINUS, ${confirmed} OF ${total} BY YOU`, `REVIEWED ${confirmed} OF ${total}`];
  const [long = '', short = ''] = confirmed === 0 ? ['READ BY T-MINUS, NOT YET BY YOU', 'NOT REVIEWED'] : partly;
  const texts = [`${long} ${separator} ${left}`, `${short} ${separator} ${left}`, short];
  return texts.map(text => ({text: ` ${text} `, token: 'badge.warn'}));
}

/** The pieces that fit, in order, with `spare` columns left free. */
function fitting(pieces: readonly (Piece | null)[], width: number, spare: number): Piece[] {
  const chosen: Piece[] = [];
  for (const piece of pieces) {
    if (piece && widthOf([...chosen, piece]) <= width - spare) chosen.push(piece);
  }
  return chosen;
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, {text}) => sum + displayWidth(text) + 2, 0);
}

function titleOf(plan: Plan, state: RunState, glyphs: Glyphs): string {
  const dryRun = state.run.dryRun ? `dry run ${glyphs.separator} ` : '';
  return plainFor(dryRun + (plan.subtitle ?? plan.title), glyphs);
}

function titleText(plan: Plan, state: RunState, room: number, {glyphs, theme}: HeaderStyle): string {
  const title = titleOf(plan, state, glyphs);
  const whole = plainFor(`${title} ${glyphs.separator} ${state.run.host}`, glyphs);
  const shown = state.run.host !== '' && displayWidth(whole) <= room ? whole : title;
  return theme.paint('title', cut(shown, Math.max(1, room), glyphs.ellipsis));
}
