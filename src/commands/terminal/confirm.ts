import {createInterface} from 'node:readline/promises';
import {CommandError, EXIT} from '../exit-codes.ts';

/** Whether to go on although `what`: by the flag `--NAME accept`, or by a person at a terminal. */
export async function confirmed(
  what: string,
  question: string,
  name: string,
  flag: string | undefined,
): Promise<boolean> {
  if (flag !== undefined) {
    if (flag !== 'accept') throw new CommandError(EXIT.usage, `--${name} wants accept, got "${flag}"`);
    return true;
  }
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return false;
  process.stderr.write(`tminus: ${what}\n`);
  const terminal = createInterface({input: process.stdin, output: process.stderr});
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
