/** When a watch is idle, and needs no hurry. */
import type {RunState} from './state.ts';

/**
 * Everybody has gone home and all is well: what is measured then may be written down and judged a little later, and the
 * rollback proved less often, for the sake of the hosts and of the journal. Whoever attaches ends it, and so does the
 * first rule past its limit, a link that is lost, and a rollback that is not ready.
 */
export function isIdle({phase, consoles, rollback, rules, tripped, links, readiness, steps}: RunState): boolean {
  if (phase !== 'watching' || rollback.status !== 'none') return false;
  if (Object.keys(consoles).length > 0 || tripped.length > 0 || readiness?.ready === false) return false;
  if (Object.values(links).some(({up}) => !up)) return false;
  if (Object.values(steps).some(({status}) => status === 'running')) return false;
  return Object.values(rules).every(({standing: {kind}}) => kind !== 'breached' && kind !== 'tripped');
}
