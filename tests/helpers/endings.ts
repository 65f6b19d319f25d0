/**
 * The checklist of the rehearsal, run against its real target until it has ended in every way that a run can end.
 * What each ending left is kept as text: the journal, the empty template and the record in its forms.
 */
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {execa} from 'execa';
import {attachTo} from '../../src/commands/engine-process.ts';
import {readRun} from '../../src/commands/past-run.ts';
import {findRun, spoolPath} from '../../src/journal/run-directory.ts';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';
import {prepareRehearsal, type Rehearsal} from '../../src/rehearsal/start-rehearsal.ts';
import type {Seal} from '../../src/report/record/record-source.ts';
import type {Recorded} from '../../src/run/event.ts';
import {onHost} from '../rehearsal/on-host.ts';
import {eventually} from './eventually.ts';
import {endProcessesWith} from './proc.ts';
import {type Ended, newOperator, type Operator} from './program.ts';

/** With which exit code, in the order in which they are played. */
export const EXITS = {
  succeeded: 0,
  'rolled back': 4,
  running: 75,
  unknown: 75,
  aborted: 6,
  failed: 3,
  'rollback failed': 5,
} as const;

export type EndingName = keyof typeof EXITS;

export type Ending = {
  name: EndingName;
  exitCode: number;
  runDirectory: string;
  events: readonly Recorded[];
  /** What the old version is held to after a rollback. */
  bounds: readonly number[];
  seal: Seal;
  template: string;
  markdown: string;
  html: string;
};

type Connection = NonNullable<Awaited<ReturnType<typeof attachTo>>>;

export type Stage = {
  operator: Operator;
  rehearsal: Rehearsal;
  /** Plays one run to its end; `watching` is attached while it lasts. */
  deployed(watching?: Watching): Promise<Ending>;
  rolledBack(watching?: Watching): Promise<Ending>;
  /** The engine is killed while a step runs, and nothing of its job is left on the host. */
  unknown(): Promise<{before: Ending; after: Ending}>;
  aborted(): Promise<Ending>;
  /** Somebody has committed on the host, so the new version cannot be pulled; then tag and backup of the old one are gone. */
  failed(): Promise<{before: Ending; after: Ending}>;
  stop(): Promise<void>;
};

/** Looks at the run while it lasts. */
type Watching = (connection: Connection) => Promise<void>;

const FROM_OUTSIDE = {observe: true, as: 'bo'};

