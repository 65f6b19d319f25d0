/** The visible rows of the checklist as data. The panel draws them; the keys move over them. */
import type {ChoiceArm, Plan, Section, Step} from '../../plan/plan.ts';
import {pathOf, sectionById, stepById} from '../../run/plan-index.ts';
import {rollbackNow} from '../../run/rollback/rollback-choice.ts';
import {nextStep, progress, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';

export type ChecklistItem =
  | {kind: 'section'; id: string; depth: number; section: Section; folded: boolean}
  | {kind: 'step'; id: string; depth: number; step: Step}
  /** An option of a choice; cannot be focused. */
  | {kind: 'arm'; id: string; depth: number; choice: Step; arm: ChoiceArm}
  /** A blank row between top sections; cannot be focused. */
  | {kind: 'gap'; id: string; depth: number};

type Folding = {cursor: string | null; collapsed: Readonly<Record<string, boolean>>};

/** The step the run is at: the running one, or the one under the cursor if it waits or failed, else the next one. */
export function activeStep(plan: Plan, state: RunState, cursor: string | null): string | null {
  const running = plan.steps.find(step => stepState(state, step.id).status === 'running');
  if (running) return running.id;
  if (cursor !== null && ['failed', 'unknown', 'waiting'].includes(stepState(state, cursor).status)) return cursor;
  return nextStep(plan, state)?.id ?? null;
}

export function checklistItems(plan: Plan, state: RunState, folding: Folding): ChecklistItem[] {
  const outline = outlineOf(plan);
  const open = openSections(plan, state, folding, outline);
  const items: ChecklistItem[] = [];
  const add = (section: Section, depth: number) => {
    const folded = folding.collapsed[section.id] ?? !open.has(section.id);
    items.push({kind: 'section', id: section.id, depth, section, folded});
    if (folded) return;
    for (const child of outline.children.get(section.id) ?? []) {
      if (child.kind === 'section') add(child.section, depth + 1);
      else addStep(items, state, child.step, depth + 1, outline);
    }
  };
  for (const section of outline.top) {
    if (items.length > 0) items.push({kind: 'gap', id: `gap:${section.id}`, depth: 0});
    add(section, 0);
  }
  for (const step of outline.loose) addStep(items, state, step, 0, outline);
  return items;
}

export function canFocus(item: ChecklistItem): boolean {
  return item.kind === 'section' || item.kind === 'step';
}

function addStep(items: ChecklistItem[], state: RunState, step: Step, depth: number, outline: Outline): void {
  // Steps of an option are listed under the option, not at their place in the document.
  if (step.arm && outline.choices.has(step.arm.choice)) return;
  items.push({kind: 'step', id: step.id, depth, step});
  if (step.action.kind !== 'choice') return;
  const chosen = state.choices[step.id]?.armId;
  for (const arm of step.action.arms) {
    if (arm.steps.length === 0 && chosen !== undefined) continue;
    const inner = chosen === arm.id ? arm.steps.flatMap(id => stepById(outline.plan, id) ?? []) : [];
    const [only] = inner;
    // An option that is one step of the same name is that step.
    const same = inner.length === 1 && only?.title === arm.title;
    if (!same) items.push({kind: 'arm', id: `${step.id}:${arm.id}`, depth: depth + 1, choice: step, arm});
    for (const one of inner) items.push({kind: 'step', id: one.id, depth: depth + (same ? 1 : 2), step: one});
  }
}

/** Sections that unfold by themselves: around the active step, siblings of these with open steps, around the cursor. */
function openSections(plan: Plan, state: RunState, {cursor}: Folding, outline: Outline): Set<string> {
  const open = new Set<string>(cursor === null ? [] : pathOf(plan, cursor));
  const rolling = state.rollback.status === 'running' || state.rollback.status === 'finished';
  const active = rolling ? (rollbackNow(plan, state)?.steps[0] ?? null) : activeStep(plan, state, cursor);
  if (active === null) return open;
  const path = pathOf(plan, active);
  for (const id of path) open.add(id);
  const [top] = path;
  for (const child of top === undefined ? [] : (outline.children.get(top) ?? [])) {
    if (child.kind !== 'section') continue;
    const {done, total} = progress(plan, state, child.section.id);
    if (done < total) open.add(child.section.id);
  }
  return open;
}

type Child = {kind: 'section'; section: Section; line: number} | {kind: 'step'; step: Step; line: number};

type Outline = {
  plan: Plan;
  top: readonly Section[];
  children: ReadonlyMap<string, readonly Child[]>;
  choices: ReadonlySet<string>;
  /** Steps without a known section. */
  loose: readonly Step[];
};

const outlines = new WeakMap<Plan, Outline>();

/** The tree of sections, computed once for a plan; sections without steps are left out. */
function outlineOf(plan: Plan): Outline {
  const known = outlines.get(plan);
  if (known) return known;
  const choices = new Set(plan.steps.filter(step => step.action.kind === 'choice').map(step => step.id));
  // The headings of options are rows of their choice already.
  const own = plan.steps.filter(({arm}) => arm === undefined || !choices.has(arm.choice));
  const used = new Set(own.flatMap(step => pathOf(plan, step.id)));
  const children = new Map<string, Child[]>();
  const put = (parent: string, child: Child) => children.set(parent, [...(children.get(parent) ?? []), child]);
  const shown = plan.sections.filter(section => used.has(section.id));
  for (const section of shown) {
    if (hasParent(plan, section)) {
      put(section.parent, {kind: 'section', section, line: section.line});
    }
  }
  for (const step of plan.steps) put(step.section, {kind: 'step', step, line: step.line});
  for (const list of children.values()) list.sort((a, b) => a.line - b.line);
  const outline: Outline = {
    plan,
    top: shown.filter(section => !hasParent(plan, section)),
    children,
    choices,
    loose: plan.steps.filter(step => sectionById(plan, step.section) === undefined),
  };
  outlines.set(plan, outline);
  return outline;
}

function hasParent(plan: Plan, section: Section): section is Section & {parent: string} {
  return section.parent !== undefined && sectionById(plan, section.parent) !== undefined;
}
