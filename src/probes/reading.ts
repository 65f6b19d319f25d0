/** What probes share: what they measure with, and what they read. */
import type {World} from '../actions/world.ts';
import type {Bindings, Check, ProbeBinding} from '../plan/plan.ts';
import {bindText, type Lookup, missingTexts} from '../plan/script.ts';
import {checkHolds, type Observed} from '../run/judging/judge.ts';

/**
 * One attempt to measure. `nothing` is an honest gap: there was nothing to measure yet (a first reading of a rate,
 * no requests to take a share of), so neither a value nor a failure is reported.
 */
export type Reading =
  /** `parts`: where the time went, ms. */
  | {kind: 'value'; value: number; parts?: Readonly<Record<string, number>>}
  /** Several of the same stretch of time; `note` says what they leave out. Never empty. */
  | {kind: 'values'; values: readonly number[]; note?: string}
  /** `reached`: the far side answered, only not as expected. Asking it again does no harm, so there is no backing off. */
  | {kind: 'error'; error: string; reached: boolean}
  /** It cannot be measured from where it is to be: that says nothing of what is measured. */
  | {kind: 'unasked'; why: string}
  | {kind: 'nothing'};

export type Measure = () => Promise<Reading>;

export type ProbeKind = ProbeBinding['kind'];
/** A probe of this kind, as the bindings have it. */
export type Of<Kind extends ProbeKind> = Extract<ProbeBinding, {kind: Kind}>;

/** What probes measure with. */
export type ProbeSources = {
  bindings: Bindings;
  world: World;
  bind: Bind;
  spoolLines: SpoolLines;
  countSamples: CountSamples;
};

/**
 * Lines of a log source, numbered from 0. `read` may return fewer than there are.
 * `down`: why the source is not being followed just now; a log that nobody reads has no errors either.
 */
export type SpoolLines = (source: string) => {
  length: number;
  /** The first that is still kept. */
  first?: number;
  read(from: number): readonly string[];
  down?: string;
};

/** How many samples a probe has reported so far; undefined when there is no such probe. */
export type CountSamples = (probe: string) => number | undefined;

/**
 * What the bindings say, with placeholders and captures filled in. `shell`: the values are quoted for a shell. For a
 * shell and for an address it throws while a name in them has no value.
 */
export type Bind = (text: string, use?: 'plain' | 'shell' | 'address') => string;

/**
 * Fills in what a probe of the bindings names. Throws, for an error sample, before an open name gets to a shell, or a
 * request to whoever owns the name of the example.
 */
export function bindProbes(lookup: () => Lookup): Bind {
  return (text, use = 'plain') => {
    const bound = bindText(text, lookup(), use === 'shell' ? 'shell' : 'plain');
    if (use !== 'plain' && bound.missing.length > 0) throw new Error(missingTexts(bound.missing).join('; '));
    return bound.text;
  };
}

const ERROR_CHARACTERS_MAX = 200;

export function valueRead(value: number): Reading {
  return Number.isFinite(value) ? {kind: 'value', value} : wrongAnswer(`the value is ${value}`);
}

/** The same reading, unless it does not meet what is expected of it. */
export function asExpected(checks: readonly Check[], observed: Observed, read: () => Reading): Reading {
  for (const check of checks) {
    const {met, actual} = checkHolds(check, observed);
    if (!met) return wrongAnswer(`${actual}, expected ${inWords(check)}`);
  }
  return read();
}

/** The place could not be asked at all. */
export function unreached(error: string): Reading {
  return {kind: 'error', error: inOneLine(error), reached: false};
}

/** Nobody could ask it from there. */
export function unasked(why: string): Reading {
  return {kind: 'unasked', why: inOneLine(why)};
}

/** The place was asked and its answer is no measurement. */
export function wrongAnswer(error: string): Reading {
  return {kind: 'error', error: inOneLine(error), reached: true};
}

/** The number a text consists of, be it followed by `%`; undefined when it is anything else. */
export function numberIn(text: string): number | undefined {
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*%?$/i.exec(text.trim());
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function inWords(check: Check): string {
  switch (check.kind) {
    case 'status':
      return check.codes.join(' or ');
    case 'json':
      return JSON.stringify(check.subset);
    case 'contains':
      return `"${check.text}" in it`;
    case 'absent':
      return `no "${check.text}" in it`;
    case 'fails':
      return 'a refusal';
    case 'empty':
      return 'nothing';
    case 'duration':
      return `${check.op} ${check.value} ms`;
    case 'number':
    case 'rows':
      return `${check.op} ${check.value}`;
  }
}

// Errors end up in the journal and on one line of a screen, whatever a server has answered.
function inOneLine(text: string): string {
  const line = text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return line.length > ERROR_CHARACTERS_MAX ? `${line.slice(0, ERROR_CHARACTERS_MAX - 1)}…` : line;
}
