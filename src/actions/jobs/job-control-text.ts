/** The texts that start, watch, stop and forget a job in its directory `~/.tminus/jobs/ID` (or below `$TMINUS_HOME`). */
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Fence} from '../shell.ts';
import {fenceText, type Raising, unlessFenced} from './fence.ts';
import {shellText} from './shell-text.ts';

/** The newest jobs stay on a host for somebody to look at. Of more than these, those whose run is over are removed. */
const JOBS_KEPT = 20;
/**
 * When there are more jobs than this, those that have ended and are older than these days are removed. A run that is
 * taken up finds its jobs by their directories: a job without its directory would be begun a second time.
 */
const JOBS_KEPT_MAX = 100;
const JOBS_KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * `directory`: where this place keeps its jobs, when it is not where hosts keep them. `fence`: under a higher number than
 * this nothing is started, stopped or forgotten there.
 */
export type JobPlace = {id: string; directory?: string; fence?: Fence};

/**
 * What may be started: `begunMsAgo` is set once the host may have begun it. It is then begun only where its directory
 * cannot have been there before: on a host that has been up all the time since, for a restart may empty directories.
 */
export type JobStart = {script: {runner: string; body: string}; begunMsAgo?: number};

/**
 * Starts the job unless its directory is there already (`start` absent: never starts it), then prints its output from
 * `offset` on standard output and its record on standard error until it is told to go by a line on, or the end of,
 * standard input.
 */
export function attachText(job: JobPlace, start: JobStart | undefined, offset: number): string {
  return [
    directoryText(job),
    `from=${offset + 1}`,
    keptText(),
    shellText.watched,
    shellText.oldJobs,
    ...(start === undefined ? [] : [fenceText(job.fence), startText(start)]),
    shellText.watch,
  ].join('\n');
}

/**
 * The same for one of many hosts, where nobody stays: starts the job unless it is there, prints what there is by now, and
 * ends. What differs between the hosts comes in the environment: the name of the job, from which byte of its output on, and
 * how many seconds ago it may have been begun (empty: certainly not yet). Waits for its end a little, and prints no more than
 * `bytesMax` bytes of output.
 */
export function takeText(
  script: JobStart['script'] | undefined,
  limits: {waitMs: number; bytesMax: number},
  fence: Fence | undefined,
): string {
  return [
    namedOutside(),
    `from=$((\${TMINUS_FROM:-0}+1)) most=${limits.bytesMax} wait=${Math.round(limits.waitMs / 100)}`,
    keptText(),
    shellText.watched,
    shellText.oldJobs,
    ...(script === undefined ? [] : [fenceText(fence), beginText(script)]),
    shellText.take,
  ].join('\n');
}

function beginText({runner, body}: JobStart['script']): string {
  return [
    '_tm_again=${TMINUS_BEGUN:+yes}',
    `if [ -n "\${TMINUS_BEGUN-}" ]; then ${restartedText('$TMINUS_BEGUN')}; fi`,
    'unset TMINUS_JOB TMINUS_FROM TMINUS_BEGUN',
    `_tm_body=${quote(body)}`,
    `_tm_run=${quote(runner)}`,
    shellText.keep,
    shellText.start,
  ].join('\n');
}

/** As `cancelText`; what has not begun by then never will. */
export function cancelNamedText(fence: Fence | undefined): string {
  return [namedOutside(), unlessFenced(fence), shellText.watched, shellText.neverBegin, shellText.cancel].join('\n');
}

/** As `directoryText`, of the job that `$TMINUS_JOB` names. Whoever starts this may be in the directory of another account. */
function namedOutside(): string {
  return `cd 2>/dev/null || cd /\n${homeText(undefined)} _tm_id=$TMINUS_JOB a=\n${shellText.jobDirectories}\n_tm_find`;
}

/**
 * Runs the job on the connection, where nothing can be kept: it may not be sent twice, and when the link is lost nobody
 * knows how it ended. `mark`: what its output begins and ends with.
 */
