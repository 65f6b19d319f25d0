/** `tminus resume RUN --here`: this machine goes on with a run whose engine was on another one, from what the ledger has of it. */
import {randomUUID} from 'node:crypto';
import {existsSync, renameSync, rmSync} from 'node:fs';
import {hostname} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type EngineOptions, readOptions, writeOptions} from '../../engine/opening/options.ts';
import {lostText} from '../../engine/team/hold-lease.ts';
import {keepLeaseFile, keptLease} from '../../engine/team/lease-file.ts';
import {createRunDirectory, shareRunDirectory, spoolPath, stateHome} from '../../journal/run-directory.ts';
import {noteLinesGone} from '../../journal/spool/file-pieces.ts';
import {connectLedger, type Ledger} from '../../ledger/connection.ts';
import {checklistOf, isAnothers, type RunChecklist} from '../../ledger/engine-of-run.ts';
import {type RunThere, runThere} from '../../ledger/follow-journal.ts';
import {type Lease, takeLease} from '../../ledger/lease.ts';
import {EXIT} from '../../run/exit-codes.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import {CommandError} from '../command-error.ts';
import {isLive} from '../live-engine.ts';
import {type PastRun, readRun} from '../past-run.ts';
import {groupToShareWith, openerOf} from '../terminal/person.ts';
import {say} from '../terminal/print.ts';
import {secretsAgain} from './ask-secrets.ts';
import {hostsOfRun} from './raise-fences.ts';
import {reached, requiredLedger} from './reach-ledger.ts';
import {copyJournal, fetchLines, writeFiles} from './run-copy.ts';

type TakingOver = {
  id: string | undefined;
  /** Where the bindings are here, with the secrets that the ledger does not have. */
  bindings: string | undefined;
  values: Readonly<Record<string, string>>;
  as: string | undefined;
};

/** What the next engine is started with. */
export type TakenOver = {id: string; directory: string; secretValues: Readonly<Record<string, string>>};

const LOOK_AGAIN_MS = 500;
const GIVE_BACK_MS = 2000;
/** One may have been on its way when its engine ended. */
const RENEWALS_SURE = 2;

export async function takeOver({id, ...asked}: TakingOver): Promise<TakenOver> {
  if (id === undefined) throw new CommandError(EXIT.usage, 'name the run; `tminus runs --team` lists them');
  const url = requiredLedger(process.env);
  const ledger = await reached(connectLedger(url));
  const directory = join(stateHome(process.env), 'runs', id);
  const arriving = `${directory}.arriving`;
  try {
    const there = await reached(runThere(ledger, id));
    if (there === undefined) throw new CommandError(EXIT.usage, `the ledger knows no run ${id}`);
    const checklist = await reached(checklistOf(ledger, id));
    if (checklist === undefined) {
      const why = 'it never had the lease of its checklist, and nobody could keep its engine from going on';
      throw new CommandError(EXIT.refused, `run ${id} cannot be taken over: ${why}`);
    }
    await refuseOwn(ledger, id, directory);
    return await arrive({id, url, ledger, there, checklist, directory, arriving}, asked);
  } finally {
    rmSync(arriving, {recursive: true, force: true});
    ledger.close();
  }
}

/** What is here already of a run that this machine has had last is taken up by `resume` alone. */
async function refuseOwn(ledger: Ledger, id: string, directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  if (await isLive(directory)) throw new CommandError(EXIT.lockHeld, `its engine is here: \`tminus attach ${id}\``);
  const kept = keptLease(directory);
  if (kept === undefined || (await reached(isAnothers(ledger, id, kept.secret)))) return;
  throw new CommandError(EXIT.refused, `run ${id} is this machine's own: \`tminus resume ${id}\` takes it up`);
}

type Course = {
  id: string;
  url: string;
  ledger: Ledger;
  there: RunThere;
  checklist: RunChecklist;
  directory: string;
  /** Where it is put together; it is moved to `directory` when everything is there. */
  arriving: string;
};

async function arrive(course: Course, {bindings, values, as}: Omit<TakingOver, 'id'>): Promise<TakenOver> {
  const {id, url, ledger, there, checklist, arriving} = course;
  const copy = await fetched(course);
  const options = await ownOptions(arriving, bindings, as);
  const secretValues = await secretsAgain(arriving, options, values, there.host);
  const before = openRunIn(await readRun(arriving), id);
  const fenceOf = {id, checklist: checklist.checklist, first: checklist.first};
  const hosts = hostsOfRun(before.plan, before.bindings, before.state, fenceOf);
  const secret = randomUUID();
  let lease: Lease | undefined;
  try {
    await hosts.look();
    await untilFree(ledger, id);
    const run = {id, host: hostname(), user: options.user};
    lease = await takeLease({url, key: checklist.checklist, run, secret});
    const {first} = lease;
    if (first.kind === 'unsure') throw new CommandError(EXIT.unreachable, first.because);
    if (first.kind === 'lost') throw new CommandError(EXIT.lockHeld, lostText(first.holder));
    const {number} = first;
    // From here on nobody else adds to its journal: this is all of it.
    const problem = await reached(fetchLines(ledger, id, copy));
    if (problem !== undefined) throw damaged(id, problem);
    const {state} = openRunIn(await readRun(arriving), id);
    const told = await hosts.raise(number);
    say(toldText(number, told));
    const from = {host: there.host, user: there.account};
    const takenOver = {...told, host: run.host, user: run.user, from, after: copy.seq(), number};
    writeOptions(arriving, {...options, takenOver});
    keepLeaseFile(arriving, {checklist: checklist.checklist, secret});
    settle(course, state, options, number);
    lease.leave();
    return {id, directory: course.directory, secretValues};
  } catch (error) {
    await lease?.giveBack(GIVE_BACK_MS);
    throw error;
  } finally {
    await hosts.close();
  }
}

