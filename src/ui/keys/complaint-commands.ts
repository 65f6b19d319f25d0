/** A person complains of what nothing measures, by the key `c`. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {reportsFor} from '../../run/rules/assessing.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Menu, Prompt} from '../view/prompt-types.ts';
import type {ConsoleContext} from './console-context.ts';
import {openMenu, openPrompt} from './step-commands.ts';

/** Asks which rule it is about, where several rules are reported by persons; then for a text, which may be empty. */
export function complain(context: ConsoleContext): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const rules = reportable(plan);
  if (rules.length > 1) return openMenu(context, reportMenu(rules, state));
  openPrompt(context, askComplaint(state, rules[0]));
}

/** A complaint goes into the record also where no rule counts it. */
function askComplaint(state: RunState, rule: Rule | undefined): Prompt {
  if (rule === undefined || isComplaint(rule)) {
    const counted = rule === undefined ? state.complaints : reportsFor(state, rule);
    return {
      title: 'A user complained: what about? (may be empty)',
      lines: [...(rule === undefined ? [] : [rule.text]), `${counted.length} counted so far`],
      purpose: {for: 'complaint'},
    };
  }
  return {
    title: 'Report it: what happened? (may be empty)',
    lines: [rule.text, ...(rule.role === 'trigger' ? ['It may call for a rollback.'] : [])],
    purpose: {for: 'complaint', ruleId: rule.id},
  };
}

/** The rules that persons report. A complaint counts for every rule about complaints, so only one of these is offered. */
function reportable({rules}: Plan): readonly Rule[] {
  const reported = rules.filter(({person, signal}) => person && signal === undefined);
  const trigger = reported.find(rule => isComplaint(rule) && rule.role === 'trigger') ?? reported.find(isComplaint);
  return reported.filter(rule => rule === trigger || !isComplaint(rule));
}

function reportMenu(reported: readonly Rule[], state: RunState): Menu {
  return {
    title: 'What was reported?',
    lines: ['Nothing measures these: they count when a person says so.'],
    items: reported.map((rule, index) => {
      const count = reportsFor(state, rule).length;
      return compact({
        label: `${rule.text}${count === 0 ? '' : ` (${count} so far)`}`,
        key: index < KEYS_MAX ? String(index + 1) : undefined,
        act: {do: 'ask', prompt: askComplaint(state, rule)},
      });
    }),
  };
}

const KEYS_MAX = 9;

function isComplaint({metric}: Rule): boolean {
  return /complaint/i.test(metric);
}
