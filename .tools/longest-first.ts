/** Begins with the files that take longest, so that no worker is left alone with one of them at the end of its group. */
import {existsSync} from 'node:fs';
import {relative, resolve} from 'node:path';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** Those that take longer than their size tells, which is all that a machine knows on its first run; longest first. */
const LONG = [
  'scenarios/incidents',
  'scenarios/night-watch',
  'ui/console',
  'scenarios/batches',
  'scenarios/recovery',
  'scenarios/flood',
  'scenarios/endings',
  'rehearsal/start-rehearsal',
  'scenarios/own-rehearsal-escape',
  'rehearsal/faults',
  'scenarios/incidents-console',
  'scenarios/team-takeover',
  'ui/keys/handle-key',
  'actions/ssh/ssh-shell',
  'ui/review/review',
  'scenarios/rehearsal',
  'scenarios/team-accounts',
  'scenarios/team-takeover-group',
  'scenarios/rollback-arms',
  'scenarios/own-rehearsal',
  'scenarios/console',
  'scenarios/team-machines',
  'scenarios/long-watch',
  'scenarios/team-ledger',
  'scenarios/team-rollback',
  'scenarios/practice',
  'commands/notify',
  'ui/bars/never-cut',
  'actions/group/groups',
  'ui/overlays/cover',
  'ui/review/review-screen',
  'actions/http-routes',
  'actions/jobs/slow-link',
  'actions/ssh/auth',
].map(name => `tests/${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const {root} = this.ctx.config;
    const gone = LONG.find(path => !existsSync(resolve(root, path)));
    if (gone !== undefined) throw new Error(`.tools/longest-first.ts names ${gone}, which is not there`);
    const sorted = await super.sort(files);
    const groupOf = ({project}: TestSpecification) => project.config.sequence.groupOrder;
    const placeOf = ({moduleId}: TestSpecification) => {
      const place = LONG.indexOf(relative(root, moduleId));
      return place === -1 ? LONG.length : place;
    };
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}
