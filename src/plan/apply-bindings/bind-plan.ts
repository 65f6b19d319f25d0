/** Binds a plan: applies the bindings to its steps, rules, placeholders and contacts. */
import {compact} from '../../text/compact.ts';
import {contextFor, matchHost} from '../bindings-file/named-places.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {withSectionsAround} from '../outline/sections-around.ts';
import {type Contact, commandsOf, type Placeholder, type Plan} from '../plan.ts';
import type {Context} from '../script.ts';
import {capturedAs} from '../shell/captures.ts';
import {bindText} from '../shell/placeholders.ts';
import {bindRules} from './bind-rules.ts';
import {bindSteps} from './bind-steps.ts';
import {signalSources} from './signal-sources.ts';

export function bindPlan(draft: Plan, bindings: Bindings): Plan {
  const steps = bindSteps(draft, bindings, (step, on) => contextAt(draft, bindings, step.section, on));
  const rules = bindRules(draft, bindings, steps.steps);
  const sources = signalSources(bindings, steps.steps, rules.rules);
  const captured = new Set(steps.steps.flatMap(commandsOf).flatMap(({captures}) => captures.map(({name}) => name)));
  return {
    ...draft,
    steps: steps.steps,
    rules: rules.rules,
    placeholders: draft.placeholders.map(placeholder => bindPlaceholder(placeholder, bindings, captured)),
    contacts: bindContacts(draft.contacts, bindings.contacts),
    signals: sources.signals,
    ...compact({settleMs: bindings.settleMs, groups: groupsOf(bindings)}),
    problems: [...draft.problems, ...steps.problems, ...rules.problems, ...sources.problems],
  };
}

function groupsOf({hosts}: Bindings): Plan['groups'] {
  const groups = Object.entries(hosts).flatMap(([name, {group}]) =>
    group === undefined ? [] : [[name, compact({batches: group.batches, pause: group.pause})] as const],
  );
  return groups.length === 0 ? undefined : Object.fromEntries(groups);
}

function contextAt(plan: Plan, bindings: Bindings, sectionId: string, on: string | undefined): Context {
  const around = withSectionsAround(sectionId, new Map(plan.sections.map(section => [section.id, section])));
  const titles = around.map(({title}) => title);
  const name = on ?? contextFor(titles, bindings) ?? 'local';
  if (name === 'local') return {id: 'local', place: {kind: 'local'}};
  const host = bindings.hosts[name];
  const destination = host?.matches[0] ?? host?.destination ?? name;
  const directory = host?.directory;
  return compact({
    id: `bindings:${name}`,
    place: {kind: 'host', host: name, destination},
    directory,
  });
}

/** A secret is bound without showing its value; a capture gets its value during the run. */
function bindPlaceholder(placeholder: Placeholder, bindings: Bindings, captured: ReadonlySet<string>): Placeholder {
  const {text, lines} = placeholder;
  const used = new Set<string>();
  const get = (name: string): string | undefined => {
    const value = bindings.values[name];
    if (value !== undefined) used.add(name);
    return value?.value;
  };
  const written = bindText(text, {keys: Object.keys(bindings.values), get}, 'plain');
  if (used.size > 0 && written.missing.length === 0) {
    const secret = [...used].some(name => bindings.values[name]?.secret === true);
    return compact({text, lines, bound: true, value: secret ? undefined : written.text});
  }
  // A host that the document only names stands in brackets here, and in the bindings under its name.
  const host = matchHost(text, bindings) ?? matchHost(text.replace(/^<(.*)>$/, '$1'), bindings);
  const destination = host === undefined ? undefined : bindings.hosts[host]?.destination;
  if (destination !== undefined) return {text, lines, bound: true, value: destination};
  return captured.has(text) || captured.has(capturedAs(text)) ? {...placeholder, capture: true} : placeholder;
}

function bindContacts(contacts: readonly Contact[], bound: Bindings['contacts']): Contact[] {
  const open = new Map(Object.entries(bound).map(([role, name]) => [role.toLowerCase(), {role, name}]));
  const filled = contacts.map(contact => {
    const found = open.get(contact.role.toLowerCase());
    open.delete(contact.role.toLowerCase());
    return found === undefined ? contact : {...contact, name: found.name, blank: false};
  });
  return [...filled, ...[...open.values()].map(({role, name}) => ({role, name, line: 0, blank: false}))];
}
