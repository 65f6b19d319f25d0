/** A small checklist and a run of it without a world: what the tests of decisions are about. */
import type {Action, Expectation, Plan, Rule, Section, Step, StepKind} from '../../src/plan/plan.ts';
import type {Stage} from '../../src/plan/script.ts';
import type {Console} from '../../src/run/console.ts';
import {type Decision, decide} from '../../src/run/decide.ts';
import type {Settings, Situation} from '../../src/run/deciding/decision-draft.ts';
import type {Event, Input, Intent, ReadinessItem, Report} from '../../src/run/event.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import type {RunState} from '../../src/run/state.ts';
import {emptyPlan, plainCommand, plainRule, plainSection, plainStep, runOpened} from '../helpers/plan-parts.ts';

export const ana: Console = {id: 'c1', user: 'ana', name: 'ana', observer: false};
export const bo: Console = {id: 'c2', user: 'bo', name: 'bo', observer: false};

const settings: Settings = {countdownMs: 3000, autoRollback: false, closeAfterRollback: false};

export function step(id: string, section: string, kind: StepKind, more: Partial<Step> = {}): Step {
  return plainStep(id, section, {action: actionOf(kind), endLine: 1, ...more});
}

function actionOf(kind: StepKind): Action {
  if (kind === 'input') return {kind, blanks: []};
  if (kind === 'choice') return {kind, arms: []};
  return kind === 'rule' ? {kind, rules: []} : {kind: 'manual'};
}

export function script(id: string, section: string, stages: readonly Stage[], more: Partial<Step> = {}): Step {
  const context = {id: 'vps', place: {kind: 'host', host: 'vps', destination: 'user@your-vps-ip'}} as const;
  return step(id, section, 'ssh', {action: {kind: 'script', context, stages}, ...more});
}

export function commands(...texts: readonly string[]): Stage {
  return {kind: 'commands', commands: texts.map(text => plainCommand(text))};
}

export function expectation(text: string): Expectation {
  return {text, line: 1, readable: false};
}

export function rule(id: string, more: Partial<Rule> = {}): Rule {
  return plainRule(id, {statistic: 'p95', signal: 'chat', samples: 5, ...more});
}

const roles = ['prepare', 'deploy', 'verify', 'monitor', 'triggers', 'rollback', 'other'] as const;

const sections: readonly Section[] = roles.map((role, index) => plainSection(role, role, {line: index + 1}));

const verification: Stage = {
  kind: 'http',
  request: {line: 1, method: 'GET', url: 'http://127.0.0.1/health', headers: [], expectations: []},
};

/** A checklist in small: prepare, deploy, verify by hand, and a rollback of two steps of which the last verifies. */
export function smallPlan(more: Partial<Plan> = {}): Plan {
  return {
    ...emptyPlan,
    title: 'Small',
    sections,
    steps: [
      step('review', 'prepare', 'manual'),
      script('migrate', 'deploy', [commands('migrate')]),
      step('look', 'verify', 'manual'),
      script('stop', 'rollback', [commands('systemctl stop app')]),
      script('start', 'rollback', [commands('systemctl start app'), verification]),
    ],
    rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['stop', 'start'], doesNotUndo: []},
    ...more,
  };
}

export const exited = (code: number): Outcome & {kind: 'exited'} => ({
  kind: 'exited',
  code,
  durationMs: 5,
  commands: [],
  output: '',
});

/** A run in the making: intents and reports in, state and what was decided out. Time moves only when told to. */
export class Run {
  readonly situation: Situation;
  state: RunState = initialState;
  at = 1_000_000;
  decided: Decision = {events: [], by: '', effects: []};

  constructor(plan: Plan = smallPlan(), how: Partial<Event & {type: 'run-opened'}> & Partial<Settings> = {}) {
    this.situation = {plan, settings: {...settings, ...how}};
    this.given(
      {...runOpened(), ...how} as Event,
      {type: 'console-joined', console: ana},
      {type: 'baton-passed', to: ana.id},
    );
  }

  given(...events: readonly Event[]): this {
    for (const event of events) {
      this.state = evolve(this.situation.plan, this.state, {...event, seq: this.state.seq + 1, at: this.at, by: 'ana'});
    }
    return this;
  }

  /** Somebody has done this step of the deployment. */
  deployed(stepId = 'migrate'): this {
    return this.given({type: 'step-ticked', stepId, reason: 'done by hand'});
  }

  intend(intent: Intent, console: Console = ana): this {
    return this.#input({from: 'console', console, intent});
  }

  report(report: Report): this {
    return this.#input({from: 'world', report});
  }

  /** The step that runs ends so. */
  ends(outcome: Outcome): this {
    const [stepId, own] = Object.entries(this.state.steps).find(([, one]) => one.status === 'running') ?? [];
    if (stepId === undefined || own?.status !== 'running') throw new Error('no step runs');
    return this.report({type: 'step-reported', stepId, attempt: own.attempt, outcome});
  }

  ready(items: readonly Partial<ReadinessItem>[] = [{}]): this {
    const whole = items.map(item => ({
      stepId: 'stop',
      title: 'Stop',
      ready: true,
      detail: '',
      arms: [],
      optional: false,
      ...item,
    }));
    return this.report({type: 'readiness-reported', items: whole, link: {up: true, detail: ''}});
  }

  after(ms: number): this {
    this.at += ms;
    return this.report({type: 'ticked'});
  }

  get refusal(): string | undefined {
    return 'refusal' in this.decided ? this.decided.refusal : undefined;
  }

  get events(): readonly Event[] {
    return 'events' in this.decided ? this.decided.events : [];
  }

  types(): readonly string[] {
    return this.events.map(event => event.type);
  }

  status(stepId: string): string {
    return this.state.steps[stepId]?.status ?? 'pending';
  }

  #input(input: {from: 'console'; console: Console; intent: Intent} | {from: 'world'; report: Report}): this {
    this.decided = decide(this.situation, this.state, {...input, at: this.at, outputLines: 0} as Input);
    if ('events' in this.decided) this.given(...this.decided.events);
    return this.#seeNothing();
  }

  /** Nothing can be seen anywhere: the looks that were asked for say so, as part of what was decided. */
  #seeNothing(): this {
    for (let turn = 0; turn < 10 && 'effects' in this.decided; turn += 1) {
      const {events, effects, by} = this.decided;
      const [look] = effects.flatMap(effect => (effect.type === 'see-evidence' ? [effect.question] : []));
      if (look === undefined) return this;
      const {key, stepId, about, text: question} = look;
      const seen = {key, stepId, about, question, on: 'vps', answer: 'unknown', text: 'not seen', lines: []} as const;
      const report = {type: 'evidence-reported', asOf: this.at, ...seen} as const;
      const input = {from: 'world', report, at: this.at, outputLines: 0} as const;
      const next = decide(this.situation, this.state, input);
      if (!('events' in next)) return this;
      this.given(...next.events);
      const others = effects.filter(effect => effect.type !== 'see-evidence');
      this.decided = {by, events: [...events, ...next.events], effects: [...others, ...next.effects]};
    }
    return this;
  }
}
