/** The plan of the checklist and bindings that the command line names. */
import {setFlagsFromString} from 'node:v8';
import {type Loaded, loadPlan} from '../engine/opening/load-plan.ts';
import {choiceProblems} from '../engine/opening/why-not-run.ts';
import {compact} from '../text/compact.ts';
import {type NamedFiles, readNamed} from './command-line/named-files.ts';

export type Named = Loaded & NamedFiles;

/** `command`: for the example in the message when no checklist is named. */
type LoadOptions = {
  values?: Record<string, string>;
  choices?: readonly (readonly [string, string])[];
  command?: string;
};

/** Reads what the command line names. What cannot be read at all ends the command with 65. */
export function loadNamed(
  checklist: string | undefined,
  bindings: string | undefined,
  {values = {}, choices = [], command}: LoadOptions = {},
): Named {
  // A document is read with hundreds of expressions, each of which is used often: to interpret them first costs more.
  setFlagsFromString('--no-regexp-tier-up');
  const files = readNamed(checklist, bindings, command);
  const {bindingsFile: file, bindingsText: text} = files;
  const loaded = loadPlan(
    compact({
      checklist: files.bytes,
      bindings: text === undefined || file === undefined ? undefined : {text, file},
      values,
      env: process.env,
    }),
  );
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, choices, file)];
  return {...loaded, plan: {...loaded.plan, problems}, ...files};
}
