/** Finds the host that runs what a probe asks from outside, so that a restart there is known to interrupt it. */
import {type ProbeBinding, probeKindOf} from '../bindings/probe-kinds.ts';
import {type Bindings, onlyDatabase} from '../bindings/types.ts';
import {interruptionsBy} from '../hazards/interruptions.ts';
import {contextOf, type Step} from '../plan.ts';
import {bindText} from '../shell/placeholders.ts';

export type ServingHost = (probe: ProbeBinding) => string | undefined;

/**
 * An HTTP probe may name the host (`served-by`), or have the address of a host of the bindings. Otherwise, if the
 * document restarts things on one host only and requests the probe's address itself, it is that host. A database that
 * is reached through a host runs there. Undefined for anything else.
 */
export function servingHosts(bindings: Bindings, steps: readonly Step[]): ServingHost {
  const texts = steps.flatMap(textsOf);
  const asked = new Set(texts.flatMap(({text}) => authoritiesIn(plain(text, bindings))));
  const restarting = new Set(texts.flatMap(({text, on}) => (interruptionsBy(text).size > 0 ? [on] : [])));
  const [only] = restarting.size === 1 ? restarting : [];
  return probe => {
    const whom = probeKindOf(probe).asks(probe);
    if (whom?.kind === 'database') {
      return bindings.databases[whom.name ?? onlyDatabase(bindings.databases) ?? '']?.via;
    }
    if (probe.kind !== 'http') return undefined;
    if (probe.servedBy !== undefined) return probe.servedBy;
    const [authority] = authoritiesIn(plain(probe.http.url, bindings));
    if (authority === undefined) return undefined;
    // Loopback asked from a host is that host.
    if (probe.on !== undefined && LOOPBACK.test(authority)) return probe.on;
    return hostAt(authority, bindings) ?? (asked.has(authority) ? only : undefined);
  };
}

const LOOPBACK = /^(?:localhost|127\.[\d.]+)(?::\d+)?$/;

function textsOf(step: Step): {text: string; on: string}[] {
  const {action} = step;
  const place = contextOf(step)?.place;
  const on = place?.kind === 'host' ? place.host : 'local';
  if (action.kind === 'http') return action.requests.map(({url}) => ({text: url, on}));
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => {
    if (stage.kind === 'http') return [{text: stage.request.url, on}];
    const commands = stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands);
    return commands.map(({text}) => ({text, on}));
  });
}

/** The host and port of every address in the text: `api.example.net:8080`. */
function authoritiesIn(text: string): string[] {
  return [...text.matchAll(/\bhttps?:\/\/(?:[^/@\s]*@)?([\w.-]+(?::\d+)?)/gi)].map(([, one = '']) => one.toLowerCase());
}

function hostAt(authority: string, {hosts}: Bindings): string | undefined {
  const name = authority.replace(/:\d+$/, '');
  const found = Object.entries(hosts).filter(([, {destination}]) => {
    const machine = destination.slice(destination.lastIndexOf('@') + 1).replace(/:\d+$/, '');
    return machine.toLowerCase() === name;
  });
  return found.length === 1 ? found[0]?.[0] : undefined;
}

function plain(text: string, {values}: Bindings): string {
  const get = (name: string) => values[name]?.value;
  return bindText(text, {keys: Object.keys(values), get}, 'plain').text;
}
