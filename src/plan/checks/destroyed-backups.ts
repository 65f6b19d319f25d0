/** Check: the deploy makes a backup and then deletes it, although the rollback needs it. */
import type {Plan} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import {type Act, actsOf} from '../rollback/acts.ts';
import {absolute} from '../rollback/paths.ts';

export function destroyedBackups({source, steps, rollback, sections}: Plan): Problem[] {
  const ids = new Set(rollback?.steps ?? []);
  if (ids.size === 0) return [];
  const running = new Set(sections.filter(({use}) => use === 'run').map(({id}) => id));
  const done = actsOf(steps.filter(({id, section}) => !ids.has(id) && running.has(section))).map(pathsOf);
  if (done.every(({deletes}) => deletes.length === 0)) return [];
  const found = new Map<string, Problem>();
  for (const act of actsOf(steps.filter(({id}) => ids.has(id)))) {
    for (const need of act.needs) {
      const path = absolute(act.directory, need);
      const destroyer = path === undefined ? undefined : destroyerOf(path, act.place, done);
      if (destroyer === undefined || found.has(need)) continue;
      const {text, line} = destroyer.command;
      const message = `deletes ${need}, which line ${act.command.line} of the rollback needs: ${text.split('\n')[0]}`;
      const hint = 'keep the backup where no step of the deploy deletes it';
      found.set(need, problemAt(source, 'warning', 'backup-destroyed', line, '', message, hint));
    }
  }
  return [...found.values()];
}

/** The paths that a command deletes and makes, as far as they are known. */
type Paths = {act: Act; deletes: readonly (string | undefined)[]; makes: readonly (string | undefined)[]};

function pathsOf(act: Act): Paths {
  const deletes = act.deletes.flatMap(one => ('path' in one ? [absolute(act.directory, one.path)] : []));
  return {act, deletes, makes: act.makes.map(made => absolute(act.directory, made))};
}

/** The command that deletes a path after it was made, if nothing makes it again. */
function destroyerOf(path: string, place: string, done: readonly Paths[]): Act | undefined {
  let isMade = false;
  let destroyer: Act | undefined;
  for (const {act, deletes, makes} of done) {
    if (act.place !== place) continue;
    if (isMade && deletes.some(deleted => contains(deleted, path))) destroyer = act;
    if (!makes.includes(path)) continue;
    isMade = true;
    destroyer = undefined;
  }
  return destroyer;
}

/**
 * Whether the deleted path contains the other: `/opt/app`, `/opt/app/` and `/opt/app/*` contain
 * `/opt/app/bin/app.backup`.
 */
function contains(deleted: string | undefined, path: string): boolean {
  const root = deleted?.replace(/\/\*?$/, '');
  return root !== undefined && root !== '' && (path === root || path.startsWith(`${root}/`));
}
