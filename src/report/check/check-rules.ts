/** The part of `tminus check` about thresholds. */
import type {Plan, Rule, RuleRole} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import {spanText} from '../../text/times.ts';
import {cell, shorten, widest} from '../../text/width.ts';
import {boundText, measuredText, sourceText} from '../rule-text.ts';
import {isBlind, LINE_WIDTH, numbered, type Page, partHeading} from './page-elements.ts';

const ROLES: readonly [RuleRole, string][] = [
  ['target', 'targets: must hold while it is watched'],
  ['alert', 'alerts: holding means trouble'],
  ['trigger', 'triggers: holding calls for the rollback'],
  ['criterion', 'criteria: judged at the end of their window'],
];
/** On a narrower page the column of windows is left out. */
const NARROW = 80;

/** All rules of the document by role, each with line, what is measured, bound, window and source. */
export function ruleLines(page: Page): readonly string[] {
  const {plan, paint} = page;
  if (plan.rules.length === 0) return [];
  const blind = plan.rules.filter(isBlind).length;
  const said = [plural(plan.rules.length, 'rule'), ...(blind === 0 ? [] : [`${blind} not measured`])].join(' · ');
  const groups = ROLES.flatMap(([role, name]) => {
    const rules = plan.rules.filter(rule => rule.role === role);
    return rules.length === 0 ? [] : ['', `       ${paint.strong(paint.faint(name))}`, ...rows(page, rules)];
  });
  return [partHeading(page, 'RULES', said), ...groups.slice(1)];
}

function rows(page: Page, rules: readonly Rule[]): readonly string[] {
  const {paint, width, plan} = page;
  const measuredWidth = columnWidth(plan.rules.map(measuredText), Math.floor(width * 0.36));
  const boundWidth = columnWidth(plan.rules.map(boundText), Math.floor(width * 0.3));
  const windowWidth = width < NARROW ? 0 : columnWidth(plan.rules.map(windowText), 10);
  return rules.map(rule => {
    const left = `${cell(measuredText(rule), measuredWidth)}  ${paint.strong(cell(boundText(rule), boundWidth))}`;
    const room = width - LINE_WIDTH - measuredWidth - boundWidth - windowWidth - 8;
    const waits = waitsFor(plan, rule);
    const isOpen = waits !== undefined || isBlind(rule);
    const said = waits === undefined ? sourceText(rule) : `${rule.signal} waits for ${waits}`;
    const source = (isOpen ? paint.warn : paint.good)(shorten(`${isOpen ? '○' : '●'} ${said}`, room));
    const window = windowWidth === 0 ? '' : `${paint.faint(cell(windowText(rule), windowWidth))}  `;
    return numbered(page, rule.line, `${left}  ${window}${source}`);
  });
}

/** The unbound placeholder that the rule's source needs. */
function waitsFor({signals = {}, placeholders}: Plan, {signal = ''}: Rule): string | undefined {
  const what = Object.hasOwn(signals, signal) ? (signals[signal]?.what ?? '') : '';
  return placeholders.find(({text, bound, capture}) => !bound && capture !== true && what.includes(text))?.text;
}

function windowText({windowMs}: Rule): string {
  return windowMs > 0 ? spanText(windowMs, windowMs) : '';
}

function columnWidth(texts: readonly string[], max: number): number {
  return Math.max(1, Math.min(max, widest(texts)));
}
