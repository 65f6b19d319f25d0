/** `tminus resume --install`, `--uninstall` and `--boot`: a watch goes on after a reboot of the machine that it runs on. */
import {realpathSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {EngineOptions} from '../../engine/opening/options.ts';
import {type RunSources, readSources} from '../../engine/opening/run-sources.ts';
import {findRun, type RunPlace, stateHome} from '../../journal/run-directory.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {isRollingBack} from '../../run/selectors.ts';
import {CommandError} from '../command-error.ts';
import {programName} from '../command-line/program-name.ts';
import {attachTo, startEngineProcess} from '../engine-process.ts';
import {newestRun, type PastRun, readOwnOptions, readRun} from '../past-run.ts';
import {print, say} from '../terminal/print.ts';
import {asksYes, hasTerminal} from '../terminal/terminal-questions.ts';
import {bootScript, type Keeper, keeperOf, uninstall} from './systemd-or-crontab.ts';
import type {AfterReboot} from './unit.ts';

/** Prints what would take the run up after a reboot; with a person's word, or `--yes`, also sees to it. */
export async function installCommand(run: RunPlace, changed: string | undefined, yes: boolean): Promise<number> {
  const past = await readRun(run.directory);
  refuseOthers(past, run.id);
  const after = afterReboot(run, past, changed);
  const keeper = await keeperOf(process.env, after);
  print(keeper.text);
  say(`${notes(run, keeper, await whyItWaits(run.directory, past.options, after)).join('\n')}\n`);
  if (!yes && !(hasTerminal() && (await asksYes(`Write it to ${keeper.place}?`)))) {
    say(`tminus: nothing was changed; \`${programName()} resume ${run.id} --install --yes\` writes it\n`);
    return EXIT.succeeded;
  }
  await keeper.install();
  say(`tminus: written to ${keeper.place}; \`${programName()} resume ${run.id} --uninstall\` removes it\n`);
  return EXIT.succeeded;
}

export async function uninstallCommand(id: string | undefined): Promise<number> {
  // A run that is gone may have left it behind.
  const runId = id ?? (await newestRun(undefined)).id;
  const removed = await uninstall(process.env, runId);
  say(`tminus: ${removed.length === 0 ? `nothing keeps run ${runId}` : `removed from ${removed.join(' and ')}`}\n`);
  return EXIT.succeeded;
}

/** What the unit calls: nobody is there to be asked, and nobody stays attached. */
export async function bootCommand(
  id: string | undefined,
  acceptable: (past: PastRun) => Promise<void>,
): Promise<number> {
  const run = id === undefined ? await newestRun(undefined) : await findRun(stateHome(process.env), id);
  if (run === undefined) return await removeItself(id ?? '', 'there is no such run any more');
  const attaching = {observe: true};
  const live = await attachTo(run.directory, attaching);
  if (live !== undefined) {
    live.close();
    return EXIT.detached;
  }
  const options = readOwnOptions(run.directory);
  const past = await readRun(run.directory);
  if (past.state.closed !== null && past.damage === undefined) {
    return await removeItself(run.id, `it is closed (${past.state.closed.status})`);
  }
  const waits = waitsForPerson(past) ?? whyWanting(past.sources);
  if (waits !== undefined) throw new CommandError(EXIT.refused, `${waits}; ${takesUp(run.id)}`);
  await acceptable(past);
  const connection = await startEngineProcess(run.directory, options.directory, attaching);
  connection.close();
  say(`tminus: run ${run.id} goes on; \`${programName()} attach ${run.id}\` shows it\n`);
  return EXIT.detached;
}

async function removeItself(runId: string, because: string): Promise<number> {
  const removed = await uninstall(process.env, runId);
  const where = removed.length === 0 ? 'nothing was left to remove' : `removed from ${removed.join(' and ')}`;
  say(`tminus: run ${runId}: ${because}; ${where}\n`);
  return EXIT.succeeded;
}

function refuseOthers({state, options}: PastRun, id: string): void {
  const why =
    state.closed !== null
      ? 'is closed: nothing of it goes on'
      : options.aloneMsMax !== undefined
        ? 'is a rehearsal, which a reboot ends'
        : options.dryRun
          ? 'is a dry run'
          : undefined;
  if (why !== undefined) throw new CommandError(EXIT.refused, `run ${id} ${why}`);
}

/** A watch and a rollback go on by themselves; a deploy whose machine was restarted is looked at first. */
function waitsForPerson({state}: PastRun): string | undefined {
  const {phase} = state;
  if (phase === 'watching' || isRollingBack(state)) return undefined;
  return `the machine was restarted while the run was ${phase}, and a person takes it up`;
}

function takesUp(id: string): string {
  return `\`${programName()} resume ${id}\` takes it up`;
}

function afterReboot({id, directory}: RunPlace, {plan}: PastRun, changed: string | undefined): AfterReboot {
  return {
    runId: id,
    title: plan.title,
    program: programWords(),
    flags: changed === undefined ? [] : ['--changed', changed],
    environment: environmentOf(process.env),
    script: resolve(bootScript(process.env, id)),
    log: join(directory, 'boot.log'),
  };
}

/** By itself where it is a program; with its Node where it is a script for one. */
function programWords(): readonly string[] {
  const script = resolve(process.argv[1] ?? '');
  return realpathSync(script).endsWith('.js') ? [process.execPath, script] : [script];
}

const KEPT = ['TMINUS_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'PATH', 'HOME', 'LANG'] as const;

/** Where the run is, and where programs are found. Nothing else: any other variable might hold a secret. */
function environmentOf(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kept = KEPT.flatMap(name => {
    const value = env[name];
    if (value === undefined || value === '') return [];
    return [[name, name === 'TMINUS_HOME' ? resolve(value) : value] as const];
  });
  return Object.fromEntries(kept);
}

/** What a reboot takes from the run that only a person can give again, told beforehand. In words. */
async function whyItWaits(
  runDirectory: string,
  options: EngineOptions,
  {environment}: AfterReboot,
): Promise<string | undefined> {
  return whyWanting(await readSources(runDirectory, options, environment));
}

/** Secrets are kept nowhere, and variables that the bindings name are set in a person's shell alone. */
function whyWanting({plan, wanting}: Pick<RunSources, 'plan' | 'wanting'>): string | undefined {
  if (wanting !== undefined) return wanting;
  const unset = plan.problems.filter(({code, severity}) => code === 'invalid-binding' && severity === 'error');
  return unset.length === 0 ? undefined : unset.map(({message}) => message).join('; ');
}

function notes({id}: RunPlace, {hints}: Keeper, waits: string | undefined): readonly string[] {
  const person =
    waits === undefined
      ? 'After a reboot the watch goes on by itself; what a host asks then (a passphrase, a password) waits for whoever attaches.'
      : `After a reboot the run waits for a person, because no secret is written down here (${waits}): ${takesUp(id)}.`;
  return [...hints, person].map(note => `tminus: ${note}`);
}
