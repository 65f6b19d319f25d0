/** One row of the checklist as styled text. */
import {type Plan, type Section, type SectionRole, type Step, wordOf} from '../../plan/plan.ts';
import {pathOf, sectionById} from '../../run/plan-index.ts';
import {unconfirmed} from '../../run/review.ts';
import {isDone, progress, stepState} from '../../run/selectors.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {duration, span} from '../../text/times.ts';
import {cut, displayWidth, fitTo, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type ThemeToken} from '../terminal/theme.ts';
import {plainFor, type TextWriter} from '../widgets/themed-text.ts';
import type {ChecklistItem} from './checklist-items.ts';
import {ruleOutlook} from './rule-outlook.ts';
import {cutOffForms, usualForms, usualOfStep} from './step-words.ts';
import {readinessCount} from './unproved.ts';

type Told = {plan: Plan; state: RunState; now: number; isLost?: true};
export type RowStyle = Pick<TextWriter, 'glyphs' | 'theme' | 'width'> & Told;

/** The title keeps at least this many columns beside the standing of its rule. */
const TITLE_WIDTH_MIN = 20;
/** The cursor, a space, the sign, a space. */
const LEAD = 4;

/** One row; two for the selected one where its title needs them. */
export function checklistRows(item: ChecklistItem, selected: boolean, style: RowStyle): string[] {
  if (item.kind === 'gap') return [''];
  const {width, glyphs, theme} = style;
  const {
    sign,
    token,
    title: written,
    titleToken,
    right: wished,
    rightToken,
    richer = [],
    beside = [],
  } = describe(item, style);
  const indent = '  '.repeat(item.depth);
  const title = plainFor(written, glyphs);
  const left = width - LEAD - indent.length;
  // A whole title comes first, which often has the bound in it; then value and bound beside the first words of a long one.
  const fits = (text: string, least: number) => left - displayWidth(text) - 1 >= least;
  const whole = [...richer, ...beside].find(text => fits(text, displayWidth(title)));
  const right = whole ?? richer.find(text => fits(text, Math.min(displayWidth(title), TITLE_WIDTH_MIN))) ?? wished;
  const room = Math.max(4, left - (right === '' ? 0 : displayWidth(right) + 1));
  const [first, second] = selected ? titleRows(title, room, left, glyphs.ellipsis) : [title];
  const mark = selected ? glyphs.cursor : ' ';
  const head = `${theme.paint(selected ? 'accent' : 'muted', mark)} ${indent}${theme.paint(token, sign)} `;
  const name = fitTo(first ?? '', room, glyphs.ellipsis);
  const rows = [`${head}${theme.paint(titleToken, name)}${right === '' ? '' : ` ${theme.paint(rightToken, right)}`}`];
  if (second !== undefined) rows.push(' '.repeat(LEAD + indent.length) + theme.paint(titleToken, second));
  return rows.map(row => {
    const shown = cut(row, width, glyphs.ellipsis);
    return selected ? paintSelected(theme, fitTo(shown, width, glyphs.ellipsis)) : shown;
  });
}

/** The title in one row where it fits, else in two: the first beside the right end of the row, the second over all of it. */
function titleRows(title: string, room: number, left: number, ellipsis: string): readonly string[] {
  if (displayWidth(title) <= room) return [title];
  const flat = title.trim().replace(/\s+/g, ' ');
  const [first = ''] = wrap(flat, room);
  return [first, cut(flat.slice(first.length).trim(), left, ellipsis)];
}

/** Columns that whole titles need, with what usually stands at their right. */
export function titleWidths(plan: Plan): number[] {
  const depthOf = (id: string) => Math.max(0, pathOf(plan, id).length - 1);
  const sections = plan.sections.map(section => {
    const estimate = section.estimate ? span(section.estimate.minMs, section.estimate.maxMs).length + 2 : 0;
    return LEAD + 2 * depthOf(section.id) + displayWidth(withoutDuration(section)) + estimate + COUNT_WIDTH;
  });
  const steps = plan.steps.map(step => {
    const {action} = step;
    const right = action.kind === 'manual' ? 0 : action.kind === 'rule' ? VERDICT_WIDTH : wordOf(action).length + 1;
    return LEAD + 2 * (depthOf(step.id) + 1) + displayWidth(stepTitle(plan, step)) + right;
  });
  return [...sections, ...steps];
}

