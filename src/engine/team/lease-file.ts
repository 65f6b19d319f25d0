/** What a run keeps of its lease, for its next engine on this machine: what it is for, and the secret that proves it. */
import {randomUUID} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {checklistName} from '../opening/checklist-name.ts';
import type {EngineOptions} from '../opening/options.ts';

const FILE = 'lease.json';

type Kept = {checklist: string; secret: string};

/** Made when the run is first opened. Nobody else reads it, and it is not copied to the ledger. */
export function leaseFile(runDirectory: string, options: EngineOptions): Kept {
  return (
    keptLease(runDirectory) ?? keepLeaseFile(runDirectory, {checklist: checklistName(options), secret: randomUUID()})
  );
}

/** Undefined of a run that never asked for one. */
export function keptLease(runDirectory: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(join(runDirectory, FILE), 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

export function keepLeaseFile(runDirectory: string, kept: Kept): Kept {
  writeFileSync(join(runDirectory, FILE), `${JSON.stringify(kept)}\n`, {mode: 0o600, flag: 'wx'});
  return kept;
}
