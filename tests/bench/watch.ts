/**
 * The engine in a watch of two days, in as much of it as four minutes reach: its clock leaps over the time in which
 * nothing happens, and everything else is real. What the journal is after two days is told from what was reached.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {readRun} from '../../src/commands/past-run.ts';
import {foldJournal} from '../../src/journal/read-journal.ts';
import {type LongWatch, startLongWatch} from '../helpers/long-watch.ts';
import {atMost, type Row} from './row.ts';

const HOURS = 48;
const WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 1000;
/** What the first minutes need, and a collection of garbage gives back, says nothing of days. */
const SETTLED_SHARE = 0.5;
const HOUR_MS = 3_600_000;
const MB = 1e6;
const MIB = 1024 * 1024;

type Look = {hours: number; rssMib: number; journalMb: number};

export const watch: Row = async () => {
  const watched = await startLongWatch(HOURS);
  try {
    await watched.leave();
    const looks = await lookOn(watched);
    const last = looks.at(-1);
    if (last === undefined) throw new Error('the watch ended before anybody looked');
    const reached = `${last.hours.toFixed(1)} h watched, 8 probes`;
    const mostMib = Math.max(...looks.map(({rssMib}) => rssMib));
    const journalMb = (last.journalMb / last.hours) * HOURS;
    const {readMs, snapshotMb, events} = await measureReading(watched);
    return [
      atMost('resident memory of a watching engine', mostMib, 115, {
        unit: 'MiB',
        detail: `the most in ${reached}; in the last half ${growthPerHour(looks).toFixed(2)} MiB/h more`,
      }),
      atMost(`journal of ${HOURS} h`, journalMb, 25, {
        unit: 'MB',
        detail: `${reached}; ${((last.journalMb / last.hours) * 1000).toFixed(0)} kB/h`,
      }),
      atMost(`reading that journal again`, (readMs / last.hours) * HOURS, 5000, {
        unit: 'ms',
        detail: `${reached}; ${events} events in ${readMs.toFixed(0)} ms; its state is ${snapshotMb.toFixed(2)} MB`,
      }),
    ];
  } finally {
    await watched.stop();
  }
};

async function lookOn(watched: LongWatch): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const until = performance.now() + WITHIN_MS;
  while (performance.now() < until) {
    await sleep(LOOK_EVERY_MS);
    const rssBytes = await watched.rssBytes();
    // The run is over.
    if (rssBytes === undefined) break;
    const [clockMs, journalBytes] = [await watched.clockMs(), await watched.journalBytes()];
    looks.push({hours: clockMs / HOUR_MS, rssMib: rssBytes / MIB, journalMb: journalBytes / MB});
  }
  return looks;
}

/** It goes up and down by several MB as garbage is collected: over few hours this is mostly that. */
function growthPerHour(looks: readonly Look[]): number {
  const settled = looks.slice(Math.floor(looks.length * SETTLED_SHARE));
  const middle = Math.floor(settled.length / 2);
  const [early, late] = [meanOf(settled.slice(0, middle)), meanOf(settled.slice(middle))];
  return (late.rssMib - early.rssMib) / (late.hours - early.hours);
}

function meanOf(looks: readonly Look[]): {hours: number; rssMib: number} {
  const mean = (of: (look: Look) => number) => looks.reduce((sum, look) => sum + of(look), 0) / looks.length;
  return {hours: mean(({hours}) => hours), rssMib: mean(({rssMib}) => rssMib)};
}

async function measureReading(watched: LongWatch): Promise<{readMs: number; snapshotMb: number; events: number}> {
  const directory = await watched.operator.runDirectory();
  let events = 0;
  await foldJournal(directory, () => {
    events += 1;
  });
  const startedAt = performance.now();
  const {state} = await readRun(directory);
  const readMs = performance.now() - startedAt;
  return {readMs, snapshotMb: JSON.stringify(state).length / MB, events};
}
