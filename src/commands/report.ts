/** `tminus report`: prints or writes the record of a run, compares two runs, and proves that a record is a true one. */
import {readFileSync, writeFileSync} from 'node:fs';
import {errorLinesOf} from '../journal/spool/error-lines.ts';
import {incidentTexts} from '../report/incident/incident.ts';
import {compareRuns} from '../report/record/compare.ts';
import {recordGithub} from '../report/record/github.ts';
import {recordJunit} from '../report/record/junit.ts';
import {record} from '../report/record/record.ts';
import {recordHtml} from '../report/record/record-html.ts';
import {recordJson} from '../report/record/record-json.ts';
import {readSeal} from '../report/record/seal.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, orEndWith} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programText} from './command-line/program-name.ts';
import {namedRun, type PastRun, readRun, warnOfDamage} from './past-run.ts';
import {print, safeJson, say} from './terminal/output.ts';

export async function reportCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('report', args);
  const chosen = (['format', 'template', 'compare', 'verify'] as const).filter(name => flags[name] !== undefined);
  if (chosen.length > 1) throw new CommandError(EXIT.usage, `--${chosen[0]} and --${chosen[1]} do not go together`);
  const {directory} = await namedRun(positionals[0]);
  if (flags.verify !== undefined) return await verify(directory, flags.verify);
  const past = await readRun(directory);
  const text = past.redactor.text(await textOf(past, directory, flags));
  const {output} = flags;
  if (output === undefined) print(text);
  else orEndWith(EXIT.usage, `cannot write ${output}`, () => writeFileSync(output, text));
  return warnOfDamage(past) ? EXIT.invalid : EXIT.succeeded;
}

/** What makes an incident known, by the name of its format. */
const PAPERS = {incident: 'report', issue: 'issue', message: 'message'} as const;

function isPaper(format: string): format is keyof typeof PAPERS {
  return Object.hasOwn(PAPERS, format);
}

type Wanted = {format?: string; template?: boolean; compare?: string};

async function textOf(past: PastRun, directory: string, {format = 'md', template, compare}: Wanted): Promise<string> {
  if (template === true) return `${past.plan.source.join('\n').trimEnd()}\n`;
  if (isPaper(format)) return incidentTexts({...past, errors: errorLinesOf(directory)})[PAPERS[format]];
  if (compare === undefined) return rendered(past, format);
  const other = await readRun((await namedRun(compare)).directory);
  warnOfDamage(other);
  return other.redactor.text(compareRuns(past, other));
}

function rendered(past: PastRun, format: string): string {
  switch (format) {
    case 'md':
      return record(past);
    case 'html':
      return recordHtml(past);
    case 'json':
      return `${safeJson(recordJson(past), 2)}\n`;
    case 'junit':
      return recordJunit(past);
    case 'github':
      return recordGithub(past);
    default:
      throw new CommandError(
        EXIT.usage,
        `--format wants md, html, json, junit, github, incident, issue or message, got "${format}"`,
      );
  }
}

/** Whether the file is the record of this run, unchanged. Says what it proved, or what is wrong. */
async function verify(directory: string, file: string): Promise<number> {
  const text = orEndWith(EXIT.usage, `cannot read ${file}`, () => readFileSync(file, 'utf8'));
  const seal = readSeal(text);
  if (seal === undefined) throw wrong(file, 'it has no seal: it is no record, or its end was cut off');
  if (!seal.isIntact) throw wrong(file, 'its text was changed after it was written');
  const past = await readRun(directory, seal.events);
  const {events, checksum} = past.seal;
  const id = past.state.run.id;
  if (past.damage !== undefined) throw wrong(file, `the journal of run ${id} does not hold: ${past.damage}`);
  if (events !== seal.events || checksum !== seal.checksum) {
    throw wrong(file, `it does not belong to the journal of run ${id}: event ${seal.events} of that is another one`);
  }
  if (warnOfDamage(past)) throw wrong(file, `run ${id} is damaged`);
  const again = past.redactor.text(rendered(past, text.startsWith('<') ? 'html' : 'md'));
  if (again === text) {
    print(`${file}: the record of run ${id} after event ${events}, unchanged; the journal holds and tells the same\n`);
    return EXIT.succeeded;
  }
  if (seal.program === programText())
    throw wrong(file, `run ${id} tells something else from line ${firstOther(text, again)} on`);
  print(
    `${file}: unchanged since ${seal.program} wrote it, and the journal of run ${id} holds up to its event ${events}\n`,
  );
  say(`tminus: ${programText()} words it differently, so the text itself was not compared with the journal\n`);
  return EXIT.succeeded;
}

function wrong(file: string, why: string): CommandError {
  return new CommandError(EXIT.invalid, `${file}: ${why}`);
}

function firstOther(a: string, b: string): number {
  const [one, other] = [a.split('\n'), b.split('\n')];
  return one.findIndex((line, index) => line !== other[index]) + 1;
}
