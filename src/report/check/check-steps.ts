/** The part of `tminus check` about sections and their steps, with what each runs and what it expects. */
import {
  type ChoiceArm,
  kindOf,
  type Plan,
  type Rollback,
  type Section,
  type SectionRole,
  type Step,
  unreachable,
} from '../../plan/plan.ts';
import {usualText} from '../../run/history/usual-text.ts';
import {type CommandOperation, expectationsOf, type Operation, operationsOf, placeOf} from '../../run/operations.ts';
import {stepById} from '../../run/plan-index.ts';
import {plural} from '../../text/figures.ts';
import type {Paint} from '../../text/paint.ts';
import {spanText} from '../../text/times.ts';
import {cell, displayWidth, shorten, wrap} from '../../text/width.ts';
import {confirmedFacts, purposeFacts} from './check-review.ts';
import {KINDS, LINE_WIDTH, numbered, type Page, partHeading} from './page-elements.ts';

const KIND_WIDTH = 6;
/** Indent of titles and of the lines below them. */
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
  const steps = ids.flatMap(id => stepById(plan, id) ?? []);
  const said = [
    plural(steps.length, 'step'),
    plural(triggers.length, 'trigger'),
    ...(estimate === undefined ? [] : [spanText(estimate.minMs, estimate.maxMs)]),
    ...(page.history?.rollback === undefined ? [] : [usualText(page.history.rollback)]),
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
    numbered(page, line, paint.strong(shorten(heading, width - LINE_WIDTH - 2))),
    ...steps.flatMap(step => stepLines(page, step)),
    ...left,
    ...otherRollbackLines(page, plan.rollback),
  ];
}

/** The other rollbacks of the document: there may be several, by phase or by component. */
function otherRollbackLines(page: Page, shown: Rollback): readonly string[] {
  const {paint, width} = page;
  const others = (page.plan.rollbacks ?? []).filter(({line}) => line !== shown.line);
  return others.map(({heading, line, steps}) => {
    const said = `there is also ${plural(steps.length, 'step')} under ${heading} (--choose Rollback=…)`;
    return numbered(page, line, paint.faint(shorten(said, width - LINE_WIDTH - 2)));
  });
}

/** These sections and all sections around them. */
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
  const usual = page.history?.sections[section.id];
  const said = [
    ...(role === 'other' || role === inherited ? [] : [role]),
    ...purposeFacts(page, section),
    ...(estimate === undefined ? [] : [spanText(estimate.minMs, estimate.maxMs)]),
    ...(usual === undefined ? [] : [usualText(usual)]),
    ...(window === undefined ? [] : [`T+${spanText(window.fromMs, window.toMs)}`]),
  ].join(' · ');
  const titleWidth = Math.max(1, width - LINE_WIDTH - 4 - displayWidth(said));
  const name = section.parent === undefined ? paint.strong : (text: string) => paint.strong(paint.faint(text));
  return numbered(page, line, `${painted(title, titleWidth, name)}  ${paint.faint(said)}`);
}

function stepLines(page: Page, step: Step): readonly string[] {
  const {paint, width} = page;
  const place = placeOf(step.action) ?? '';
  const placeWidth = Math.min(displayWidth(place), Math.floor(width / 4));
  const title = painted(step.title, Math.max(1, width - INDENT - placeWidth - 2), text => text);
  const stepKind = kindOf(step.action);
  const kind = paint[KINDS[stepKind].tone](cell(stepKind, KIND_WIDTH));
  const row = numbered(page, step.line, `${kind}  ${title}  ${paint.info(shorten(place, placeWidth))}`);
  return [row, ...detailLines(page, step)];
}

