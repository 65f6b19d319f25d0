/** `tminus runs --prune`: deletes old runs, by age or by the room that all of them take. */
import {lstatSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {listRuns, type RunPlace} from '../../journal/run-directory.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {plural} from '../../text/figures.ts';
import {CommandError, orEndWith} from '../command-error.ts';
import {isLive} from '../live-engine.ts';

/** What is deleted: runs older than `olderThanMs`, or the oldest until the others take `bytesMax` at most. */
export type Limit = {olderThanMs: number} | {bytesMax: number};

const DAY_MS = 24 * 3_600_000;
const STANDARD: Limit = {olderThanMs: 90 * DAY_MS};
const AGES: Readonly<Record<string, number>> = {h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS};
/** In capitals: `30m` could be meant as an age, and would delete nearly everything. */
const SIZES: Readonly<Record<string, number>> = {K: 1e3, M: 1e6, G: 1e9, T: 1e12};

/** `30d`, `2w`, `12h`, or `500M`, `10G`; without a word 90 days. */
export function limitOf(word: string | undefined): Limit {
  if (word === undefined) return STANDARD;
  const [, number = '', ageUnit = '', sizeUnit = ''] = /^(\d+(?:\.\d+)?)(?:([hdw])|([KMGT])(?:i?B)?)$/.exec(word) ?? [];
  const [age, size] = [AGES[ageUnit], SIZES[sizeUnit]];
  if (age !== undefined) return {olderThanMs: Number(number) * age};
  if (size !== undefined) return {bytesMax: Number(number) * size};
  throw new CommandError(EXIT.usage, `--prune: "${word}" is no age and no size; write 30d, 2w, 500M or 10G`);
}

export type Pruned = {ids: readonly string[]; bytes: number; live: readonly string[]};

/** A run whose engine answers is never deleted, and counts for the size all the same. */
export async function pruneRuns(home: string, limit: Limit, now: number): Promise<Pruned> {
  const runs = (await listRuns(home)).map(place => ({...place, bytes: bytesIn(place.directory)}));
  let total = runs.reduce((sum, {bytes}) => sum + bytes, 0);
  const ids: string[] = [];
  const live: string[] = [];
  let bytes = 0;
  for (const run of runs) {
    const isDue = 'bytesMax' in limit ? total > limit.bytesMax : now - changedAt(run) > limit.olderThanMs;
    if (!isDue) continue;
    if (await isLive(run.directory)) {
      live.push(run.id);
      continue;
    }
    orEndWith(EXIT.internalError, `cannot delete ${run.directory}`, () => deleteWhole(home, run));
    ids.push(run.id);
    bytes += run.bytes;
    total -= run.bytes;
  }
  return {ids, bytes, live};
}

/** `2 runs deleted, 1.3 GB`. */
export function prunedText({ids, bytes, live}: Pruned): string {
  const rest = live.length === 0 ? '' : `; still running, and so kept: ${live.join(', ')}`;
  if (ids.length === 0) return `no run to delete${rest}`;
  return `${plural(ids.length, 'run')} deleted, ${bytesText(bytes)}: ${ids.join(', ')}${rest}`;
}

/** It gets another name first, so that nobody finds half of a run. */
function deleteWhole(home: string, {id, directory}: RunPlace): void {
  const away = join(home, 'runs', `.deleted-${id}`);
  renameSync(directory, away);
  rmSync(away, {recursive: true, force: true});
}

/** When something of the run was written last, epoch ms. */
function changedAt({directory}: RunPlace): number {
  const {mtimeMs} = lstatSync(directory);
  const journal = lstatSync(join(directory, 'journal.ndjson'), {throwIfNoEntry: false});
  return Math.max(mtimeMs, journal?.mtimeMs ?? 0);
}

function bytesIn(directory: string): number {
  let bytes = 0;
  for (const entry of readdirSync(directory, {withFileTypes: true})) {
    const path = join(directory, entry.name);
    bytes += entry.isDirectory() ? bytesIn(path) : (lstatSync(path, {throwIfNoEntry: false})?.size ?? 0);
  }
  return bytes;
}

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
