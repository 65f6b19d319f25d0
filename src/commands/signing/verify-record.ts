/** `tminus report --verify`: whether a file is the record of a run, unchanged, and who has signed it. */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {recordHtml} from '../../report/record/record-html.ts';
import {record} from '../../report/record/record-markdown.ts';
import {readSeal} from '../../report/record/seal.ts';
import type {Recorded} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {signerText} from '../../run/wording/timeline-words.ts';
import {CommandError, orEndWith} from '../command-error.ts';
import {programText} from '../command-line/program-name.ts';
import {type PastRun, readRun, warnOfDamage} from '../past-run.ts';
import {print, say} from '../terminal/print.ts';
import {signatureOf, signedBy, signerIn} from './ssh-signature.ts';

/** Says what it proved. Throws with 65 and what is wrong. `signers`: a file of allowed signers, as ssh-keygen reads it. */
export async function verifyRecord(directory: string, file: string, signers: string | undefined): Promise<number> {
  const text = orEndWith(EXIT.usage, `cannot read ${file}`, () => readFileSync(file, 'utf8'));
  if (signers !== undefined && !existsSync(signers)) throw new CommandError(EXIT.usage, `there is no file ${signers}`);
  const seal = readSeal(text);
  const isSigned = existsSync(signatureOf(file));
  if (seal === undefined) throw wrong(file, 'it has no seal: it is no record, or its end was cut off');
  if (!seal.isIntact) throw wrong(file, `its text was changed after it was ${isSigned ? 'signed' : 'written'}`);
  const past = await readRun(directory, seal.events);
  const {events, checksum} = past.seal;
  const id = past.state.run.id;
  if (past.damage !== undefined) throw wrong(file, `the journal of run ${id} does not hold: ${past.damage}`);
  if (events !== seal.events || checksum !== seal.checksum) {
    throw wrong(file, `it does not belong to the journal of run ${id}: event ${seal.events} of that is another one`);
  }
  if (warnOfDamage(past)) throw wrong(file, `run ${id} is damaged`);
  const again = past.redactor.text(text.startsWith('<') ? recordHtml(past) : record(past));
  if (again !== text && seal.program === programText())
    throw wrong(file, `run ${id} tells something else from line ${firstOther(text, again)} on`);
  // Before anything is said to hold.
  const {events: all} = await readRun(directory);
  const signed = signatureLines({file, text, signers, all});
  if (again === text) {
    print(`${file}: the record of run ${id} after event ${events}, unchanged; the journal holds and tells the same\n`);
  } else {
    print(
      `${file}: unchanged since ${seal.program} wrote it, and the journal of run ${id} holds up to its event ${events}\n`,
    );
    say(`tminus: ${programText()} words it differently, so the text itself was not compared with the journal\n`);
  }
  for (const line of [...whoSigned(past), ...signed]) print(`${file}: ${line}\n`);
  return EXIT.succeeded;
}

/** By name, as the journal has it. */
function whoSigned({state: {signOff}}: PastRun): readonly string[] {
  if (signOff === undefined) return [];
  const {status, second} = signOff;
  return [
    `signed off by ${signerText(signOff)}: ${status}`,
    ...(second === undefined ? [] : [`second signature: ${signerText(second)}`]),
  ];
}

/**
 * `all`: the events of the run to its end. The event that the record was signed comes after all that the record tells.
 */
type Signed = {file: string; text: string; signers: string | undefined; all: readonly Recorded[]};

function signatureLines({file, text, signers, all}: Signed): readonly string[] {
  const digest = createHash('sha256').update(text).digest('hex');
  const told = all.findLast(event => event.type === 'record-signed' && event.digest === digest);
  const signature = signatureOf(file);
  const toldKey = told?.type === 'record-signed' ? told.key : undefined;
  if (!existsSync(signature)) {
    if (toldKey === undefined) return [];
    return [
      `by the journal ${told?.by} signed it with the key ${toldKey}; ${signature} is not here, so that was not checked`,
    ];
  }
  const key = signedBy(text, signature);
  if (key === undefined) throw wrong(signature, `it is not the signature of ${file}, or is damaged`);
  if (toldKey !== undefined && toldKey !== key) {
    throw wrong(
      signature,
      `made with the key ${key}, but by the journal ${told?.by} signed with ${toldKey}: it was replaced`,
    );
  }
  const by = told === undefined ? 'the journal does not tell of it' : `by the journal it was ${told.by}`;
  const allowed = signers ?? usualSigners();
  if (allowed === undefined)
    return [`signed with the key ${key}; ${by}; whose it is no allowed_signers file says (--signers)`];
  const name = signerIn(allowed, text, signature);
  if (name === undefined) throw wrong(signature, `made with the key ${key}, which ${allowed} does not list for it`);
  return [`signed by ${name} with the key ${key}, as ${allowed} lists it; ${by}`];
}

function usualSigners(): string | undefined {
  const path = join(homedir(), '.ssh', 'allowed_signers');
  return existsSync(path) ? path : undefined;
}

function wrong(file: string, why: string): CommandError {
  return new CommandError(EXIT.invalid, `${file}: ${why}`);
}

function firstOther(a: string, b: string): number {
  const [one, other] = [a.split('\n'), b.split('\n')];
  return one.findIndex((line, index) => line !== other[index]) + 1;
}
