/** The plan of the checklist and bindings that the command line names, and what of their review still holds. */
import {bindingsOf, type Loaded, loadPlan, type Sources} from '../engine/opening/load-plan.ts';
import {planCache, readToKeep, recallPlan} from '../engine/opening/plan-cache.ts';
import {choiceProblems, procedureProblem} from '../engine/opening/why-not-run.ts';
import {createRedactor} from '../journal/secrets/redact.ts';
import {secretsIn} from '../journal/secrets/secrets.ts';
import {stateOf} from '../plan/parse-plan.ts';
import type {Plan} from '../plan/plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import {CommandError} from './command-error.ts';
import {type NamedFiles, readNamed} from './command-line/named-files.ts';
import {type ReviewFile, readReviewFile} from './review-on-disk.ts';

/**
 * `shown`: the plan without the secrets of bindings and environment, for all that is printed or kept. `reviewing`: what
 * people have confirmed of the reading as it is now.
 */
export type Named = Loaded & NamedFiles & {shown: Plan; reviewFile: ReviewFile; reviewing: Pick<RunState, 'review'>};

/** `command`: for the example in the message when no checklist is named. */
type LoadOptions = {
  values?: Record<string, string>;
  choices?: readonly (readonly [string, string])[];
  command?: string;
  /** Without it the one that was reviewed. */
  procedure?: string | undefined;
  /** Whether what is read is kept for the next command. Keeping takes as long as a tenth of the reading. */
  keeps?: boolean;
};

/** Reads what the command line names. What cannot be read at all ends the command with 65. */
export function loadNamed(
  checklist: string | undefined,
  bindings: string | undefined,
  {values = {}, choices = [], command, procedure, keeps = true}: LoadOptions = {},
): Named {
  const files = readNamed(checklist, bindings, command);
  const reviewFile = readReviewFile(files.checklist);
  const {bindingsFile: file, bindingsText: text} = files;
  const loaded = recallOrRead(
    compact({
      checklist: files.bytes,
      bindings: text === undefined || file === undefined ? undefined : {text, file},
      values,
      env: process.env,
      review: reviewFile.text === undefined ? undefined : {text: reviewFile.text, file: reviewFile.path},
      procedure,
    }),
    keeps,
  );
  const noProcedure = procedure === undefined ? undefined : procedureProblem(loaded.plan, procedure);
  if (noProcedure !== undefined) throw new CommandError(EXIT.invalid, noProcedure);
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, choices, file)];
  const reviewing = {review: stateOf(loaded.standing)};
  const plan = {...loaded.plan, problems};
  const shown = createRedactor(secretsIn(loaded.bindings, process.env)).plain(plan);
  return {...loaded, plan, shown, ...files, reviewFile, reviewing};
}

/** A document that was read before is not read again, by this command or by the run that comes next. */
function recallOrRead(sources: Sources, keeps: boolean): Loaded {
  const cache = planCache(process.env);
  const kept = cache === undefined ? undefined : recallPlan(cache, sources);
  if (kept !== undefined) return {...kept, bindings: kept.bindings ?? bindingsOf(sources, kept.reviews)};
  const {loaded, keep} = readToKeep(cache, sources, loadPlan);
  if (keeps) keep();
  return loaded;
}
