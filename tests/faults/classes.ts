/** All classes of faults, one row each. Those that take longest come first. */
import {leapingClocks} from './classes/clocks.ts';
import {damagedJournals} from './classes/cut-journal.ts';
import {brokenDisks} from './classes/disks.ts';
import {documentShells} from './classes/document-shells.ts';
import {fewFiles} from './classes/few-files.ts';
import {floods} from './classes/floods.ts';
import {hostileDatabases} from './classes/hostile-databases.ts';
import {hostileTexts} from './classes/hostile-input.ts';
import {harmedJobs} from './classes/hosts.ts';
import {hostsThatKeepNothing} from './classes/kept-nowhere.ts';
import {killedEngines} from './classes/killed-engine.ts';
import {brokenLinks} from './classes/links.ts';
import {otherLocalhosts} from './classes/other-localhosts.ts';
import {arrivingOwners} from './classes/owners.ts';
import {hostilePatterns} from './classes/patterns.ts';
import {posts} from './classes/posts.ts';
import {racingDrivers} from './classes/races.ts';
import {restartedHosts} from './classes/restarted-hosts.ts';
import {retriedSteps} from './classes/retries.ts';
import {rollbackContent} from './classes/rollback-content.ts';
import {slowLinks} from './classes/slow-links.ts';
import {restartedDatabases, sqlEffects} from './classes/sql-effects.ts';
import {rivalResumes} from './classes/two-resumes.ts';
import type {FaultClass} from './tally.ts';
import {teamEngines} from './team/engines.ts';
import {teamJournals} from './team/journals.ts';
import {teamLeases} from './team/leases.ts';

export const faultClasses: readonly FaultClass[] = [
  brokenLinks,
  killedEngines,
  damagedJournals,
  harmedJobs,
  brokenDisks,
  leapingClocks,
  racingDrivers,
  floods,
  hostileTexts,
  slowLinks,
  documentShells,
  otherLocalhosts,
  rollbackContent,
  hostsThatKeepNothing,
  restartedHosts,
  arrivingOwners,
  fewFiles,
  rivalResumes,
  hostileDatabases,
  hostilePatterns,
  posts,
  teamJournals,
  teamLeases,
  teamEngines,
  retriedSteps,
  sqlEffects,
  restartedDatabases,
];
