/** What feeds each signal, in one line each: for a screen that says where a reading comes from, and a record that keeps it. */

import {type Bindings, onlyDatabase, type ProbeBinding} from '../bindings/types.ts';
import {type Rule, type SignalSource, type Step, type Unit, unreachable} from '../plan.ts';
import type {Problem} from '../problem.ts';
import {bindText} from '../shell/placeholders.ts';
import {findMatches} from './matches.ts';
import {stepOf} from './signal-names.ts';

type Found = {signals: Readonly<Record<string, SignalSource>>; problems: readonly Problem[]};

/**
 * A signal is named after its probe; the duration of a step that a rule asks for after the step. Secrets are in none of
 * the lines: they stay as the bindings write them.
 */
export function signalSources(bindings: Bindings, steps: readonly Step[], rules: readonly Rule[]): Found {
  const signals: Record<string, SignalSource> = {};
  const problems: Problem[] = [];
  for (const [name, probe] of Object.entries(bindings.probes)) {
    if (probe.kind !== 'step') {
      signals[name] = sourceOf(probe, bindings);
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

/** Of a probe's readings; undefined when it depends on what is asked. */
export function unitOf(probe: ProbeBinding): Unit | undefined {
  if (probe.unit !== undefined) return probe.unit;
  switch (probe.kind) {
    case 'http':
    case 'step':
      return 'ms';
    case 'rss':
      return 'MB';
    case 'cpu':
      return '%';
    case 'disk':
      return probe.free === true ? 'MB' : '%';
    case 'log':
      if (probe.per !== undefined) return '/min';
      return probe.of === undefined ? 'count' : '%';
    case 'postgres':
      return probe.about === 'connections' ? '%' : 'ms';
    case 'sql':
      return probe.rows === true ? 'count' : undefined;
    case 'capture':
    case 'run':
    case 'prometheus':
      return undefined;
    default:
      return unreachable(probe);
  }
}

type Asked = Exclude<ProbeBinding, {kind: 'step'}>;

function sourceOf(probe: Asked, bindings: Bindings): SignalSource {
  const unit = unitOf(probe);
  const on = placeOf(probe, bindings);
  return {
    kind: probe.kind === 'capture' ? 'log' : probe.kind,
    ...(unit === undefined ? {} : {unit}),
    everyMs: probe.everyMs,
    what: shown(words(probe), bindings),
    ...(on === undefined ? {} : {on}),
  };
}

function words(probe: Asked): string {
  switch (probe.kind) {
    case 'http':
      return `${probe.http.method} ${withoutSecrets(probe.http.url)}`;
    case 'rss':
      return `resident memory of ${probe.pattern}`;
    case 'cpu':
      return probe.pattern === undefined ? 'processor time of the machine' : `processor time of ${probe.pattern}`;
    case 'disk':
      return `disk space ${probe.free === true ? 'left' : 'in use'} at ${probe.path}`;
    case 'run':
      return probe.run;
    case 'log':
      return `lines of ${probe.log} with ${probe.count}${shareWords(probe)}`;
    case 'capture':
      return `numbers in ${probe.log}: ${probe.capture}`;
    case 'sql':
      return `${probe.rows === true ? 'rows of ' : ''}${probe.sql}`;
    case 'postgres':
      return postgresWords(probe);
    case 'prometheus':
      return probe.query;
    default:
      return unreachable(probe);
  }
}

function shareWords({of, per}: {of?: string; per?: string}): string {
  if (per !== undefined) return ` per ${per}`;
  return of === undefined ? '' : `, of ${of}`;
}

function postgresWords({about, like, pool}: Extract<ProbeBinding, {kind: 'postgres'}>): string {
  switch (about) {
    case 'connections':
      return `connections${like === undefined ? '' : ` of ${like}`}, of ${pool === undefined ? 'the server limit' : `a pool of ${pool}`}`;
    case 'statements':
      return `mean time of ${like === undefined ? 'all statements' : `statements like ${like}`}`;
    case 'replication-lag':
      return 'replication lag';
    default:
      return unreachable(about);
  }
}

/** The host or the database that is asked; undefined for this machine and for the network. */
function placeOf(probe: Asked, bindings: Bindings): string | undefined {
  switch (probe.kind) {
    case 'rss':
    case 'cpu':
    case 'disk':
    case 'run':
      return probe.on === 'local' ? undefined : probe.on;
    case 'sql':
    case 'postgres':
      return probe.on ?? onlyDatabase(bindings.databases);
    case 'log':
    case 'capture':
      return bindings.logs[probe.log]?.on;
    case 'http':
    case 'prometheus':
      return undefined;
    default:
      return unreachable(probe);
  }
}

const LINE_CHARACTERS_MAX = 120;

/** In one line, with the values that are no secrets in their places. */
function shown(text: string, {values}: Bindings): string {
  const open = Object.keys(values).filter(name => values[name]?.secret === false);
  const get = (name: string) => (values[name]?.secret === false ? values[name]?.value : undefined);
  const line = bindText(text, {keys: open, get}, 'plain').text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX - 1)}…` : line;
}

/** The name and password of an address, and what stands behind its question mark, are nobody's business on a screen. */
function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/\?.*$/s, '');
}
