/** `tminus ledger`: makes the team's ledger, says how far it has got, and sends what it lacks of runs that are over. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {keptLease} from '../../engine/team/lease-file.ts';
import {JOURNAL_FILE, readJournal} from '../../journal/read-journal.ts';
import {findRun, listRuns, type RunPlace, stateHome} from '../../journal/run-directory.ts';
import {connectLedger, type Ledger} from '../../ledger/connection.ts';
import {isAnothers} from '../../ledger/engine-of-run.ts';
import {startOutbox} from '../../ledger/journal-outbox.ts';
import {leasesNow, type Rights, rightsOf, seqsOf} from '../../ledger/ledger-status.ts';
import {setUpLedger} from '../../ledger/setup.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {tableLines} from '../../text/table.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {isLive} from '../live-engine.ts';
import {print, say} from '../terminal/print.ts';
import {reached, requiredLedger} from './reach-ledger.ts';

/** How long the lines of one run are waited for; the next time it goes on where it stopped. */
const PUSH_MS = 10 * 60_000;

export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const {positionals} = parseArguments('ledger', args);
  const [word = 'status', id] = positionals;
  const url = requiredLedger(process.env);
  if (word !== 'push' && id !== undefined) throw new CommandError(EXIT.usage, `${word} takes no run`);
  switch (word) {
    case 'setup':
      return await setup(url);
    case 'status':
      return await status(url);
    case 'push':
      return await push(url, id);
    default:
      throw new CommandError(EXIT.usage, `there is no \`tminus ledger ${word}\`; there are setup, status and push`);
  }
}

async function setup(url: string): Promise<number> {
  const {applied, version} = await reached(setUpLedger(url));
  print(
    applied.length === 0
      ? `the ledger is up to date: schema ${version}\n`
      : `the ledger has been made: schema ${version}. Give people tminus_operator, or tminus_reader who only look.\n`,
  );
  return EXIT.succeeded;
}

const RIGHTS: Readonly<Record<Rights, string>> = {
  owner: 'may do everything, and so nothing it writes is proof: use a role with tminus_operator',
  operator: 'reads all runs, adds to them',
  reader: 'reads all runs',
  none: 'may do nothing: give it tminus_operator or tminus_reader',
};

async function status(url: string): Promise<number> {
  const ledger = await reached(connectLedger(url));
  try {
    const {role, rights} = await reached(rightsOf(ledger));
    print(`ledger    ${ledger.place}\nrole      ${role}: ${RIGHTS[rights]}\n`);
    for (const {checklist, number, run, account, host, role: holder} of await reached(leasesNow(ledger)))
      print(`running   ${checklist}: run ${run} of ${account} on ${host}, role ${holder}, number ${number}\n`);
    const runs = await ownRuns(ledger, undefined);
    if (runs.length === 0) return EXIT.succeeded;
    const rows = runs.map(({id, local, there, live, elsewhere}) => {
      const left = local - there;
      if (elsewhere) return [id, `${local}`, `${there}`, 'goes on from another machine'];
      return [id, `${local}`, `${there}`, left === 0 ? 'has everything' : live ? 'being copied' : `${left} to send`];
    });
    print(`\n${tableLines([['RUN', 'EVENTS HERE', 'IN THE LEDGER', ''], ...rows]).join('\n')}\n`);
    if (runs.some(isDue)) print('\n`tminus ledger push` sends the rest\n');
    return EXIT.succeeded;
  } finally {
    ledger.close();
  }
}

async function push(url: string, id: string | undefined): Promise<number> {
  const ledger = await reached(connectLedger(url));
  const runs = await ownRuns(ledger, id).finally(ledger.close);
  const due = runs.filter(isDue);
  let left = 0;
  for (const {id: runId, directory, local, host, user} of due) {
    const run = {id: runId, host, user};
    let why = '';
    const show = (behind: {because: string} | undefined) => {
      if (behind !== undefined) why = `: ${behind.because}`;
    };
    const {secret} = keptLease(directory) ?? {};
    const outbox = startOutbox({url, runDirectory: directory, run, secret, seq: local, show, once: true});
    const missing = await outbox.finish(PUSH_MS);
    left += missing;
    if (missing === 0) print(`${runId}: the ledger has all ${local} events\n`);
    else say(`${runId}: ${missing} of ${local} events could not be sent${why}\n`);
  }
  for (const {id: taken} of runs.filter(({elsewhere}) => elsewhere))
    say(`${taken}: an engine on another machine goes on with it; what was written here since is not sent\n`);
  const copying = runs.filter(({live}) => live).map(run => run.id);
  if (copying.length > 0) print(`copied by their own engines: ${copying.join(', ')}\n`);
  else if (due.length === 0) print('the ledger has everything\n');
  return left === 0 ? EXIT.succeeded : EXIT.unreachable;
}

/** `elsewhere`: another machine has taken it over. */
type OwnRun = RunPlace & {
  local: number;
  there: number;
  live: boolean;
  elsewhere: boolean;
  host: string;
  user: string;
};

function isDue({local, there, live, elsewhere}: OwnRun): boolean {
  return there < local && !live && !elsewhere;
}

/** Runs of this account that belong into the ledger, oldest first. Live ones are copied by their own engine. */
async function ownRuns(ledger: Ledger, id: string | undefined): Promise<readonly OwnRun[]> {
  const home = stateHome(process.env);
  const one = id === undefined ? undefined : await findRun(home, id);
  if (id !== undefined && one === undefined)
    throw new CommandError(EXIT.usage, `no run ${id} here; \`tminus runs\` lists those that there are`);
  const places = one === undefined ? await listRuns(home) : [one];
  const known = await reached(
    seqsOf(
      ledger,
      places.map(place => place.id),
    ),
  );
  const runs: OwnRun[] = [];
  for (const place of places) {
    if (!existsSync(join(place.directory, JOURNAL_FILE))) continue;
    const {events, last, problem} = await readJournal(place.directory);
    const opened = events.find(event => event.type === 'run-opened');
    if (opened === undefined || opened.dryRun || opened.rehearsal === true) continue;
    if (problem !== undefined) say(`${place.id}: the journal is damaged (${problem}): only what holds is sent\n`);
    const {host, user} = opened;
    const there = known.get(place.id) ?? 0;
    const {secret} = keptLease(place.directory) ?? {};
    const elsewhere = secret !== undefined && (await reached(isAnothers(ledger, place.id, secret)));
    runs.push({...place, local: last.seq, there, live: await isLive(place.directory), elsewhere, host, user});
  }
  return runs;
}
