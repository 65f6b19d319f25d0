/** The two lookups of values: one with secrets for the engine, one with `[redacted]` for eyes. */
import {type Bindings, type Plan, writtenDestinations} from '../../plan/plan.ts';
import {capturedAs, type Lookup, REDACTED} from '../../plan/script.ts';
import type {RunState} from '../state.ts';

/** Values and destinations of the bindings and what the run has captured; secrets included, so for the engine only. */
export function engineLookup({values, hosts}: Bindings, state: RunState): Lookup {
  const known = new Map(writtenDestinations(hosts));
  for (const [name, {value}] of Object.entries(values)) known.set(name, value);
  return lookupOver(known, state);
}

/** The same for eyes: secrets are shown as `[redacted]`. */
export function shownLookup(plan: Plan, state: Pick<RunState, 'captures'>): Lookup {
  const known = new Map<string, string>();
  for (const {text, bound, value} of plan.placeholders) {
    if (value !== undefined) known.set(text, value);
    else if (bound && state.captures[text] === undefined) known.set(text, REDACTED);
  }
  for (const [name, value] of Object.entries(plan.values ?? {})) known.set(name, value);
  return lookupOver(known, state);
}

/** Captured names are looked up where a placeholder stands, but are no text to search for: `date` is a word like any other. */
function lookupOver(known: ReadonlyMap<string, string>, state: Pick<RunState, 'captures'>): Lookup {
  return {
    keys: [...known.keys()],
    get: name => known.get(name) ?? state.captures[name]?.value ?? state.captures[capturedAs(name)]?.value,
  };
}
