/** Plays a whole plan in memory, as `--auto` would, against a world in which everything succeeds. */

import type {Doubt, Settled} from '../../src/plan/doubt.ts';
import {acceptUnseen} from '../../src/plan/parse-plan.ts';
import type {Plan, Step} from '../../src/plan/plan.ts';
import {commandsOf, commandsOfStage, kindOf, requestsOf} from '../../src/plan/plan.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import {NO_REVIEW} from '../../src/run/review.ts';
import {nextStep, openChoices, stepState} from '../../src/run/selectors.ts';
import {Run} from './build.ts';

/** `lines`: of every command, request and statement that was started, in order. `stoppedAt`: what needed a person. */
export type Played = {lines: readonly number[]; steps: readonly string[]; stoppedAt: readonly string[]; run: Run};

type How = {
  /** As `review --accept` does. */
  accepted?: boolean;
  /** The doubts without a proposal that a person has answered: what they ask is done by hand. */
  byHand?: (doubt: Doubt) => boolean;
  /** Named with `--yes`; `all` alone starts nothing that hangs on a condition. */
  yes?: readonly string[];
  /** Goes on over what stops it, as a person who skips it would; else it ends there. */
  goesOn?: boolean;
};

const TURNS_MAX = 20_000;
const BY_HAND: Settled = {how: 'by hand', as: 'by-hand', by: 'ana', at: 0};

export function playPlan(plan: Plan, {accepted = false, byHand, yes = ['all'], goesOn = false}: How): Played {
  const run = new Run(plan, {gated: true, yes, watch: 'none'});
  if (accepted) {
    const review = acceptUnseen(plan, NO_REVIEW, {by: 'ana', at: 0});
    const answers = (plan.proposal?.doubts ?? [])
      .filter(doubt => byHand?.(doubt) === true)
      .map(({id}) => [id, BY_HAND]);
    run.state = {...run.state, review: {...review, settled: {...review.settled, ...Object.fromEntries(answers)}}};
  }
  const lines: number[] = [];
  const steps: string[] = [];
  const stoppedAt: string[] = [];
  run.ready();
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    run.intend({type: 'run-on', on: true});
    settle(run, plan, lines, steps);
    const step = nextStep(plan, run.state);
    if (step === undefined || run.state.phase === 'closed') break;
    stoppedAt.push(run.state.runOnBecause);
    if (!goesOn) break;
    passOver(run, plan, step);
  }
  return {lines, steps, stoppedAt, run};
}

/** Ends what runs and answers what is asked, until nothing happens any more by itself. */
function settle(run: Run, plan: Plan, lines: number[], steps: string[]): void {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const asked = 'effects' in run.decided ? run.decided.effects : [];
    const running = plan.steps.find(step => stepState(run.state, step.id).status === 'running');
    if (running !== undefined) {
      steps.push(running.id);
      lines.push(...linesOf(running, run));
      run.ends(outcomeOf(running));
    } else if (asked.some(({type}) => type === 'probe-readiness')) {
      run.at += 1;
      run.ready();
    } else {
      const proving = asked.find(effect => effect.type === 'prove-arms');
      if (proving === undefined) return;
      const step = plan.steps.find(({id}) => id === proving.stepId);
      const open = step === undefined ? [] : openChoices(plan, run.state, step);
      const arms = Object.fromEntries(
        open.flatMap(({choiceId, arms: [arm]}) => (arm === undefined ? [] : [[choiceId, arm.id]])),
      );
      run.report({type: 'arms-proved', stepId: proving.stepId, arms});
    }
  }
}

function passOver(run: Run, plan: Plan, step: Step): void {
  const own = stepState(run.state, step.id);
  if (own.status === 'waiting') run.intend({type: 'tick', stepId: step.id});
  else run.intend({type: 'skip', stepId: step.id, reason: 'the test goes on'});
  if (run.refusal !== undefined) throw new Error(`${step.id} of ${plan.title}: ${run.refusal}`);
}

/** Only of the arms that were taken. */
function linesOf(step: Step, run: Run): number[] {
  const {action} = step;
  if (action.kind === 'sql') return action.statements.map(({line}) => line);
  if (action.kind !== 'script') {
    return [...new Set([...requestsOf(step), ...commandsOf(step), step].map(({line}) => line))];
  }
  return action.stages.flatMap(stage => {
    if (stage.kind === 'http') return [stage.request.line];
    if (stage.kind === 'commands') return commandsOfStage(stage).map(({line}) => line);
    const taken = stage.arms.find(({id}) => id === run.state.choices[stage.id]?.armId);
    return (taken?.commands ?? []).map(({line}) => line);
  });
}

function outcomeOf(step: Step): Outcome {
  switch (kindOf(step.action)) {
    case 'sql':
      return {kind: 'returned', tables: [], durationMs: 5};
    case 'http':
      return {kind: 'answered', answers: [], durationMs: 5};
    default:
      return {kind: 'exited', code: 0, durationMs: 5, commands: [], output: ''};
  }
}
