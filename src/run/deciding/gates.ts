/** "Go/No-Go": what a person decides, and what waits for it. */
import type {Plan, Step} from '../../plan/plan.ts';
import {belongsToRun, isDone, isOfDeploy} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** Why no deploy step behind a gate may start: the gate is undecided, or was decided against. */
export function closedGate(plan: Plan, state: RunState, step: Step): string | undefined {
  if (!isOfDeploy(plan, state, step)) return undefined;
  const before = plan.steps.slice(0, Math.max(0, plan.steps.indexOf(step)));
  for (const gate of before) {
    if (gate.gate !== true || !belongsToRun(plan, state, gate) || isNotTaken(state, gate)) continue;
    const why = whyClosed(state, gate);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** The answer that stops a run, where one was given. */
export function noGo(step: Step, state: Pick<RunState, 'choices'>): string | undefined {
  if (step.gate !== true || step.action.kind !== 'choice') return undefined;
  const chosen = step.action.arms.find(({id}) => id === state.choices[step.id]?.armId);
  return chosen !== undefined && isNoGo(chosen.title) ? chosen.title : undefined;
}

/** Only a person can answer a gate with the option that stops the run. */
export function isNoGo(answer: string): boolean {
  return NO_GO.test(answer.replace(/^[^\p{L}\p{N}]+/u, ''));
}

const NO_GO =
  /^(?:no\b|no-?\s?go\b|nein\b|stop|halt|abort|cancel|hold\b|reject|fail|not\b|do not\b|don't\b|roll\s?-?back|nicht\b|abbruch|detener|abortar|rechaz)/iu;

function whyClosed(state: RunState, gate: Step): string | undefined {
  const where = `${gate.title} (line ${gate.line})`;
  const answer = noGo(gate, state);
  if (answer !== undefined) return `decided ${answer}: ${where}`;
  if (gate.action.kind !== 'rule') return isDone(state, gate) ? undefined : `not decided yet: ${where}`;
  // Rules tick themselves at the end of their time; until then they hold the run only while they are broken.
  const broken = gate.action.rules.some(id => ['breached', 'tripped'].includes(state.rules[id]?.standing.kind ?? ''));
  return broken && !isDone(state, gate) ? `not met: ${where}` : undefined;
}

function isNotTaken(state: RunState, {arm}: Step): boolean {
  return arm !== undefined && state.choices[arm.choice]?.armId !== arm.arm;
}
