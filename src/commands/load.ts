import {readFileSync, realpathSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {type Loaded, loadPlan, readIfThere} from '../engine/load-plan.ts';
import type {Problem} from '../plan/problem.ts';
import {findOption} from '../run/opening.ts';
import {CommandError, EXIT} from './exit-codes.ts';

export type Named = Loaded & {
  /** Absolute. */
  checklist: string;
  bytes: Uint8Array;
  bindingsFile?: string;
  bindingsText?: string;
};

/** The largest document that is read; every real one is a thousand times smaller. */
const CHECKLIST_BYTES_MAX = 10 * 1024 * 1024;

/** Reads what the command line names. What cannot be read at all ends the command with 65. */
export function loadNamed(
  checklist: string | undefined,
  bindings: string | undefined,
  {values = {}, choices = []}: {values?: Record<string, string>; choices?: readonly (readonly [string, string])[]} = {},
): Named {
  if (checklist === undefined) throw new CommandError(EXIT.usage, 'name a checklist: tminus check deploy.md');
  const bytes = readChecklist(checklist);
  const path = realpathSync(checklist);
  const file = bindings === undefined ? join(dirname(path), 'tminus.yaml') : resolve(bindings);
  const text = readBindings(file, bindings !== undefined);
  const loaded = loadPlan({
    checklist: bytes,
    ...(text === undefined ? {} : {bindings: {text, file}}),
    values,
    env: process.env,
  });
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, choices, file)];
  const named = {...loaded, plan: {...loaded.plan, problems}, checklist: path, bytes};
  return text === undefined ? named : {...named, bindingsFile: file, bindingsText: text};
}

function readChecklist(checklist: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(checklist);
  } catch (error) {
    throw new CommandError(EXIT.invalid, `cannot read the checklist ${checklist}: ${reasonOf(error)}`, {cause: error});
  }
  if (bytes.length > CHECKLIST_BYTES_MAX) {
    throw new CommandError(
      EXIT.invalid,
      `${checklist} has ${bytes.length} bytes; a checklist may have ${CHECKLIST_BYTES_MAX}`,
    );
  }
  return bytes;
}

function readBindings(file: string, isNamed: boolean): string | undefined {
  let text: string | undefined;
  try {
    text = readIfThere(file);
  } catch (error) {
    throw new CommandError(EXIT.invalid, `cannot read the bindings ${file}: ${reasonOf(error)}`, {cause: error});
  }
  if (text === undefined && isNamed) throw new CommandError(EXIT.invalid, `there is no bindings file ${file}`);
  return text;
}

function choiceProblems(
  {plan, bindings}: Loaded,
  choices: readonly (readonly [string, string])[],
  file: string,
): Problem[] {
  const hint = 'name the section as the document does, and a piece of one option';
  return [...Object.entries(bindings.choices), ...choices].flatMap(([section, option]): Problem[] => {
    const found = findOption(plan, section, option);
    if (!('problem' in found)) return [];
    return [{severity: 'error', code: 'unknown-binding', line: 1, column: 1, message: found.problem, hint, file}];
  });
}

/** Problems a run cannot begin with: the bindings say something that is not so. */
export function refuseInvalid({plan}: Named): void {
  const wrong = plan.problems.find(
    ({code, severity}) =>
      severity === 'error' && ['invalid-binding', 'unknown-binding', 'ambiguous-binding'].includes(code),
  );
  if (wrong !== undefined) {
    const where = wrong.file === undefined ? '' : `${wrong.file}:${wrong.line}: `;
    throw new CommandError(EXIT.invalid, `${where}${wrong.message}; ${wrong.hint}`);
  }
  if (plan.steps.length === 0) {
    throw new CommandError(
      EXIT.invalid,
      'the checklist holds nothing to run or to tick; `tminus check` shows what was read',
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'no such file' : String(error);
}
