/** Check: names in the bindings that exist neither there nor in the document. */
import {nearest, nearestText} from '../../text/nearest.ts';
import {partOf, stepOf} from '../apply-bindings/signal-sources.ts';
import {targetKindOf} from '../bindings-file/actions.ts';
import {probeKindOf} from '../bindings-file/probe-kinds.ts';
import type {Bindings} from '../bindings-file/types.ts';
import type {Plan} from '../plan.ts';
import {type Problem, problemOf} from '../problem.ts';

export function checkReferences(plan: Plan, bindings: Bindings): Problem[] {
  return [...unknownNames(plan, bindings), ...unknownTitles(plan, bindings)];
}

type Reference = {kind: 'host' | 'database' | 'probe' | 'log' | 'log or probe'; name: string; line: number};

function unknownNames(plan: Plan, bindings: Bindings): Problem[] {
  const known = {
    host: ['local', ...Object.keys(bindings.hosts)],
    database: Object.keys(bindings.databases),
    probe: Object.keys(bindings.probes),
    log: Object.keys(bindings.logs),
    'log or probe': [...Object.keys(bindings.logs), ...Object.keys(bindings.probes)],
  };
  return references(bindings)
    .filter(({kind, name}) => !known[kind].includes(name) && !(kind === 'probe' && isDerived(name, plan, bindings)))
    .map(({kind, name, line}) => {
      const meant = nearest(name, known[kind]);
      const hint = meant === undefined ? `known: ${known[kind].join(', ') || 'none'}` : `did you mean \`${meant}\`?`;
      return unknown(bindings, line, `there is no ${kind} \`${name}\``, hint);
    });
}

/** Signals that are no probes: a part of a request's time, or the duration of a step. */
function isDerived(signal: string, plan: Plan, {probes}: Bindings): boolean {
  const step = stepOf(signal);
  return partOf(signal, probes) !== undefined || plan.steps.some(({id}) => id === step);
}

function references(bindings: Bindings): Reference[] {
  const found: Reference[] = [];
  const add = (kind: Reference['kind'], name: string | undefined, line: number): void => {
    if (name !== undefined) found.push({kind, name, line});
  };
  for (const {via, line} of Object.values(bindings.databases)) add('host', via, line);
  for (const {on, line} of Object.values(bindings.logs)) add('host', on, line);
  for (const {action, on, line} of bindings.steps) {
    if (action.kind === 'log') add('log', action.source, line);
    else add(targetKindOf(action), on, line);
  }
  for (const probe of Object.values(bindings.probes)) {
    if (probe.kind === 'log') add('log or probe', probe.of, probe.line);
    if (probe.kind === 'http') add('host', probe.servedBy, probe.line);
    const asked = probeKindOf(probe).asks(probe);
    if (asked !== undefined) add(asked.kind, asked.name, probe.line);
  }
  for (const {probe, line} of bindings.rules) add('probe', probe, line);
  for (const {on, line} of bindings.rollback.requires) add('host', on, line);
  for (const [title, name] of Object.entries(bindings.contexts)) add('host', name, lineOf(bindings, 'contexts', title));
  return found;
}

/** `contexts:` and `choices:` name sections by parts of their titles. */
function unknownTitles(plan: Plan, bindings: Bindings): Problem[] {
  const titles = [...plan.sections, ...plan.steps.filter(step => step.action.kind === 'choice')].map(
    ({title}) => title,
  );
  return (['contexts', 'choices'] as const).flatMap(key =>
    Object.keys(bindings[key])
      .filter(piece => !titles.some(title => title.toLowerCase().includes(piece.trim().toLowerCase())))
      .map(piece => {
        const near = nearestText(piece, titles);
        const hint = near === undefined ? 'write a piece of a section title' : `did you mean "${near}"?`;
        return unknown(bindings, lineOf(bindings, key, piece), `no section matches "${piece}"`, hint);
      }),
  );
}

function lineOf(bindings: Bindings, section: string, key: string): number {
  return bindings.lines?.[`${section}.${key}`] ?? 1;
}

function unknown({file}: Bindings, line: number, message: string, hint: string): Problem {
  return problemOf('error', 'unknown-binding', line, message, hint, file);
}
