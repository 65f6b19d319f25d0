/** `tminus run`: opens a run, starts its engine, and shows it. */
import {rmSync} from 'node:fs';
import {basename, dirname, join, relative} from 'node:path';
import type {Connection} from '../attach/client.ts';
import {writeOptions} from '../engine/opening/options.ts';
import {mayRecall, planCache} from '../engine/opening/plan-cache.ts';
import {createRunDirectory, newRunId, shareRunDirectory, stateHome} from '../journal/run-directory.ts';
import {reviewFileOf} from '../plan/doubt.ts';
import {type Plan, traitsOf} from '../plan/plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {unconfirmed} from '../run/review.ts';
import {belongsToRun, stepState} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {commandText} from '../text/command-text.ts';
import {compact} from '../text/compact.ts';
import {showSkeleton} from '../ui/skeleton.ts';
import type {Guard} from '../ui/terminal/restore.ts';
import {CommandError, systemWords} from './command-error.ts';
import {pairOf, parseArguments, valuesOf, watchOf} from './command-line/arguments.ts';
import {type NamedFiles, readNamed, readReviewText} from './command-line/named-files.ts';
import {programName} from './command-line/program-name.ts';
import {startEngineProcess} from './engine-process.ts';
import type {BoxOfRun} from './own-rehearsal/box-of-run.ts';
import {chooseView, showRun, type View} from './show-run.ts';
import {runIdAhead} from './start-engine-early.ts';
import {groupToShareWith, openerOf} from './terminal/person.ts';
import {say} from './terminal/print.ts';

export type RunRequest = {
  named: NamedFiles;
  values: Readonly<Record<string, string>>;
  choices: readonly (readonly [string, string])[];
  auto: boolean;
  yes: readonly string[];
  /** `--procedure`: of several procedures of the document the one that is meant. */
  procedure?: string | undefined;
  watch: 'none' | 'all' | number;
  dryRun: boolean;
  view: View;
  /** How the person wishes to be called. */
  as?: string | undefined;
  /** Unix group whose members may attach. */
  group?: string | undefined;
  approvers?: 2;
  /** `--without-ledger`: why it is started although the team's ledger cannot be reached. */
  withoutLedger?: string | undefined;
  /** A person, or something in their place, answers to what happens: a step that fails does not end the run. */
  attended?: boolean;
  /** A rehearsal ends itself when it has had no console for this long. */
  aloneMsMax?: number;
  /** Builds a box around the engine. */
  box?: BoxOfRun;
  /** Called when the engine answers, before anything is shown. */
  onStarted?: (runDirectory: string) => Promise<void>;
  /** Shows the run instead of `showRun`, and may drive it. Returns the exit code. */
  show?: (connection: Connection) => Promise<number>;
};

export async function runCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('run', args);
  const values = valuesOf(flags);
  const choices = (flags.choose ?? []).map(text => pairOf(text, '--choose'));
  const named = readNamed(positionals[0], flags.bindings);
  const view = await chooseView(flags);
  const dryRun = flags['dry-run'] === true;
  const auto = flags.auto === true || dryRun;
  if (view.kind !== 'console' && !auto) {
    throw new CommandError(
      EXIT.refused,
      'without a terminal nobody can press a key: add --auto, and --yes all for what a person ticks',
    );
  }
  const {as, group} = flags;
  const approval = approvalOf(flags.approve, group);
  const yes = dryRun ? ['all'] : (flags.yes ?? []);
  const watch = dryRun ? 'none' : watchOf(flags.watch, view.kind === 'console');
  const request: RunRequest = {
    named,
    values,
    choices,
    procedure: flags.procedure,
    auto,
    yes,
    watch,
    dryRun,
    view,
    as,
    group,
    withoutLedger: flags['without-ledger'],
    ...approval,
  };
  return (await startRun(request)).exitCode;
}

function approvalOf(text: string | undefined, group: string | undefined): {approvers?: 2} {
  if (text === undefined || text === '1') return {};
  if (text !== '2') throw new CommandError(EXIT.usage, `--approve wants 2 (or 1, for no approval), got "${text}"`);
  if (group === undefined) {
    throw new CommandError(
      EXIT.usage,
      '--approve 2 needs --group: within one account names are only claimed, and nobody else could attach to approve',
    );
  }
  return {approvers: 2};
}

/** A mark that nothing comes of should not be taken for a guard. */
function warnOfMarks(plan: Plan, tell: (text: string) => void): void {
  const marked = plan.steps.filter(step => step.approvals !== undefined);
  if (marked.length === 0) return;
  const lines = marked.map(({line}) => line).join(', ');
  tell(`tminus: steps marked approve=2 (line ${lines}) run without a second person: --approve 2 asks one\n`);
}

/** Opens a run and shows it until it ends or its console is left. */
export async function startRun(request: RunRequest): Promise<{runId: string; exitCode: number}> {
  const {view, named} = request;
  const skeleton = view.kind === 'console' ? showSkeletonOf(view, basename(named.checklist)) : undefined;
  // The largest part of the console's program: it is loaded while the directory of the run is written.
  if (view.kind === 'console') void import('../ui/open-console.tsx');
  try {
    return await openRun(request, skeleton);
  } catch (error) {
    skeleton?.restore();
    throw error;
  }
}

function showSkeletonOf({theme, ascii}: Extract<View, {kind: 'console'}>, title: string): Guard {
  const {columns, rows} = process.stdout;
  return showSkeleton({columns, rows, title, theme, ascii});
}

