import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findRun, stateHome} from '../journal/run-directory.ts';
import {type Fault, faults} from '../rehearsal/faults.ts';
import {prepareRehearsal, type Rehearsal} from '../rehearsal/target.ts';
import {parseArguments} from './arguments.ts';
import {CommandError, EXIT} from './exit-codes.ts';
import {readNamed} from './named-files.ts';
import {rollBack} from './rollback.ts';
import {startRun} from './run.ts';
import {chooseView, type View, viewOptions} from './show-run.ts';

/** Long enough for the rehearsal's rules to come to a verdict, and for a fault's trigger to fire. */
const WATCH_MS = 45_000;
/** A slope is judged over a minute and a half at least: before that it says more about noise than about a leak. */
const LEAK_WATCH_MS = 120_000;

export async function rehearseCommand(args: readonly string[]): Promise<number> {
  const {values: flags} = parseArguments(args, {...viewOptions, fault: {type: 'string'}}, 0);
  const fault = faultOf(flags.fault);
  const view = await chooseView(flags);
  process.stderr.write('T-Minus: setting the rehearsal up: SSH server, git, PostgreSQL, service …\n');
  const directory = mkdtempSync(join(tmpdir(), 'tminus-rehearsal-'));
  const rehearsal = await prepareRehearsal({
    directory,
    ...(fault === undefined ? {} : {fault}),
    log: line => process.stderr.write(`  ${line}\n`),
  });
  return view.kind === 'console' ? await practise(rehearsal, view) : await playAlone(rehearsal, view, fault);
}

function faultOf(name: string | undefined): Fault | undefined {
  const found = faults.find(fault => fault === name);
  if (name !== undefined && found === undefined) {
    throw new CommandError(EXIT.usage, `there is no fault "${name}"; there are ${faults.join(', ')}`);
  }
  return found;
}

/** A person at the screen. The box lives as long as the run's engine, also when this console is left. */
async function practise(rehearsal: Rehearsal, view: View): Promise<number> {
  const {exitCode} = await startRehearsalRun(rehearsal, view, {auto: false, yes: [], watch: 'all'});
  if (exitCode === EXIT.detached) {
    process.stdout.write(
      'The rehearsal goes on in the background; finishing its run ends everything that belongs to it.\n',
    );
    return exitCode;
  }
  await clear(rehearsal);
  return exitCode === EXIT.rolledBack ? EXIT.succeeded : exitCode;
}

/** The whole rehearsal without a person, then a rollback drill. 0 when both did what they should. */
async function playAlone(rehearsal: Rehearsal, view: View, fault: Fault | undefined): Promise<number> {
  // Nobody comes back to it: the run's own files go with the box, unless somebody has named a place for them.
  process.env['TMINUS_HOME'] ??= join(rehearsal.directory, 'state');
  try {
    const watch = fault === 'leak' ? LEAK_WATCH_MS : WATCH_MS;
    const {runId, exitCode} = await startRehearsalRun(rehearsal, view, {auto: true, yes: ['all'], watch});
    process.stderr.write(`T-Minus: the deploy ended with ${exitCode}; now the rollback drill\n`);
    const run = await findRun(stateHome(process.env), runId);
    if (run === undefined) throw new CommandError(EXIT.internalError, `run ${runId} has no directory`);
    const drill = await rollBack(run.directory, {force: false, kind: view.kind === 'json' ? 'json' : 'plain'});
    if (view.kind === 'plain') process.stdout.write(`\n${readFileSync(join(run.directory, 'report.md'), 'utf8')}`);
    const asExpected = fault === undefined ? exitCode === EXIT.succeeded : exitCode === EXIT.stepFailed;
    process.stderr.write(
      `T-Minus: deploy ${exitCode}, rollback drill ${drill}: ${asExpected && drill === EXIT.rolledBack ? 'as it should be' : 'NOT as it should be'}\n`,
    );
    if (!asExpected) return exitCode === EXIT.succeeded ? EXIT.stepFailed : exitCode;
    return drill === EXIT.rolledBack ? EXIT.succeeded : drill;
  } finally {
    await clear(rehearsal);
  }
}

async function startRehearsalRun(
  rehearsal: Rehearsal,
  view: View,
  how: {auto: boolean; yes: readonly string[]; watch: 'all' | number},
): Promise<{runId: string; exitCode: number}> {
  const named = readNamed(rehearsal.checklist, rehearsal.bindings);
  const onStarted = async (runDirectory: string) => {
    const pid = Number(readFileSync(join(runDirectory, 'engine.pid'), 'utf8'));
    await rehearsal.keepFor(pid);
  };
  return await startRun({named, values: {}, choices: [], dryRun: false, view, onStarted, ...how});
}

async function clear(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.stop();
  rmSync(rehearsal.directory, {recursive: true, force: true});
}
