/** Asks, on a terminal, for the few names of a checklist that matter most. */
import {createInterface, type Interface} from 'node:readline/promises';
import {stripVTControlCharacters} from 'node:util';
import type {DraftQuestion} from '../../plan/parse-plan.ts';
import {unreachable} from '../../plan/plan.ts';
import {tame} from '../../text/width.ts';

/** More than this is filled in better in the file. */
const QUESTIONS_MAX = 10;

/**
 * What was answered, by the question's id; nothing at all without a terminal. Undefined when the person broke off with
 * Ctrl-C or Ctrl-D.
 */
export async function askForNames(
  questions: readonly DraftQuestion[],
  source: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const answers = new Map<string, string>();
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true || questions.length === 0) return answers;
  const asked = questions.slice(0, QUESTIONS_MAX);
  const left = questions.length - asked.length;
  const more = left === 0 ? '' : ` (${left} more are left to the file)`;
  say(
    `${asked.length} of the names that the checklist leaves open${more}. Enter leaves one open, Ctrl-C writes nothing.`,
  );
  const lines = createInterface({input: process.stdin, output: process.stderr, historySize: 0});
  const brokenOff = new AbortController();
  lines.once('SIGINT', () => brokenOff.abort());
  lines.once('close', () => brokenOff.abort());
  try {
    for (const question of asked) {
      say(`\nline ${question.line}: ${clean(source[question.line - 1] ?? '')}`);
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
      say('');
      return undefined;
    }
    const objection = answer === '' ? undefined : objectionTo(question, answer);
    if (objection === undefined) return answer;
    say(objection);
  }
}

function promptFor({kind, name}: DraftQuestion): string {
  switch (kind) {
    case 'host':
      return `${clean(name)} is (user@address, or a name of ~/.ssh/config): `;
    case 'database':
      return 'variable of the environment that holds the URL of the database, as DATABASE_URL: ';
    case 'value':
      return `${clean(name)} is: `;
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

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function clean(text: string): string {
  return tame(stripVTControlCharacters(text)).trim();
}