async function prepareConsole({theme, ascii}: Extract<View, {kind: 'console'}>): Promise<void> {
  const {warmUp} = await import('../ui/warm-up.tsx');
  const {columns, rows} = process.stdout;
  warmUp({columns, rows, theme, ascii});
}

/** The engine will have the plan at once: nothing of the document is read again. */
function wasRead({named, procedure, values}: RunRequest, review: {text: string; file: string} | undefined): boolean {
  const {bytes: checklist, bindingsText: text, bindingsFile: file} = named;
  const bindings = text === undefined || file === undefined ? undefined : {text, file};
  const cache = planCache(process.env);
  return cache !== undefined && mayRecall(cache, compact({checklist, bindings, review, procedure, values, env: {}}));
}

async function openRun(request: RunRequest, skeleton: Guard | undefined): Promise<{runId: string; exitCode: number}> {
  const {named, values, choices, procedure, auto, yes, watch, dryRun, view, as, group, approvers, aloneMsMax} = request;
  const gid = group === undefined ? undefined : groupToShareWith(group);
  const home = stateHome(process.env);
  const runId = runIdAhead() ?? newRunId(new Date());
  const review = reviewFileOf(named.checklist);
  const reviewText = readReviewText(review);
  const files = compact({checklist: named.bytes, bindings: named.bindingsText, review: reviewText});
  const runDirectory = await createRunDirectory(home, runId, files).catch(error => {
    throw new CommandError(EXIT.usage, `cannot keep the run in ${home}: ${systemWords(error)}`, {cause: error});
  });
  if (gid !== undefined) openToGroup(home, runDirectory, gid);
  writeOptions(
    runDirectory,
    compact({
      runId,
      home,
      checklist: named.checklist,
      bindings: named.bindingsFile,
      review,
      procedure,
      directory: request.box?.directory ?? process.cwd(),
      box: request.box?.shown,
      failAt: request.box?.failAt,
      madeDatabase: request.box?.database,
      boxHosts: request.box?.hosts,
      user: openerOf(as),
      auto,
      yes,
      watch,
      unattended: auto && view.kind !== 'console' && request.attended !== true,
      dryRun,
      aloneMsMax,
      values,
      choices,
      group,
      approvers,
      withoutLedger: request.withoutLedger,
    }),
  );
  const within = request.box?.within(runDirectory);
  const starting = startEngineProcess(runDirectory, process.cwd(), {observe: false, as, within});
  // While the engine reads the checklist, the console gets ready.
  const isKept = wasRead(request, reviewText === undefined ? undefined : {text: reviewText, file: review});
  if (view.kind === 'console' && !isKept) void prepareConsole(view);
  const connection = await starting.catch(error => {
    const neverBegan =
      error instanceof CommandError &&
      [EXIT.invalid, EXIT.lockHeld, EXIT.unreachable].some(is => is === error.exitCode);
    if (neverBegan) rmSync(runDirectory, {recursive: true});
    throw error;
  });
  const tell = (text: string) => {
    skeleton?.restore();
    say(text);
  };
  if (approvers === undefined) warnOfMarks(connection.plan, tell);
  if (group !== undefined) tell(`tminus: members of ${group} attach with: ${programName()} attach ${runDirectory}\n`);
  await request.onStarted?.(runDirectory);
  skeleton?.dispose();
  const {show = () => showRun(connection, runId, view)} = request;
  const exitCode = await show(connection);
  if (exitCode === EXIT.refused && view.kind !== 'console') sayHowToReview(connection, request);
  return {runId, exitCode};
}

/** Everything was confirmed, and nothing of it is for a run. */
function sayWhyNothing(plan: Plan, state: RunState): void {
  const idle = plan.steps.find(step => traitsOf(step.action).by === 'engine');
  if (idle === undefined || plan.steps.some(step => belongsToRun(plan, state, step))) return;
  const text = `nothing ${state.run.dryRun ? 'would run' : 'ran'}: what line ${idle.line} would run is for reference`;
  say(`tminus: ${text}; give its section another use with: ${programName()} review\n`);
}

/** A run that stopped in front of what nobody has confirmed: where, and how to confirm it. */
function sayHowToReview({plan, store}: Connection, {named, procedure}: RunRequest): void {
  const state = store.getState();
  const open = plan.steps
    .filter(step => stepState(state, step.id).status === 'pending' && belongsToRun(plan, state, step))
    .map(step => unconfirmed(plan, state, step))
    .find(found => found !== undefined);
  if (open === undefined) return sayWhyNothing(plan, state);
  const near = relative(process.cwd(), named.checklist);
  const file = near.startsWith('..') ? named.checklist : near;
  const beside = join(dirname(named.checklist), 'tminus.yaml');
  const {bindingsFile = beside} = named;
  const more = [
    ...(bindingsFile === beside ? [] : ['-b', bindingsFile]),
    ...(procedure === undefined ? [] : ['--procedure', procedure]),
  ];
  const command = (...flags: string[]) => commandText(programName(), ['review', file, ...more, ...flags]);
  say(`tminus: ${open.text}; confirm it with: ${command()} (or take the reading unseen: ${command('--accept')})\n`);
}

function openToGroup(home: string, runDirectory: string, gid: number): void {
  try {
    shareRunDirectory(home, runDirectory, gid);
  } catch (error) {
    rmSync(runDirectory, {recursive: true, force: true});
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(EXIT.usage, `--group: ${message}`, {cause: error});
  }
}
