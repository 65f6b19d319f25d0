/** `tminus init`: writes the bindings that a checklist leaves open. */
import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {loadPlan} from '../engine/opening/load-plan.ts';
import {draftBindings, draftQuestions} from '../plan/parse-plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {commandText} from '../text/command-text.ts';
import {CommandError, systemWords} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {readNamed} from './command-line/named-files.ts';
import {programName} from './command-line/program-name.ts';
import {askForNames} from './terminal/ask-for-names.ts';

/** Writes the bindings file that a checklist needs, with all that it leaves open. A file that exists is never touched. */
export async function initCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('init', args);
  const [written = ''] = positionals;
  const {checklist, bytes} = readNamed(positionals[0], undefined, 'init');
  const shown = flags.bindings ?? join(dirname(written), 'tminus.yaml');
  const file = flags.bindings === undefined ? join(dirname(checklist), 'tminus.yaml') : resolve(flags.bindings);
  // Before anybody is asked anything in vain.
  if (existsSync(file)) throw exists(shown);
  const {plan} = loadPlan({checklist: bytes, values: {}, env: process.env});
  const answers = await askForNames(draftQuestions(plan), plan.source);
  if (answers === undefined) {
    process.stderr.write('tminus: nothing was written\n');
    return EXIT.interrupted;
  }
  const has = (variable: string) => (process.env[variable] ?? '') !== '';
  writeNew(file, shown, draftBindings(plan, {checklist: basename(checklist), answers, has}));
  const more = flags.bindings === undefined ? [] : ['-b', flags.bindings];
  process.stdout.write(`wrote ${shown}\nnext  ${commandText(programName(), ['check', written, ...more])}\n`);
  return EXIT.succeeded;
}

function writeNew(file: string, shown: string, text: string): void {
  try {
    writeFileSync(file, text, {flag: 'wx'});
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw exists(shown);
    // What a full disk has left of it is not the file that was promised.
    rmSync(file, {force: true});
    throw new CommandError(EXIT.usage, `cannot write ${shown}: ${systemWords(error)}`, {cause: error});
  }
}

function exists(shown: string): CommandError {
  const words = `${shown} exists and is left as it is; take it away first, or name another with -b FILE`;
  return new CommandError(EXIT.usage, words);
}
