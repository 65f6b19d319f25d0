import {userInfo} from 'node:os';
import {writeOptions} from '../engine/options.ts';
import {createRunDirectory, newRunId, stateHome} from '../journal/run-directory.ts';
import {pairOf, parseArguments, watchOf} from './arguments.ts';
import {startEngineProcess} from './engine-process.ts';
import {CommandError, EXIT} from './exit-codes.ts';
import {loadNamed, type Named, refuseInvalid} from './load.ts';
import {chooseView, showRun, type View, viewOptions} from './show-run.ts';

export type RunRequest = {
  named: Named;
  values: Readonly<Record<string, string>>;
  choices: readonly (readonly [string, string])[];
  auto: boolean;
  yes: readonly string[];
  watch: 'none' | 'all' | number;
  dryRun: boolean;
  view: View;
  /** Called when the engine answers, before anything is shown. */
  onStarted?: (runDirectory: string) => Promise<void>;
};

export async function runCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments(
    args,
    {
      ...viewOptions,
      bindings: {type: 'string', short: 'b'},
      value: {type: 'string', multiple: true},
      choose: {type: 'string', multiple: true},
      auto: {type: 'boolean', default: false},
      yes: {type: 'string', multiple: true},
      watch: {type: 'string'},
      'dry-run': {type: 'boolean', default: false},
    },
    1,
  );
  const values = Object.fromEntries((flags.value ?? []).map(text => pairOf(text, '--value')));
  const choices = (flags.choose ?? []).map(text => pairOf(text, '--choose'));
  const view = await chooseView(flags);
  const dryRun = flags['dry-run'];
  const auto = flags.auto || dryRun;
  if (view.kind !== 'console' && !auto) {
    throw new CommandError(
      EXIT.refused,
      'without a terminal nobody can press a key: add --auto, and --yes all for what a person ticks',
    );
  }
  const named = loadNamed(positionals[0], flags.bindings, {values, choices});
  refuseInvalid(named);
  const yes = dryRun ? ['all'] : (flags.yes ?? []);
  const watch = dryRun ? 'none' : watchOf(flags.watch, view.kind === 'console');
  const {exitCode} = await startRun({named, values, choices, auto, yes, watch, dryRun, view});
  return exitCode;
}

/** Opens a run and shows it until it ends or its console is left. */
export async function startRun(request: RunRequest): Promise<{runId: string; exitCode: number}> {
  const {named, values, choices, auto, yes, watch, dryRun, view} = request;
  const home = stateHome(process.env);
  const runId = newRunId(new Date());
  const files = {checklist: named.bytes, ...(named.bindingsText === undefined ? {} : {bindings: named.bindingsText})};
  const runDirectory = await createRunDirectory(home, runId, files);
  writeOptions(runDirectory, {
    runId,
    home,
    checklist: named.checklist,
    ...(named.bindingsFile === undefined ? {} : {bindings: named.bindingsFile}),
    directory: process.cwd(),
    user: userInfo().username,
    auto,
    yes,
    watch,
    unattended: auto && view.kind !== 'console',
    dryRun,
    values,
    choices,
  });
  const connection = await startEngineProcess(runDirectory, process.cwd(), {observe: false});
  await request.onStarted?.(runDirectory);
  return {runId, exitCode: await showRun(connection, runId, view)};
}
