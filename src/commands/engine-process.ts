/** Starts a run's engine as a process of its own, attaches to it, and waits until it is gone. */
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {AttachError, type Connection, connect} from '../attach/client.ts';
import {readOptions} from '../engine/opening/options.ts';
import {foldJournal} from '../journal/read-journal.ts';
import {refuseForeignRun, socketPath} from '../journal/run-directory.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, systemWords} from './command-error.ts';
import {programName} from './command-line/program-name.ts';
import {type EngineChild, engineLog, spawnEngine, takeEngineAhead} from './start-engine-early.ts';
import {helloOf} from './terminal/person.ts';
import {say} from './terminal/print.ts';

const START_WITHIN_MS = 15_000;
/** With a database to be made, on a busy machine. */
const BOX_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 4;
/** For lock, log and the first lines of a journal. */
const ROOM_BYTES = 64 * 1024;

/** `as`: how the person wishes to be called. `within`: what builds a box around the engine. */
export type Attaching = {observe: boolean; as?: string | undefined};
export type Within = {within?: readonly string[] | undefined};

/** Starts a run's engine as a process of its own, or takes the one that was started ahead, and attaches to it. */
export async function startEngineProcess(
  runDirectory: string,
  cwd: string,
  attaching: Attaching & Within,
  flags: readonly string[] = [],
  secretValues: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  const {within = []} = attaching;
  refuseForeign(runDirectory);
  refuseOutsideBox(runDirectory, within);
  refuseWithoutRoom(runDirectory);
  const log = engineLog(runDirectory);
  const child = takeEngineAhead(runDirectory) ?? spawnEngine({runDirectory, cwd, log, flags, secretValues, within});
  const ended = await untilListening(child, within.length === 0 ? START_WITHIN_MS : BOX_WITHIN_MS);
  child.process.unref();
  // An engine that went without a word has not succeeded, whatever it ended with.
  if (ended !== undefined) throw new CommandError(ended || EXIT.internalError, lastLine(log));
  const connection = await attachTo(runDirectory, attaching);
  if (connection === undefined) throw new CommandError(EXIT.internalError, `the engine did not answer; see ${log}`);
  return connection;
}

/** Resolves when consoles can attach, to nothing, or else to the exit code of an engine that ended instead. */
async function untilListening({process: child, pipe}: EngineChild, withinMs: number): Promise<number | undefined> {
  const {promise, resolve, reject} = Promise.withResolvers<number | undefined>();
  const impatience = setTimeout(() => resolve(undefined), withinMs);
  pipe.once('data', () => resolve(undefined));
  child.once('exit', code => resolve(code ?? EXIT.internalError));
  child.once('error', error => {
    reject(new CommandError(EXIT.internalError, `the engine cannot be started: ${systemWords(error)}`, {cause: error}));
  });
  pipe.write('open\n');
  try {
    return await promise;
  } finally {
    clearTimeout(impatience);
    pipe.destroy();
  }
}

function refuseForeign(runDirectory: string): void {
  try {
    refuseForeignRun(runDirectory);
  } catch (error) {
    throw new CommandError(EXIT.refused, error instanceof Error ? error.message : String(error), {cause: error});
  }
}

/** Outside of its box the run of a rehearsal would meet the hosts that its bindings name. */
function refuseOutsideBox(runDirectory: string, within: readonly string[]): void {
  const {box, runId} = readOptions(runDirectory);
  if (box === undefined || within.length > 0) return;
  throw new CommandError(
    EXIT.refused,
    `run ${runId} was a rehearsal in a box, and its box is gone: nothing is done outside of it`,
  );
}

/** An engine that cannot begin could not even say why. */
function refuseWithoutRoom(runDirectory: string): void {
  // Several may look at once: each has a file of its own.
  const probe = join(runDirectory, `room-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(ROOM_BYTES), {mode: 0o600});
    rmSync(probe);
  } catch (error) {
    rmSync(probe, {force: true});
    const hint = `\`${programName()} rollback --print\` prints what a rollback would run, to do it by hand`;
    throw new CommandError(EXIT.refused, `no engine can work in ${runDirectory}: ${systemWords(error)}; ${hint}`, {
      cause: error,
    });
  }
}

/** Undefined when no engine listens there. One that is just closing is waited for until it is gone. */
export async function attachTo(runDirectory: string, attaching: Attaching): Promise<Connection | undefined> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return await connect(socketPath(runDirectory), helloOf(attaching));
    } catch (error) {
      if (!(error instanceof AttachError)) throw error;
      if (error.kind === 'unreachable') return undefined;
      if (error.kind === 'refused') throw new CommandError(EXIT.refused, error.message, {cause: error});
      if (waitedMs > START_WITHIN_MS) throw new CommandError(EXIT.unknown, error.message, {cause: error});
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

function lastLine(path: string): string {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.findLast(line => line.trim() !== '' && !/^\s+at /.test(line)) ?? `the engine ended; see ${path}`;
}

/** The last notices have half of it, the ledger a fifth. */
const GONE_WITHIN_MS = 60_000;
const SAY_AFTER_MS = 3000;

/**
 * After a run has closed, its engine still writes the record and gives the lock back: the next command may want it.
 * `isFollowed`: its events were printed, and its end may have come from the journal before it came by the socket.
 */
export async function untilEngineGone({store, runDirectory}: Connection, isFollowed = false): Promise<void> {
  if (store.getState().closed === null && !(isFollowed && (await isClosedOnDisk(runDirectory)))) return;
  const pidFile = join(runDirectory, 'engine.pid');
  const saying = setTimeout(() => say('tminus: the engine still hands on what is left of the run\n'), SAY_AFTER_MS);
  for (let waitedMs = 0; existsSync(pidFile) && waitedMs < GONE_WITHIN_MS; waitedMs += LOOK_AGAIN_MS) {
    await sleep(LOOK_AGAIN_MS);
  }
  clearTimeout(saying);
}

async function isClosedOnDisk(runDirectory: string): Promise<boolean> {
  let isClosed = false;
  await foldJournal(runDirectory, ({type}) => {
    if (type === 'run-closed') isClosed = true;
    else if (type === 'phase-changed') isClosed = false;
  });
  return isClosed;
}
