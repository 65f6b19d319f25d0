/** Reads a checklist and its bindings into a plan. */
import {
  parseBindings,
  parsePlan,
  parseReviews,
  type Review,
  type ReviewStanding,
  reviewFor,
  standingOf,
  withFrontMatter,
} from '../../plan/parse-plan.ts';
import {type Bindings, emptyBindings, type Plan, writtenDestinations} from '../../plan/plan.ts';
import {isSecretName, REDACTED} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';

/** `reviews`: all that the review file holds; `standing`: what of it still holds for the plan. */
export type Loaded = {
  plan: Plan;
  bindings: Bindings;
  reviews: readonly Review[];
  standing: ReviewStanding;
  /** The review file cannot be read: in one line. Nothing is confirmed then. */
  reviewProblem?: string;
};

export type Sources = {
  checklist: Uint8Array;
  /** Text of the bindings file, and its path for messages and relative paths. */
  bindings?: {text: string; file: string};
  /** Text of the review file, and its path for messages. */
  review?: {text: string; file: string} | undefined;
  /** `--value`, over the bindings. */
  values: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string | undefined>>;
  /** Which procedure is meant, where a document has several: `RB-1`. */
  procedure?: string;
};

/** A bindings file alone. */
export function readBindings(text: string, from: {file: string; env: Sources['env']}): Bindings {
  return parseBindings(text, from).bindings;
}

/** Reads checklist and bindings into a plan; whatever is wrong with either is among the plan's problems. */
export function loadPlan({checklist, bindings: file, review, procedure, values, env}: Sources): Loaded {
  const read = bindingsRead(file, env);
  const kept = review === undefined ? {reviews: []} : parseReviews(review.text, review.file);
  const reviews = 'reviews' in kept ? kept.reviews : [];
  const chosen = procedureChosen(procedure, reviews);
  const said = reviewOfProcedure(reviews, chosen);
  const given = bindingsGiven(read.bindings, values, said);
  const options = compact({env, procedure: chosen, waysBack: waysBackIn(said)});
  const parsed = parsePlan(checklist, given, options);
  const bindings = withFrontMatter(checklist, given, env);
  const steps = writtenSteps(file, read.bindings);
  const proposal = steps === undefined ? parsed.proposal : parsePlan(checklist, {...given, steps}, options).proposal;
  const plan: Plan = {
    ...parsed,
    values: shownValues(bindings),
    problems: [...read.problems, ...parsed.problems],
    ...withReadings(parsed, proposal),
  };
  const standing = standingOf(plan, reviewFor(plan, reviews));
  return {plan, bindings, reviews, standing, ...('problem' in kept ? {reviewProblem: kept.problem} : {})};
}

/** The bindings of a plan that was kept without them. */
export function bindingsOf(
  {checklist, bindings, procedure, values, env}: Sources,
  reviews: readonly Review[],
): Bindings {
  const said = reviewOfProcedure(reviews, procedureChosen(procedure, reviews));
  return withFrontMatter(checklist, bindingsGiven(bindingsRead(bindings, env).bindings, values, said), env);
}

function bindingsRead(file: Sources['bindings'], env: Sources['env']): ReturnType<typeof parseBindings> {
  if (file === undefined) return {bindings: emptyBindings, problems: []};
  return parseBindings(file.text, {file: file.file, env});
}

/** With the values of the command line, and the places that the review says. */
function bindingsGiven(bindings: Bindings, values: Sources['values'], said: Review | undefined): Bindings {
  return compact({...withValues(bindings, values), placed: said?.places});
}

function procedureChosen(procedure: string | undefined, reviews: readonly Review[]): string | undefined {
  return procedure ?? (reviews.length === 1 ? reviews[0]?.procedure : undefined);
}

/** What people said in the review of the procedure, which may be named by a piece of its title. */
function reviewOfProcedure(reviews: readonly Review[], procedure = ''): Review | undefined {
  const wanted = procedure.toLowerCase();
  return reviews.find(review => (review.procedure ?? '').toLowerCase().includes(wanted));
}

/** The titles of the sections that were given the use `rollback`. */
function waysBackIn(review: Review | undefined): string[] | undefined {
  const all = [...(review?.sections ?? []), ...(review?.begun ?? [])];
  const titles = all.flatMap(({title, use}) => (use === 'rollback' ? [title] : []));
  return titles.length === 0 ? undefined : titles;
}

/**
 * The steps of the bindings with `${NAME}` as they write it: what a person confirms does not hang on the environment of a
 * machine, and a file that is committed tells nothing of it. Undefined when no step holds a variable.
 */
function writtenSteps(file: Sources['bindings'], {steps}: Bindings): Bindings['steps'] | undefined {
  if (file?.text.includes('${') !== true) return undefined;
  const env = new Proxy<Sources['env']>({}, {get: (_, name) => `\${${String(name)}}`});
  const written = parseBindings(file.text, {file: file.file, env}).bindings.steps;
  return written.length === steps.length && JSON.stringify(written) !== JSON.stringify(steps) ? written : undefined;
}

function withReadings({proposal}: Plan, written: Plan['proposal']): Pick<Plan, 'proposal'> {
  if (proposal === undefined || written === undefined) return {};
  return {proposal: {...proposal, readings: written.readings}};
}

function shownValues({values, hosts}: Bindings): Record<string, string> {
  const shown = Object.entries(values).map(([name, {value, secret}]) => [name, secret ? REDACTED : value]);
  return Object.fromEntries([...writtenDestinations(hosts), ...shown]);
}

function withValues(bindings: Bindings, values: Readonly<Record<string, string>>): Bindings {
  const added = Object.entries(values).map(
    ([name, value]) => [name, {value, secret: bindings.values[name]?.secret ?? isSecretName(name), line: 0}] as const,
  );
  return {...bindings, values: {...bindings.values, ...Object.fromEntries(added)}};
}
