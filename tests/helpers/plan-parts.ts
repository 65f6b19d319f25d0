/** The parts of a plan, and the first event of its run, built by hand: a test says what matters to it, the rest is usual. */
import {USE_OF_ROLE} from '../../src/plan/doubt.ts';
import type {Plan, Rule, Section, SectionRole, Step} from '../../src/plan/plan.ts';
import type {Command} from '../../src/plan/script.ts';
import type {Event} from '../../src/run/event.ts';

export const emptyPlan: Plan = {
  title: '',
  source: [],
  meta: [],
  sections: [],
  steps: [],
  rules: [],
  rollback: null,
  placeholders: [],
  contacts: [],
  references: [],
  problems: [],
};

export function plainSection(id: string, role: SectionRole, more: Partial<Section> = {}): Section {
  return {id, title: id, line: 1, depth: 2, role, use: USE_OF_ROLE[role], ...more};
}

/** Done by hand unless it says otherwise. */
export function plainStep(id: string, section: string, more: Partial<Step> = {}): Step {
  const {line = 1} = more;
  return {
    id,
    title: id,
    line,
    section,
    action: {kind: 'manual'},
    expectations: [],
    instructions: [],
    boxes: [],
    endLine: line,
    ...more,
  };
}

export function plainCommand(text: string, more: Partial<Command> = {}): Command {
  return {line: 1, text, captures: [], inputs: [], ...more};
}

/** A trigger on response times, which no signal measures. */
export function plainRule(id: string, more: Partial<Rule> = {}): Rule {
  return {
    id,
    text: id,
    line: 1,
    section: 'triggers',
    metric: 'response time',
    op: '>',
    value: 1500,
    unit: 'ms',
    windowMs: 300_000,
    role: 'trigger',
    source: 'document',
    person: false,
    samples: 3,
    consecutive: 3,
    ...more,
  };
}

type RunOpened = Extract<Event, {type: 'run-opened'}>;

export function runOpened(more: Partial<RunOpened> = {}): RunOpened {
  return {
    type: 'run-opened',
    runId: 'R',
    title: 'Small',
    checklist: '/c.md',
    checklistSha256: '',
    user: 'ana',
    host: 'here',
    auto: false,
    yes: [],
    watch: 'all',
    dryRun: false,
    unattended: false,
    version: 1,
    ...more,
  };
}
