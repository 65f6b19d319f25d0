/** The sections as rows: what each is for, where it runs, and how many questions it has. Pure. */
import type {Use} from '../../plan/doubt.ts';
import type {Plan, Section} from '../../plan/plan.ts';
import {readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import {withoutDuration} from '../checklist/checklist-row.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type Theme, type ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {placeLabel} from './place-choices.ts';
import {questionsOf, type SectionStand, standOf} from './review-questions.ts';

export type ReviewStyle = {width: number; height: number; glyphs: Glyphs; theme: Theme};

const QUESTIONS_WIDTH = 3;
const MARK_WIDTH = 4;
const INDENT_MAX = 3;
/** The share of the width for what the section is for. */
const USE_SHARE = 0.4;
const USE_WIDTH_MAX = 34;
const HEAD_ROWS = 1;

/** A heading, and the sections that fit below it; the focused one is among them. */
export function sectionRows(plan: Plan, state: RunState, focus: string, style: ReviewStyle): string[] {
  const {sections} = plan;
  const height = Math.max(1, style.height - HEAD_ROWS);
  const at = Math.max(
    0,
    sections.findIndex(({id}) => id === focus),
  );
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), sections.length - height));
  const seen = sections.slice(top, top + height);
  const shallow = shallowest(sections);
  return [headRow(style), ...seen.map(section => sectionRow(plan, state, section, {...style, focus, shallow}))];
}

/** The depth that is not indented: a heading over the whole document does not count. */
function shallowest(sections: readonly Section[]): number {
  const depths = sections.map(({depth}) => depth);
  const least = Math.min(...depths);
  return depths.filter(depth => depth === least).length === 1 ? least + 1 : least;
}

function widthOfUse(width: number): number {
  return Math.min(USE_WIDTH_MAX, Math.floor(width * USE_SHARE));
}

function headRow({width, glyphs, theme}: ReviewStyle): string {
  const use = fitTo('for, and where', widthOfUse(width), glyphs.ellipsis);
  const name = fitTo('section', width - MARK_WIDTH - 1 - displayWidth(use) - 1 - QUESTIONS_WIDTH, glyphs.ellipsis);
  return theme.paint('muted', `${' '.repeat(MARK_WIDTH)}${name} ${use} ${'?'.padStart(QUESTIONS_WIDTH)}`);
}

type RowStyle = ReviewStyle & {focus: string; shallow: number};

/** A section that asks nothing has no right end, unless it never runs: then that is said. */
function sectionRow(plan: Plan, state: RunState, section: Section, style: RowStyle): string {
  const {width, glyphs, theme, focus, shallow} = style;
  const {id, depth} = section;
  const stand = standOf(plan, state, id);
  const isFocused = id === focus;
  const room = widthOfUse(width);
  const indent = ' '.repeat(Math.min(INDENT_MAX, Math.max(0, depth - shallow)));
  const use = plainFor(textOfUse(plan, state, id, stand, glyphs), glyphs);
  const nameWidth = width - MARK_WIDTH - 1 - (use === '' ? 0 : room + 1) - QUESTIONS_WIDTH;
  const name = fitTo(indent + plainFor(withoutDuration(section), glyphs), nameWidth, glyphs.ellipsis);
  const {sign, token} = signOf(stand, glyphs);
  const questions = questionsOf(plan, state, id).length;
  const isChanged = state.review?.uses[id] !== undefined;
  const useToken = isChanged ? 'accent' : stand === 'idle' ? 'muted' : USE_TOKENS[sectionUse(plan, state, id)];
  const row = [
    theme.paint('accent', isFocused ? glyphs.cursor : ' '),
    ' ',
    theme.paint(token, sign),
    ' ',
    theme.paint(isFocused ? 'title' : NAMES[stand], name),
    use === '' ? ' ' : ` ${theme.paint(useToken, fitTo(use, room, glyphs.ellipsis))} `,
    theme.paint('warn', (questions === 0 ? '' : `${questions}?`).padStart(QUESTIONS_WIDTH)),
  ].join('');
  return isFocused ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : cut(row, width, glyphs.ellipsis);
}

/** `run` goes without saying where a place is named: `vps`, `watch · main`, `rollback · vps`, `reference`. */
function textOfUse(plan: Plan, state: RunState, id: string, stand: SectionStand, {separator}: Glyphs): string {
  const use = sectionUse(plan, state, id);
  const isQuiet = stand === 'idle' && (use === 'run' || use === 'watch');
  if (isQuiet) return '';
  const set = state.review?.places?.[id];
  if (set !== undefined) return `next run: ${placeLabel(set)}`;
  const isElsewhere = stand === 'idle' || use === 'reference' || use === 'other';
  const place = isElsewhere ? undefined : placeWords(readingOf(plan, id)?.place);
  if (place === undefined) return use;
  return use === 'run' ? place : `${use} ${separator} ${place}`;
}

/** Places as all panes name them. Without a place there are only tasks for people. */
export function placeWords(place: string | undefined): string {
  if (place === undefined) return 'people';
  return place
    .split(' + ')
    .map(name => (name === 'here' ? 'this machine' : name))
    .join(' + ');
}

const USE_TOKENS: Readonly<Record<Use, ThemeToken>> = {
  run: 'text',
  watch: 'accent',
  rollback: 'log.error',
  triggers: 'warn',
  criteria: 'muted',
  record: 'muted',
  other: 'muted',
  reference: 'muted',
};

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
