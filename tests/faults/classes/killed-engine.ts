/** `kill -9` of the engine at every line of its journal, in a deploy and in a rollback; then `tminus resume`. */
import {closeSync, existsSync, fstatSync, openSync, readSync, watch} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {EXIT} from '../../../src/run/exit-codes.ts';
import {eventually} from '../../helpers/eventually.ts';
import type {Ended} from '../../helpers/program.ts';
import {examineRun} from '../ledger.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {simulateCuts} from './cut-journal.ts';

/** More than either journal has: a line that never comes injects nothing. */
const DEPLOY_LINES_MAX = 12;
const ROLLBACK_LINES_MAX = 14;
/** So many lines after the engine that was killed the next one is. */
const NEXT_LINES = 3;
const LINE_FEED = 10;

export const killedEngines: FaultClass = {
  name: 'engine killed',
  real: () => [
    ...Array.from({length: DEPLOY_LINES_MAX}, (_, index) => ({
      name: `in a deploy, at line ${index + 1}`,
      run: () => onStage(stage => killedDeploy(stage, [index + 1])),
    })),
    ...Array.from({length: NEXT_LINES}, (_, index) => ({
      name: `in a deploy, again and again from line ${index + 1}`,
      run: () => onStage(stage => killedDeploy(stage, linesFrom(index + 1, DEPLOY_LINES_MAX))),
    })),
    ...Array.from({length: ROLLBACK_LINES_MAX / 2}, (_, index) => ({
      name: `in a rollback, ${index + 1} lines after R, and again later`,
      run: () => onStage(stage => killedRollback(stage, [index + 1, index + 1 + ROLLBACK_LINES_MAX / 2])),
    })),
  ],
  simulate: simulateCuts,
};

async function killedDeploy(stage: Stage, lines: readonly number[]): Promise<Result> {
  let running = stage.deploy();
  let injected = 0;
  for (const line of lines) {
    const killed = await killAtLine(stage, line, running.ended);
    if (!killed) break;
    injected += 1;
    await endOf(running.ended);
    running = stage.operator.start('resume', '--plain');
  }
  return await judged(stage, injected, await endOf(running.ended), false);
}

async function killedRollback(stage: Stage, after: readonly number[]): Promise<Result> {
  stage.pace(2);
  const deploy = stage.deploy();
  await eventually('the second step', () => stage.ledger().includes('build begin'));
  const before = await journalLines(stage);
  stage.pace(0.2);
  let running = stage.operator.start('rollback', '--plain');
  let injected = 0;
  for (const lines of after) {
    if (!(await killAtLine(stage, before + lines, running.ended))) break;
    injected += 1;
    await endOf(deploy.ended);
    await endOf(running.ended);
    running = stage.operator.start('resume', '--plain');
  }
  return await judged(stage, injected, await endOf(running.ended), true);
}

function linesFrom(first: number, last: number): readonly number[] {
  return Array.from({length: Math.ceil((last - first + 1) / NEXT_LINES)}, (_, index) => first + index * NEXT_LINES);
}

async function judged(stage: Stage, injected: number, end: Ended | undefined, mayAbandon: boolean): Promise<Result> {
  const events = await stage.operator.journal();
  const found: Problem[] = [...examineRun(await stage.operator.runDirectory(), events, stage.ledger(), mayAbandon)];
  const last = JSON.stringify(events.at(-1));
  if (end === undefined) found.push({kind: 'broken', what: `it did not end; last: ${last}`});
  else if (end.code === EXIT.internalError || end.code === EXIT.unknown)
    found.push({kind: 'broken', what: `exit ${end.code}: ${end.said} last: ${last}`});
  const closed = events.findLast(event => event.type === 'run-closed');
  // Killed after its last word: there is nothing to take up, which is said.
  if (end?.code === EXIT.refused && closed !== undefined && /is closed/.test(end.said))
    return {injected, problems: found};
  if (end !== undefined && closed !== undefined && !mayAbandon && end.code !== closed.exitCode)
    found.push({kind: 'wrong', what: `exit ${end.code}, in the journal ${closed.exitCode}`});
  return {injected, problems: found};
}

/** False when what was to be killed had ended before. */
async function killAtLine(stage: Stage, line: number, ended: Promise<Ended>): Promise<boolean> {
  return (await whenLineIs(stage, line, ended)) && (await killEngine(stage));
}

/** Resolves in the very turn in which the journal is seen to have so many lines; to false when it never had. */
export async function whenLineIs(stage: Stage, line: number, ended: Promise<Ended>): Promise<boolean> {
  const over = ended.then(() => 'over' as const);
  const file = await Promise.race([journalFile(stage), over]);
  if (file === 'over') return false;
  const reached = whenLine(file, line);
  const how = await Promise.race([reached.promise, over]);
  reached.stop();
  return how !== 'over';
}

export async function killEngine(stage: Stage): Promise<boolean> {
  try {
    process.kill(await stage.operator.enginePid(), 'SIGKILL');
    return true;
  } catch {
    // It has ended by itself and taken its pid file along.
    return false;
  }
}

/** Kept looking for in short intervals: the first line comes soon after the file. */
async function journalFile(stage: Stage): Promise<string> {
  for (;;) {
    const directory = await stage.operator.runDirectory().catch(() => undefined);
    const file = directory === undefined ? undefined : join(directory, 'journal.ndjson');
    if (file !== undefined && existsSync(file)) return file;
    await sleep(2);
  }
}

export async function journalLines(stage: Stage): Promise<number> {
  return countLines(openSync(await journalFile(stage), 'r'), true);
}

function whenLine(file: string, line: number): {promise: Promise<'reached'>; stop(): void} {
  const descriptor = openSync(file, 'r');
  const {promise, resolve} = Promise.withResolvers<'reached'>();
  const look = () => {
    if (countLines(descriptor) >= line) resolve('reached');
  };
  const watcher = watch(file, look);
  look();
  return {
    promise,
    stop() {
      watcher.close();
      closeSync(descriptor);
    },
  };
}

function countLines(descriptor: number, close = false): number {
  const content = Buffer.alloc(fstatSync(descriptor).size);
  readSync(descriptor, content, 0, content.length, 0);
  if (close) closeSync(descriptor);
  return content.filter(byte => byte === LINE_FEED).length;
}
