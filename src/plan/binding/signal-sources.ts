/** Describes in one line what feeds each signal, for screens and the record. */
import {compact} from '../../text/compact.ts';
import {type ProbeBinding, probeKindOf} from '../bindings/probe-kinds.ts';
import {type Bindings, onlyDatabase} from '../bindings/types.ts';
import type {Rule, SignalSource, Step, Unit} from '../plan.ts';
import type {Problem} from '../problem.ts';
import {bindText} from '../shell/placeholders.ts';
import {findMatches} from './matches.ts';
import {type ServingHost, servingHosts} from './serving-hosts.ts';
import {stepOf} from './signal-names.ts';

type Found = {signals: Readonly<Record<string, SignalSource>>; problems: readonly Problem[]};

/** A signal has the name of its probe; the duration of a step has `step:ID`. Secrets are never filled in. */
export function signalSources(bindings: Bindings, steps: readonly Step[], rules: readonly Rule[]): Found {
  const signals: Record<string, SignalSource> = {};
  const problems: Problem[] = [];
  const servedBy = servingHosts(bindings, steps);
  for (const [name, probe] of Object.entries(bindings.probes)) {
    if (probe.kind !== 'step') {
      signals[name] = sourceOf(probe, bindings, servedBy);
      continue;
    }
    const binding = {match: probe.step, line: probe.line};
    const {found, problem} = findMatches(steps.map(asMatchable), binding, 'step', bindings.file);
    if (problem !== undefined) problems.push(problem);
    for (const {step} of found) signals[name] = durationOf(step);
  }
  const byId = new Map(steps.map(step => [step.id, step]));
  for (const {signal = ''} of rules) {
    const step = byId.get(stepOf(signal) ?? '');
    if (step !== undefined) signals[signal] = durationOf(step);
  }
  return {signals, problems};
}

function asMatchable(step: Step) {
  return {text: step.title, line: step.line, endLine: step.endLine, step};
}

function durationOf(step: Step): SignalSource {
  return {kind: 'step', unit: 'ms', what: `duration of line ${step.line}: ${step.title}`, step: step.id};
}

/** The unit of a probe's samples; undefined when it depends on what is asked. */
export function unitOf(probe: ProbeBinding): Unit | undefined {
  return probe.unit ?? probeKindOf(probe).unit(probe);
}

function sourceOf(probe: ProbeBinding, bindings: Bindings, servedBy: ServingHost): SignalSource {
  const {kind, words} = probeKindOf(probe);
  const host = servedBy(probe);
  const unit = unitOf(probe);
  const on = placeOf(probe, bindings);
  return compact({kind, unit, everyMs: probe.everyMs, what: shownText(words(probe), bindings), on, servedBy: host});
}

/** The host or database that is asked; undefined for this machine and the network. */
function placeOf(probe: ProbeBinding, bindings: Bindings): string | undefined {
  const asked = probeKindOf(probe).asks(probe);
  switch (asked?.kind) {
    case 'host':
      return asked.name === 'local' ? undefined : asked.name;
    case 'database':
      return asked.name ?? onlyDatabase(bindings.databases);
    case 'log':
      return bindings.logs[asked.name]?.on;
    default:
      return undefined;
  }
}

const LINE_CHARACTERS_MAX = 120;

/** The text in one line, with values that are no secrets filled in. */
function shownText(text: string, {values}: Bindings): string {
  const open = Object.keys(values).filter(name => values[name]?.secret === false);
  const get = (name: string) => (values[name]?.secret === false ? values[name]?.value : undefined);
  const line = bindText(text, {keys: open, get}, 'plain').text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX - 1)}…` : line;
}