/** Its files, and its journal as far as it has come. */
async function fetched({id, ledger, there, arriving}: Course): Promise<ReturnType<typeof copyJournal>> {
  const checklist = there.files.find(({name}) => name === 'checklist.md')?.content;
  if (checklist === undefined) throw new CommandError(EXIT.invalid, `the ledger has no checklist of run ${id}`);
  rmSync(arriving, {recursive: true, force: true});
  await createRunDirectory(stateHome(process.env), `${id}.arriving`, {checklist: Buffer.alloc(0)});
  writeFiles(arriving, there);
  const copy = copyJournal(arriving);
  const problem = await reached(fetchLines(ledger, id, copy));
  if (problem !== undefined) throw damaged(id, problem);
  return copy;
}

function damaged(id: string, problem: string): CommandError {
  return new CommandError(EXIT.invalid, `the ledger's copy of run ${id}: ${problem}`);
}

/** What it was opened with, as it is here. */
async function ownOptions(arriving: string, bindings: string | undefined, as: string | undefined) {
  const {takenOver: _, ...kept} = readOptions(arriving);
  const options: EngineOptions = {
    ...kept,
    ...compact({bindings: bindings === undefined ? undefined : resolve(bindings)}),
    home: stateHome(process.env),
    directory: process.cwd(),
    user: openerOf(as),
  };
  writeOptions(arriving, options);
  return options;
}

function openRunIn(past: PastRun, id: string): PastRun {
  const {state, damage, bindings} = past;
  if (damage !== undefined) throw damaged(id, damage);
  if (state.closed !== null) {
    const {status, because} = state.closed;
    throw new CommandError(EXIT.refused, `run ${id} is closed (${status}: ${because})`);
  }
  const here = Object.entries(bindings.hosts).find(([, {destination}]) => destination === 'local');
  if (here !== undefined) {
    const text = `${here[0]} is the machine of its engine itself, ${state.run.host} (\`destination: local\`)`;
    throw new CommandError(EXIT.refused, `${text}: the run goes on there alone`);
  }
  return past;
}

/** Waits for the end of a lease that nobody renews. One that is renewed has an engine at work. */
async function untilFree(ledger: Ledger, id: string): Promise<void> {
  let endsAt: number | undefined;
  let renewals = 0;
  for (;;) {
    const now = await reached(checklistOf(ledger, id));
    if (now === undefined || now.free) return;
    const {holder} = now;
    if (holder.run !== id) throw new CommandError(EXIT.lockHeld, lostText({...holder, endsInMs: 0, takenOver: false}));
    if (endsAt !== undefined && now.endsAt > endsAt) renewals += 1;
    if (renewals >= RENEWALS_SURE) {
      const still = `run ${id} has an engine that works: ${holder.account} on ${holder.host} (pid ${holder.pid})`;
      throw new CommandError(EXIT.lockHeld, `${still} renews its lease; \`tminus attach ${id}\` shows it`);
    }
    if (endsAt === undefined) {
      const seconds = Math.ceil(now.endsInMs / 1000);
      say(`tminus: waits for the lease of ${holder.account} on ${holder.host} to end: ${seconds} s\n`);
    }
    endsAt = now.endsAt;
    await sleep(Math.min(LOOK_AGAIN_MS, now.endsInMs + 1));
  }
}

function toldText(number: number, {fenced, unknown}: Awaited<ReturnType<ReturnType<typeof hostsOfRun>['raise']>>) {
  const lines = [
    ...(fenced.length === 0 ? [] : [`number ${number} is up on ${fenced.join(', ')}`]),
    ...unknown.map(({host, because}) => `${host}: unknown, its number is not up: ${because}`),
  ];
  return lines.map(line => `tminus: ${line}\n`).join('');
}

/** Puts it where runs are. What was here of it before is set aside. */
function settle({directory, arriving}: Course, {steps}: RunState, {group, home}: EngineOptions, number: number): void {
  const lines = Object.values(steps).map(step =>
    Math.max('outputTo' in step ? (step.outputTo ?? 0) : 0, 'outputFrom' in step ? (step.outputFrom ?? 0) : 0),
  );
  // What its steps have printed so far was kept on the other machine.
  const begun = Math.max(0, ...lines);
  if (begun > 0) noteLinesGone(spoolPath(arriving, 'output'), {line: begun, offset: 0});
  if (existsSync(directory)) {
    const aside = `${directory}.before-${number}`;
    renameSync(directory, aside);
    say(`tminus: what was here of this run is in ${aside} now\n`);
  }
  if (group !== undefined) shareRunDirectory(home, arriving, groupToShareWith(group));
  renameSync(arriving, directory);
}
