/** Finds the host from which a document runs a program that reaches other hosts and needs its own directory: Ansible. */
import {plainText} from '../../document/inline.ts';
import {hostNamesIn} from '../../phrases/host-mentions.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {hostOf} from './sessions.ts';
import {hostsAtIn} from './told-hosts.ts';

/** Why a step taken for here may be for that host: "line 9 runs ansible-playbook on ops-1"; undefined for other steps. */
export function controlHosts({steps, source}: Plan): (step: Step) => string | undefined {
  if (!steps.some(isControl)) return () => undefined;
  const run = steps.find(step => isControl(step) && hostOf(step) !== undefined);
  const line = run && commandsOf(run).find(({text}) => CONTROL.test(text))?.line;
  const said = run === undefined ? toldHost(source) : `line ${line} runs Ansible on ${hostOf(run)}`;
  return step => (isControl(step) ? said : undefined);
}

function isControl(step: Step): boolean {
  return commandsOf(step).some(({text}) => CONTROL.test(text));
}

/** "All Ansible runs are from `deploy-01`". */
function toldHost(source: readonly string[]): string | undefined {
  const names = hostNamesIn(source);
  for (const [index, raw] of source.entries()) {
    const text = plainText(raw);
    const [host] = ANSIBLE.test(text) && !CONTROL.test(text) ? hostsAtIn(text, names) : [];
    if (host !== undefined) return `line ${index + 1} names ${host} for Ansible`;
  }
  return undefined;
}

const CONTROL = /^\s*(?:sudo\s+)?ansible(?:-playbook|-pull)?\s/;
const ANSIBLE = /(?<!\p{L})(?:ansible|playbooks?)(?!\p{L})/iu;
