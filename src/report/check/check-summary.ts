/** The first screen of `tminus check`: verdict, what was understood, what to type next. */
import {isUnread, NEVER_RUN} from '../../plan/doubt.ts';
import {kindOf, type Plan, type Rule, type RuleRole, type Step} from '../../plan/plan.ts';
import {historyText} from '../../run/history/usual-text.ts';
import {commandsIn, expectationsOf, isAutomatic} from '../../run/operations.ts';
import {sectionUse} from '../../run/review.ts';
import {notReadLines} from '../../run/wording/line-margin.ts';
import {plural} from '../../text/figures.ts';
import {spanText} from '../../text/times.ts';
import {cut, displayWidth, oneLine, shorten} from '../../text/width.ts';
import {leftToReview, type Reviewing, reviewFacts} from './check-review.ts';
import {factRows, isBlind, KINDS, openNames, type Page, problemCounts} from './page-elements.ts';

/** The facts of the first screen: what was understood and what was not. */
export function summaryLines(page: Page): readonly string[] {
  const {width, paint} = page;
  const rows: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['understood', understood(page)],
    ['review', reviewFacts(page)],
    ['not yet', notYet(page)],
    ['problems', [worstProblems(page.plan)]],
    ['history', page.history === undefined ? [] : [historyText(page.history)]],
  ];
  const room = Math.max(1, width - LABEL_WIDTH);
  return rows.flatMap(([label, lines]) =>
    lines
      .flatMap(line => factRows(line.split(' · '), room))
      .map((line, index) => paint.faint((index === 0 ? label : '').padEnd(LABEL_WIDTH)) + line),
  );
}

/** The verdict, as a run would act: refused, stopped by an open review, or with steps that have no values. */
export function verdictLine({plan, bindings, paint, reviewing, refused, width}: Page): string {
  if (refused !== undefined) return paint.bad(cut(oneLine(`✗ a run does not begin: ${refused}`), width));
  const review = leftToReview(plan, reviewing);
  if (!plan.steps.some(step => isAutomatic(step) && isInRun(plan, reviewing, step))) {
    return paint.warn(`○ nothing to run${review === undefined ? '' : `; open in the review: ${review}`}`);
  }
  const names = openNames({plan, bindings}).length;
  const unusable = plan.problems.filter(({code}) => code === 'unusable-value').length;
  const errors = plan.problems.filter(({severity}) => severity === 'error').length;
  const first = [
    ...(errors > 0 && names === 0 ? [`correcting ${plural(errors, 'error')}`] : []),
    ...(names > 0 ? [`binding ${plural(names, 'name')}`] : []),
    ...(unusable > 0 ? [`changing ${plural(unusable, 'value')}`] : []),
    ...(review === undefined ? [] : [`the review of ${review}`]),
  ];
  return first.length === 0
    ? paint.good('✓ runnable')
    : paint.warn(cut(`◐ runnable after ${first.join(', then ')}`, width));
}

/** Whether this run works through the section of the step. */
function isInRun(plan: Plan, reviewing: Reviewing, {section}: Step): boolean {
  const use = sectionUse(plan, reviewing, section);
  return use === 'run' || use === 'watch';
}

/** The commands to type next, the most useful first, each with its purpose. */
export function nextLines(page: Page): readonly string[] {
  const {paint, width} = page;
  const next = page.next;
  const commandWidth = Math.max(...next.map(({command}) => displayWidth(command)));
  // The purpose stands beside the command where there is room, else it is left out.
  const roomy = LABEL_WIDTH + commandWidth + 2 + Math.max(...next.map(({why}) => displayWidth(why))) <= width;
  return next.map(({command, why}, index) => {
    const gap = ' '.repeat(commandWidth - displayWidth(command) + 2);
    return `${paint.faint((index === 0 ? 'next' : '').padEnd(LABEL_WIDTH))}${paint.strong(command)}${roomy ? gap + paint.faint(why) : ''}`;
  });
}

const LABEL_WIDTH = 12;

function understood({plan, reviewing}: Page): readonly string[] {
  const {sections, rules, rollback, expectedDuration} = plan;
  const steps = plan.steps.filter(({section}) => !NEVER_RUN.has(sectionUse(plan, reviewing, section)));
  const idle = plan.steps.length - steps.length;
  const lasts =
    expectedDuration === undefined ? '' : `, to take ${spanText(expectedDuration.minMs, expectedDuration.maxMs)}`;
  const automatic = steps.filter(isAutomatic);
  const byHand = steps.filter(step => !isAutomatic(step) && step.action.kind !== 'rule');
  const lines = [`${plural(plan.steps.length, 'step')} in ${plural(sections.length, 'section')}${lasts}`];
  if (automatic.length > 0)
    lines.push(`${plural(automatic.length, 'runs by itself', 'run by themselves')}: ${kinds(automatic)}`);
  if (byHand.length > 0) lines.push(`${byHand.length} for a person: ${kinds(byHand)}`);
  const byRules = steps.filter(({action}) => action.kind === 'rule').length;
  if (byRules > 0) lines.push(`${byRules} ticked by ${byRules === 1 ? 'its rules' : 'their rules'}`);
  if (idle > 0) lines.push(`${idle} in sections for reference, records and other procedures: never run`);
  if (rules.length > 0) lines.push(`${plural(rules.length, 'rule')}: ${roleCounts(rules)}`);
  lines.push(rollback === null ? 'no rollback section' : rollbackText(rollback, plan));
  return lines;
}

