/** The built program as a script would use it, with a state directory of its own. */
import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {readJournal} from '../../src/journal/read-journal.ts';
import {findRun} from '../../src/journal/run-directory.ts';
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from './eventually.ts';
import {endProcessesWith, processesWith} from './proc.ts';

export const program = resolve('dist/tminus.js');

export type Ended = {
  /** Absent when a signal ended it. */
  code: number | null;
  out: string;
  /** Standard error. */
  said: string;
  /** What `--json` printed. */
  events: readonly Recorded[];
};

export type Operator = {
  /** `TMINUS_HOME`. */
  home: string;
  environment: NodeJS.ProcessEnv;
  run(...args: readonly string[]): Promise<Ended>;
  /** Starts it and does not wait. */
  start(...args: readonly string[]): {child: ChildProcess; ended: Promise<Ended>};
  /** Directory of the newest run. */
  runDirectory(): Promise<string>;
  /** The newest run's journal; empty before it has one. */
  journal(): Promise<readonly Recorded[]>;
  /** Waits until the newest run's journal holds such an event. */
  recorded<T extends Recorded['type']>(
    type: T,
    matches?: (event: Extract<Recorded, {type: T}>) => boolean,
  ): Promise<Extract<Recorded, {type: T}>>;
  enginePid(): Promise<number>;
  /** Waits until no engine is left: one gives its lock back a moment after its run has closed. */
  idle(): Promise<void>;
  /** Ends the engines that are left, so that they take nothing from what comes next. */
  endEngines(): void;
  /** Ends every engine and console that was started here. */
  stop(): void;
};

/** `enter`: what is put in front of the program to start it on another machine. */
type Ways = {reviews?: boolean; enter?: readonly string[]};

/** `reviews`: takes the reading of each checklist unseen before it is run; without it nothing of it runs by itself. */
export function newOperator(
  directory: string,
  extra: NodeJS.ProcessEnv = {},
  {reviews = true, enter = []}: Ways = {},
): Operator {
  const home = mkdtempSync(join(tmpdir(), 'tminus-home-'));
  const environment = {...process.env, TMINUS_HOME: home, ...extra};
  const start = (...args: readonly string[]) => {
    if (reviews && args[0] === 'run') acceptReading(directory, environment, args.slice(1));
    return startIn(directory, environment, [...enter, process.execPath, program, ...args]);
  };
  const runDirectory = async () => {
    const run = await findRun(home, undefined);
    if (run === undefined) throw new Error(`no run in ${home}`);
    return run.directory;
  };
  const journal = async () => {
    const run = await findRun(home, undefined);
    return run === undefined ? [] : (await readJournal(run.directory).catch(() => ({events: []}))).events;
  };
  return {
    home,
    environment,
    start,
    run: (...args) => start(...args).ended,
    runDirectory,
    journal,
    recorded: (type, matches = () => true) =>
      eventually(
        `${type} in the journal`,
        async () => {
          const ofType = (await journal()).filter(event => event.type === type);
          return (ofType as Extract<Recorded, {type: typeof type}>[]).find(matches);
        },
        {seen: async () => (await journal()).map(event => JSON.stringify(event)).join('\n')},
      ),
    enginePid: async () => Number(readFileSync(join(await runDirectory(), 'engine.pid'), 'utf8')),
    idle: async () => {
      await eventually('the engine to be gone', () => processesWith(home).length === 0);
    },
    endEngines() {
      endProcessesWith(join(home, 'runs', ''));
    },
    stop() {
      endProcessesWith(home);
      rmSync(home, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

/** As an author does it once: `tminus review CHECKLIST --accept`, with the bindings of the run. */
export function acceptReading(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): void {
  if (args[0]?.startsWith('-') !== false) return;
  const kept = args.filter(
    (arg, index) => index === 0 || REVIEWED.includes(arg) || REVIEWED.includes(args[index - 1] ?? ''),
  );
  const {status, stderr} = spawnSync(process.execPath, [program, 'review', ...kept, '--accept'], {cwd, env});
  // What cannot be read, or is no command line, is for the run to say; what stays open is what the test is about.
  if (status !== 0 && status !== 2 && status !== 7 && status !== 65)
    throw new Error(`review --accept: ${status} ${stderr}`);
}

/** Flags that change what is read. */
const REVIEWED = ['-b', '--bindings', '--value', '--procedure'];

function startIn(cwd: string, env: NodeJS.ProcessEnv, command: readonly string[]): ReturnType<Operator['start']> {
  const [first = '', ...words] = command;
  const child = spawn(first, words, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
  const heard = {out: '', said: ''};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.said += text;
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail);
    child.once('close', code => done({code, ...heard, events: eventsIn(heard.out)}));
  });
  return {child, ended};
}

function eventsIn(out: string): readonly Recorded[] {
  // An indented object is no event: `check --json` prints one.
  const lines = out.split('\n').filter(line => line.startsWith('{"'));
  return lines.map(line => JSON.parse(line) as Recorded);
}

export type StepFinished = Extract<Recorded, {type: 'step-finished'}>;

/** How the steps ended, in order; `line`: only the step of that line. */
export function finishedSteps(events: readonly Recorded[], line?: number): readonly StepFinished[] {
  return events.filter(
    (event): event is StepFinished =>
      event.type === 'step-finished' && (line === undefined || event.stepId === `L${line}`),
  );
}

/** A running step has this long to end when it is told to; then the rollback goes on without it. */
export const STOPPING_DEADLINE_MS = 10_000;

/** What may be said of a step that was told to end at `told`: `unknown` only once its time was up, by the journal. */
export function truthsOfStopped(told: number, {at}: StepFinished): readonly string[] {
  return at - told < STOPPING_DEADLINE_MS ? ['cancelled'] : ['cancelled', 'unknown'];
}

/** Exit codes of a step's commands, as the journal has them. */
export function exitCodes({outcome}: StepFinished): readonly (number | undefined)[] {
  return 'commands' in outcome && outcome.commands ? outcome.commands.map(({code}) => code) : [];
}
