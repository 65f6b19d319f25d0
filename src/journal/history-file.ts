/** `history.json` of a run's directory: what a run keeps for later ones, so that nobody has to read its journal for it. */
import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import type {EarlierRun, Timed} from '../run/history/earlier-run.ts';
import {replaceFile} from './replace-file.ts';
import {listRuns} from './run-directory.ts';

const HISTORY_FILE = 'history.json';
/** How many run directories are looked into, the newest first. */
const DIRECTORIES_MAX = 200;
const FILE_BYTES_MAX = 512 * 1024;
const PARTS_MAX = 5000;
const TOOK_MS_MAX = 90 * 24 * 3_600_000;

/** Throws when it cannot be written. */
export function keepForLater(runDirectory: string, run: EarlierRun): void {
  replaceFile(join(runDirectory, HISTORY_FILE), `${JSON.stringify(run)}\n`, 0o600);
}

/** What earlier runs have kept. A run that kept nothing, or nothing that can be read, is passed over without a word. */
export async function earlierRuns(home: string, exceptRun = ''): Promise<readonly EarlierRun[]> {
  const places = (await listRuns(home)).filter(({id}) => id !== exceptRun).slice(-DIRECTORIES_MAX);
  const found: EarlierRun[] = [];
  // One after the other: whoever asks has more urgent things to do meanwhile.
  for (const {directory} of places) {
    const run = await readKept(join(directory, HISTORY_FILE)).catch(() => undefined);
    if (run !== undefined) found.push(run);
  }
  return found;
}

async function readKept(path: string): Promise<EarlierRun | undefined> {
  // A pipe in its place must keep nobody waiting, and a link leads to what is not this account's to tell.
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const {size} = await file.stat();
  if (size > FILE_BYTES_MAX) return undefined;
  const buffer = Buffer.alloc(size);
  const {bytesRead} = await file.read(buffer, 0, size, 0);
  const value: unknown = JSON.parse(buffer.toString('utf8', 0, bytesRead));
  return isEarlierRun(value) ? value : undefined;
}

function isEarlierRun(value: unknown): value is EarlierRun {
  if (typeof value !== 'object' || value === null) return false;
  const {run, closedAt, title, checklist, bindings, hosts, rehearsal, deployMs, rollbackMs, sections, steps} =
    value as Record<keyof EarlierRun, unknown>;
  return (
    [run, title, checklist].every(isText) &&
    (bindings === undefined || isText(bindings)) &&
    (rehearsal === undefined || rehearsal === true) &&
    typeof closedAt === 'number' &&
    Array.isArray(hosts) &&
    hosts.every(isText) &&
    [deployMs, rollbackMs].every(ms => ms === undefined || isTook(ms)) &&
    isTimed(sections) &&
    isTimed(steps)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTimed(value: unknown): value is readonly Timed[] {
  return Array.isArray(value) && value.length <= PARTS_MAX && value.every(one => isOneTimed(one));
}

function isOneTimed(value: unknown): boolean {
  return Array.isArray(value) && isText(value[0]) && isTook(value[1]);
}

function isTook(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= TOOK_MS_MAX;
}
