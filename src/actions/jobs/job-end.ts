/** How a job ended, by its record: its status, and what of it nobody has seen. */
import {handsOnPipeline, hasFailed} from '../../plan/script.ts';
import type {Left} from '../../run/outcome.ts';
import {LinkError} from '../link-error.ts';
import type {JobRecord} from './job-record.ts';
import type {JobScript} from './job-script.ts';

/** `fenced`: nothing was begun. */
export type HowItEnded = {kind: 'done' | 'cancelled' | 'timed-out' | 'lost' | 'fenced'; detail: string};

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
  const {done, gone, forgotten, stopped, fenced} = record;
  if (fenced !== undefined) return {kind: 'fenced', detail: fencedText(name, fenced)};
  if (forgotten === true) return lost(forgottenText(name, record));
  // Every command notes its beginning first: without any the record is not what the job wrote.
  if (done?.code === 0 && saysNothing(record) && script.commands.length > 0) {
    return lost(`its record on ${name} says that it ended with 0, and nothing of what it ran`);
  }
  // What ended before the request to stop it arrived is judged by how it ended, and so is what succeeded all the same.
  if (done !== undefined && (stopping === undefined || stopped !== true || done.code === 0)) {
    return {kind: 'done', detail: ''};
  }
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

/** The exit code of a job that is done. The shell may end with 0 because a trap hid the status of what failed. */
export function codeOf({done, over}: JobRecord): number {
  const code = done?.code ?? 0;
  return code === 0 ? (over ?? 0) : code;
}

/** Which command kept others from running, or hid how it ended itself. `exit 0` as the last of all does neither. */
export function leftBy({commands, over, left}: JobRecord, script: JobScript): Left | undefined {
  if (over !== undefined) return undefined;
  const last = [...commands.keys()].at(-1);
  const known = last === undefined ? undefined : script.commands[last];
  const notRun = script.commands.filter((command, index) => {
    if (index <= (last ?? -1)) return false;
    const {stage, arm} = command;
    if (stage === known?.stage) return arm === known.arm;
    return arm === script.commands.find(one => one.stage === stage)?.arm;
  });
  if (notRun.length === 0 && left === true) return undefined;
  const {line = 0, text = '', shown = text} = known?.command ?? {};
  return {
    line,
    text: shown,
    notRun: notRun.map(({command}) => ({line: command.line, text: command.shown ?? command.text})),
  };
}

/** Why exit 0 is not enough for it to have gone well: parts of pipelines that failed, output that is no longer there. */
export function doubtsOfEnd({parts}: JobRecord, script: JobScript, bytesMissing: number): readonly string[] {
  const failed = parts.flatMap(({part, code}) => {
    const known = script.parts[part];
    if (known === undefined || !hasFailed(known, code)) return [];
    return [`line ${known.command.line}: ${known.text} ended with ${code} inside its pipeline`];
  });
  const cut = bytesMissing > 0 ? [`${bytesMissing} bytes of its output were gone before they could be read`] : [];
  return [...new Set(failed), ...cut];
}

/** What went unseen by its nature. */
export function unseenOf({commands}: JobRecord, script: JobScript): readonly string[] {
  return [...commands.keys()].flatMap(index => {
    const command = script.commands[index]?.command;
    if (command === undefined || !handsOnPipeline(command.text)) return [];
    return [`line ${command.line}: how the first parts of the pipeline ended that another shell ran`];
  });
}

function saysNothing({commands, over, unproved}: JobRecord): boolean {
  return commands.size === 0 && over === undefined && unproved.length === 0;
}

function fencedText(name: string, number: number): string {
  return `${name} refused it: a newer engine of this checklist has been there, with number ${number}`;
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
