/** A checklist and its bindings in, a plan with its problems out. The only face of plan that loads the reader. */
import {compact} from '../text/compact.ts';
import {forgetAll} from '../text/memoize.ts';
import {bindPlan} from './binding/bind-plan.ts';
import {collectPlaceholders} from './binding/open-placeholders.ts';
import {mergeBindings, readFrontMatter} from './bindings/bindings.ts';
import type {Bindings} from './bindings/types.ts';
import {noteUnread} from './checks/accounting.ts';
import {
  bindingProblems,
  noteDocumentProblems,
  noteNeverCreated,
  noteUnverified,
  placeholderProblems,
} from './checks/all.ts';
import type {Block} from './document/blocks.ts';
import {decode} from './document/encoding.ts';
import {readMarkdown} from './document/markdown.ts';
import {frontMatterEnd} from './document/source-lines.ts';
import {type Outline, outline, type SectionNode} from './outline/sections.ts';
import {withUntitledRollback} from './outline/untitled-rollback.ts';
import {readDuration} from './phrases/quantity.ts';
import type {Plan, Section} from './plan.ts';
import type {Problem} from './problem.ts';
import {withProposal} from './review/propose.ts';
import {proposeUses} from './review/uses.ts';
import {withSources} from './rollback/made-from.ts';
import {compileRollbacks, withoutOwnInputs} from './rollback/rollback-section.ts';
import {withSurvivors} from './rollback/survivors.ts';
import {type Draft, openDraft, type Place, report} from './steps/draft.ts';
import {addOptions, fillArms, optionGroups} from './steps/items/choices.ts';
import {sectionsOnHost} from './steps/places/sections-on-host.ts';
import {withoutRepeatedRows} from './steps/tables/repeated-rows.ts';
import {walkSection} from './steps/walk/walk.ts';
import {anyOf, wholeWords} from './words/vocabulary.ts';

export {parseBindings} from './bindings/bindings.ts';
export {type DraftQuestion, draftBindings, draftQuestions} from './bindings/draft/draft-bindings.ts';
export {parseReviews, type Review, reviewsText} from './review/review-file.ts';
export {
  acceptUnseen,
  type ReviewStanding,
  reviewFor,
  reviewOf,
  standingOf,
  stateOf,
  withReview,
} from './review/standing.ts';

/** `env`: what `${NAME}` in the front matter stands for. */
export type ParseOptions = {
  file?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Of a document with several procedures the one that is meant, by a piece of its title. */
  procedure?: string;
};

/**
 * Reads a checklist. Any bytes give a plan: what cannot be read is left for a person, and said in `problems`,
 * which are sorted by line. `file` is put on problems so that they can be printed beside those of the bindings.
 */
export function parsePlan(source: Uint8Array | string, bindings: Bindings, options: ParseOptions = {}): Plan {
  const {text, repaired} = decode(source);
  const lines = text.split(/\r\n|\n|\r/);
  const blocks = readMarkdown(lines);
  const head = frontMatterOf(lines, options.env ?? {});
  const bound = head === undefined ? bindings : mergeBindings(head.bindings, bindings);
  const told = outline(blocks, head?.title);
  const {nodes, found} = withUntitledRollback(told.nodes);
  const shape = {...told, nodes};
  const draft = openDraft(lines, bound);
  draft.problems.push(...(head?.problems ?? []));
  if (repaired !== undefined) {
    const hint = 'the file is left as it is; save it again as UTF-8 to make it readable elsewhere';
    report(
      draft,
      'info',
      'encoding-repaired',
      1,
      '',
      `text was UTF-8 once read as ${repaired}; repaired in memory`,
      hint,
    );
  }
  if (found !== undefined) noteUntitledRollback(draft, found);
  readSections(draft, shape.nodes);
  const plan = finished(draft, shape, blocks, bound, options);
  forgetAll();
  return plan;
}

/** The bindings together with those that the checklist's own front matter gives; the file's come first. */
export function withFrontMatter(
  source: Uint8Array | string,
  bindings: Bindings,
  env: ParseOptions['env'] = {},
): Bindings {
  const head = frontMatterOf(decode(source).text.split(/\r\n|\n|\r/), env);
  return head === undefined ? bindings : mergeBindings(head.bindings, bindings);
}

