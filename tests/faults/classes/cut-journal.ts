/** A recorded journal is cut at every byte and damaged in every line: read back here, and a sample by `tminus resume`. */

import {cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {reopenJournal} from '../../../src/journal/journal.ts';
import {readJournal, recoverFrom} from '../../../src/journal/read-journal.ts';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {evolve, initialState} from '../../../src/run/evolve.ts';
import type {RunState} from '../../../src/run/state.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {examineRun} from '../ledger.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {simulateLines} from './hostile-input.ts';

const DAMAGES_PER_LINE = 12;
const RESUMED_CUTS = 20;
const RESUMED_DAMAGES = 10;
const LINE_FEED = 10;
/** Of the cuts, this share is opened for writing again: each costs a sync. */
const REOPEN_EVERY = 61;

export const damagedJournals: FaultClass = {
  name: 'journal cut, damaged',
  real: () => [{name: 'runs that have ended are resumed', run: () => onStage(resumedEachTime)}],
  simulate: simulateDamages,
};

/** What an engine leaves that was killed at any byte of its journal. */
export function simulateCuts(): Promise<Result> {
  return onRecorded(cutEverywhere);
}

async function simulateDamages(times: number): Promise<Result> {
  const lines = await simulateLines(times);
  const {injected, problems} = await onRecorded(damageEveryLine);
  return {injected: injected + lines.injected, problems: [...problems, ...lines.problems]};
}

type Recorded = {journal: Buffer; checklist: Buffer};

async function onRecorded(work: (recorded: Recorded) => Promise<Result>): Promise<Result> {
  return await onStage(async stage => {
    await stage.deploy().ended;
    const directory = await stage.operator.runDirectory();
    return await work({
      journal: readFileSync(join(directory, 'journal.ndjson')),
      checklist: readFileSync(stage.checklist),
    });
  });
}

async function cutEverywhere({journal, checklist}: Recorded): Promise<Result> {
  const plan = parsePlan(checklist, emptyBindings, {env: {}});
  const whole = recoverFrom(journal).events;
  const problems: Problem[] = [];
  const states = new Map<number, string>();
  let state: RunState = initialState;
  states.set(0, JSON.stringify(state));
  for (const event of whole) {
    state = evolve(plan, state, event);
    states.set(event.seq, JSON.stringify(state));
  }
  for (let cut = 0; cut <= journal.length; cut += 1) {
    const found = recoverFrom(journal.subarray(0, cut));
    const atEnd = cut === 0 || journal[cut - 1] === LINE_FEED;
    const what = `cut at byte ${cut}`;
    if (found.problem !== undefined) problems.push({kind: 'wrong', what: `${what}: ${found.problem}`});
    if ((found.tornAt === undefined) !== atEnd)
      problems.push({kind: 'wrong', what: `${what}: torn at ${found.tornAt}`});
    if (found.bytes !== journal.lastIndexOf(LINE_FEED, cut - 1) + 1 && cut > 0)
      problems.push({kind: 'lost', what: `${what}: whole lines left out`});
    const seq = found.events.at(-1)?.seq ?? 0;
    if (
      JSON.stringify(found.events.reduce((before, event) => evolve(plan, before, event), initialState)) !==
      states.get(seq)
    )
      problems.push({kind: 'wrong', what: `${what}: another state`});
    if (cut % REOPEN_EVERY === 0) problems.push(...(await goneOn(journal.subarray(0, cut), what)));
  }
  return {injected: journal.length + 1, problems};
}

/** After a damage the journal must be one that can be written to, and read back whole. */
async function goneOn(content: Buffer, what: string): Promise<readonly Problem[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-cut-'));
  try {
    writeFileSync(join(directory, 'journal.ndjson'), content);
    const {events, last} = await readJournal(directory);
    const journal = await reopenJournal(directory, last);
    await journal.append([{type: 'note-added', text: 'goes on'}], {at: 1, by: 'ana'});
    await journal.close();
    const after = await readJournal(directory);
    const isWhole =
      after.problem === undefined && after.tornAt === undefined && after.events.length === events.length + 1;
    return isWhole ? [] : [{kind: 'lost', what: `${what}: does not go on (${after.problem})`}];
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

async function damageEveryLine({journal}: Recorded): Promise<Result> {
  const random = seededRandom(7);
  const problems: Problem[] = [];
  let injected = 0;
  let from = 0;
  for (let line = 1; from < journal.length; line += 1) {
    const end = journal.indexOf(LINE_FEED, from);
    const before = recoverFrom(journal.subarray(0, from)).events.length;
    for (let time = 0; time < DAMAGES_PER_LINE; time += 1) {
      const at = from + random.below(end - from);
      injected += 1;
      problems.push(...judgedDamage(flipped(journal, at, 1 + random.below(255)), before, `line ${line}, byte ${at}`));
    }
    for (const damaged of [without(journal, from, end + 1), doubled(journal, from, end + 1)]) {
      const isLast = end + 1 === journal.length;
      injected += 1;
      const kept = damaged.length > journal.length ? recoverFrom(journal.subarray(0, end + 1)).events.length : before;
      if (!(isLast && damaged.length < journal.length))
        problems.push(...judgedDamage(damaged, kept, `line ${line} left out or doubled`));
    }
    from = end + 1;
  }
  return {injected, problems};
}

/** All that stood before the damage is there, nothing that stood behind it, and it is named. */
function judgedDamage(damaged: Buffer, before: number, what: string): readonly Problem[] {
  const {events, problem, tornAt} = recoverFrom(damaged);
  if (events.length > before) return [{kind: 'wrong', what: `${what}: taken for true`}];
  if (events.length < before)
    return [{kind: 'lost', what: `${what}: ${before - events.length} events before it are gone`}];
  return problem === undefined && tornAt === undefined ? [{kind: 'wrong', what: `${what}: not named`}] : [];
}

type Damage = {name: string; of(journal: Buffer): Buffer};

const damages: readonly Damage[] = [
  ...Array.from({length: RESUMED_CUTS}, (_, seed) => ({
    name: `cut, seed ${seed}`,
    of: (journal: Buffer) => journal.subarray(0, seededRandom(300 + seed).below(journal.length)),
  })),
  ...Array.from({length: RESUMED_DAMAGES}, (_, seed) => ({
    name: `a bit turned, seed ${seed}`,
    of: (journal: Buffer) => flipped(journal, seededRandom(400 + seed).below(journal.length), 1),
  })),
  {
    name: 'zeros at its end, as after a power loss',
    of: journal => Buffer.concat([halfOf(journal), Buffer.alloc(4096)]),
  },
];

/** One run that has ended, taken up again and again from a journal that does not know it. */
async function resumedEachTime(stage: Stage): Promise<Result> {
  await stage.deploy().ended;
  const directory = await stage.operator.runDirectory();
  const kept = join(stage.sshd.directory, 'kept');
  const whole = readFileSync(join(directory, 'journal.ndjson'));
  cpSync(directory, kept, {recursive: true, filter: isNoSocket});
  const problems: Problem[] = [];
  for (const damage of damages) {
    rmSync(directory, {recursive: true, force: true});
    cpSync(kept, directory, {recursive: true, preserveTimestamps: true});
    writeFileSync(join(directory, 'journal.ndjson'), damage.of(whole));
    problems.push(
      ...(await resumed(stage, directory)).map(({kind, what}) => ({kind, what: `${damage.name}: ${what}`})),
    );
  }
  return {injected: damages.length, problems};
}

function isNoSocket(path: string): boolean {
  return !statSync(path).isSocket();
}

async function resumed(stage: Stage, directory: string): Promise<readonly Problem[]> {
  const end = await endOf(stage.operator.start('resume', '--plain').ended);
  const problems: Problem[] = [];
  if (end === undefined || end.code === 1)
    problems.push({kind: 'broken', what: end === undefined ? 'it did not end' : `exit 1: ${end.said}`});
  // A damaged journal may also be refused, in words that name it.
  const isRefused = end !== undefined && [2, 7, 65].includes(end.code ?? 0) && /journal/.test(end.said);
  const found = examineRun(directory, await stage.operator.journal(), stage.ledger());
  return [...problems, ...found.filter(({kind}) => !isRefused || kind === 'twice')];
}

function flipped(journal: Buffer, at: number, bits: number): Buffer {
  const copy = Buffer.from(journal);
  copy[at] = (copy[at] ?? 0) ^ bits;
  return copy;
}

function without(journal: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([journal.subarray(0, from), journal.subarray(to)]);
}

function doubled(journal: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([journal.subarray(0, to), journal.subarray(from)]);
}

function halfOf(journal: Buffer): Buffer {
  return journal.subarray(0, Math.floor(journal.length / 2));
}