function rollbackText({steps: ids, triggers, line}: NonNullable<Plan['rollback']>, plan: Plan): string {
  const inRollback = new Set(ids);
  const steps = plan.steps.filter(({id}) => inRollback.has(id));
  const inputs = new Set(steps.flatMap(inputsOf)).size;
  const needs = inputs === 0 ? '' : ` · ${inputs} ${inputs === 1 ? 'thing' : 'things'} to be proved ready`;
  const automatic = steps.filter(isAutomatic).length;
  const how = automatic === steps.length ? 'all automatic' : `${automatic} automatic`;
  return `rollback of ${plural(steps.length, 'step')} at line ${line} · ${how} · ${plural(triggers.length, 'trigger')}${needs}`;
}

function inputsOf({action}: Step): readonly string[] {
  if (action.kind !== 'script') return [];
  return commandsIn(action.stages).flatMap(({inputs}) => inputs.map(input => JSON.stringify(input)));
}

/** What T-Minus could not read or tie to anything; the details are further down. */
function notYet(page: Page): readonly string[] {
  const {plan, width} = page;
  const names = openNames(page);
  const blind = plan.rules.filter(isBlind).length;
  const unreadable = plan.steps.flatMap(expectationsOf).filter(({readable}) => !readable).length;
  const empty = silentSections(plan);
  const unread = notReadLines(plan).filter(line => !isSettled(page, line));
  const lines = [
    ...(unread.length === 0
      ? []
      : [
          cut(
            `${plural(unread.length, 'line')} that ${unread.length === 1 ? 'was' : 'were'} not read: ${unread.join(', ')}`,
            width - LABEL_WIDTH,
          ),
        ]),
    ...(names.length === 0
      ? []
      : [
          cut(
            `${plural(names.length, 'name')} without a value: ${names.map(name => shorten(name, NAME_WIDTH)).join(' · ')}`,
            width - LABEL_WIDTH,
          ),
        ]),
    ...(blind === 0 ? [] : [`${plural(blind, 'rule')} that nothing measures`]),
    ...(unreadable === 0 ? [] : [`${plural(unreadable, 'expectation')} that only a person can judge`]),
    ...(empty === 0 ? [] : [`${plural(empty, 'section')} without a step`]),
  ];
  return lines.length === 0 ? ['nothing: all of it was read and tied'] : lines;
}

/** Whether a person has settled the doubt about a line that was not read. */
function isSettled({plan, reviewing}: Page, line: number): boolean {
  const doubts = (plan.proposal?.doubts ?? []).filter(doubt => isUnread(doubt) && doubt.line === line);
  return doubts.length > 0 && doubts.every(({id}) => reviewing.review?.settled[id] !== undefined);
}

const NAME_WIDTH = 32;

/** Number of sections without steps, rules and inner sections. */
function silentSections({sections, steps, rules}: Plan): number {
  const used = new Set([...steps, ...rules].map(({section}) => section));
  const holding = new Set(sections.map(({parent}) => parent));
  return sections.filter(({id}) => !used.has(id) && !holding.has(id)).length;
}

const ROLE_WORDS: Readonly<Record<RuleRole, readonly [one: string, many: string]>> = {
  target: ['target', 'targets'],
  alert: ['alert', 'alerts'],
  trigger: ['rollback trigger', 'rollback triggers'],
  criterion: ['success criterion', 'success criteria'],
};

function kinds(steps: readonly Step[]): string {
  return counted(steps.map(({action}) => KINDS[kindOf(action)].word));
}

function roleCounts(rules: readonly Rule[]): string {
  return [...Map.groupBy(rules, ({role}) => role)]
    .map(([role, {length}]) => plural(length, ...ROLE_WORDS[role]))
    .join(' · ');
}

/** `12 sql · 4 http`, the most frequent first. */
function counted(words: readonly string[]): string {
  return [...Map.groupBy(words, word => word)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([word, {length}]) => `${length} ${word}`)
    .join(' · ');
}

/** The number of problems, and the codes of the worst ones. */
function worstProblems(plan: Plan): string {
  const worst = plan.problems.some(({severity}) => severity === 'error') ? 'error' : 'warning';
  const codes = counted(plan.problems.filter(({severity}) => severity === worst).map(({code}) => code));
  return codes === '' ? problemCounts(plan) : `${problemCounts(plan)}: ${codes}`;
}
