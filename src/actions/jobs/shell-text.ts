/** The shell text of jobs, from the .sh files of on-host: POSIX sh throughout. */
import {readFileSync} from 'node:fs';

/** A bundle holds the texts themselves (`.tools/build.mjs`): a run that is open needs no file of the installation. */
export const shellText = {
  askpass: readText('on-host/askpass.sh'),
  body: readText('on-host/body.sh'),
  canKeep: readText('on-host/can-keep.sh'),
  cancel: readText('on-host/cancel.sh'),
  environment: readText('on-host/environment.sh'),
  fence: readText('on-host/fence.sh'),
  forget: readText('on-host/forget.sh'),
  held: readText('on-host/held.sh'),
  identity: readText('on-host/identity.sh'),
  keep: readText('on-host/keep.sh'),
  neverBegin: readText('on-host/never-begin.sh'),
  oldJobs: readText('on-host/old-jobs.sh'),
  jobDirectories: readText('on-host/job-directories.sh'),
  raise: readText('on-host/raise.sh'),
  runner: readText('on-host/runner.sh'),
  start: readText('on-host/start.sh'),
  sudo: readText('on-host/sudo.sh'),
  take: readText('on-host/take.sh'),
  watch: readText('on-host/watch.sh'),
  watched: readText('on-host/watched.sh'),
} as const;

/** Without its comments, which need not travel to every host. */
function readText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replace(/^ *#.*\n/gm, '');
}
