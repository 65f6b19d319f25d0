/** `tminus init`: writes the bindings that a checklist leaves open, and asks for the few names that matter most. */
import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {createInterface, type Interface} from 'node:readline/promises';
import {loadPlan} from '../engine/opening/load-plan.ts';
import {type DraftQuestion, draftBindings, draftQuestions} from '../plan/parse-plan.ts';
import {unreachable} from '../plan/plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {commandText} from '../text/command-text.ts';
import {withoutControls} from '../text/unsafe-signs.ts';
import {CommandError, systemWords} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {readNamed} from './command-line/named-files.ts';
import {programName} from './command-line/program-name.ts';
import {print, say} from './terminal/print.ts';
import {clean, hasTerminal} from './terminal/terminal-questions.ts';

/** More than this is filled in better in the file. */
const QUESTIONS_MAX = 10;

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
    say('tminus: nothing was written\n');
    return EXIT.interrupted;
  }
  const has = (variable: string) => (process.env[variable] ?? '') !== '';
  writeNew(file, shown, draftBindings(plan, {checklist: basename(checklist), answers, has}));
  const more = flags.bindings === undefined ? [] : ['-b', flags.bindings];
  print(`wrote ${shown}\nnext  ${commandText(programName(), ['check', written, ...more])}\n`);
  return EXIT.succeeded;
}

function writeNew(file: string, shown: string, text: string): void {
  try {
    writeFileSync(file, withoutControls(text), {flag: 'wx'});
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

/**
 * What was answered, by the question's id; nothing at all without a terminal. Undefined when the person broke off with
 * Ctrl-C or Ctrl-D.
 */
async function askForNames(
  questions: readonly DraftQuestion[],
  source: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const answers = new Map<string, string>();
  if (!hasTerminal() || questions.length === 0) return answers;
  const asked = questions.slice(0, QUESTIONS_MAX);
  const left = questions.length - asked.length;
  const more = left === 0 ? '' : ` (${left} more are left to the file)`;
  tell(
    `${asked.length} of the names that the checklist leaves open${more}. Enter leaves one open, Ctrl-C writes nothing.`,
  );
  const lines = createInterface({input: process.stdin, output: process.stderr, historySize: 0});
  const brokenOff = new AbortController();
  lines.once('SIGINT', () => brokenOff.abort());
  lines.once('close', () => brokenOff.abort());
  try {
    for (const question of asked) {
      tell(`\nline ${question.line}: ${clean(source[question.line - 1] ?? '').trim()}`);
      const answer = await answerTo(question, lines, brokenOff.signal);
      if (answer === undefined) return undefined;
      if (answer !== '') answers.set(question.id, answer);
    }
    return answers;
  } finally {
    lines.close();
  }
}

async function answerTo(question: DraftQuestion, lines: Interface, signal: AbortSignal): Promise<string | undefined> {
  for (;;) {
    let answer: string;
    try {
      answer = (await lines.question(promptFor(question), {signal})).trim();
    } catch {
      tell('');
      return undefined;
    }
    const objection = answer === '' ? undefined : objectionTo(question, answer);
    if (objection === undefined) return answer;
    tell(objection);
  }
}

function promptFor({kind, name}: DraftQuestion): string {
  switch (kind) {
    case 'host':
      return `${clean(name).trim()} is (user@address, or a name of ~/.ssh/config): `;
    case 'database':
      return 'variable of the environment that holds the URL of the database, as DATABASE_URL: ';
    case 'value':
      return `${clean(name).trim()} is: `;
    default:
      return unreachable(kind);
  }
}

function objectionTo({kind}: DraftQuestion, answer: string): string | undefined {
  switch (kind) {
    case 'host':
      return /\s/.test(answer) ? 'A destination has no spaces in it.' : undefined;
    case 'database':
      return /^[A-Za-z_]\w*$/.test(answer)
        ? undefined
        : 'The name of a variable, please: an address may hold a password, which does not belong in a file.';
    case 'value':
      return undefined;
    default:
      return unreachable(kind);
  }
}

function tell(text: string): void {
  say(`${text}\n`);
}
