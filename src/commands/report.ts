/** `tminus report`: prints or writes the record of a run, compares two runs, and proves that a record is a true one. */
import {writeFileSync} from 'node:fs';
import {errorLinesOf} from '../journal/spool/error-lines.ts';
import {incidentTexts} from '../report/incident/incident-draft.ts';
import {compareRuns} from '../report/record/compare-runs.ts';
import {recordGithub} from '../report/record/record-github.ts';
import {recordHtml} from '../report/record/record-html.ts';
import {recordJson} from '../report/record/record-json.ts';
import {recordJunit} from '../report/record/record-junit.ts';
import {record} from '../report/record/record-markdown.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, orEndWith} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {namedRun, type PastRun, readRun, warnOfDamage} from './past-run.ts';
import {signedRecord} from './signing/signed-record.ts';
import {verifyRecord} from './signing/verify-record.ts';
import {print, safeJson, say} from './terminal/print.ts';

export async function reportCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('report', args);
  const chosen = (['format', 'template', 'compare', 'verify'] as const).filter(name => flags[name] !== undefined);
  if (chosen.length > 1) throw new CommandError(EXIT.usage, `--${chosen[0]} and --${chosen[1]} do not go together`);
  const {directory} = await namedRun(positionals[0]);
  if (flags.verify !== undefined) return await verifyRecord(directory, flags.verify, flags.signers);
  if (flags.signers !== undefined) throw new CommandError(EXIT.usage, '--signers goes with --verify');
  const past = await readRun(directory);
  const isWhole = chosen.length === 0 || flags.format === 'md';
  const signed = isWhole ? signedRecord(directory, past.events) : undefined;
  const text = signed?.text ?? past.redactor.text(await textOf(past, directory, flags));
  const {output} = flags;
  if (output === undefined) print(text);
  else
    orEndWith(EXIT.usage, `cannot write ${output}`, () => {
      writeFileSync(output, text);
      if (signed !== undefined) say(`tminus: its signature is ${signed.copySignatureTo(output)}\n`);
    });
  return warnOfDamage(past) ? EXIT.invalid : EXIT.succeeded;
}

/** What makes an incident known, by the name of its format. */
const DRAFTS = {incident: 'report', issue: 'issue', message: 'message'} as const;

function isDraft(format: string): format is keyof typeof DRAFTS {
  return Object.hasOwn(DRAFTS, format);
}

type Wanted = {format?: string; template?: boolean; compare?: string};

async function textOf(past: PastRun, directory: string, {format = 'md', template, compare}: Wanted): Promise<string> {
  if (template === true) return `${past.plan.source.join('\n').trimEnd()}\n`;
  if (isDraft(format)) return incidentTexts({...past, errors: errorLinesOf(directory)})[DRAFTS[format]];
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
