/** The disk that holds the run fills up, or lets nobody write any more, and is well again later. */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../../helpers/eventually.ts';
import {examineRun} from '../ledger.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result, Scenario} from '../tally.ts';
import {killEngine, whenLineIs} from './killed-engine.ts';

/** When the disk breaks: lines of the journal. */
const MOMENTS = [
  [4, 7, 10],
  [5, 8, 11],
  [6, 9, 12],
] as const;
const ROLLBACK_MARKS = ['restore', 'again'];
const BROKEN_MS = 1600;
const DISK_BYTES = 3 * 1024 * 1024;

/** How a disk is broken and mended. */
type Break = {
  kind: string;
  prepare?(stage: Stage): void;
  now(stage: Stage): Promise<void>;
  mend(stage: Stage): Promise<void>;
};

export const brokenDisks: FaultClass = {
  name: 'disk of the run full, read-only',
  real: diskScenarios,
  simulate: 'what a disk does to a journal is only seen on a disk',
};

function diskScenarios(): readonly Scenario[] {
  const canMount = works(trial => {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', trial], {stdio: 'ignore'});
    execFileSync('umount', [trial]);
  });
  const knowsFlags = works(trial => {
    for (const flag of ['+i', '-i']) execFileSync('chattr', [flag, trial], {stdio: 'ignore'});
  });
  const noMounts = canMount ? undefined : 'no file system can be mounted here (root can, outside a container)';
  const noFlags = knowsFlags ? undefined : 'files cannot be made immutable here (root can, on ext4)';
  const breaks = [
    [sizeLimit, undefined],
    [fullDisk, noMounts],
    [immutable, noFlags],
  ] as const;
  const scenarios = breaks.flatMap(([broken, impossible]): readonly Scenario[] => [
    ...MOMENTS.map(lines => ({
      name: `${broken.kind}, from lines ${lines.join(', ')} of a deploy`,
      impossible,
      run: () => onStage(stage => brokenDeploy(stage, broken, lines, false)),
    })),
    {
      name: `${broken.kind}, and the engine is killed meanwhile`,
      impossible,
      run: () => onStage(stage => brokenDeploy(stage, broken, [8], true)),
    },
    {name: `${broken.kind}, in a rollback`, impossible, run: () => onStage(stage => brokenRollback(stage, broken))},
  ]);
  const fromTheStart = {name: 'from the start', impossible: noMounts, run: () => onStage(readOnlyFromTheStart)};
  return [...scenarios, fromTheStart];
}

function works(attempt: (trial: string) => void): boolean {
  const trial = mkdtempSync(join(tmpdir(), 'tminus-trial-'));
  try {
    attempt(trial);
    return true;
  } catch {
    // What it is about cannot be done on this machine.
    return false;
  } finally {
    rmSync(trial, {recursive: true, force: true});
  }
}

async function brokenDeploy(stage: Stage, broken: Break, lines: readonly number[], killed: boolean): Promise<Result> {
  broken.prepare?.(stage);
  try {
    stage.pace(0.6);
    let {ended} = stage.deploy();
    let injected = 0;
    for (const line of lines) {
      if (!(await whenLineIs(stage, line, ended))) break;
      injected += 1;
      await broken.now(stage);
      await sleep(BROKEN_MS);
      if (killed) {
        await killEngine(stage);
        await endOf(ended);
      }
      await broken.mend(stage);
    }
    if (killed) ended = stage.operator.start('resume', '--plain').ended;
    return {...(await judged(stage, await endOf(ended))), injected};
  } finally {
    release(stage);
  }
}

