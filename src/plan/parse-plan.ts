/** A checklist and its bindings in, a plan with its problems out. Only who reads documents loads this file. */
import {compact} from '../text/compact.ts';
import {bindPlan} from './apply-bindings/bind-plan.ts';
import {collectPlaceholders} from './apply-bindings/open-placeholders.ts';
import {mergeBindings, readFrontMatter} from './bindings-file/bindings.ts';
import type {Bindings} from './bindings-file/types.ts';
import {notesIn, unreadProblems} from './checks/accounting.ts';
import {
  bindingProblems,
  documentProblems,
  neverCreatedProblems,
  placeholderProblems,
  unusableProblems,
  unverifiedProblems,
} from './checks/all.ts';
import type {Block} from './document/blocks.ts';
import {readDocument} from './document/embedded.ts';
import {decode} from './document/encoding.ts';
import {frontMatterEnd} from './document/source-lines.ts';
import {type Outline, outline, type SectionNode} from './outline/sections.ts';
import {withUntitledRollback} from './outline/untitled-rollback.ts';
import {invitesNotes} from './phrases/blanks.ts';
import {readDuration} from './phrases/quantity.ts';
import {readWindowEnd} from './phrases/time-marks.ts';
import {type Plan, type Rollback, rollbacksOf, type Section, type Step} from './plan.ts';
import {type Problem, problemAt} from './problem.ts';
import {withProposal} from './review/doubts.ts';
import {withMakers} from './rollback/made-in-run.ts';
import {withBackupSources, withProofsBeforeDeletion} from './rollback/proofs-before-deletion.ts';
import {compileRollbacks, withoutOwnInputs} from './rollback/rollback-section.ts';
import {assembleSteps, type ReadDocument} from './steps/assemble.ts';
import {readSections} from './steps/reader.ts';
import {proposeUses} from './uses/propose-uses.ts';
import {phrase, topicPattern} from './words/vocabulary.ts';
import {meetText} from './words/word-pattern.ts';

export {parseBindings} from './bindings-file/bindings.ts';
export {type DraftQuestion, draftBindings, draftQuestions} from './bindings-file/draft/draft-bindings.ts';
export {placeName, reviewOf} from './review/build-review.ts';
export {parseReviews, type Review, reviewsText} from './review/review-file.ts';
export {
  acceptUnseen,
  type ReviewStanding,
  reviewFor,
  standingOf,
  stateOf,
  withReview,
} from './review/still-holds.ts';
export {courseOf, type Doing} from './rollback/course.ts';

/** `env`: the variables that `${NAME}` in the front matter stands for. */
export type ParseOptions = {
  file?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** A part of the title of the procedure that is meant, in a document with several. */
  procedure?: string;
  /** The titles of sections that people have made the rollback, which count where the document has none. */
  waysBack?: readonly string[];
};

/**
 * Reads a checklist. Any bytes give a plan: a person does what cannot be read, and `problems` (sorted by line) say so.
 * `file` is put on the problems of the checklist, so that they can be printed beside those of the bindings.
 */
export function parsePlan(source: Uint8Array | string, bindings: Bindings, options: ParseOptions = {}): Plan {
  const {text, repaired} = decode(source);
  const original = text.split(/\r\n|\n|\r/);
  meetText(text);
  const {blocks, lines} = readDocument(original);
  const head = frontMatterOf(lines, options.env ?? {});
  const bound = head === undefined ? bindings : mergeBindings(head.bindings, bindings);
  const told = outline(blocks, head?.title);
  const {nodes, found} = withUntitledRollback(told.nodes);
  const things = readSections(nodes, lines, bound);
  const read = assembleSteps(
    things,
    nodes.map(({section}) => section),
    lines,
  );
  const problems = [
    ...(head?.problems ?? []),
    ...(repaired === undefined ? [] : [encodingRepaired(lines, repaired)]),
    ...(found === undefined ? [] : [rollbackAssumed(lines, found)]),
    ...read.problems,
    ...unreadProblems(blocks, nodes, things, lines),
  ];
  const plan = finishPlan(
    {...read, problems, notes: notesIn(things)},
    {...told, nodes},
    {lines, blocks},
    bound,
    options,
  );
  return lines === original ? plan : {...plan, source: original, markdown: lines};
}

/** Merges the bindings with those in the checklist's own front matter; the given bindings win. */
export function withFrontMatter(
  source: Uint8Array | string,
  bindings: Bindings,
  env: ParseOptions['env'] = {},
): Bindings {
  const head = frontMatterOf(decode(source).text.split(/\r\n|\n|\r/), env);
  return head === undefined ? bindings : mergeBindings(head.bindings, bindings);
}

function encodingRepaired(lines: readonly string[], repaired: string): Problem {
  const message = `text was UTF-8 once read as ${repaired}; repaired in memory`;
  const hint = 'the file is left as it is; save it again as UTF-8 to make it readable elsewhere';
  return problemAt(lines, 'info', 'encoding-repaired', 1, '', message, hint);
}

function rollbackAssumed(lines: readonly string[], {line, because}: {line: number; because: string}): Problem {
  const message = `read as the rollback, because ${because}`;
  const hint = 'call the section "Rollback" to say so';
  return problemAt(lines, 'info', 'rollback-assumed', line, '', message, hint);
}

function frontMatterOf(lines: readonly string[], env: ParseOptions['env'] & object) {
  const end = frontMatterEnd(lines);
  return end === undefined ? undefined : readFrontMatter(lines.slice(1, end - 1).join('\n'), 2, env);
}

