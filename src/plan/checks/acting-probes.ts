/** Check: probes of the bindings whose request does something, though it would be sent again and again. */
import {probeKindOf} from '../bindings-file/probe-kinds.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {type Problem, problemOf} from '../problem.ts';
import {namesWork} from '../shell/read-only/looking-requests.ts';

/** A method is what the author chose; an address such as `?action=CREATEALIAS` is easily taken for a look. */
export function checkActingProbes({probes, file}: Bindings): Problem[] {
  return Object.entries(probes).flatMap(([name, probe]) => {
    if (probe.kind !== 'http' || !namesWork(probe.http)) return [];
    const message = `probe ${name} sends ${probeKindOf(probe).words(probe)} again and again, and its path or query names work`;
    const hint = 'ask an address that only looks, such as a health page, or remove the probe';
    return [problemOf('warning', 'invalid-binding', probe.line, message, hint, file)];
  });
}
