/** Which HTTP status is right for which request of a step. */
import type {Expectation, Step} from '../../plan/plan.ts';
import {expectationsOf} from '../operations.ts';
import type {Answer} from '../outcome.ts';

/** A status is that of the request beside it, or else that of every request of the step. */
export function badAnswer(step: Step, answer: Answer, isLast: boolean): string | undefined {
  const requests = step.action.kind === 'http' ? step.action.requests : [];
  const own = requests.find(({line}) => line === answer.line)?.expectations ?? [];
  const ofSome = requests.flatMap(({expectations}) => expectations);
  const ofAll = step.expectations.filter(one => !ofSome.some(other => isSame(one, other)));
  const stated = expectsStatus(own) ? own : ofAll;
  if (!expectsStatus(stated)) return badStatus(answer);
  const codes = stated.flatMap(({check}) => (check?.kind === 'status' ? [check.codes] : []));
  const wrong = isLast ? undefined : codes.find(some => !some.includes(answer.status));
  return wrong === undefined
    ? undefined
    : `status ${answer.status} from line ${answer.line}, expected ${wrong.join(' or ')}`;
}

function isSame(one: Expectation, other: Expectation): boolean {
  return one.line === other.line && one.text === other.text;
}

/** What the step expects, without the statuses of other requests than the last one. */
export function withoutOtherStatuses(step: Step, last: Answer | undefined): readonly Expectation[] {
  const others = step.action.kind === 'http' ? step.action.requests.filter(({line}) => line !== last?.line) : [];
  const ofOthers = others.flatMap(({expectations}) => expectations.filter(({check}) => check?.kind === 'status'));
  return expectationsOf(step).filter(one => !ofOthers.some(other => isSame(one, other)));
}

export function expectsStatus(expectations: readonly Expectation[]): boolean {
  return expectations.some(({check}) => check?.kind === 'status' || check?.kind === 'fails');
}

export function badStatus(answer: Answer): string | undefined {
  return answer.status >= 200 && answer.status < 300 ? undefined : `status ${answer.status}, expected 2xx`;
}
