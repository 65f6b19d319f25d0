/** The pieces of the header: phase, for whom the run waits, clock, step, links, readiness of the rollback. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {driverOf} from '../../run/deciding/baton.ts';
import {dueAgain} from '../../run/deciding/repeated-steps.ts';
import {rollbackHosts} from '../../run/evolve-steps.ts';
import {sectionById} from '../../run/plan-index.ts';
import {provedCount, whyUnconfirmed} from '../../run/rollback/readiness-now.ts';
import {
  belongsToRun,
  closedWord,
  hoursOfStep,
  isDone,
  missionClock,
  rollbackHeadline,
  runningStep,
  stepState,
  waitingStep,
} from '../../run/selectors.ts';
import type {FinishedRollback, RunState} from '../../run/state.ts';
import {currentSection} from '../../run/wording/current-section.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import {age, duration, missionTime, span} from '../../text/times.ts';
import {cut, tame} from '../../text/width.ts';
import {unprovedRollback} from '../checklist/unproved.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';

export type Piece = {text: string; token: ThemeToken};

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
  return {
    text: ` ${currentSection(plan, state)} `,
    token: state.deployStartedAt === undefined ? 'badge.muted' : 'badge',
  };
}

function closedPiece(state: RunState): Piece {
  const status = closedWord(state) ?? 'unknown';
  const good = status === 'succeeded' || status === 'rolled-back';
  return {text: ` CLOSED: ${status.toUpperCase()} `, token: good ? 'badge.good' : 'badge.bad'};
}

/** Enough to know who it is. */
const WHOM_MAX = 20;

/** `WAITS FOR YOU` while it does; any other console reads for whom. Without an engine nothing waits. */
export function waitsPieces(
  plan: Plan,
  state: RunState,
  {consoleId, lost = false}: {consoleId?: string; lost?: boolean},
): Piece[] {
  if (lost || waitingStep(plan, state) === undefined) return [];
  const driver = driverOf(state);
  const whom =
    driver === undefined ? 'A DRIVER' : driver.id === consoleId ? 'YOU' : cut(tame(personOf(driver)), WHOM_MAX, '');
  return [{text: ` WAITS FOR ${whom} `, token: 'badge.warn'}];
}

export function clockPiece(state: RunState, now: number): Piece {
  const clock = missionClock(state, state.closed?.at ?? now);
  return clock === undefined
    ? {text: state.rollback.status === 'none' ? 'not started' : 'deploy not begun', token: 'muted'}
    : {text: missionTime(clock), token: 'accent'};
}

export function stepPiece(plan: Plan, state: RunState, now: number): Piece | null {
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

/** What is known of a link last counts: a proof that found no answer there is newer than a link that was up before. */
export function linkPieces(plan: Plan, state: RunState, glyphs: Glyphs): Piece[] {
  const {links, readiness, run, closed} = state;
  const own = rollbackHosts(plan);
  const known = Object.entries(links).map(([name, {up, since, latencyMs, refused}]): Piece => {
    if (!up) return {text: ` ${glyphs.down} ${name} ${refused === true ? 'REFUSED' : 'LOST'} `, token: 'badge.bad'};
    const isSilent = readiness !== null && !readiness.link.up && readiness.at > since && own.includes(name);
    if (isSilent) return {text: `${glyphs.unknown} ${name} no answer`, token: 'warn'};
    const speed = latencyMs === undefined ? '' : ` ${Math.round(latencyMs)}ms`;
    return {text: `${glyphs.up} ${name}${speed}`, token: 'good'};
  });
  // They are contacted as soon as the run is open.
  const dialled =
    readiness !== null || closed !== null || run.dryRun ? [] : own.filter(host => links[host] === undefined);
  return [
    ...known,
    ...dialled.map((host): Piece => ({text: `connecting to ${host} ${glyphs.ellipsis}`, token: 'muted'})),
  ];
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
  {room, glyphs, now, lost = false}: {room: number; glyphs: Glyphs; now: number; lost?: boolean},
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
  const {ready, of} = provedCount(items);
  const unproved = unprovedRollback(plan, state);
  if (unproved !== undefined) {
    return {text: ` ROLLBACK ${unproved.toUpperCase()} `, token: unproved === 'by hand' ? 'badge.muted' : 'badge.warn'};
  }
  const cutOff = wayBackCutAt(plan, state);
  if (cutOff !== undefined) return {text: ` ROLLBACK NOT PROVED: link to ${cutOff} lost `, token: 'badge.bad'};
  if (readiness.ready) {
    const ageMs = now - readiness.at;
    const token = ageMs > STALE_MS ? 'badge.warn' : 'badge.good';
    const ages = [
      age(ageMs),
      ...(readiness.oldestAt === undefined ? [] : [`oldest host ${age(now - readiness.oldestAt)}`]),
    ];
    return {text: ` ROLLBACK READY ${[`${ready}/${of}`, ...ages].join(` ${glyphs.separator} `)} `, token};
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
