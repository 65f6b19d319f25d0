/** What a job's record says of its end. */

import {LinkError} from '../link-error.ts';
import type {JobScript} from './job-script.ts';
import type {JobRecord} from './record.ts';

export type HowItEnded = {kind: 'done' | 'cancelled' | 'timed-out' | 'lost'; detail: string};

export type Ended = {
  /** The place. */
  name: string;
  script: JobScript;
  stopping: 'cancelled' | 'timed-out' | undefined;
  /** An engine that has ended had heard of it. */
  wasSeen: boolean;
  /** What the place last said that was no record. */
  complaint: string;
};

/** Throws `LinkError` when it never began. */
export function howItEnded(record: JobRecord, {name, script, stopping, wasSeen, complaint}: Ended): HowItEnded {
  const {done, gone, forgotten} = record;
  if (forgotten === true) return lost(forgottenText(name, record));
  // What had ended well before the wish to stop it arrived has ended well.
  if (done !== undefined && (stopping === undefined || done.code === 0)) return {kind: 'done', detail: ''};
  if (stopping !== undefined) return {kind: stopping, detail: `stopped on ${name}`};
  if (gone === 'missing' && (record.restarted === true || wasSeen)) {
    return lost(`${name} has no trace of it, and has been restarted or cleared since it began`);
  }
  if (gone === 'missing') {
    const why = complaint === '' ? '' : `: ${complaint}`;
    throw new LinkError('unreachable', `${name}: could not start the job${why}`);
  }
  const how = gone === 'rebooted' ? `${name} was restarted while it ran` : `the job on ${name} vanished`;
  return lost(`${how}, without an exit status; ${lastSeen(record, script)}`);
}

function lost(detail: string): HowItEnded {
  return {kind: 'lost', detail};
}

function lastSeen({commands}: JobRecord, script: JobScript): string {
  const [index, seen] = [...commands].at(-1) ?? [];
  const command = index === undefined ? undefined : script.commands[index]?.command;
  if (command === undefined || seen === undefined) return 'no command had begun';
  const how = seen.code === undefined ? 'had begun and not ended' : `had ended with ${seen.code}`;
  return `the command of line ${command.line} ${how}`;
}

function forgottenText(name: string, {done}: JobRecord): string {
  const how = done === undefined ? 'its end is not known' : `it ended with ${done.code}`;
  return `it was run on ${name} before: ${how}, and what it printed is no longer there`;
}
