/** `tminus resume`: takes a run up again whose engine ended. */
import {bindingsAsKept, readIfThere} from '../engine/opening/run-sources.ts';
import {EXIT} from '../run/exit-codes.ts';
import {textDifference} from '../text/difference.ts';
import {CommandError} from './command-error.ts';
import {parseArguments, valuesOf} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {attachTo, startEngineProcess} from './engine-process.ts';
import {newestRun, type PastRun, readOwnOptions, readRun} from './past-run.ts';
import {chooseView, showRun} from './show-run.ts';
import {say} from './terminal/print.ts';
import {asksYes, hasTerminal} from './terminal/terminal-questions.ts';

export async function resumeCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('resume', args);
  const {install, uninstall, boot} = flags;
  if (install === true || uninstall === true || boot === true) return await afterReboot(positionals[0], flags);
  if (flags.here === true) return await resumeHere(positionals[0], flags);
  if (flags.bindings !== undefined)
    throw new CommandError(EXIT.usage, '-b is for --here: a run goes on with the bindings that it was opened with');
  const run = await newestRun(positionals[0]);
  const attaching = {observe: false, as: flags.as};
  const view = await chooseView(flags);
  const attached = await attachTo(run.directory, attaching);
  if (attached !== undefined) return await showRun(attached, run.id, view);
  const {directory} = readOwnOptions(run.directory);
  const past = await readRun(run.directory);
  refuseClosed(past, run.id);
  const damage = await acceptDamage(past, flags.damaged);
  await acceptChanges(past, flags.changed);
  // Secret ones are given again: a run's directory does not keep them.
  const values = valuesOf(flags);
  return await showRun(await startEngineProcess(run.directory, directory, attaching, damage, values), run.id, view);
}

type HereFlags = Parameters<typeof valuesOf>[0] &
  Parameters<typeof chooseView>[0] & {bindings?: string | undefined; as?: string | undefined};

/** Goes on here with a run of another machine. */
async function resumeHere(id: string | undefined, flags: HereFlags): Promise<number> {
  const {bindings, as} = flags;
  const view = await chooseView(flags);
  const {takeOver} = await import('./ledger/take-over.ts');
  const taken = await takeOver({id, bindings, values: valuesOf(flags), as});
  const {directory, secretValues} = taken;
  const connection = await startEngineProcess(directory, process.cwd(), {observe: false, as}, [], secretValues);
  return await showRun(connection, taken.id, view);
}

type RebootFlags = {
  install?: boolean | undefined;
  uninstall?: boolean | undefined;
  yes?: boolean | undefined;
  changed?: string | undefined;
};

async function afterReboot(id: string | undefined, {install, uninstall, yes, changed}: RebootFlags): Promise<number> {
  const {bootCommand, installCommand, uninstallCommand} = await import('./reboot/after-reboot.ts');
  if (uninstall === true) return await uninstallCommand(id);
  if (install === true) return await installCommand(await newestRun(id), changed, yes === true);
  return await bootCommand(id, async past => {
    await acceptDamage(past, undefined);
    await acceptChanges(past, changed);
  });
}

function refuseClosed({state, damage}: PastRun, id: string): void {
  if (state.closed === null || damage !== undefined) return;
  const {status, because} = state.closed;
  const program = programName();
  throw new CommandError(
    EXIT.refused,
    `run ${id} is closed (${status}: ${because}); \`${program} report ${id}\` shows its record, \`${program} rollback ${id}\` rolls it back`,
  );
}

/** A journal that does not hold is gone on with only when a person says so. Returns what its engine must be told. */
export async function acceptDamage({damage, torn}: PastRun, flag: string | undefined): Promise<readonly string[]> {
  if (torn !== undefined) say(`tminus: ${torn}\n`);
  if (damage === undefined) return [];
  const question = 'Go on from the last line that holds, and set the rest aside?';
  if (!(await confirmed(damage, question, 'damaged', flag))) {
    throw new CommandError(
      EXIT.invalid,
      `${damage}; --damaged accept goes on from the last line that holds, and sets the rest aside`,
    );
  }
  return ['--accept-damage'];
}

/** A run means the text that it was opened with. Where that has changed meanwhile a person must know before it goes on. */
async function acceptChanges({options, sources}: PastRun, flag: string | undefined): Promise<void> {
  const differences: string[] = [];
  const now = readIfThere(options.checklist);
  const then = Buffer.from(sources.checklist).toString('utf8');
  if (now !== undefined && now !== then) differences.push(textDifference(then, now, options.checklist));
  const {bindings} = options;
  const bound = bindings === undefined ? undefined : readIfThere(bindings);
  if (bindings !== undefined && bound !== undefined && bound !== sources.bindingsText) {
    const kept = await bindingsAsKept(bound, bindings, process.env);
    if (kept !== sources.bindingsText) differences.push(textDifference(sources.bindingsText ?? '', kept, bindings));
  }
  if (differences.length === 0) return;
  const what = `the text has changed since the run was opened:\n${differences.join('\n')}`;
  if (await confirmed(what, 'Go on with the text as it was then?', 'changed', flag)) return;
  say(`${differences.join('\n')}\n`);
  throw new CommandError(
    EXIT.invalid,
    `${options.checklist} or its bindings have changed since the run was opened; --changed accept goes on with the text as it was then`,
  );
}

/** Whether to go on although `what`: by the flag `--NAME accept`, or by a person at a terminal. */
async function confirmed(what: string, question: string, name: string, flag: string | undefined): Promise<boolean> {
  if (flag !== undefined) {
    if (flag !== 'accept') throw new CommandError(EXIT.usage, `--${name} wants accept, got "${flag}"`);
    return true;
  }
  if (!hasTerminal()) return false;
  say(`tminus: ${what}\n`);
  return await asksYes(question);
}
