/** `tminus runs`: the runs of this account, as a table or as JSON. */
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {foldJournal, JOURNAL_FILE} from '../../journal/read-journal.ts';
import {listRuns, type RunPlace, stateHome} from '../../journal/run-directory.ts';
import type {Recorded} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {programName} from '../command-line/program-name.ts';
import {isLive} from '../live-engine.ts';
import {print, printJson, say} from '../terminal/print.ts';
import {type Listed, listedOf, runsTable, SHOWN} from './runs-table.ts';

export async function runsCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('runs', args);
  if (flags.prune === true) {
    const {limitOf, pruneRuns, prunedText} = await import('./prune.ts');
    const pruned = await pruneRuns(stateHome(process.env), limitOf(positionals[0]), Date.now());
    if (flags.json === true) printJson(pruned, 2);
    else print(`${prunedText(pruned)}\n`);
    return EXIT.succeeded;
  }
  if (positionals.length > 0)
    throw new CommandError(EXIT.usage, `"${positionals[0]}" goes with --prune, as in --prune 30d`);
  if (flags.team === true) {
    const {teamRuns} = await import('./team-runs.ts');
    return show(await teamRuns(process.env), flags.json === true);
  }
  const places = await listRuns(stateHome(process.env));
  const runs: Listed[] = [];
  // One after the other: all of many journals at once would take all memory.
  for (const place of places.filter(hasJournal)) {
    const run = await listedRun(place);
    if (run !== undefined) runs.push(run);
  }
  return show(runs, flags.json === true);
}

function show(runs: readonly Listed[], asJson: boolean): number {
  if (asJson) {
    printJson(runs, 2);
  } else if (runs.length === 0) {
    print(`no runs yet; \`${programName()} rehearse\` is a safe first one\n`);
  } else {
    const {columns, isTTY} = process.stdout;
    print(`${runsTable(runs, isTTY ? columns : undefined).join('\n')}\n`);
  }
  return EXIT.succeeded;
}

/** Something else in its place is no run, and reading a pipe there would never end. */
function hasJournal({directory}: RunPlace): boolean {
  return statSync(join(directory, JOURNAL_FILE), {throwIfNoEntry: false})?.isFile() === true;
}

async function listedRun({id, directory}: RunPlace): Promise<Listed | undefined> {
  const events: Recorded[] = [];
  let lastAt = 0;
  const take = (event: Recorded) => {
    lastAt = event.at;
    if (SHOWN.has(event.type)) events.push(event);
  };
  const {problem} = await foldJournal(directory, take).catch(unreadable);
  if (problem !== undefined) say(`tminus: ${join(directory, JOURNAL_FILE)}: ${problem}\n`);
  const live = await isLive(directory);
  return listedOf(id, events, {live, lastAt: live ? Date.now() : lastAt, left: 'interrupted', problem});
}

function unreadable(error: unknown): {problem: string} {
  return {problem: `it cannot be read: ${error instanceof Error ? error.message : String(error)}`};
}