export async function openStage(directory: string): Promise<Stage> {
  const rehearsal = await prepareRehearsal({directory: join(directory, 'target')});
  const operator = newOperator(directory);
  const layout = layoutOf(rehearsal.directory);
  const old = (await git(layout.checkout, 'rev-parse', 'HEAD')).trim();

  const newestRun = async () => (await findRun(operator.home, undefined))?.directory;

  async function run(bindings: string, ...flags: readonly string[]): Promise<{ended: Promise<Ended>}> {
    const known = await newestRun();
    const {ended} = operator.start('run', rehearsal.checklist, '-b', bindings, '--auto', '--plain', ...flags);
    await eventually('the run to be opened', async () => {
      return (await newestRun()) !== known && (await operator.journal()).length > 0;
    });
    return {ended};
  }

  /** A run that ended otherwise leaves another host behind, on which the next one could not be judged. */
  async function endedAs(name: EndingName, over: Promise<Ended>): Promise<Ending> {
    const {code, out, said} = await over;
    if (code !== EXITS[name]) throw new Error(`exit code ${code} instead of ${EXITS[name]}, ${name}:\n${out}\n${said}`);
    await operator.idle();
    return await ending(name, code);
  }

  /** An observer, from the moment on at which the engine can be reached. */
  async function watched(watching: Watching | undefined): Promise<void> {
    if (watching === undefined) return;
    const path = await operator.runDirectory();
    const connection = await eventually('the engine to listen', () => attachTo(path, FROM_OUTSIDE));
    await watching(connection);
    connection.close();
  }

  async function ending(name: EndingName, exitCode: number): Promise<Ending> {
    const text = async (...flags: readonly string[]) => (await operator.run('report', ...flags)).out;
    const runDirectory = await operator.runDirectory();
    const [template, markdown, html] = await Promise.all([text('--template'), text(), text('--format', 'html')]);
    const {state, seal} = await readRun(runDirectory);
    const bounds = (state.afterRollback ?? []).map(({value}) => value);
    const events = await operator.journal();
    return {name, exitCode, runDirectory, events, template, markdown, html, bounds, seal};
  }

  /** The host as it was before the first run: the old commit, no tag, no backups, the service up. */
  async function clearHost(): Promise<void> {
    await git(layout.checkout, 'checkout', '--force', 'main');
    await git(layout.checkout, 'reset', '--hard', old);
    await git(layout.checkout, 'tag', '-d', 'v1.0-pre-phase2');
    removeBackups(layout.checkout);
    await onHost(rehearsal.directory, 'sudo systemctl restart myhibachi-api');
  }

  /** Bindings in which one step of the deploy does not end by itself. */
  function holding(): string {
    const path = join(directory, 'holding.yaml');
    const step = '- { match: "line:59", run: "echo it is held; sleep 1000", on: vps }';
    writeFileSync(path, readFileSync(rehearsal.bindings, 'utf8').replace('steps:\n', `steps:\n  ${step}\n`));
    return path;
  }

  /** What it prints has come: the engine knows that it has begun. */
  async function untilHeld(): Promise<void> {
    const output = spoolPath(await operator.runDirectory(), 'output');
    const printed = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');
    await eventually('the step to run on the host', () => /^it is held$/m.test(printed()), {seen: printed});
  }

  return {
    operator,
    rehearsal,
    async deployed(watching) {
      const {ended} = await run(rehearsal.bindings, '--yes', 'all', '--watch', '12s');
      await watched(watching);
      return await endedAs('succeeded', ended);
    },
    async rolledBack(watching) {
      const {ended} = operator.start('rollback', '--plain');
      await watched(watching);
      const done = await endedAs('rolled back', ended);
      await clearHost();
      return done;
    },
    async unknown() {
      const {ended} = await run(holding(), '--yes', 'all', '--watch', 'none');
      await untilHeld();
      process.kill(await operator.enginePid(), 'SIGKILL');
      const before = await endedAs('running', ended);
      endProcessesWith('-L59-1');
      rmSync(join(layout.home, '.tminus'), {recursive: true, force: true});
      const after = await endedAs('unknown', operator.run('resume', '--plain'));
      await clearHost();
      return {before, after};
    },
    async aborted() {
      const {ended} = await run(holding(), '--yes', 'all', '--watch', 'none');
      await untilHeld();
      const connection = await attachTo(await operator.runDirectory(), {observe: false, as: 'ana'});
      if (connection === undefined) throw new Error('the engine cannot be reached');
      const {consoleId, send} = connection;
      const refused = [
        await send({type: 'pass-baton', to: consoleId, takeOver: true}),
        await send({type: 'note', text: 'The team lead called: not today | <b>ask</b> again `tomorrow`'}),
        await send({type: 'finish', because: 'the team lead called', abort: true}),
      ];
      if (refused.some(why => why !== undefined)) throw new Error(`refused: ${refused}`);
      await ended;
      connection.close();
      const done = await endedAs('aborted', ended);
      await clearHost();
      return done;
    },
    async failed() {
      await git(layout.checkout, 'commit', '--allow-empty', '-m', 'A hot fix that nobody pushed');
      const {ended} = await run(rehearsal.bindings, '--yes', 'all', '--watch', 'none');
      const before = await endedAs('failed', ended);
      await git(layout.checkout, 'tag', '-d', 'v1.0-pre-phase2');
      removeBackups(layout.checkout);
      const forced = operator.run('rollback', '--force', '--plain');
      return {before, after: await endedAs('rollback failed', forced)};
    },
    async stop() {
      operator.stop();
      await rehearsal.stop();
      endProcessesWith(directory);
    },
  };
}

async function git(directory: string, ...words: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  return (await execa('git', ['-C', directory, ...identity, ...words])).stdout;
}

function removeBackups(checkout: string): void {
  for (const folder of [checkout, join(checkout, 'apps')]) {
    const backups = readdirSync(folder).filter(name => name.includes('.backup.'));
    for (const name of backups) rmSync(join(folder, name), {recursive: true});
  }
}