function finishPlan(
  read: ReadDocument & {notes: readonly number[]},
  shape: Outline,
  {lines, blocks}: {lines: readonly string[]; blocks: readonly Block[]},
  bindings: Bindings,
  options: ParseOptions,
): Plan {
  const uses = proposeUses(
    {sections: sectionsOf(read, shape.nodes), steps: read.steps, source: lines},
    options.procedure,
  );
  const {sections} = uses;
  const triggers = read.rules.filter(rule => rule.role === 'trigger').map(rule => rule.id);
  const rollbacks = compileRollbacks(sections, read.steps, triggers, {
    asked: chosenRollbacks(bindings),
    told: options.waysBack ?? [],
  });
  const steps = withoutOwnInputs(read.steps, rollbacks);
  const duration = read.meta.find(({key, blank}) => !blank && DURATION.test(key));
  const expectedDuration = duration === undefined ? undefined : readDuration(duration.value);
  const plan: Plan = compact({
    title: shape.title,
    subtitle: shape.subtitle,
    source: lines,
    meta: read.meta,
    expectedDuration,
    ...windowOf(read.meta),
    ...toldBy(steps, rollbacksOf(rollbacks)),
    sections,
    steps,
    rules: read.rules,
    ...rollbacks,
    placeholders: collectPlaceholders(steps, lines, bindings),
    contacts: read.contacts,
    ...(read.incident.length === 0 ? {} : {incident: read.incident}),
    references: read.references,
    ...invitedIn(lines, sections),
    notes: read.notes,
    problems: read.problems,
  });
  const own = [...read.problems, ...documentProblems(blocks, plan, bindings)];
  const final = withProofsBeforeDeletion(withMakers(withBackupSources(bindPlan({...plan, problems: []}, bindings))));
  const problems = sorted([
    ...[
      ...own,
      ...neverCreatedProblems(final, bindings),
      ...unverifiedProblems(final),
      ...placeholderProblems(lines, final.placeholders, bindings),
      ...unusableProblems(final, bindings),
    ].map(problem => inFile(problem, options.file)),
    ...final.problems,
    ...bindingProblems({...plan, problems: []}, final, bindings),
  ]);
  return withProposal({...final, problems}, uses, {blocks, bindings, told: read.doubts});
}

/** `choices: { Rollback: "Phase 2" }` names the rollback to run. */
function chosenRollbacks({choices}: Bindings): string[] {
  return Object.entries(choices).flatMap(([section, option]) => (/roll-?\s?back/i.test(section) ? [option] : []));
}

const DURATION = phrase`\<^(?:${'duration'})$\>`;
const WINDOW = phrase`\<^(?:${'change-window'})$\>`;

function windowOf(meta: Plan['meta']): Pick<Plan, 'windowEnd'> {
  for (const {key, value, line} of meta) {
    const end = WINDOW.test(key) ? readWindowEnd(value) : undefined;
    if (end !== undefined) return {windowEnd: {...end, line}};
  }
  return {};
}

function toldBy(...found: Parameters<typeof tellingSteps>): Pick<Plan, 'tells'> {
  const tells = tellingSteps(...found);
  return tells.length === 0 ? {} : {tells};
}

/** Notes are invited in a section for them, also within a code block. */
function invitedIn(lines: readonly string[], sections: readonly Section[]): Pick<Plan, 'notesInvited'> {
  const invited = lines.flatMap((text, index) => (invitesNotes(text) ? [index + 1] : []));
  const kept = invited.filter(line => sections.findLast(one => one.line <= line)?.role === 'notes');
  return kept.length === 0 ? {} : {notesInvited: kept};
}

/**
 * The text before the first heading is a section only when it holds a step or a rule. A section that holds nothing but
 * reasons to roll back is one of reasons, whatever its title.
 */
function sectionsOf({steps, rules}: ReadDocument, nodes: readonly SectionNode[]): Section[] {
  const done = new Set(steps.map(({section}) => section));
  const judged = Map.groupBy(rules, ({section}) => section);
  return nodes
    .filter(({preamble, section: {id}}) => !preamble || done.has(id) || judged.has(id))
    .map(({section}) => {
      const own = section.role === 'other' && !done.has(section.id) ? judged.get(section.id) : undefined;
      const isOfReasons = own?.every(({role}) => role === 'trigger') === true;
      return isOfReasons ? {...section, role: 'triggers', use: 'triggers'} : section;
    });
}

function inFile(problem: Problem, file: string | undefined): Problem {
  return file === undefined || problem.file !== undefined ? problem : {...problem, file};
}

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Those beside a rollback where the document has some: "Notify team" before a deploy announces it, and tells of no incident. */
function tellingSteps(steps: readonly Step[], rollbacks: readonly Rollback[]): NonNullable<Plan['tells']> {
  const ofRollback = new Set(rollbacks.flatMap(rollback => rollback.steps));
  const found = steps.flatMap(({id: step, title}): NonNullable<Plan['tells']> => {
    if (WRITES_ISSUE.test(title)) return [{step, as: 'issue'}];
    return TELLS_TEAM.test(title) ? [{step, as: 'message'}] : [];
  });
  const after = found.filter(({step}) => ofRollback.has(step));
  return after.length > 0 ? after : found;
}

const WRITES_ISSUE = topicPattern('write-issue');
const TELLS_TEAM = topicPattern('tell-team');