export function heldText({runner, body}: JobStart['script'], mark: string, {directory, fence}: JobPlace): string {
  const whole = ['{', `_tm_mark=${quote(mark)}`, `_tm_body=${quote(body)}`, runner, '}', ''].join('\n');
  const text = [`_tm_run=${quote(whole)}`, shellText.held].join('\n');
  if (fence === undefined) return text;
  const look = [homeText(directory), shellText.jobDirectories, fenceText(fence), '_tm_spares; _tm_look_at_fence'];
  const refusal = `if [ -n "$_tm_fenced" ]; then echo "@ fenced $_tm_fenced" >&2; read -r _; else`;
  return [...look, refusal, text, 'fi'].join('\n');
}

/**
 * TERM to the job's process group, KILL after five seconds; returns when nothing of it is left. The seconds are those of
 * one `sleep`, not the sum of many looks: on a host under load each look takes several times as long. Ends with 3 when the
 * job is not there yet.
 */
export function cancelText(job: JobPlace): string {
  return [directoryText(job), unlessFenced(job.fence), shellText.watched, shellText.cancel].join('\n');
}

/**
 * Leaves of the ended jobs whose names begin with `prefix` only what they were and how they ended: neither what they
 * printed nor any value. What still runs is left alone.
 */
export function forgetText({id: prefix, directory, fence}: JobPlace): string {
  const place = [homeText(directory), `prefix=${quote(prefix)}`, shellText.jobDirectories, unlessFenced(fence)];
  return [...place, shellText.watched, shellText.forget].join('\n');
}

/** For an engine that takes a run over; `readRaised` reads what it prints. */
export function raiseText({fence, prefix, first, raise}: Raising, directory: string | undefined): string {
  return [
    homeText(directory),
    shellText.jobDirectories,
    fenceText(fence),
    `prefix=${quote(prefix)} first=${first} _tm_raise=${raise ? 'yes' : ''}`,
    shellText.raise,
  ].join('\n');
}

/** Prints a line `unkept WHY` where a job could not be kept now. */
export function canKeepText(directory: string | undefined): string {
  return [homeText(directory), shellText.jobDirectories, shellText.keep, shellText.canKeep].join('\n');
}

/** Sets `b` and `d`, its directory and where that is: the first place that has it, or else the first of all. */
export function directoryText({id, directory}: JobPlace): string {
  return `${homeText(directory)} _tm_id=${quote(id)} a=\n${shellText.jobDirectories}\n_tm_find`;
}

function homeText(directory: string | undefined): string {
  return `${shellText.identity}\n_tm_home=${directory === undefined ? '${TMINUS_HOME:-$HOME/.tminus}/jobs' : quote(directory)}`;
}

function startText({script: {runner, body}, begunMsAgo}: JobStart): string {
  return [
    `_tm_again=${begunMsAgo === undefined ? '' : 'yes'}`,
    ...(begunMsAgo === undefined ? [] : [upSinceText(begunMsAgo)]),
    `_tm_body=${quote(body)}`,
    `_tm_run=${quote(runner)}`,
    shellText.keep,
    shellText.start,
  ].join('\n');
}

/** Where nobody can tell, nothing is begun again. */
function upSinceText(begunMsAgo: number): string {
  if (begunMsAgo > JOBS_KEPT_DAYS * DAY_MS) return '[ -d "$d" ] || a=restarted';
  return restartedText(String(Math.max(0, Math.ceil(begunMsAgo / 1000))));
}

function restartedText(secondsAgo: string): string {
  return `u=; read -r u _ 2>/dev/null </proc/uptime; u=\${u%%.*}
[ -d "$d" ] || [ "\${u:-0}" -gt "${secondsAgo}" ] || a=restarted`;
}

function keptText(): string {
  return `kept=${JOBS_KEPT} kept_max=${JOBS_KEPT_MAX} kept_days=${JOBS_KEPT_DAYS}`;
}
