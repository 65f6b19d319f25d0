/** When something begins, as a title or a table says it. */
import {memoize} from '../../text/memoize.ts';
import type {TimeMark} from '../plan.ts';
import {DAY_MS, HOUR_MS, MINUTE_MS} from './quantity.ts';

/** `T-30`, `T+0:45`, `T-1 Week`, `T-6 hours`; a bare figure counts minutes. */
export const readTimeMark = memoize(timeMarkIn);

function timeMarkIn(text: string): TimeMark | undefined {
  const mission = MISSION.exec(text);
  if (mission !== null) {
    const [, sign = '+', first = '0', minutes, unit = ''] = mission;
    const size = minutes === undefined ? sizeOf(unit) : HOUR_MS;
    const span = Number(first) * size + Number(minutes ?? 0) * MINUTE_MS;
    return {offsetMs: sign === '+' || span === 0 ? span : -span};
  }
  const clock = CLOCK.exec(text);
  return clock === null ? undefined : {clock: `${clock[1]?.padStart(2, '0')}:${clock[2]}`};
}

const MISSION =
  /(?<![\p{L}\p{N}_-])T\s?([-+−–])\s?(\d{1,4})(?::(\d{2}))?(?:\s?(minutes?|mins?|minutos|minuten|m|hours?|hrs?|horas?|stunden?|h|days?|d[ií]as?|tagen?|d|weeks?|semanas?|wochen?|w))?(?![\p{L}\p{N}])/iu;
const CLOCK = /^\W*([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s?(?:uhr|h|hrs|utc|[ap]m))?\s*(?:$|[-–—:|]|\s[A-Z\p{L}])/iu;

function sizeOf(unit: string): number {
  if (/^(?:h|stund)/i.test(unit)) return HOUR_MS;
  if (/^(?:d|tag)/i.test(unit)) return DAY_MS;
  if (/^(?:w|s)/i.test(unit)) return 7 * DAY_MS;
  return MINUTE_MS;
}
