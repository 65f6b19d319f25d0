/** The type of a doubt before it has its id; and finds sections and steps by line. */
import {countWhile} from '../../text/count-below.ts';
import {plainText} from '../document/inline.ts';
import type {Doubt} from '../doubt.ts';
import {isKnownDocument} from '../outline/prose.ts';
import {commandsOf, type Plan, requestsOf, type Section, type Step} from '../plan.ts';

/** Without `section`, it belongs to the section of its line; without `steps`, to all steps on its line. */
export type FoundDoubt = Omit<Doubt, 'id' | 'section' | 'steps'> & {steps?: readonly string[]; section?: string};

/** What is proposed about a condition: of the deploy a person is asked, of a rollback nobody is. */
export const ASKED_THEN = 'it is asked when its time comes';
export const NEVER_ASKED = 'every rollback does it, without asking';

/** A doubt about steps that may be for some cases only. */
export function mayNotRun(line: number, steps: readonly Step[], message: string, because: string): FoundDoubt {
  const settle = 'confirm that it always runs, do it by hand, or leave it out';
  return {code: 'condition-assumed', line, steps: steps.map(({id}) => id), message, because, settle};
}

/** Whether these words of a condition stand in the title of a section. */
export function isInTitle(words: string, title: string): boolean {
  return words !== '' && plainText(title).toLowerCase().includes(words.toLowerCase());
}

export type LineIndex = {
  sectionAt(line: number): Section | undefined;
  /** The steps that cover this line. */
  stepsAt(line: number): readonly Step[];
  /** By line. */
  stepsIn(section: string): readonly Step[];
  /** Those that begin at one of these lines, both ends included; no choices. */
  stepsBetween(from: number, to: number): readonly Step[];
  /** The next step of the section behind the line, otherwise the last one before it. */
  nearest(section: string, line: number): Step | undefined;
  /** The same; of a section without steps, the first one of the next section with its use. */
  waiting(section: string, line: number): Step | undefined;
  /** The step, and where the line stands above it, the steps behind it that were read from the same block. */
  partsFrom(stepId: string, line: number): readonly string[];
  /** The section of a step. */
  sectionOf(stepId: string): string | undefined;
  byId: ReadonlyMap<string, Section>;
  /** The document is in a language without words here. */
  isForeign: boolean;
};

/** Computed once, because a document may have as many steps as lines. */
export function lineIndexOf({sections, steps, source}: Plan): LineIndex {
  const covering = new Map<number, Step[]>();
  for (const step of steps) {
    if (step.action.kind === 'choice') continue;
    const end = Math.max(step.line, Math.min(step.endLine, step.line + STEP_LINES_MAX));
    for (let line = step.line; line <= end; line += 1) {
      const known = covering.get(line);
      if (known === undefined) covering.set(line, [step]);
      else if (known.length < STEPS_MAX) known.push(step);
    }
  }
  const ordered = sections.toSorted((a, b) => a.line - b.line);
  const sectionsByLine: (Section | undefined)[] = [];
  for (let line = 0, at = -1; line <= source.length; line += 1) {
    while ((ordered[at + 1]?.line ?? Number.POSITIVE_INFINITY) <= line) at += 1;
    sectionsByLine.push(ordered[at]);
  }
  const begun = steps.filter(({action}) => action.kind !== 'choice').toSorted((a, b) => a.line - b.line);
  const own = Map.groupBy(
    steps.toSorted((a, b) => a.line - b.line),
    ({section}) => section,
  );
  const nearest = (section: string, line: number) => {
    const all = own.get(section) ?? [];
    const last = lastIndexBefore(all, line + 1);
    return all[last + 1] ?? all[last];
  };
  const behind = firstStepsBehind(ordered, own);
  const sectionOf = new Map(steps.map(({id, section}) => [id, section]));
  const parts = partsBehind(steps);
  return {
    byId: new Map(sections.map(section => [section.id, section])),
    sectionOf: id => sectionOf.get(id),
    partsFrom: (id, line) => [id, ...(parts.get(id) ?? []).filter(({first}) => line < first).map(one => one.id)],
    isForeign: isKnownDocument(source) === false,
    sectionAt: line => sectionsByLine[Math.min(line, source.length)],
    stepsAt: line => covering.get(line) ?? [],
    stepsIn: section => own.get(section) ?? [],
    stepsBetween: (from, to) => begun.slice(lastIndexBefore(begun, from) + 1, lastIndexBefore(begun, to + 1) + 1),
    nearest,
    waiting: (section, line) => nearest(section, line) ?? behind.get(section),
  };
}

type Part = {id: string; first: number};

/** "Deploy (1/3)" and what stands behind it; `first`: the line of the first command of the whole. */
function partsBehind(steps: readonly Step[]): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, readonly Part[]>();
  steps.forEach((step, index) => {
    const [, name, at, all] = PART.exec(step.title) ?? [];
    if (name === undefined || at !== '1') return;
    const first = commandsOf(step)[0]?.line ?? step.line + 1;
    const others = steps.slice(index + 1, index + Number(all));
    const own = others.filter(({section, title}) => section === step.section && title.startsWith(`${name} (`));
    found.set(
      step.id,
      own.map(({id}) => ({id, first})),
    );
  });
  return found;
}

const PART = /^(.*) \((\d{1,3})\/(\d{1,3})\)$/;

/** For each section, the first step of the next section that has the same use and holds steps. */
function firstStepsBehind(
  sections: readonly Section[],
  stepsIn: ReadonlyMap<string, readonly Step[]>,
): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  const next = new Map<Section['use'], Step>();
  for (const {id, use} of sections.toReversed()) {
    const step = next.get(use);
    if (step !== undefined) found.set(id, step);
    const first = stepsIn.get(id)?.[0];
    if (first !== undefined) next.set(use, first);
  }
  return found;
}

/** A longer step is found by its first lines only. */
const STEP_LINES_MAX = 2000;
const STEPS_MAX = 50;

/** Index of the last entry that begins before the line; -1 when none does. */
function lastIndexBefore(sorted: readonly {line: number}[], line: number): number {
  return countWhile(sorted.length, index => (sorted[index]?.line ?? 0) < line) - 1;
}

/**
 * Whether what the step does stands in the document. The author of the bindings has looked at a step to which they give
 * its action.
 */
export function isWritten(step: Step, source: readonly string[]): boolean {
  const {action} = step;
  if (action.kind === 'tail') return true;
  const texts = action.kind === 'sql' ? action.statements : commandsOf(step);
  const isRequest = requestsOf(step).some(({line}) => /\bcurl\b/.test(source[line - 1] ?? ''));
  return isRequest || texts.some(({line, text}) => (source[line - 1] ?? '').includes(text.split('\n')[0] ?? ''));
}
