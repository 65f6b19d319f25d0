/** The shell text of jobs, from the .sh files beside this one: POSIX sh throughout. */
import {readFileSync} from 'node:fs';

/** A bundle holds the texts themselves (`.tools/build.mjs`): a run that is open needs no file of the installation. */
export const shellText = {
  askpass: readText('askpass.sh'),
  body: readText('body.sh'),
  canKeep: readText('can-keep.sh'),
  cancel: readText('cancel.sh'),
  environment: readText('environment.sh'),
  fence: readText('fences/fence.sh'),
  forget: readText('forget.sh'),
  held: readText('held.sh'),
  identity: readText('identity.sh'),
  keep: readText('keep.sh'),
  neverBegin: readText('never-begin.sh'),
  oldJobs: readText('old-jobs.sh'),
  places: readText('places.sh'),
  runner: readText('runner.sh'),
  start: readText('start.sh'),
  sudo: readText('sudo.sh'),
  take: readText('take.sh'),
  watch: readText('watch.sh'),
  watched: readText('watched.sh'),
} as const;

/** Without its comments, which need not travel to every host. */
function readText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replace(/^ *#.*\n/gm, '');
}
