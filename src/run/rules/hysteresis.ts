/** How many evaluations in a row it takes to reach a standing and to leave it. */
import type {Rule} from '../../plan/plan.ts';
import type {Standing} from '../outcome.ts';

/** What the data of one evaluation says by itself, without what was before. */
export type Level = 'ok' | 'grey' | 'bad';

type Judged = Extract<Standing, {kind: 'ok' | 'grey' | 'breached' | 'tripped'}>;

/**
 * A standing worsens at once, though it trips only after `consecutive` fresh evaluations past the bound in a row; it is
 * left for a better one only after as many fresh evaluations in a row that were better. Between samples nothing moves.
 */
export function nextStanding(rule: Rule, previous: Standing, level: Level, fresh: boolean): Judged {
  const before = judgedBefore(previous);
  if (!fresh) return before ?? (level === 'bad' ? {kind: 'breached', times: 0} : {kind: level});
  if (level === 'bad') return pastBound(rule, before);
  if (before === undefined || before.kind === 'ok' || before.kind === level) return {kind: level};
  const calm = (before.calm ?? 0) + 1;
  if (calm >= recoveryOf(rule)) return {kind: level};
  // The row of evaluations past the bound is broken: the next one is the first again.
  return before.kind === 'breached' ? {kind: 'breached', times: 0, calm} : {...before, calm};
}

/** No verdict can be given for now; what was wrong is not forgotten by it. */
export function withoutData(previous: Standing, missing: number): Standing {
  const before = previous.kind === 'warming' ? previous.after : worstOf(previous);
  return before === undefined ? {kind: 'warming', missing} : {kind: 'warming', missing, after: before};
}

/** Better evaluations in a row that it takes to leave a standing. */
export function recoveryOf({consecutive}: Rule): number {
  return Math.max(1, consecutive);
}

function worstOf({kind}: Standing): 'grey' | 'breached' | undefined {
  if (kind === 'tripped' || kind === 'breached') return 'breached';
  return kind === 'grey' ? 'grey' : undefined;
}

function judgedBefore(previous: Standing): Judged | undefined {
  switch (previous.kind) {
    case 'ok':
    case 'grey':
    case 'breached':
    case 'tripped':
      return previous;
    case 'warming':
      if (previous.after === undefined) return undefined;
      return previous.after === 'grey' ? {kind: 'grey'} : {kind: 'breached', times: 0};
    case 'blind':
    case 'disarmed':
      return undefined;
  }
}

function pastBound({consecutive}: Rule, before: Judged | undefined): Judged {
  if (before?.kind === 'tripped') return {kind: 'tripped'};
  const times = (before?.kind === 'breached' ? before.times : 0) + 1;
  return times >= consecutive ? {kind: 'tripped'} : {kind: 'breached', times};
}
