/** Secrets that one code block exports to the next, kept in memory. */
import type {Plan} from '../plan/plan.ts';
import {REDACTED} from '../plan/script.ts';
import {carriedOn, type Outcome} from '../run/outcome.ts';
import {stepById} from '../run/plan-index.ts';
import type {Request} from '../run/request.ts';

/**
 * The state carries what one code block exports to the next code block of its context, but it holds no secrets. Secrets are
 * carried beside it, in memory; after a crash they are gone, and no command may run with a mark in place of a value.
 */
export type CarriedSecrets = {
  keep(stepId: string, outcome: Outcome): void;
  /** The request with its values, or which of them is lost, in words. */
  restore(stepId: string, request: Request): Request | string;
};

/** `redact`: what is done to everything before it becomes part of the state. */
export function carrySecrets(plan: Plan, redact: <T>(value: T) => T): CarriedSecrets {
  const values = new Map<string, string>();
  const keyOf = (stepId: string, name: string): string => {
    const action = stepById(plan, stepId)?.action;
    const context = action !== undefined && 'context' in action ? action.context : undefined;
    return `${context?.id ?? ''}\0${name}`;
  };
  /** The exports with the values that were redacted, or why they cannot be had. */
  const whole = (stepId: string, exports: Readonly<Record<string, string>>): Record<string, string> | string => {
    const found: Record<string, string> = {};
    for (const [name, value] of Object.entries(exports)) {
      const own = value.includes(REDACTED) ? values.get(keyOf(stepId, name)) : value;
      if (own === undefined) {
        return `${name} was exported by an earlier step and is a secret, which is kept nowhere: export it again`;
      }
      found[name] = own;
    }
    return found;
  };
  return {
    keep(stepId, outcome) {
      for (const [name, value] of Object.entries(carriedOn(outcome).exports ?? {})) {
        if (redact({[name]: value})[name] !== value) values.set(keyOf(stepId, name), value);
        else values.delete(keyOf(stepId, name));
      }
    },
    restore(stepId, request) {
      if (request.kind === 'script') {
        const exports = whole(stepId, request.exports);
        const {takenUp} = request;
        if (typeof exports !== 'string') return {...request, exports};
        // What was begun has its values; it is only watched, and never begun again without them.
        return takenUp === undefined ? exports : {...request, exports: {}, takenUp: {...takenUp, seen: true}};
      }
      if (!('from' in request) || request.from === undefined) return request;
      const exports = whole(stepId, request.from.exports);
      return typeof exports === 'string' ? exports : {...request, from: {...request.from, exports}};
    },
  };
}
