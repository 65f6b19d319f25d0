/** The one or two rows at the top as text: phase, clock, progress of the review, readiness of the rollback. */

import type {Plan, SectionRole} from '../../plan/plan.ts';
import {dueAgain} from '../../run/deciding/cadence.ts';
import {sectionById} from '../../run/plan-index.ts';
import {reviewProgress} from '../../run/review.ts';
import {whyUnconfirmed} from '../../run/rollback/readiness-now.ts';
import {
  belongsToRun,
  closedWord,
  hoursOfStep,
  isDone,
  missionClock,
  progress,
  rollbackHeadline,
  runningStep,
  stepState,
} from '../../run/selectors.ts';
import type {FinishedRollback, RunState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {age, duration, missionTime, span} from '../../text/times.ts';
import {cut, displayWidth, spread, tame} from '../../text/width.ts';
import {activeStep, pathOf} from '../checklist/checklist-items.ts';
import {unprovedRollback} from '../checklist/unproved.ts';
import {askedWords, isReviewOpen} from '../review/review-questions.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/pen.ts';

export type HeaderStyle = {
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  now: number;
  /** The engine is gone, so its last proof of the rollback no longer counts. */
  lost?: boolean;
};

type Piece = {text: string; token: ThemeToken};

/** Phase and readiness are never cut. Where there is too little room, the title is cut first, then links and step are left out. */
export function headerRows(plan: Plan, state: RunState, style: HeaderStyle): string[] {
  const {columns, rows, glyphs, theme} = style;
  const paint = ({text, token}: Piece) => theme.paint(token, glyphs.ascii ? asciiOnly(text) : text);
  const logo = {text: ' T-MINUS ', token: 'badge' as const};
  const phase = phasePiece(plan, state);
  const reading = readingPieces(plan, state, glyphs);
  // The reason why the rollback is not ready is cut before the note that the reading is not confirmed.
  const room = rows === 1 ? Math.floor(columns * READINESS_SHARE) : columns - 3 - widthOf(reading.slice(-1));
  const ready = readinessPiece(plan, state, {...style, room});
  const clock = clockPiece(state, style.now);
  const step = stepPiece(plan, state, style.now);
  const runningOn =
    state.runningOn && state.phase !== 'held' ? {text: `${glyphs.cursor} runs on`, token: 'accent' as const} : null;
  const links = style.lost === true ? [] : linkPieces(state, glyphs);
  if (rows === 1) {
    const fixed = [logo, phase, ready];
    const space = columns - widthOf(fixed) - 6;
    const said = fitting(reading, space - displayWidth(clock.text), MIN_TITLE).slice(0, 1);
    const extras = [...said, ...fitting([clock, runningOn, step, ...links], space - widthOf(said), MIN_TITLE)];
    const left = `${paint(logo)} ${titleText(plan, state, columns - widthOf([...fixed, ...extras]) - 5, style)}`;
    return [spread(left, [phase, ...extras, ready].map(paint).join('  '), columns, glyphs.ellipsis)];
  }
  const titleRoom = columns - widthOf([logo, phase, clock]) - 4;
  const first = spread(
    `${paint(logo)} ${titleText(plan, state, titleRoom, style)}`,
    `${paint(phase)}  ${paint(clock)}`,
    columns,
    glyphs.ellipsis,
  );
  const space = columns - displayWidth(ready.text) - 4;
  const said = fitting(reading, space, 0).slice(0, 1);
  const shown = [...said, ...fitting([runningOn, step, ...links], space - widthOf(said), 0)];
  return [first, spread(` ${shown.map(paint).join('  ')}`, paint(ready), columns, glyphs.ellipsis)];
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

function titleText(plan: Plan, state: RunState, room: number, {glyphs, theme}: HeaderStyle): string {
  const dryRun = state.run.dryRun ? `dry run ${glyphs.separator} ` : '';
  const title = plainFor(dryRun + (plan.subtitle ?? plan.title), glyphs);
  const whole = plainFor(`${title} ${glyphs.separator} ${state.run.host}`, glyphs);
  const shown = state.run.host !== '' && displayWidth(whole) <= room ? whole : title;
  return theme.paint('title', cut(shown, Math.max(1, room), glyphs.ellipsis));
}

const PHASES: Readonly<Record<Exclude<RunState['phase'], 'ready' | 'running' | 'closed'>, Piece>> = {
  held: {text: ' HELD ', token: 'badge.warn'},
  stopping: {text: ' STOPPING ', token: 'badge.warn'},
  'rolling-back': {text: ' ROLLING BACK ', token: 'badge.bad'},
  'rolled-back': {text: ' ROLLED BACK ', token: 'badge.good'},
  'rollback-failed': {text: ' ROLLBACK FAILED ', token: 'badge.bad'},
  watching: {text: ' WATCHING ', token: 'badge.good'},
};

export function phasePiece(plan: Plan, state: RunState): Piece {
  const {phase} = state;
  if (phase === 'closed') return closedPiece(state);
  if (phase === 'rollback-failed' && state.rollback.status === 'finished')
    return {text: ` ${rollbackHeadline(state.rollback)} `, token: 'badge.bad'};
  if (phase !== 'ready' && phase !== 'running') return PHASES[phase];
  return {text: ` ${place(plan, state)} `, token: state.deployStartedAt === undefined ? 'badge.muted' : 'badge'};
}

function closedPiece(state: RunState): Piece {
  const status = closedWord(state) ?? 'unknown';
  const good = status === 'succeeded' || status === 'rolled-back';
  return {text: ` CLOSED: ${status.toUpperCase()} `, token: good ? 'badge.good' : 'badge.bad'};
}

/** `DEPLOY 2/4`: the role of the current part of the document, and the number of its current section. */
function place(plan: Plan, state: RunState): string {
  const active = activeStep(plan, state, null);
  if (active === null) return 'DONE';
  const path = pathOf(plan, active);
  const top = sectionById(plan, path[0] ?? '');
  if (!top) return roleName('other');
  const parts = plan.sections.filter(
    section => section.parent === top.id && progress(plan, state, section.id).total > 0,
  );
  const index = parts.findIndex(section => section.id === path[1]);
  return index < 0 ? roleName(top.role) : `${roleName(top.role)} ${index + 1}/${parts.length}`;
}

function roleName(role: SectionRole): string {
  return role === 'other' ? 'RUN' : role.toUpperCase();
}

export function clockPiece(state: RunState, now: number): Piece {
  const clock = missionClock(state, state.closed?.at ?? now);
  return clock === undefined ? {text: 'not started', token: 'muted'} : {text: missionTime(clock), token: 'accent'};
}

function stepPiece(plan: Plan, state: RunState, now: number): Piece | null {
  const step = runningStep(plan, state);
  if (!step) return windowPiece(plan, state, now);
  const own = stepState(state, step.id);
  if (own.status !== 'running') return null;
  const section = sectionById(plan, step.section);
  const estimate = section?.estimate ? ` of ${span(section.estimate.minMs, section.estimate.maxMs)}` : '';
  return {text: `step ${duration(now - own.startedAt)}${estimate}`, token: 'text'};
}

/** Enough to recognise the step. */
const DUE_TITLE_WIDTH = 24;

/** While the run is watching: the step that is due again, or when the next window opens or closes. */
function windowPiece(plan: Plan, state: RunState, now: number): Piece | null {
  const clock = missionClock(state, now);
  if (state.phase !== 'watching' || clock === undefined) return null;
  const [due, ...more] = dueAgain(plan, state, now);
  if (due !== undefined) {
    const others = more.length === 0 ? '' : ` +${more.length}`;
    return {text: `due again: ${cut(tame(due.title), DUE_TITLE_WIDTH, '')}${others}`, token: 'warn'};
  }
  const ends = plan.steps.flatMap(step => {
    const window = belongsToRun(plan, state, step) && !isDone(state, step) ? hoursOfStep(plan, step) : undefined;
    return window === undefined ? [] : [window.fromMs, window.toMs].filter(at => at > clock).slice(0, 1);
  });
  return ends.length === 0 ? null : {text: `next window ${missionTime(Math.min(...ends))}`, token: 'text'};
}

function linkPieces(state: RunState, glyphs: Glyphs): Piece[] {
  return Object.entries(state.links).map(([name, {up, latencyMs}]) => {
    const speed = up && latencyMs !== undefined ? ` ${Math.round(latencyMs)}ms` : '';
    return up
      ? {text: `${glyphs.up} ${name}${speed}`, token: 'good'}
      : {text: `${glyphs.down} ${name} LOST`, token: 'bad'};
  });
}

/** The engine probes every 15 s. An older proof than this also changes its colour. */
const STALE_MS = 60_000;

/**
 * Readiness of the rollback, with the age of its proof: an old proof proves nothing. Once it has run, what counts is
 * whether the old version is back, not whether it could run again.
 */
export function readinessPiece(
  plan: Plan,
  state: RunState,
  {room, glyphs, now, lost = false}: Pick<HeaderStyle, 'glyphs' | 'now' | 'lost'> & {room: number},
): Piece {
  if (plan.rollback === null) return {text: ' NO ROLLBACK SECTION ', token: 'badge.warn'};
  if (lost) return {text: ' ROLLBACK NOT WATCHED ', token: 'badge.bad'};
  const {readiness, rollback} = state;
  if (rollback.status === 'running') return {text: ' ROLLBACK RUNNING ', token: 'badge.bad'};
  if (rollback.status === 'finished') return standingPiece(rollback);
  if (whyUnconfirmed(plan, state) !== undefined) {
    const also = readiness !== null && !readiness.ready && state.deployStartedAt !== undefined ? ', NOT READY' : '';
    return {text: ` ROLLBACK NOT CONFIRMED${also} `, token: also === '' ? 'badge.warn' : 'badge.bad'};
  }
  if (readiness === null) return {text: ' ROLLBACK probing ', token: 'badge.muted'};
  const {items} = readiness;
  const ready = items.filter(item => item.ready).length;
  const unproved = unprovedRollback(plan, state);
  if (unproved !== undefined) {
    return {text: ` ROLLBACK ${unproved.toUpperCase()} `, token: unproved === 'by hand' ? 'badge.muted' : 'badge.warn'};
  }
  if (readiness.ready) {
    const ageMs = now - readiness.at;
    const token = ageMs > STALE_MS ? 'badge.warn' : 'badge.good';
    return {text: ` ROLLBACK READY ${ready}/${items.length} ${glyphs.separator} ${age(ageMs)} `, token};
  }
  const missing = items.find(item => !item.ready && !item.optional);
  const why = tame(missing ? missing.detail : readiness.link.detail);
  // Before the deploy the checklist has yet to make tags and backups: no alarm yet.
  const token = state.deployStartedAt === undefined && readiness.link.up ? 'badge.warn' : 'badge.bad';
  const lead = ' ROLLBACK NOT READY: ';
  return {text: `${lead}${cut(why, Math.max(12, room - lead.length - 1), glyphs.ellipsis)} `, token};
}

function standingPiece({result, verdict}: FinishedRollback): Piece {
  if (result === 'rolled-back') return {text: ' OLD VERSION VERIFIED ', token: 'badge.good'};
  return {
    text: verdict === 'unverified' ? ' OLD VERSION NOT VERIFIED ' : ' OLD VERSION NOT PROVED ',
    token: 'badge.bad',
  };
}
