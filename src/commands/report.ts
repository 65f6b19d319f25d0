/** `tminus report`: prints or writes the record of a run. */
import {writeFileSync} from 'node:fs';
import {record} from '../report/record/record.ts';
import {recordHtml} from '../report/record/record-html.ts';
import {recordJson} from '../report/record/record-json.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, orEndWith} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {namedRun, readRun, warnOfDamage} from './past-run.ts';
import {print, safeJson} from './terminal/output.ts';

export async function reportCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('report', args);
  const run = await namedRun(positionals[0]);
  const past = await readRun(run.directory);
  const {plan, state, events} = past;
  const text = past.redactor.text(render(flags.format ?? 'md'));
  const {output} = flags;
  if (output === undefined) print(text);
  else orEndWith(EXIT.usage, `cannot write ${output}`, () => writeFileSync(output, text));
  return warnOfDamage(past) ? EXIT.invalid : EXIT.succeeded;

  function render(format: string): string {
    switch (format) {
      case 'md':
        return record(plan, state, events);
      case 'html':
        return recordHtml(plan, state, events);
      case 'json':
        return `${safeJson(recordJson(plan, state, events), 2)}\n`;
      default:
        throw new CommandError(EXIT.usage, `--format wants md, html or json, got "${format}"`);
    }
  }
}
