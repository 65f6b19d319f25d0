import {bindText, type Lookup} from '../plan/script.ts';
import type {Bind} from '../probes/reading.ts';

/**
 * Fills in what a probe of the bindings names. Throws, for an error sample, before an open name gets to a shell, or a
 * request to whoever owns the name of the example.
 */
export function bindProbes(lookup: () => Lookup): Bind {
  return (text, use = 'plain') => {
    const bound = bindText(text, lookup(), use === 'shell' ? 'shell' : 'plain');
    if (use !== 'plain' && bound.unbound.length > 0) throw new Error(`unbound ${bound.unbound.join(', ')}`);
    return bound.text;
  };
}
