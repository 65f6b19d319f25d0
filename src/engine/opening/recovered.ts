import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createJournal, type Journal, reopenJournal} from '../../journal/journal.ts';
import {foldJournal, JOURNAL_FILE} from '../../journal/recover.ts';
import type {Event, Phase, Recorded} from '../../run/event.ts';
import {InvalidRun} from './why-not-run.ts';

export type Recovering = {
  fileMode: number;
  /** A person has seen that the journal is damaged, and goes on with what holds of it. */
  acceptDamage: boolean;
};

/** `said`: what has to be put on record about the journal itself, given the phase that it ends in. */
export type RecoveredRun = {isNew: boolean; journal: Journal; said(phase: Phase): readonly Event[]};

/**
 * Opens the journal of a run, handing over what is in it, or begins it. Throws `InvalidRun` when it is damaged and nobody
 * has accepted that.
 */
export async function recoverRun(
  runDirectory: string,
  {fileMode, acceptDamage}: Recovering,
  take: (event: Recorded) => void,
): Promise<RecoveredRun> {
  if (!existsSync(join(runDirectory, JOURNAL_FILE))) {
    return {isNew: true, journal: await createJournal(runDirectory, fileMode), said: () => []};
  }
  const {last, problem, tornAt} = await foldJournal(runDirectory, take);
  if (problem !== undefined && !acceptDamage) {
    throw new InvalidRun(`${join(runDirectory, JOURNAL_FILE)}: ${problem}`);
  }
  const journal = await reopenJournal(runDirectory, last);
  const isNew = last.seq === 0;
  if (problem !== undefined) return {isNew, journal, said: phase => damaged(problem, last.seq, phase)};
  return {isNew, journal, said: () => (tornAt === undefined ? [] : [{type: 'note-added', text: TORN}])};
}

const TORN = 'the last line of the journal was never finished and was dropped: nothing had been done because of it';

/**
 * Commands find their jobs on the hosts again; what else was done after that event is known to no one, so a deploy is
 * held for a person to look. A rollback goes on.
 */
function damaged(problem: string, seq: number, phase: Phase): readonly Event[] {
  const because = 'the journal was damaged: look at what has been done before going on';
  const text = `the journal was damaged (${problem}): gone on from event ${seq}, the rest was set aside`;
  const said = {type: 'note-added', text} as const;
  if (phase !== 'ready' && phase !== 'running' && phase !== 'watching') return [said];
  return [said, {type: 'run-on-switched', on: false, because}, {type: 'phase-changed', phase: 'held', because}];
}
