/** The time during which the journal cannot be written: what waits for its end, and how its end is found. */
import type {Event} from '../run/event.ts';
import type {RunState} from '../run/state.ts';
import {utcClock} from '../text/times.ts';

export type Outage<T> = {
  /** Why the last attempt to write failed, or nothing. */
  set(trouble: string | undefined): void;
  /** It could not be written, and may not be lost: it comes again, in order. */
  keep(item: T): void;
  stop(): void;
};

export type OutageParts<T> = {
  now(): number;
  show(trouble: string | undefined): void;
  again(items: readonly T[]): void;
  /** To be written when nothing else is; that it could be is the end of the outage. */
  probe(events: readonly Event[]): void;
};

const TRY_AGAIN_MS = 1000;
/** More than every step of a run and every console that comes and goes. */
const KEPT_MAX = 10_000;

export function watchOutage<T>({now, show, again, probe}: OutageParts<T>): Outage<T> {
  let kept: T[] = [];
  let since = 0;
  let shown: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function tryAgain(): void {
    probe([{type: 'note-added', text: outageText(since, now(), shown ?? '')}]);
    const items = kept;
    kept = [];
    again(items);
    timer = setTimeout(tryAgain, TRY_AGAIN_MS);
  }

  return {
    set(trouble) {
      if (trouble !== undefined && timer === undefined) {
        since = now();
        timer = setTimeout(tryAgain, TRY_AGAIN_MS);
      }
      if (trouble === undefined) {
        clearTimeout(timer);
        timer = undefined;
        const items = kept;
        kept = [];
        if (items.length > 0) again(items);
      }
      if (trouble !== shown) show(trouble);
      shown = trouble;
    },
    keep(item) {
      if (kept.length < KEPT_MAX) kept.push(item);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * A full disk must not keep anybody from rolling back or stopping a step: production comes before its record. The hosts
 * keep a record of their own, by which a later engine finds each of these jobs and runs none a second time. Consoles may
 * also come and go, and pass the baton, for that is how somebody gets to do so.
 */
export function isUrgent({rollback}: RunState, events: readonly Event[]): boolean {
  if (rollback.status !== 'none' && rollback.status !== 'finished') return true;
  if (events.some(({type}) => type === 'rollback-requested' || type === 'step-cancelling')) return true;
  return events.every(({type}) => type === 'console-joined' || type === 'console-left' || type === 'baton-passed');
}

function outageText(since: number, until: number, trouble: string): string {
  return `from ${utcClock(since)} to ${utcClock(until)} the journal could not be written: ${trouble}`;
}
