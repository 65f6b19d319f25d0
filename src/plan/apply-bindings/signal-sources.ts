/** Describes in one line what feeds each signal, for screens and the record. */

import {compact} from '../../text/compact.ts';
import {matchesOf} from '../../text/matches.ts';
import {type ProbeBinding, probeKindOf} from '../bindings-file/probe-kinds.ts';
import {type Bindings, onlyDatabase} from '../bindings-file/types.ts';
import {interruptionsBy} from '../hazards/interruptions.ts';
import {commandsOf, contextOf, type Rule, requestsOf, type SignalSource, type Step, type Unit} from '../plan.ts';
import type {Problem} from '../problem.ts';
import {bindText} from '../shell/placeholders.ts';
import {findMatches} from './matches.ts';

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
    const items = steps.map(step => ({text: step.title, line: step.line, endLine: step.endLine, step}));
    const {found, problem} = findMatches(items, binding, 'step', bindings.file);
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

type ServingHost = (probe: ProbeBinding) => string | undefined;

/**
 * An HTTP probe may name the host (`served-by`), or have the address of a host of the bindings. Otherwise, if the
 * document restarts things on one host only and requests the probe's address itself, it is that host. A database that
 * is reached through a host runs there. Undefined for anything else.
 */
function servingHosts(bindings: Bindings, steps: readonly Step[]): ServingHost {
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
  const place = contextOf(step)?.place;
  const on = place?.kind === 'host' ? place.host : 'local';
  const texts = [...requestsOf(step).map(({url}) => url), ...commandsOf(step).map(({text}) => text)];
  return texts.map(text => ({text, on}));
}

/** The host and port of every address in the text: `api.example.net:8080`. */
function authoritiesIn(text: string): string[] {
  return matchesOf(text, /\bhttps?:\/\/(?:[^/@\s]*@)?([\w.-]+(?::\d+)?)/gi).map(([, one = '']) => one.toLowerCase());
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

const REQUEST_PARTS = ['dns', 'connect', 'tls', 'first-byte'] as const;

/** `health.first-byte` is a part of the time of the HTTP probe `health`. A probe may have a dot in its own name. */
export function partOf(signal: string, probes: Bindings['probes']): {probe: string; part: string} | undefined {
  if (signal in probes) return undefined;
  const at = signal.lastIndexOf('.');
  const [probe, part] = [signal.slice(0, at), signal.slice(at + 1)];
  const isPart = (REQUEST_PARTS as readonly string[]).includes(part) && probes[probe]?.kind === 'http';
  return at > 0 && isPart ? {probe, part} : undefined;
}

/** `step:L106`: the duration of each finished attempt at that step. */
export function stepOf(signal: string): string | undefined {
  return /^step:(L\d+\S*)$/.exec(signal)?.[1];
}
