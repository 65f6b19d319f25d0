/** The column of times beside the lines of a log: the clock, the time since the deploy began, or since the line before. */
import {useEffect, useRef, useState} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {duration, missionTime} from '../../text/times.ts';
import type {Session, Spool} from '../session.ts';
import type {TimeMode} from '../view/log-view.ts';
import type {ViewState} from '../view/view-state.ts';
import {type LineTime, timeIn} from './line-time.ts';
import {cleanLine, plainText} from './log-line.ts';

/** Columns of the times, without the space behind them. */
const TIME_COLUMNS: Readonly<Record<TimeMode, number>> = {off: 0, clock: 8, deploy: 10, delta: 8};

/** `zoneMs`: how far the clock of the log is ahead of UTC, where its lines do not say; `deployAt`: epoch ms. */
export type TimeSettings = {mode: TimeMode; now: number; zoneMs: number; deployAt: number | undefined};

const DAY_MS = 24 * 3600 * 1000;
const MINUTE_MS = 60_000;
/** Longer ago, a difference in milliseconds says nothing. */
const EXACT_MS_MAX = 100_000;

export function timeOfLine(raw: string, {now, zoneMs}: Pick<TimeSettings, 'now' | 'zoneMs'>): LineTime | undefined {
  const plain = plainText(cleanLine(raw));
  const day = Math.floor((now + zoneMs) / DAY_MS) * DAY_MS;
  const time = timeIn(plain, {year: new Date(now).getUTCFullYear(), day});
  if (time === undefined) return undefined;
  const at = time.zoned ? time.at : time.at - zoneMs;
  // A line that names no year was not written in the future.
  if (at <= now + DAY_MS) return {...time, at};
  return timeIn(plain, {year: new Date(now).getUTCFullYear() - 1, day});
}

/** Exactly `TIME_COLUMNS[mode]` columns. `before`: the time of the line above. */
export function timeCell(time: LineTime | undefined, before: LineTime | undefined, settings: TimeSettings): string {
  const width = TIME_COLUMNS[settings.mode];
  return (time === undefined ? '' : cellText(time, before, settings)).padStart(width).slice(0, width);
}

function cellText({at, clock}: LineTime, before: LineTime | undefined, {mode, deployAt}: TimeSettings): string {
  if (mode === 'delta') return before === undefined ? '' : deltaText(at - before.at);
  return mode === 'deploy' && deployAt !== undefined ? missionTime(at - deployAt) : clock;
}

/** `+0.250`, `+12.000`, `+03:20`. */
function deltaText(ms: number): string {
  const sign = ms < 0 ? '-' : '+';
  const length = Math.abs(ms);
  return sign + (length < EXACT_MS_MAX ? (length / 1000).toFixed(3) : duration(length));
}

type Times = {width: number; settings: TimeSettings};

/** `width`: columns of the times; 0 where there are none. */
export function useTimes(
  {run, spool}: Session,
  view: StoreApi<ViewState>,
  source: string,
  {total, now}: {total: number; now: number},
): Times {
  const wanted = useStore(view, each => each.times);
  const deployAt = useStore(run, state => state.deployStartedAt);
  const hasTimes = useHasTimes(spool, source, total);
  const zoneMs = useZone(spool, source, wanted, now);
  const mode = hasTimes ? wanted : 'off';
  return {width: mode === 'off' ? 0 : TIME_COLUMNS[mode] + 1, settings: {mode, now, zoneMs, deployAt}};
}

const LOOKED_AT = 50;

/** Whether lines of this source have times; once some had, the column stays. */
function useHasTimes(spool: Spool, source: string, total: number): boolean {
  const known = useRef(new Set<string>());
  if (known.current.has(source)) return true;
  if (!isDated(spool, source, total)) return false;
  known.current.add(source);
  return true;
}

/** Whether some of its newest lines begin with a time. */
export function isDated(spool: Spool, source: string, total: number): boolean {
  const newest = spool.read(source, Math.max(0, total - LOOKED_AT), LOOKED_AT);
  return newest.some(raw => timeOfLine(raw, {now: 0, zoneMs: 0}) !== undefined);
}

const ZONE_STEP_MS = 15 * MINUTE_MS;
/** A line that came later than this after it was written says nothing about its zone. */
const LATE_MS_MAX = 5 * MINUTE_MS;

/** How far the clock of the source is ahead of UTC: what its newest line says, against when it came. */
function useZone(spool: Spool, source: string, mode: TimeMode, now: number): number {
  const [zones, setZones] = useState<Readonly<Record<string, number>>>({});
  const isWanted = mode === 'deploy' && zones[source] === undefined;
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void zoneOf(spool, source, now).then(zoneMs => {
      if (isCurrent) setZones(known => ({...known, [source]: zoneMs}));
    });
    return () => {
      isCurrent = false;
    };
  }, [spool, source, isWanted, now]);
  return zones[source] ?? 0;
}

/** 0 as well where the log does not tell. */
export async function zoneOf(spool: Spool, source: string, now: number): Promise<number> {
  const moment = await spool.lineAt(source, now);
  const raws = moment === undefined ? [] : spool.read(source, moment.line, LOOKED_AT);
  const time = raws.map(raw => timeOfLine(raw, {now, zoneMs: 0})).find(each => each !== undefined);
  if (moment === undefined || time === undefined || time.zoned) return 0;
  const ahead = time.at - moment.at;
  const zone = Math.round(ahead / ZONE_STEP_MS) * ZONE_STEP_MS;
  return Math.abs(ahead - zone) <= LATE_MS_MAX ? zone : 0;
}
