/** The state of a target at one moment, as facts that can be compared. */
import type {PlaceName} from './needs.ts';

/**
 * `file`: absolute path; digest of the content, `-> TARGET` of a link, `directory`. Not of what is a repository's own
 * `.git`, nor `/tmp`, nor logs. `mode`: its rights, as `755`. `ref`: `REPOSITORY REF`, its commit; of `HEAD` the tree, then the commit. `unit`: `running 41`
 * with the number of its last start, or `stopped`. `rows`: `DATABASE TABLE`, a digest of all rows, its columns included.
 * `service`: the address, `old`, `new` or `down`. `stand-in`: `PROGRAM KEY`, what the stand-in keeps there.
 */
export type TargetFact = {
  place: PlaceName;
  kind: 'file' | 'mode' | 'ref' | 'unit' | 'rows' | 'service' | 'stand-in';
  name: string;
  value: string;
};

export type TargetState = readonly TargetFact[];
