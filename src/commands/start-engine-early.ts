/** Starts the process of an engine: for `tminus run` as the very first thing, while the command is still being read. */
import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, constants, existsSync, openSync, renameSync} from 'node:fs';
import module from 'node:module';
import {basename, join} from 'node:path';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {LIBRARY_SETTINGS, SECRET_VALUES, STARTER} from '../engine/opening/options.ts';
import {logAhead, newRunId, refuseForeign, stateHome} from '../journal/run-directory.ts';

/** `pipe`: a line to the engine lets it open the run, and its first bytes say that consoles can attach. */
export type EngineChild = {process: ChildProcess; pipe: Duplex};

type EngineStart = {
  runDirectory: string;
  cwd: string;
  /** What it prints, and what Node says about it. */
  log: string;
  flags?: readonly string[];
  secretValues?: Readonly<Record<string, string>>;
  /** Words in front of the engine's own command: what builds a box around it. */
  within?: readonly string[];
};

/**
 * An engine may watch for days beside the service that it watches. Output passes through in buffers that live briefly: a
 * small young generation gives their memory back soon; with one still smaller, reading a checklist takes a fifth longer.
 * What saves more memory takes time from a deploy and from a run that waits: the engine asks for it when its watch begins.
 * It begins with reading the checklist, whose many expressions are compiled at once as in check.ts.
 */
const ENGINE_NODE_FLAGS = ['--max-semi-space-size=4', '--v8-pool-size=1', '--no-regexp-tier-up'];
const PRIVATE_FILE = 0o600;

type Ahead = {runDirectory: string; child: EngineChild};

/** A build has this module twice: in a file of its own for the launcher, and in the command line. */
const AHEAD = Symbol.for('tminus.engine-ahead');
const started = globalThis as {[AHEAD]?: Ahead | undefined};

/**
 * The run that the command is about to open has no directory yet: the engine loads its program meanwhile, and ends when
 * the command does not come to it. Where nothing was ever run, or something is wrong, the command starts it itself.
 */
export function startEngineEarly(): void {
  const runs = join(stateHome(process.env), 'runs');
  if (!existsSync(runs)) return;
  const runDirectory = join(runs, newRunId(new Date()));
  try {
    refuseForeign(runs);
    const child = spawnEngine({runDirectory, cwd: process.cwd(), log: logAhead(runDirectory)});
    started[AHEAD] = {runDirectory, child};
  } catch {
    // The command says what is wrong there.
  }
}

/** The id of the run for which an engine has been started. */
export function runIdAhead(): string | undefined {
  const ahead = started[AHEAD];
  return ahead === undefined ? undefined : basename(ahead.runDirectory);
}

/** The engine that was started for this run, if one was. Its directory is there now, and its log moves into it. */
export function takeEngineAhead(runDirectory: string): EngineChild | undefined {
  const ahead = started[AHEAD];
  if (ahead?.runDirectory !== runDirectory) return undefined;
  started[AHEAD] = undefined;
  renameSync(logAhead(runDirectory), engineLog(runDirectory));
  return ahead.child;
}

export function engineLog(runDirectory: string): string {
  return join(runDirectory, 'engine.log');
}

export function spawnEngine({
  runDirectory,
  cwd,
  log,
  flags = [],
  secretValues = {},
  within = [],
}: EngineStart): EngineChild {
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  const file = openSync(log, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, PRIVATE_FILE);
  const engine = [process.execPath, ...ENGINE_NODE_FLAGS, engineFile(), runDirectory, STARTER.flag, ...flags];
  const [program = '', ...args] = [...within, ...engine];
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ['ignore', file, file, 'pipe'],
    // What Node has compiled once is loaded at once, there as here.
    env: {
      ...process.env,
      ...LIBRARY_SETTINGS,
      ...handOver(secretValues),
      NODE_COMPILE_CACHE: module.getCompileCacheDir(),
    },
  });
  closeSync(file);
  const pipe = child.stdio[STARTER.descriptor] as Duplex;
  // An engine that has gone says so by its end.
  pipe.on('error', () => {});
  return {process: child, pipe};
}

function handOver(secretValues: Readonly<Record<string, string>>): Record<string, string> {
  return Object.keys(secretValues).length === 0 ? {} : {[SECRET_VALUES]: JSON.stringify(secretValues)};
}

/** Beside the bundle when built, in the sources otherwise. */
export function engineFile(): string {
  const here = import.meta.url;
  const candidates = ['./engine.js', '../engine.js', '../engine/main.ts'].map(path =>
    fileURLToPath(new URL(path, here)),
  );
  const found = candidates.find(path => existsSync(path));
  if (found === undefined) throw new Error('the engine is missing: run `npm run build`');
  return found;
}