/** `  12/34`, and ` measuring`. */
const COUNT_WIDTH = 6;
const VERDICT_WIDTH = 10;

const SIGNS = {
  passed: ['passed', 'status.passed'],
  failed: ['failed', 'status.failed'],
  running: ['running', 'status.running'],
  waiting: ['waiting', 'status.waiting'],
  pending: ['pending', 'status.pending'],
  unknown: ['unknown', 'status.unknown'],
  skipped: ['skipped', 'status.skipped'],
  'not-applicable': ['notApplicable', 'muted'],
  cancelled: ['cancelled', 'status.unknown'],
} as const satisfies Readonly<Record<StepState['status'], readonly [glyph: keyof Glyphs, token: ThemeToken]>>;

export function stepSign(status: StepState['status'], glyphs: Glyphs): {sign: string; token: ThemeToken} {
  const [glyph, token] = SIGNS[status];
  return {sign: glyphs[glyph], token};
}

/** Removes decoration from a title; commands stay as they are. */
export function shownTitle(title: string): string {
  return title.replace(/\*\*|`/g, '');
}

type Described = {
  sign: string;
  token: ThemeToken;
  title: string;
  titleToken: ThemeToken;
  right: string;
  rightToken: ThemeToken;
  /** More telling forms of `right`, the longest first: the first that leaves room for the title is shown. */
  richer?: readonly string[];
  /** Forms that are shown only beside a whole title. */
  beside?: readonly string[];
};

function describe(item: Exclude<ChecklistItem, {kind: 'gap'}>, style: RowStyle): Described {
  if (item.kind === 'section') return describeSection(item, style);
  return item.kind === 'arm' ? describeArm(item, style) : describeStep(item.step, style);
}

/** Sections that the run works through are brighter than sections for reading. */
const RUN_THROUGH: ReadonlySet<SectionRole> = new Set(['prepare', 'deploy', 'verify', 'monitor', 'validate']);

function describeSection(
  {section, folded, depth}: Extract<ChecklistItem, {kind: 'section'}>,
  {plan, state, glyphs, isLost}: RowStyle,
): Described {
  const {rollback} = state;
  const {done, total, failed, running} = progress(plan, state, section.id);
  const sign = folded ? glyphs.folded : glyphs.open;
  const base = {title: withoutDuration(section), rightToken: 'muted' as const};
  if (section.id === wayBackId(plan) && (rollback.status === 'none' || rollback.status === 'counting')) {
    const {right, token} = readinessCount(plan, state, isLost);
    return {...base, sign, token, titleToken: 'text', right, rightToken: token};
  }
  if (section.id === wayBackId(plan) && rollback.status === 'finished' && rollback.result !== 'rolled-back') {
    const right = rollback.verdict === 'unverified' ? 'not verified' : 'failed';
    return {...base, sign, token: 'bad', titleToken: 'text', right, rightToken: 'bad'};
  }
  const count = total === 0 ? '' : `${done}/${total}`;
  if (failed > 0) {
    return {...base, sign: folded ? glyphs.failed : sign, token: 'status.failed', titleToken: 'text', right: count};
  }
  if (running > 0) return {...base, sign, token: 'status.running', titleToken: 'title', right: count};
  if (total > 0 && done === total) {
    const complete = folded ? glyphs.passed : sign;
    return {...base, sign: complete, token: 'status.passed', titleToken: depth === 0 ? 'text' : 'muted', right: count};
  }
  const planned = section.estimate === undefined ? '' : span(section.estimate.minMs, section.estimate.maxMs);
  const right = count && planned ? `${planned}  ${count}` : count;
  const usual = state.history?.sections[section.id];
  const beside = usual === undefined || count === '' ? [] : usualForms(usual, planned, `  ${count}`);
  const titleToken = depth === 0 && RUN_THROUGH.has(section.role) ? 'title' : 'text';
  return {...base, sign, token: folded ? 'muted' : 'accent', titleToken, right, beside};
}

/** Only the outermost rollback section shows readiness, until the rollback begins, and then how it ended. */
function wayBackId(plan: Plan): string | undefined {
  return plan.sections.find(({role}) => role === 'rollback')?.id;
}

/** Removes "(15-20 minutes)", which the right end of the row shows. */
export function withoutDuration({title, estimate}: Section): string {
  return shownTitle(estimate ? title.replace(/\s*\([^()]*\d[^()]*\)\s*$/, '') : title);
}

function describeArm({choice, arm}: Extract<ChecklistItem, {kind: 'arm'}>, {plan, state, glyphs}: RowStyle): Described {
  const chosen = state.choices[choice.id]?.armId;
  const steps = plan.steps.filter(step => arm.steps.includes(step.id));
  const base = {title: shownTitle(arm.title), rightToken: 'muted' as const};
  if (chosen !== undefined && chosen !== arm.id) {
    return {...base, sign: glyphs.notApplicable, token: 'muted', titleToken: 'muted', right: 'n/a'};
  }
  const done = steps.filter(step => isDone(state, step)).length;
  const right = steps.length === 0 ? '' : `${done}/${steps.length}`;
  if (chosen === undefined) return {...base, sign: glyphs.pending, token: 'muted', titleToken: 'text', right};
  const finished = done === steps.length;
  return {
    ...base,
    sign: finished ? glyphs.passed : glyphs.open,
    token: finished ? 'status.passed' : 'accent',
    titleToken: 'text',
    right,
  };
}

function describeStep(step: Step, {plan, state, glyphs, now, isLost}: RowStyle): Described {
  const own = stepState(state, step.id);
  const {sign, token} = stepSign(own.status, glyphs);
  const isOpen = own.status === 'pending' && unconfirmed(plan, state, step) !== undefined;
  const dim = own.status === 'passed' || own.status === 'skipped' || own.status === 'not-applicable' || isOpen;
  const cutOff = cutOffForms(state, step, stepRight(step, own, now));
  const outlook =
    own.status === 'pending' ? ruleOutlook(plan, state, step, glyphs, isLost ? now : undefined) : undefined;
  const isPast = outlook?.isPast === true;
  return {
    sign: isPast ? glyphs.alert : isOpen ? glyphs.unconfirmed : sign,
    token: cutOff ? 'bad' : isPast ? 'status.failed' : token,
    title: stepTitle(plan, step),
    titleToken: own.status === 'running' ? 'title' : dim ? 'muted' : 'text',
    right: cutOff?.short ?? outlook?.text ?? stepRight(step, own, now),
    rightToken: cutOff ? 'bad' : (outlook?.token ?? rightTokenOf(own)),
    richer: outlook?.richer ?? cutOff?.richer ?? [],
    beside: cutOff ? [] : usualOfStep(state, step, own, now),
  };
}

function rightTokenOf({status}: StepState): ThemeToken {
  return status === 'failed' ? 'status.failed' : status === 'waiting' ? 'status.waiting' : 'muted';
}

/** A choice with the title of its section gets a title that says more. */
function stepTitle(plan: Plan, step: Step): string {
  const section = sectionById(plan, step.section);
  return step.action.kind === 'choice' && section?.title === step.title ? 'Choose one' : shownTitle(step.title);
}

/** How long the step has run or took. A step to come shows its kind, unless it is only a box to tick. */
function stepRight(step: Step, own: StepState, now: number): string {
  switch (own.status) {
    case 'running':
      return own.cancelling ? 'cancelling' : duration(now - own.startedAt);
    case 'waiting':
      return 'your turn';
    case 'failed':
    case 'unknown':
    case 'cancelled':
    case 'skipped':
      return own.status;
    case 'not-applicable':
      return 'n/a';
    case 'passed':
      return own.startedAt === undefined || own.at - own.startedAt < 1000 ? '' : duration(own.at - own.startedAt);
    case 'pending':
      return step.action.kind === 'manual' ? '' : wordOf(step.action);
  }
}

/** `31/105`, for the title row. */
export function checklistCount(plan: Plan, state: RunState): string {
  const {done, total, failed} = progress(plan, state);
  return failed > 0 ? `${failed} failed · ${done}/${total}` : `${done}/${total}`;
}
