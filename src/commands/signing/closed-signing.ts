/** Signs a run that is closed, whose engine is gone: the journal gets the signature, and the record is written anew. */
import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {type ClosedRun, RunTaken, type Said, sayToClosedRun} from '../../engine/closed-run.ts';
import {replaceFile} from '../../journal/replace-file.ts';
import {record} from '../../report/record/record-markdown.ts';
import type {Console} from '../../run/console.ts';
import type {Event, Intent} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {compact} from '../../text/compact.ts';
import {CommandError, systemWords} from '../command-error.ts';
import {programName} from '../command-line/program-name.ts';
import {type PastRun, readOwnOptions, readRun} from '../past-run.ts';
import {helloOf, ownPerson} from '../terminal/person.ts';

const PRIVATE_FILE = 0o600;
const GROUP_FILE = 0o640;

/** Who signs here. The account is proved by the journal, which only it may write. */
export function signerHere(as: string | undefined): Console {
  const {user, name} = ownPerson(as);
  const {terminal, origin} = helloOf({observe: false, as});
  return compact({
    id: `signer-${randomUUID().slice(0, 8)}`,
    user,
    name,
    observer: false,
    uid: process.getuid?.(),
    terminal,
    origin,
    claimed: name === user ? undefined : ('name' as const),
  });
}

/** Throws a `CommandError` when it was refused: 7, 9 while somebody else writes to the run, 65 when the journal does not hold. */
export async function signClosedRun(
  runDirectory: string,
  signer: Console,
  what: Intent | readonly Event[],
): Promise<Said> {
  const past = await readRun(runDirectory);
  const said = await sayTo(closedRun(runDirectory, past), signer, what);
  if (said.refusal !== undefined) throw new CommandError(EXIT.refused, said.refusal);
  return said;
}

/** Writes the record as the journal has it now. Returns it. */
export async function writeRecord(runDirectory: string): Promise<{path: string; text: string; past: PastRun}> {
  const past = await readRun(runDirectory);
  const text = past.redactor.text(record(past));
  const path = join(runDirectory, 'report.md');
  try {
    replaceFile(path, text, past.options.group === undefined ? PRIVATE_FILE : GROUP_FILE);
  } catch (error) {
    throw new CommandError(EXIT.refused, `cannot write ${path}: ${systemWords(error)}`, {cause: error});
  }
  return {path, text, past};
}

function closedRun(runDirectory: string, past: PastRun): ClosedRun {
  const {state, damage, plan, redactor, seal} = past;
  if (damage !== undefined) throw new CommandError(EXIT.invalid, `${damage}: what is damaged is not signed`);
  if (state.closed === null) {
    const {id} = state.run;
    const again = `${programName()} resume ${id}`;
    throw new CommandError(EXIT.refused, `run ${id} is not closed and has no engine: \`${again}\` takes it up first`);
  }
  return {
    runDirectory,
    options: readOwnOptions(runDirectory),
    plan,
    state,
    last: {seq: seal.events, sum: seal.checksum},
    redact: value => redactor.data(value),
  };
}

async function sayTo(run: ClosedRun, signer: Console, what: Intent | readonly Event[]): Promise<Said> {
  try {
    return await sayToClosedRun(run, signer, what);
  } catch (error) {
    if (error instanceof RunTaken) throw new CommandError(EXIT.lockHeld, error.message, {cause: error});
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'EACCES' && code !== 'EROFS') throw error;
    throw new CommandError(
      EXIT.refused,
      `the journal in ${run.runDirectory} cannot be written: ${systemWords(error)}`,
      {
        cause: error,
      },
    );
  }
}