async function brokenRollback(stage: Stage, broken: Break): Promise<Result> {
  broken.prepare?.(stage);
  try {
    stage.pace(0);
    await stage.deploy().ended;
    stage.pace(1);
    const {ended} = stage.operator.start('rollback', '--plain');
    for (const mark of ROLLBACK_MARKS) {
      await eventually('the rollback', () => stage.ledger().includes(`${mark} begin`));
      await broken.now(stage);
      await sleep(BROKEN_MS);
      await broken.mend(stage);
    }
    const end = await endOf(ended);
    // What could not be written while it went on is written when it can be.
    await stage.operator.recorded('rollback-finished');
    const result = await judged(stage, end);
    return end?.code === 4
      ? result
      : {...result, problems: [...result.problems, {kind: 'broken', what: `not rolled back: ${end?.said}`}]};
  } finally {
    release(stage);
  }
}

/** Nothing may be done that could not be written down. */
async function readOnlyFromTheStart(stage: Stage): Promise<Result> {
  mount(stage, ['-o', 'ro']);
  try {
    const end = await endOf(stage.deploy().ended);
    const problems: Problem[] = [];
    if (stage.ledger().length > 0) problems.push({kind: 'wrong', what: 'a step ran without a journal'});
    if (end === undefined || end.code === 0) problems.push({kind: 'wrong', what: `exit ${end?.code}`});
    if (end !== undefined && !/read-only|EROFS/.test(end.said))
      problems.push({kind: 'broken', what: `does not say why: ${end.said}`});
    return {injected: 1, problems};
  } finally {
    release(stage);
  }
}

async function judged(stage: Stage, end: Awaited<ReturnType<typeof endOf>>): Promise<Result> {
  const events = await stage.operator.journal();
  const found: Problem[] = [...examineRun(await stage.operator.runDirectory(), events, stage.ledger())];
  if (end === undefined) found.push({kind: 'broken', what: `it did not end; last: ${JSON.stringify(events.at(-1))}`});
  else if (end.code !== 0 && end.code !== 4) found.push({kind: 'broken', what: `exit ${end.code}: ${end.said}`});
  return {injected: 1, problems: found};
}

const fullDisk: Break = {
  kind: 'disk full',
  prepare: stage => mount(stage, ['-o', `size=${DISK_BYTES}`]),
  async now(stage) {
    try {
      writeFileSync(ballast(stage), Buffer.alloc(DISK_BYTES));
    } catch {
      // It is full: what fitted in stays.
    }
  },
  async mend(stage) {
    rmSync(ballast(stage));
  },
};

/** Needs no rights: no file of the engine may become longer than its journal is now. */
const sizeLimit: Break = {
  kind: 'files at their largest size',
  async now(stage) {
    const {size} = statSync(join(await stage.operator.runDirectory(), 'journal.ndjson'));
    await limit(stage, `${size + 100}:unlimited`);
  },
  mend: stage => limit(stage, 'unlimited'),
};

/** An open file of an immutable inode cannot be written to either: what a file system does that has become read-only. */
const immutable: Break = {
  kind: 'disk read-only',
  now: stage => chattr(stage, '+i'),
  mend: stage => chattr(stage, '-i'),
};

async function limit(stage: Stage, size: string): Promise<void> {
  const pid = await stage.operator.enginePid().catch(() => undefined);
  // One that was killed leaves its number behind.
  if (pid !== undefined) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}`], {stdio: 'ignore'});
}

/** All that the engine writes to: the directory and its files, sockets left out, which know no flags. */
async function chattr(stage: Stage, flag: string): Promise<void> {
  const directory = await stage.operator.runDirectory();
  const paths = readdirSync(directory, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() || entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name));
  execFileSync('chattr', [flag, directory, ...paths]);
}

function mount({operator}: Stage, options: readonly string[]): void {
  execFileSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', operator.home]);
}

/** Whatever was done to the disk is undone, so that it can be removed. */
function release({operator}: Stage): void {
  for (const [command, ...given] of [
    ['chattr', '-R', '-i', operator.home] as const,
    ['umount', '-l', operator.home] as const,
  ]) {
    // What is not mounted cannot be unmounted, and not every file system knows the flag.
    spawnSync(command, given, {stdio: 'ignore'});
  }
}

function ballast({operator}: Stage): string {
  return join(operator.home, 'ballast');
}
