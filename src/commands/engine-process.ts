/** Starts a run's engine as a process of its own, attaches to it, and waits until it is gone. */
import {spawn} from 'node:child_process';
import {closeSync, constants, existsSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import module from 'node:module';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {AttachError, type Connection, connect} from '../attach/client.ts';
import {LIBRARY_SETTINGS, SECRET_VALUES} from '../engine/opening/options.ts';
import {refuseForeignRun, socketPath} from '../journal/run-directory.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, systemWords} from './command-error.ts';
import {programName} from './command-line/program-name.ts';
import {helloOf} from './terminal/person.ts';

const START_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 4;
/**
 * An engine may watch for days beside the service that it watches. Output passes through in buffers that live briefly: a
 * small young generation gives their memory back soon, and the old one grows by a tenth at a time. What saves more memory
 * takes time from a deploy and from a run that waits: the engine asks for it when its watch begins.
 * It begins with reading the checklist, whose many expressions are compiled at once as in check.ts.
 */
const ENGINE_NODE_FLAGS = [
  '--max-semi-space-size=1',
  '--heap-growing-percent=10',
  '--v8-pool-size=1',
  '--no-regexp-tier-up',
];
/** For lock, log and the first lines of a journal. */
const ROOM_BYTES = 64 * 1024;

/** `as`: how the person wishes to be called. */
export type Attaching = {observe: boolean; as?: string | undefined};

/** Starts a run's engine as a process of its own and attaches to it. */
export async function startEngineProcess(
  runDirectory: string,
  cwd: string,
  attaching: Attaching,
  flags: readonly string[] = [],
  secretValues: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  refuseForeign(runDirectory);
  refuseWithoutRoom(runDirectory);
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  const log = openSync(join(runDirectory, 'engine.log'), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  const child = spawn(process.execPath, [...ENGINE_NODE_FLAGS, engineFile(), runDirectory, ...flags], {
    cwd,
    detached: true,
    stdio: ['ignore', log, log],
    // What Node has compiled once is loaded at once, there as here.
    env: {
      ...process.env,
      ...LIBRARY_SETTINGS,
      ...handOver(secretValues),
      NODE_COMPILE_CACHE: module.getCompileCacheDir(),
    },
  });
  closeSync(log);
  let ended: number | undefined;
  child.on('exit', code => {
    ended = code ?? EXIT.internalError;
  });
  child.unref();
  for (let waitedMs = 0; waitedMs < START_WITHIN_MS; waitedMs += LOOK_AGAIN_MS) {
    const connection = await attachTo(runDirectory, attaching);
    if (connection !== undefined) return connection;
    // An engine that went without a word has not succeeded, whatever it ended with.
    if (ended !== undefined)
      throw new CommandError(ended || EXIT.internalError, lastLine(join(runDirectory, 'engine.log')));
    await sleep(LOOK_AGAIN_MS);
  }
  throw new CommandError(EXIT.internalError, `the engine did not answer; see ${join(runDirectory, 'engine.log')}`);
}

function refuseForeign(runDirectory: string): void {
  try {
    refuseForeignRun(runDirectory);
  } catch (error) {
    throw new CommandError(EXIT.refused, error instanceof Error ? error.message : String(error), {cause: error});
  }
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

function handOver(secretValues: Readonly<Record<string, string>>): Record<string, string> {
  return Object.keys(secretValues).length === 0 ? {} : {[SECRET_VALUES]: JSON.stringify(secretValues)};
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

/** Beside the bundle when built, in the sources otherwise. */
function engineFile(): string {
  const here = import.meta.url;
  const candidates = ['./engine.js', '../engine.js', '../engine/main.ts'].map(path =>
    fileURLToPath(new URL(path, here)),
  );
  const found = candidates.find(path => existsSync(path));
  if (found === undefined) throw new CommandError(EXIT.internalError, 'the engine is missing: run `npm run build`');
  return found;
}

function lastLine(path: string): string {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.findLast(line => line.trim() !== '' && !/^\s+at /.test(line)) ?? `the engine ended; see ${path}`;
}

const GONE_WITHIN_MS = 5000;

/** After a run has closed, its engine still writes the record and gives the lock back: the next command may want it. */
export async function untilEngineGone({store, runDirectory}: Connection): Promise<void> {
  if (store.getState().closed === null) return;
  const pidFile = join(runDirectory, 'engine.pid');
  for (let waitedMs = 0; existsSync(pidFile) && waitedMs < GONE_WITHIN_MS; waitedMs += LOOK_AGAIN_MS) {
    await sleep(LOOK_AGAIN_MS);
  }
}
