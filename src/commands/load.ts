import {type Loaded, loadPlan} from '../engine/load-plan.ts';
import {choiceProblems} from '../engine/why-not-run.ts';
import {type NamedFiles, readNamed} from './named-files.ts';

export type Named = Loaded & NamedFiles;

/** Reads what the command line names. What cannot be read at all ends the command with 65. */
export function loadNamed(
  checklist: string | undefined,
  bindings: string | undefined,
  {values = {}, choices = []}: {values?: Record<string, string>; choices?: readonly (readonly [string, string])[]} = {},
): Named {
  const files = readNamed(checklist, bindings);
  const {bindingsFile: file, bindingsText: text} = files;
  const loaded = loadPlan({
    checklist: files.bytes,
    ...(text === undefined || file === undefined ? {} : {bindings: {text, file}}),
    values,
    env: process.env,
  });
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, choices, file)];
  return {...loaded, plan: {...loaded.plan, problems}, ...files};
}
