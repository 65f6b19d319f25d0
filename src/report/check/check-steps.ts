/** The part of `tminus check` about sections and their steps. */
import {NEVER_RUN} from '../../plan/doubt.ts';
import {
  type ChoiceArm,
  kindOf,
  type Plan,
  type Rollback,
  type Section,
  type SectionRole,
  type Step,
  type StepKind,
  unreachable,
} from '../../plan/plan.ts';
import {placeOf} from '../../run/operations.ts';
import {firstUnconfirmed, sectionUse} from '../../run/review.ts';
import {plural} from '../../text/figures.ts';
import type {Paint} from '../../text/paint.ts';
import {spanText} from '../../text/times.ts';
import {cell, displayWidth, rightCell, shorten, wrap} from '../../text/width.ts';
import {expectationLines, operationLines} from './operation-lines.ts';
import {type Page, partHeading} from './page.ts';

const LINE_WIDTH = 5;
const KIND_WIDTH = 6;
/** Where titles begin, and everything that stands under them. */
const INDENT = LINE_WIDTH + KIND_WIDTH + 4;

/** Every section that has steps, without the rollback and the rules, which have parts of their own. */
export function sectionLines(page: Page): readonly string[] {
  const {plan} = page;
  const inRollback = new Set(plan.rollback?.steps ?? []);
  const triggers = new Set(plan.sections.filter(({role}) => role === 'triggers').map(({id}) => id));
  const shown = plan.steps.filter(
    step => !inRollback.has(step.id) && !(step.action.kind === 'rule' && triggers.has(step.section)),
  );
  const stepsOf = Map.groupBy(shown, step => step.section);
  const roles = new Map(plan.sections.map(({id, role}) => [id, role]));
  const holding = sectionsAround(plan, [...stepsOf.keys()]);
  const lines = plan.sections.flatMap(section => {
    const steps = stepsOf.get(section.id) ?? [];
    return holding.has(section.id)
      ? [
          '',
          sectionHeading(page, section, roles.get(section.parent ?? '')),
          ...steps.flatMap(step => stepLines(page, step)),
        ]
      : [];
  });
  return lines.length === 0 ? [] : [partHeading(page, 'PLAN', plural(shown.length, 'step')), ...lines.slice(1)];
}

export function rollbackLines(page: Page): readonly string[] {
  const {plan, paint, width} = page;
  if (plan.rollback === null) return [];
  const {heading, line, steps: ids, triggers, doesNotUndo, estimate} = plan.rollback;
  const steps = ids.flatMap(id => plan.steps.find(step => step.id === id) ?? []);
  const said = [
    plural(steps.length, 'step'),
    plural(triggers.length, 'trigger'),
    ...(estimate === undefined ? [] : [spanText(estimate.minMs, estimate.maxMs)]),
    ...confirmedFacts(page, steps),
  ].join(' · ');
  const left = doesNotUndo.flatMap(text => {
    const [first = '', ...more] = wrap(text, width - INDENT - 17);
    const label = cell('does not undo', 15);
    return [
      `${' '.repeat(INDENT)}${paint.warn(label)}${first}`,
      ...more.map(rest => `${' '.repeat(INDENT + 15)}${rest}`),
    ];
  });
  return [
    partHeading(page, 'ROLLBACK', said),
    `${paint.faint(rightCell(String(line), LINE_WIDTH))}  ${paint.strong(shorten(heading, width - LINE_WIDTH - 2))}`,
    ...steps.flatMap(step => stepLines(page, step)),
    ...left,
    ...otherRollbackLines(page, plan.rollback),
  ];
}

function confirmedFacts({plan, reviewing}: Page, steps: readonly Step[]): readonly string[] {
  if (plan.proposal === undefined) return [];
  const open = firstUnconfirmed(plan, {...reviewing, run: {gated: true}}, steps);
  return [open === undefined ? 'confirmed' : 'not confirmed yet'];
}

/** A document may have several, by phase or by component. */
function otherRollbackLines({plan, paint, width}: Page, shown: Rollback): readonly string[] {
  const others = (plan.rollbacks ?? []).filter(({line}) => line !== shown.line);
  return others.map(({heading, line, steps}) => {
    const said = `there is also ${plural(steps.length, 'step')} under ${heading} (--choose Rollback=…)`;
    return `${paint.faint(rightCell(String(line), LINE_WIDTH))}  ${paint.faint(shorten(said, width - LINE_WIDTH - 2))}`;
  });
}

/** These sections and all that they stand in. */
function sectionsAround({sections}: Plan, ids: readonly string[]): ReadonlySet<string> {
  const parents = new Map(sections.map(({id, parent}) => [id, parent]));
  const around = new Set<string>();
  for (let id of ids as readonly (string | undefined)[]) {
    for (; id !== undefined && !around.has(id); id = parents.get(id)) around.add(id);
  }
  return around;
}