/** Commands, choices and expectations, indented under the title. */
function detailLines(page: Page, step: Step): readonly string[] {
  const {paint, width} = page;
  const room = Math.max(1, width - INDENT);
  const condition = step.condition === undefined ? '' : `only ${step.condition}`;
  const lines = [
    ...[factsOf(step), condition].filter(said => said !== '').flatMap(said => wrap(said, room).map(paint.faint)),
    ...(step.action.kind === 'choice' ? armLines(page, step.action.arms) : []),
    ...operationLines(paint, step, room),
    ...expectationLines(paint, step, room),
  ];
  return lines.map(line => `${' '.repeat(INDENT)}${line}`);
}

/** Who, where, when and how long, as far as the document says it for this step. */
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

/** Cuts first, colours then, and fills up last, so that an underline ends with the text. */
function painted(text: string, width: number, tone: (text: string) => string): string {
  const fitted = shorten(text, width);
  return tone(fitted) + ' '.repeat(Math.max(0, width - displayWidth(fitted)));
}

/** The most operations shown for one step; the rest is only counted. */
const OPERATIONS_MAX = 12;

function operationLines(paint: Paint, step: Step, width: number): readonly string[] {
  const rows = operationsOf(step.action).flatMap(rowsOf);
  const [first] = rows;
  // The title of a step may be the command itself.
  if (rows.length === 1 && first?.text === step.title && first.destructive === undefined) return [];
  const more = rows.length - OPERATIONS_MAX;
  const shown = rows.slice(0, OPERATIONS_MAX).map(row => rowLine(paint, row, width));
  return more > 0 ? [...shown, paint.faint(`… ${more} more`)] : shown;
}

/** `lead`: `$`, `query`, or for arms, of which only one runs: `either`, `or`, `then`. */
type Row = {
  lead: string;
  text: string;
  byHand?: true;
  destructive?: string | undefined;
  condition?: string | undefined;
};

function rowsOf(operation: Operation): readonly Row[] {
  switch (operation.kind) {
    case 'command':
      return [commandRow(operation, '$')];
    case 'request':
      return [{lead: 'http', text: operation.text, condition: operation.condition}];
    case 'query':
    case 'measure':
      return [{lead: 'query', text: operation.text}];
    case 'follow':
      return [{lead: 'log', text: `follow ${operation.followed}`}];
    case 'search':
      return [{lead: 'log', text: operation.text}];
    case 'alternatives':
      return operation.arms.flatMap(({label, commands}, index) => {
        const lead = index === 0 ? 'either' : 'or';
        if (commands.length === 0) return [{lead, text: label, byHand: true}];
        return commands.map((command, at) => commandRow(command, at === 0 ? lead : 'then'));
      });
    default:
      return unreachable(operation);
  }
}

function commandRow({text, command: {destructive, condition}}: CommandOperation, lead: string): Row {
  return {lead, text, destructive, condition};
}

const LEAD_WIDTH = 7;

function rowLine(paint: Paint, {lead, text, byHand, destructive, condition}: Row, width: number): string {
  const start = paint.faint(cell(lead, LEAD_WIDTH));
  const room = width - LEAD_WIDTH;
  if (byHand) return start + paint.faint(shorten(`by hand: ${text}`, room));
  const aside = shorten(
    [destructive === undefined ? '' : `▲ ${destructive}`, condition ?? ''].join(' '),
    Math.floor(room / 2),
  );
  if (aside === '') return start + paint.code(shorten(text, room));
  const tone = destructive === undefined ? paint.faint : paint.bad;
  return `${start}${paint.code(shorten(text, room - displayWidth(aside) - 2))}  ${tone(aside)}`;
}

function expectationLines(paint: Paint, step: Step, width: number): readonly string[] {
  return expectationsOf(step).flatMap(({text, readable}) => {
    const said = readable ? text : `${text} (a person judges)`;
    const [first = '', ...more] = wrap(said, width - LEAD_WIDTH - 1);
    const tone = readable ? paint.good : paint.warn;
    return [
      `${tone(cell(readable ? 'expect' : '?', LEAD_WIDTH))}${first}`,
      ...more.map(line => `${' '.repeat(LEAD_WIDTH)}${line}`),
    ];
  });
}
