/** What earlier runs took, at the right end of a row of the checklist: the longest form first. */
import type {Step} from '../../plan/plan.ts';
import {type Usual, usualSpan, usualText} from '../../run/history/usual.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {duration} from '../../text/times.ts';

/** `plan 15-20m, usually 12–18 min  5/6`; `planned`: what the document says, if it does. */
export function usualForms(usual: Usual, planned: string, count: string): readonly string[] {
  const text = usualText(usual);
  return [...(planned === '' ? [] : [`plan ${planned}, ${text}${count}`]), `${text}${count}`];
}

/** A step to come: `usually 3–5 min`. One that runs: `01:12 of 3–5 min`. */
export function usualOfStep({history}: RunState, {id}: Step, own: StepState, now: number): readonly string[] {
  const usual = history?.steps[id];
  if (usual === undefined) return [];
  if (own.status === 'pending') return [usualText(usual)];
  if (own.status !== 'running' || own.cancelling === true) return [];
  return [`${duration(now - own.startedAt)} of ${usualSpan(usual)}`];
}
