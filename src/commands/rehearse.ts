/** `tminus rehearse`: a deployment against a target in a box, with a person or by itself. */
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findRun, stateHome} from '../journal/run-directory.ts';
import {parseInterval} from '../plan/plan.ts';
import {type Fault, faults, triggerOf} from '../rehearsal/faults.ts';
import {prepareRehearsal, type Rehearsal} from '../rehearsal/start-rehearsal.ts';
import {EXIT} from '../run/exit-codes.ts';
import {forgetAll} from '../text/memoize.ts';
import {stretchText} from '../text/times.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {findProgram} from './find-program.ts';
import {drillIncident} from './incident-drill.ts';
import {loadNamed} from './load-named-plan.ts';
import {tellAhead} from './own-rehearsal/print-findings.ts';
import {rehearseOwn} from './own-rehearsal/rehearse-own.ts';
import {acceptReading} from './review.ts';
import {rollBack} from './rollback.ts';
import {type RunRequest, startRun} from './run.ts';
import {chooseView, type View} from './show-run.ts';
import {print, say} from './terminal/print.ts';

/** A person may have lost the terminal, and attach from another. */
const ALONE_MS_MAX = 5 * 60_000;
/** Long enough for the rehearsal's rules to come to a verdict. */
const WATCH_MS = 45_000;

export async function rehearseCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('rehearse', args);
  if (positionals[0] !== undefined && flags['dry-run'] === true) return tellAhead(positionals[0], flags);
  if (positionals[0] !== undefined) return await rehearseOwn(positionals[0], flags);
  const fault = faultOf(flags.fault);
  const view = await chooseView(flags);
  // What is wrong with it is said before a box is set up.
  aloneMsMax();
  refuseWithoutPrograms();
  leaveProxiesOut();
  say('T-Minus: setting the rehearsal up: SSH server, git, PostgreSQL, service …\n');
  const directory = mkdtempSync(join(tmpdir(), 'tminus-rehearsal-'));
  const rehearsal = await prepareRehearsal({
    directory,
    ...(fault === undefined ? {} : {fault}),
    log: line => say(`  ${line}\n`),
  }).catch(error => {
    rmSync(directory, {recursive: true, force: true});
    throw error;
  });
  return view.kind === 'console' ? await practise(rehearsal, view) : await playAlone(rehearsal, view, fault);
}

type Lines = Exclude<View, {kind: 'console'}>;

function faultOf(name: string | undefined): Fault | undefined {
  const found = faults.find(fault => fault === name);
  if (name !== undefined && found === undefined) {
    throw new CommandError(EXIT.usage, `there is no fault "${name}"; there are ${faults.join(', ')}`);
  }
  return found;
}