function noteUntitledRollback(draft: Draft, {line, command}: {line: number; command: string}): void {
  const message = `read as the rollback, because it takes back what was done before: ${command}`;
  report(draft, 'info', 'rollback-assumed', line, '', message, 'call the section "Rollback" to say so');
}

function frontMatterOf(lines: readonly string[], env: ParseOptions['env'] & object) {
  const end = frontMatterEnd(lines);
  return end === undefined ? undefined : readFrontMatter(lines.slice(1, end - 1).join('\n'), 2, env);
}

function readSections(draft: Draft, nodes: readonly SectionNode[]): void {
  const groups = new Map(optionGroups(nodes).flatMap(group => group.options.map(option => [option, group] as const)));
  const arms = new Map<string, {choice: string; arm: string}>();
  const onHost = sectionsOnHost(draft.lines, nodes);
  for (const node of nodes) {
    const {id, parent, line} = node.section;
    const group = groups.get(node);
    if (group !== undefined) {
      const [first] = group.options;
      const choice = first === node ? addOptions(draft, group) : (arms.get(first?.section.id ?? '')?.choice ?? '');
      arms.set(id, {choice, arm: `L${line}`});
    }
    const arm = arms.get(id) ?? (parent === undefined ? undefined : arms.get(parent));
    if (arm !== undefined) arms.set(id, arm);
    const place: Place = arm === undefined ? {node} : {node, arm};
    walkSection(draft, place, onHost.has(node.top));
  }
  withoutRepeatedRows(
    draft,
    nodes.map(({section}) => section),
  );
  fillArms(draft);
}

function finished(
  draft: Draft,
  shape: Outline,
  blocks: readonly Block[],
  bindings: Bindings,
  options: ParseOptions,
): Plan {
  const uses = proposeUses(
    {sections: sectionsOf(draft, shape.nodes), steps: draft.steps, source: draft.lines},
    options.procedure,
  );
  const {sections} = uses;
  const triggers = draft.rules.filter(rule => rule.role === 'trigger').map(rule => rule.id);
  const rollbacks = compileRollbacks(sections, draft.steps, triggers, rollbackAsked(bindings));
  const steps = withoutOwnInputs(draft.steps, rollbacks);
  const duration = draft.meta.find(({key, blank}) => !blank && DURATION.test(key));
  const expectedDuration = duration === undefined ? undefined : readDuration(duration.value);
  const plan: Plan = compact({
    title: shape.title,
    subtitle: shape.subtitle,
    source: draft.lines,
    meta: draft.meta,
    expectedDuration,
    sections,
    steps,
    rules: draft.rules,
    ...rollbacks,
    placeholders: collectPlaceholders(steps, draft.lines, bindings),
    contacts: draft.contacts,
    ...(draft.incident.length === 0 ? {} : {incident: draft.incident}),
    references: draft.references,
    problems: [],
  });
  noteDocumentProblems(draft, blocks, plan);
  noteUnread(draft, blocks, plan);
  const final = withSurvivors(withSources(bindPlan(plan, bindings)));
  noteNeverCreated(draft, final, bindings);
  noteUnverified(draft, final);
  const own = [...draft.problems, ...placeholderProblems(draft.lines, final.placeholders, bindings)];
  const problems = sorted([
    ...own.map(problem => inFile(problem, options.file)),
    ...final.problems,
    ...bindingProblems(plan, final, bindings),
  ]);
  return withProposal({...final, problems}, uses, {blocks, bindings});
}

/** `choices: { Rollback: "Phase 2" }` names the one to run. */
function rollbackAsked({choices}: Bindings): string[] {
  return Object.entries(choices).flatMap(([section, option]) => (/roll-?\s?back/i.test(section) ? [option] : []));
}

const DURATION = wholeWords(`^(?:${anyOf('duration')})$`);

/** The head of the document is a section only when something in it has to be done. */
function sectionsOf(draft: Draft, nodes: readonly SectionNode[]): Section[] {
  const used = new Set([...draft.steps, ...draft.rules].map(({section}) => section));
  return nodes.filter(node => !node.preamble || used.has(node.section.id)).map(node => node.section);
}

function inFile(problem: Problem, file: string | undefined): Problem {
  return file === undefined || problem.file !== undefined ? problem : {...problem, file};
}

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
