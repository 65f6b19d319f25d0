/** The verdicts of a state, worked out once however many panels show them. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {type VerdictLine, verdictLines} from '../../run/wording/verdict-lines.ts';

const known = new WeakMap<
  RunState,
  {plan: Plan; lines: readonly VerdictLine[]; byRule: ReadonlyMap<string, VerdictLine>}
>();

function verdictsOf(plan: Plan, state: RunState) {
  const before = known.get(state);
  if (before?.plan === plan) return before;
  const lines = verdictLines(plan, state);
  const verdicts = {plan, lines, byRule: new Map(lines.map(line => [line.rule.id, line]))};
  known.set(state, verdicts);
  return verdicts;
}

/** The most urgent first. */
export function liveVerdicts(plan: Plan, state: RunState): readonly VerdictLine[] {
  return verdictsOf(plan, state).lines;
}

export function liveVerdict(plan: Plan, state: RunState, ruleId: string): VerdictLine | undefined {
  return verdictsOf(plan, state).byRule.get(ruleId);
}