function sectionHeading(page: Page, section: Section, inherited: SectionRole | undefined): string {
  const {paint, width} = page;
  const {title, line, role, estimate, window} = section;
  const said = [
    ...(role === 'other' || role === inherited ? [] : [role]),
    ...purposeFacts(page, section),
    ...(estimate === undefined ? [] : [spanText(estimate.minMs, estimate.maxMs)]),
    ...(window === undefined ? [] : [`T+${spanText(window.fromMs, window.toMs)}`]),
  ].join(' · ');
  const titleWidth = Math.max(1, width - LINE_WIDTH - 4 - displayWidth(said));
  const name = section.parent === undefined ? paint.strong : (text: string) => paint.strong(paint.faint(text));
  const number = paint.faint(rightCell(String(line), LINE_WIDTH));
  return `${number}  ${painted(title, titleWidth, name)}  ${paint.faint(said)}`.trimEnd();
}

/** What it is for, unless its role or the section around it says so, and `✓` once confirmed. That nothing runs is always said. */
function purposeFacts({plan, reviewing}: Page, {id, role, parent}: Section): readonly string[] {
  if (plan.proposal === undefined) return [];
  const use = sectionUse(plan, reviewing, id);
  const around = parent === undefined ? undefined : sectionUse(plan, reviewing, parent);
  const isSaid = use === String(role) || (use === around && !NEVER_RUN.has(use));
  const said = isSaid ? [] : [use];
  return reviewing.review?.confirmed[id] === undefined ? said : [...said, '✓'];
}

function stepLines(page: Page, step: Step): readonly string[] {
  const {paint, width} = page;
  const place = placeOf(step.action) ?? '';
  const placeWidth = Math.min(displayWidth(place), Math.floor(width / 4));
  const title = painted(step.title, Math.max(1, width - INDENT - placeWidth - 2), text => text);
  const number = paint.faint(rightCell(String(step.line), LINE_WIDTH));
  const kind = kindTone(paint, kindOf(step.action))(cell(kindOf(step.action), KIND_WIDTH));
  const row = `${number}  ${kind}  ${title}  ${paint.info(shorten(place, placeWidth))}`.trimEnd();
  return [row, ...detailLines(page, step)];
}

/** What runs, what may be chosen and what is expected, indented under the title. */
function detailLines(page: Page, step: Step): readonly string[] {
  const {paint, width} = page;
  const room = Math.max(1, width - INDENT);
  const condition =
    step.condition === undefined ? [] : wrap(`only ${step.condition}`, room).map(line => paint.faint(line));
  const arms = step.action.kind === 'choice' ? armLines(page, step.action.arms) : [];
  const facts = factsOf(step);
  const marks = facts === '' ? [] : wrap(facts, room).map(line => paint.faint(line));
  const lines = [
    ...marks,
    ...condition,
    ...arms,
    ...operationLines(page.paint, step, room),
    ...expectationLines(page.paint, step, room),
  ];
  return lines.map(line => `${' '.repeat(INDENT)}${line}`);
}

/** Who, where, when and how long, as far as the step itself says. */
function factsOf({owner, scope, gate, waitMs, everyMs}: Step): string {
  return [
    ...(gate === undefined ? [] : ['a person decides whether it goes on']),
    ...(owner === undefined ? [] : [`by ${owner}`]),
    ...(scope === undefined ? [] : [scope]),
    ...(waitMs === undefined ? [] : [`wait ${spanText(waitMs, waitMs)}`]),
    ...(everyMs === undefined ? [] : [`every ${spanText(everyMs, everyMs)}`]),
  ].join(' · ');
}

function armLines({paint, width}: Page, arms: readonly ChoiceArm[]): readonly string[] {
  return arms.map(({title, steps, recommended}, index) => {
    const branch = index === arms.length - 1 ? '└' : '├';
    const said = [
      ...(steps.length === 0 ? [] : [plural(steps.length, 'step')]),
      ...(recommended === true ? ['recommended'] : []),
    ].join(', ');
    const name = shorten(title, Math.max(1, width - INDENT - 4 - displayWidth(said)));
    return `${paint.faint(branch)} ${name}  ${paint.faint(said)}`.trimEnd();
  });
}

/** Fitted first and painted then, filled up behind the paint so that nothing underlined trails off. */
function painted(text: string, width: number, tone: (text: string) => string): string {
  const fitted = shorten(text, width);
  return tone(fitted) + ' '.repeat(Math.max(0, width - displayWidth(fitted)));
}

function kindTone(paint: Paint, kind: StepKind): (text: string) => string {
  switch (kind) {
    case 'manual':
    case 'input':
      return paint.faint;
    case 'choice':
      return paint.warn;
    case 'rule':
      return paint.info;
    case 'shell':
    case 'ssh':
    case 'sql':
    case 'http':
    case 'tail':
      return paint.code;
    default:
      return unreachable(kind);
  }
}
