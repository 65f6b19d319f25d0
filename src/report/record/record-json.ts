/** The record as JSON. */
import {kindOf} from '../../plan/plan.ts';
import {progress, stepState} from '../../run/selectors.ts';
import {compact} from '../../text/compact.ts';
import {checkJson} from '../check/check-json.ts';
import {ruleVerdicts} from '../rule-text.ts';
import {attempts} from './attempt-transcripts.ts';
import {evidenceSeen, timeline} from './happened-part.ts';
import {handOversIn} from './people-part.ts';
import type {RecordSource} from './record-source.ts';
import {unconfirmedRuns} from './review-part.ts';

/** The record for programs: the plan as `check --json` prints it, with the result beside each part. Times are epoch ms. */
export function recordJson({plan, state, events, seal}: RecordSource): object {
  return {
    run: state.run,
    phase: state.phase,
    phaseBecause: state.phaseBecause,
    deployStartedAt: state.deployStartedAt ?? null,
    deployEndedAt: state.deployEndedAt ?? null,
    closed: state.closed,
    progress: progress(plan, state),
    plan: checkJson(plan),
    steps: plan.steps.map(({id, title, line, action}) => ({
      id,
      title,
      line,
      kind: kindOf(action),
      ...stepState(state, id),
    })),
    review: state.review ?? null,
    unconfirmedRuns: unconfirmedRuns(plan, events),
    choices: state.choices,
    blanks: state.blanks,
    captures: state.captures,
    rules: ruleVerdicts(plan, state).map(({rule, assessment, baseline, change, tripped}) => ({
      id: rule.id,
      text: rule.text,
      line: rule.line,
      ...assessment,
      ...compact({baseline, change, tripped}),
    })),
    evidence: evidenceSeen(plan, events),
    tripped: state.tripped,
    dismissals: state.dismissals ?? [],
    rollback: state.rollback,
    notes: state.notes,
    complaints: state.complaints,
    signOff: state.signOff ?? null,
    handOvers: handOversIn(events),
    timeline: timeline(plan, events),
    transcript: attempts(plan, events),
    ...compact({seal}),
  };
}