function aloneMsMax(): number {
  const text = process.env['TMINUS_REHEARSAL_ALONE'];
  const ms = text === undefined ? ALONE_MS_MAX : parseInterval(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new CommandError(EXIT.usage, `TMINUS_REHEARSAL_ALONE wants a duration such as 30m, got "${text}"`);
}

function refuseWithoutPrograms(): void {
  const missing = ['bash', 'git'].find(name => findProgram(process.env, name) === undefined);
  if (missing === undefined) return;
  throw new CommandError(
    EXIT.refused,
    `the rehearsal needs ${missing}, which is not installed here (Debian: ${missing})`,
  );
}

/** All of it is on this machine, and is asked without a detour. */
function leaveProxiesOut(): void {
  for (const name of Object.keys(process.env)) if (/^(?:https?|all)_proxy$/i.test(name)) delete process.env[name];
}

/** A person at the screen. The box lives as long as the run's engine, also when this console is left. */
async function practise(rehearsal: Rehearsal, view: View): Promise<number> {
  const {exitCode} = await startRehearsalRun(rehearsal, view, {auto: false, yes: [], watch: 'all'});
  if (exitCode === EXIT.detached) {
    const until = `it ends itself ${stretchText(aloneMsMax())} after its last console`;
    print(`The rehearsal goes on in the background; ${until}, with everything that belongs to it.\n`);
    return exitCode;
  }
  if (exitCode === EXIT.unknown) {
    say('T-Minus: the box of this rehearsal stays for 15 minutes; taking its run up again keeps it\n');
    return exitCode;
  }
  await clear(rehearsal);
  return exitCode === EXIT.rolledBack ? EXIT.succeeded : exitCode;
}

/** The whole rehearsal without a person, with a rollback at its end. 0 when everything did what it should. */
async function playAlone(rehearsal: Rehearsal, view: Lines, fault: Fault | undefined): Promise<number> {
  // Nobody comes back to it: the run's own files go with the box, unless somebody has named a place for them.
  process.env['TMINUS_HOME'] ??= join(rehearsal.directory, 'state');
  const trigger = fault === undefined ? undefined : triggerOf(fault);
  try {
    if (trigger === undefined) return await playDeploy(rehearsal, view, fault);
    return await playIncident(rehearsal, view, trigger);
  } finally {
    await clear(rehearsal);
  }
}

/** A deploy that nobody has to look at, then the rollback as a drill. */
async function playDeploy(rehearsal: Rehearsal, view: Lines, fault: Fault | undefined): Promise<number> {
  const {runId, exitCode} = await startRehearsalRun(rehearsal, view, {auto: true, yes: ['all'], watch: WATCH_MS});
  say(`T-Minus: the deploy ended with ${exitCode}; now the rollback drill\n`);
  const directory = await directoryOf(runId);
  const drill = await rollBack(directory, {force: false, kind: view.kind});
  if (view.kind === 'plain') showRecord(directory);
  // A service that does not start fails its steps; a link that comes back must not.
  const asExpected = exitCode === (fault === 'bad-start' ? EXIT.stepFailed : EXIT.succeeded);
  say(
    `T-Minus: deploy ${exitCode}, rollback drill ${drill}: ${asExpected && drill === EXIT.rolledBack ? 'as it should be' : 'NOT as it should be'}\n`,
  );
  if (!asExpected) return exitCode === EXIT.succeeded ? EXIT.stepFailed : exitCode;
  return drill === EXIT.rolledBack ? EXIT.succeeded : drill;
}

/** A deploy of which a rollback trigger must tell that it went wrong, and what an operator does then. */
async function playIncident(rehearsal: Rehearsal, view: Lines, trigger: string): Promise<number> {
  const {runId, exitCode} = await startRehearsalRun(rehearsal, view, {
    auto: false,
    yes: ['all'],
    watch: 'all',
    attended: true,
    show: connection => drillIncident(connection, view.kind, trigger),
  });
  if (view.kind === 'plain') showRecord(await directoryOf(runId));
  say(
    `T-Minus: incident drill: ${exitCode === EXIT.succeeded ? 'as it should be' : `NOT as it should be (${exitCode})`}\n`,
  );
  return exitCode;
}

async function directoryOf(runId: string): Promise<string> {
  const run = await findRun(stateHome(process.env), runId);
  if (run === undefined) throw new CommandError(EXIT.internalError, `run ${runId} has no directory`);
  return run.directory;
}

/** A run whose engine died has none. */
function showRecord(runDirectory: string): void {
  const record = join(runDirectory, 'report.md');
  if (existsSync(record)) print(`\n${readFileSync(record, 'utf8')}`);
}

async function startRehearsalRun(
  rehearsal: Rehearsal,
  view: View,
  how: Pick<RunRequest, 'auto' | 'yes' | 'watch' | 'attended' | 'show'>,
): Promise<{runId: string; exitCode: number}> {
  // Its document is known: the rehearsal brings its review along.
  const named = loadNamed(rehearsal.checklist, rehearsal.bindings);
  acceptReading(named, 'the rehearsal');
  // This process reads no document again.
  forgetAll();
  // An engine that takes the run up again writes its own number there.
  const onStarted = (runDirectory: string) => rehearsal.keepFor(join(runDirectory, 'engine.pid'));
  return await startRun({
    named,
    values: {},
    choices: [],
    dryRun: false,
    view,
    onStarted,
    aloneMsMax: aloneMsMax(),
    ...how,
  });
}

async function clear(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.stop();
  rmSync(rehearsal.directory, {recursive: true, force: true});
}
