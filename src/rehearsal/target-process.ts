/** A rehearsal in a process of its own: `target-process DIRECTORY [FAULT]`, or `--sweep DIRECTORY`. */
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {isAbsolute} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {openBox} from './box.ts';
import {type Fault, isFault} from './faults.ts';
import {boxEnvironment, type Layout, layoutOf} from './file-paths.ts';
import {isAlive, sweep} from './processes.ts';

/**
 * It outlives the console that started it and ends itself when its owners are gone, when the `stop` file appears, or when
 * it is asked to by a signal. `--sweep` ends what a killed one left behind. Where nobody is left who would, its directory
 * is removed as well.
 */
/** What it tells the process that started it. */
export type TargetMessage = {type: 'said'; line: string} | {type: 'ready'} | {type: 'failed'; because: string};

const pollMs = 300;
/** One engine may take over from another in this time. */
const ownerlessMs = 5000;
/** How long a person may take to resume the run of an engine that died. */
const abandonedMs = 15 * 60_000;

await main(process.argv.slice(2));

async function main([first = '', second]: string[]): Promise<void> {
  if (first === '--sweep') return sweepBehind(layoutOf(second ?? ''));
  const layout = layoutOf(first);
  writeFileSync(layout.targetPid, `${process.pid}\n`);
  startGuard(layout);
  const ended = untilUnwanted(layout);
  try {
    const fault: Fault | undefined = second !== undefined && isFault(second) ? second : undefined;
    const box = await openBox({directory: first, ...(fault ? {fault} : {}), log: line => tell({type: 'said', line})});
    tell({type: 'ready'});
    const because = await ended;
    await box.close();
    if (because === 'unwanted') removeAll(layout);
    process.exit(0);
  } catch (error) {
    tell({type: 'failed', because: error instanceof Error ? error.message : String(error)});
    await sweep(first);
    process.exit(1);
  }
}

/** A console that is still there removes the directory itself. */
async function sweepBehind(layout: Layout): Promise<void> {
  await sweep(layout.directory);
  if (!existsSync(layout.stop) && wantedBy(layout) === 'nobody') removeAll(layout);
}

/** What ended just now may still write a last line. */
function removeAll({directory}: Layout): void {
  rmSync(directory, {recursive: true, force: true, maxRetries: 5});
}

/** A shell that waits for the end of this process, because after `kill -9` only another process can clean up. */
function startGuard(layout: Layout): void {
  const script = 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; exec "$2" "$3" --sweep "$4"';
  const self = fileURLToPath(import.meta.url);
  const guard = spawn('sh', ['-c', script, 'guard', String(process.pid), process.execPath, self, layout.directory], {
    env: boxEnvironment(layout),
    cwd: layout.directory,
    detached: true,
    stdio: 'ignore',
  });
  guard.on('error', () => {});
  guard.unref();
}

/** `asked`: by somebody who has the directory. */
async function untilUnwanted(layout: Layout): Promise<'asked' | 'unwanted'> {
  let asked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (asked = true));
  // A hang-up of the terminal it was started from is no reason to end.
  process.on('SIGHUP', () => {});
  let wantedAt = Date.now();
  while (!asked && !existsSync(layout.stop)) {
    const wanted = wantedBy(layout);
    if (wanted === 'alive') wantedAt = Date.now();
    if (Date.now() - wantedAt > (wanted === 'died' ? abandonedMs : ownerlessMs)) return 'unwanted';
    await sleep(pollMs);
  }
  return 'asked';
}

function wantedBy(layout: Layout): 'alive' | 'died' | 'nobody' {
  const owners = contentOf(layout.owners).split('\n').filter(Boolean);
  const pids = owners.flatMap(owner => (isAbsolute(owner) ? contentOf(owner).trim() || [] : owner)).map(Number);
  if (pids.some(isAlive)) return 'alive';
  return owners.some(owner => isAbsolute(owner) && existsSync(owner)) ? 'died' : 'nobody';
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function tell(message: TargetMessage): void {
  // The command that started it may have ended; that is no concern of this process.
  if (process.connected) process.send?.(message, () => {});
}
