/** What the reader collects while it walks through the document. */
import {compact} from '../../text/compact.ts';
import type {Bindings} from '../bindings/types.ts';
import {idAt} from '../ids.ts';
import type {SectionNode} from '../outline/sections.ts';
import type {Contact, MetaEntry, ReferenceValue, Rule, Step} from '../plan.ts';
import type {Problem, ProblemCode, Severity} from '../problem.ts';
import {newContexts, type Shells} from './places/contexts.ts';

/** What has been read so far. Written while the document is walked from top to bottom, then made into a Plan. */
export type Draft = {
  readonly lines: readonly string[];
  readonly bindings: Bindings;
  readonly shells: Shells;
  readonly steps: Step[];
  readonly rules: Rule[];
  readonly meta: MetaEntry[];
  readonly contacts: Contact[];
  readonly incident: {text: string; line: number}[];
  readonly references: ReferenceValue[];
  readonly problems: Problem[];
  /** By step id, the line of the table that it is a row of. */
  readonly rows: Map<string, number>;
  readonly ids: Map<string, number>;
};

/** Where a step stands. */
export type Place = {node: SectionNode; arm?: {choice: string; arm: string}};

export function openDraft(lines: readonly string[], bindings: Bindings): Draft {
  return {
    lines,
    bindings,
    shells: newContexts(bindings),
    steps: [],
    rules: [],
    meta: [],
    contacts: [],
    incident: [],
    references: [],
    problems: [],
    rows: new Map(),
    ids: new Map(),
  };
}

export function addStep(draft: Draft, place: Place, step: Omit<Step, 'id' | 'section' | 'arm'>): Step {
  const added: Step = {
    ...step,
    id: idAt(draft, 'L', step.line),
    section: place.node.section.id,
    ...compact({arm: place.arm}),
  };
  draft.steps.push(added);
  return added;
}

export function replaceStep(draft: Draft, id: string, change: (step: Step) => Step): void {
  const index = draft.steps.findLastIndex(step => step.id === id);
  const step = draft.steps[index];
  if (step !== undefined) draft.steps[index] = change(step);
}

/** `at` is looked for in the line, to point at its column. */
export function report(
  draft: Pick<Draft, 'lines' | 'problems'>,
  severity: Severity,
  code: ProblemCode,
  line: number,
  at: string,
  message: string,
  hint: string,
): void {
  const source = draft.lines[line - 1] ?? '';
  const found = at === '' ? -1 : source.indexOf(at);
  const column = (found === -1 ? Math.max(0, source.search(/\S/)) : found) + 1;
  draft.problems.push({severity, code, line, column, message, hint});
}
