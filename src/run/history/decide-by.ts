/** How long a rollback will take, and by when it has to be decided to be back before the window of the document ends. */
import type {Plan} from '../../plan/plan.ts';
import {spanText} from '../../text/times.ts';
import {withRollbackNow} from '../rollback/rollback-choice.ts';
import type {RunState} from '../state.ts';
import {usualSource, usualSpan} from './usual-text.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** `short`: `40–55 s`; `cost`: the same with its source; `text`: a sentence with it. Times are epoch ms. */
export type RollbackForecast = {
  short: string;
  cost: string;
  text: string;
  maxMs: number;
  window?: {decideBy: number; end: number; isUtc: boolean};
};

/** Undefined where nothing tells: no earlier run, no rehearsal, and no word of the document. */
export function rollbackForecast(document: Plan, state: RunState): RollbackForecast | undefined {
  const known = lasts(document, state);
  if (known === undefined) return undefined;
  const end = windowEnd(document, state.run.openedAt);
  if (end === undefined) return known;
  // A time in whole minutes: the one before, so that whoever keeps to it is back in time.
  const decideBy = Math.floor((end - known.maxMs) / MINUTE_MS) * MINUTE_MS;
  return {...known, window: {decideBy, end, isUtc: document.windowEnd?.utc === true}};
}

function lasts(document: Plan, state: RunState): Omit<RollbackForecast, 'window'> | undefined {
  const {history} = state;
  const {rollback} = withRollbackNow(document, state);
  if (rollback === null) return undefined;
  if (history?.rollback !== undefined) {
    const {rollback: usual} = history;
    const short = usualSpan(usual);
    const isOnce = usual.runs === 1;
    return {
      short,
      cost: isOnce ? `${short} last time` : `usually ${short}`,
      text: `A rollback ${isOnce ? `took ${short} last time` : `usually takes ${short}`} (${usualSource(usual)})`,
      maxMs: usual.maxMs,
    };
  }
  const {estimate} = rollback;
  if (estimate === undefined) return undefined;
  const short = spanText(estimate.minMs, estimate.maxMs);
  const cost = `${short}, says the document`;
  return {short, cost, text: `A rollback is to take ${cost}`, maxMs: estimate.maxMs};
}

/** The first time after the run was opened at which the clock shows the end of the window. */
function windowEnd({windowEnd: end}: Plan, openedAt: number): number | undefined {
  if (end === undefined) return undefined;
  const [hours = 0, minutes = 0] = end.clock.split(':').map(Number);
  const at = new Date(openedAt);
  if (end.utc === true) at.setUTCHours(hours, minutes, 0, 0);
  else at.setHours(hours, minutes, 0, 0);
  if (at.getTime() > openedAt) return at.getTime();
  if (end.utc === true) return at.getTime() + DAY_MS;
  // A day of the machine's clock may have 23 or 25 hours.
  at.setDate(at.getDate() + 1);
  return at.getTime();
}

/** `decide by 03:40 to be back by 04:00`; undefined where the document names no window. */
export function decideByText({window, maxMs}: RollbackForecast, now: number): string | undefined {
  if (window === undefined) return undefined;
  const {decideBy, end, isUtc} = window;
  const clock = (at: number) => `${clockText(at, isUtc)}${isUtc ? ' UTC' : ''}`;
  if (now >= end) return `the window ended at ${clock(end)}`;
  if (now < decideBy) return `decide by ${clock(decideBy)} to be back by ${clock(end)}`;
  const back = Math.ceil((now + maxMs) / MINUTE_MS) * MINUTE_MS;
  return `begun now, it may last until ${clock(back)}; the window ends at ${clock(end)}`;
}

function clockText(at: number, isUtc: boolean): string {
  const date = new Date(at);
  const [hours, minutes] = isUtc ? [date.getUTCHours(), date.getUTCMinutes()] : [date.getHours(), date.getMinutes()];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** For a record, when all is over: `to be back by 04:00 it had to be decided by 03:40`. */
export function decidedByText({window}: RollbackForecast): string | undefined {
  if (window === undefined) return undefined;
  const {decideBy, end, isUtc} = window;
  const zone = isUtc ? ' UTC' : '';
  return `to be back by ${clockText(end, isUtc)}${zone} it had to be decided by ${clockText(decideBy, isUtc)}${zone}`;
}

/** Whether it may already be too late to be back within the window. */
export function isLate({window}: RollbackForecast, now: number): boolean {
  return window !== undefined && now >= window.decideBy;
}

/** All of it in one sentence. */
export function forecastText(forecast: RollbackForecast, now: number): string {
  const decide = decideByText(forecast, now);
  return decide === undefined ? forecast.text : `${forecast.text}: ${decide}`;
}
