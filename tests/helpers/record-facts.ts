/**
 * Holds a record against what it was written from. What it quotes must stand in the journal, the checklist or the
 * bindings; every other figure, time, name and digest must follow from them by one of the ways that are listed here.
 */
import type {Recorded} from '../../src/run/event.ts';
import {durationText, missionTime, utcDate, utcMinute, utcTime} from '../../src/text/times.ts';

const APPENDIX = '\n---\n\n# T-Minus record\n';
const BOX = /^([\s>]*(?:[-*+]|\d+[.)])\s+)\[[ xX]\](?=\s|$)/;
const BLANK = /(?:\\?_){3,}/g;
const NOTES = /^\s*\[[^\]]*\bnotes?\b[^\]]*\]\s*$/i;

/** What was filled in and added, line by line; and the lines that changed otherwise than a box, a blank or a note may. */
export function addedTo(template: string, markdown: string): {added: readonly string[]; wrong: readonly string[]} {
  const [document = '', appendix = ''] = markdown.split(APPENDIX);
  const filled = document.trimEnd().split('\n');
  const added: string[] = [];
  const wrong: string[] = [];
  for (const line of template.trimEnd().split('\n')) {
    if (NOTES.test(line)) {
      added.push(...takeNotes(line, filled));
      continue;
    }
    const now = filled.shift() ?? '(the line is missing)';
    if (now === line) continue;
    const what = whatWasAdded(line, now);
    if (what === undefined) wrong.push(`${line} -> ${now}`);
    else added.push(...what);
  }
  return {added: [...added, ...appendix.split('\n')], wrong: [...wrong, ...filled]};
}

/** Notes stand in the place of the line that invites them, up to the end of its fence. */
function takeNotes(line: string, filled: string[]): readonly string[] {
  if (filled[0] === line) return filled.splice(0, 1).slice(1);
  return filled.splice(0, filled.indexOf('```'));
}

/** The evidence behind a box and the values in blanks; undefined when the line says something else than before. */
function whatWasAdded(before: string, after: string): readonly string[] | undefined {
  const [old, now] = [before, after].map(line => line.replace(BOX, '$1[ ]').trimEnd()) as [string, string];
  const pattern = old.split(BLANK).map(escaped).join('(.*?)');
  const evidence = BOX.test(before) ? '(?: — (.+))?' : '';
  const found = new RegExp(`^${pattern}${evidence}$`).exec(now);
  return found?.slice(1).filter(text => text !== undefined);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Figures, times, names and digests of the lines that neither stand in the sources nor follow from them. */
export function unfounded(lines: readonly string[], sources: Sources): readonly string[] {
  const quoted = quotations(sources);
  const derived = derivedFrom(sources);
  return lines.flatMap(line => {
    const plain = line.replaceAll(/\\(?=[`\\<|])/g, '');
    // Times first: a text that stands in the journal may be a part of one.
    const tokens = [
      ...(plain.match(TIME) ?? []),
      ...(withoutQuotations(plain.replaceAll(TIME, ' '), quoted).match(TOKEN) ?? []),
    ];
    return tokens.filter(token => !derived.has(token)).map(token => `${token} in: ${line}`);
  });
}

const TIME = /\d{4}-\d\d-\d\dT[\d:]+Z|T[+-]\d+:\d\d:\d\d/g;
const TOKEN = /\d{4}-\d\d-\d\d|\b\d+:\d\d(?::\d\d)?|\b(?=[a-f]*\d)[0-9a-f]{7,}\b|\d+\.\d s\b|\d+(?:\.\d+)?/g;

/** `bounds`: what the old version was held to after a rollback, from its own readings before the deploy. */
export type Sources = {events: readonly Recorded[]; template: string; bindings: string; bounds: readonly number[]};

/** Longest first, so that a short one does not tear a long one apart. */
function quotations({events, template, bindings}: Sources): readonly string[] {
  const texts = [...events.flatMap(strings), template, template.replaceAll(/[*`]/g, ''), bindings];
  const lines = new Set(texts.flatMap(text => text.split('\n')).map(text => text.replaceAll(/\s+/g, ' ').trim()));
  return [...lines].filter(text => text.length >= 3).sort((a, b) => b.length - a.length);
}

function withoutQuotations(line: string, quoted: readonly string[]): string {
  let rest = line.replaceAll(/\s+/g, ' ');
  // A long text is cut in a table, and ends with this sign.
  const cut = /(\S[^|]{100,})…/.exec(rest)?.[1];
  if (cut !== undefined) {
    const start = quoted.find(text => text.length > 100 && cut.includes(text.slice(0, 60)));
    if (start !== undefined) rest = rest.slice(0, rest.indexOf(start.slice(0, 60)));
  }
  for (const text of quoted) if (rest.includes(text)) rest = rest.replaceAll(text, ' ');
  return rest;
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function numbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
}

/** Everything that a record may say without that it stands in its sources letter by letter. */
function derivedFrom({events, template, bindings, bounds}: Sources): ReadonlySet<string> {
  const all = events.flatMap(numbers);
  const stamps = events.flatMap(strings).filter(text => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text));
  const times = [...all.filter(value => value > 1e12), ...stamps.map(text => Date.parse(text))];
  const written = `${template}\n${bindings}\n${events.flatMap(strings).join('\n')}`.match(/\d+(?:\.\d+)?/g) ?? [];
  const zero = events.find(({type, ...rest}) => type === 'step-started' && isOfDeploy(rest, template))?.at ?? 0;
  return new Set([
    // Numbers of the sources, as they stand there and rounded.
    ...written,
    ...[...all, ...written.map(Number)].flatMap(rounded),
    // Line numbers, and counts of steps, rows, readings and lines: each at most what there are of them.
    ...Array.from({length: template.split('\n').length + 1}, (_, line) => String(line)),
    // Times of events: to the second, as a day, to the minute, and from the start of the deploy or of the run.
    ...times.flatMap(at => [utcTime(at), utcDate(at), utcMinute(at)]),
    ...times.flatMap(at => [zero, events[0]?.at ?? 0].map(from => missionTime(at - from))),
    // Durations: as they were measured, and between two events.
    ...all.map(durationText),
    ...pairsOf(events.map(({at}) => at)).map(([from, to]) => durationText(to - from)),
    ...[...statisticsOf(events), ...bounds].flatMap(rounded),
  ]);
}

function isOfDeploy(event: object, template: string): boolean {
  const from = template.split('\n').findIndex(line => line.includes('DEPLOYMENT STEPS')) + 1;
  return 'stepId' in event && Number(String(event.stepId).slice(1)) > from;
}

function rounded(value: number): readonly string[] {
  return [value, ...[0, 1, 2].map(digits => Number(value.toFixed(digits)))].map(one => String(Math.abs(one)));
}

function pairsOf(times: readonly number[]): readonly (readonly [number, number])[] {
  const seconds = [...new Set(times)];
  return seconds.flatMap((from, index) => seconds.slice(index).map(to => [from, to] as const));
}

/** Of every stretch of readings of one signal: what a rule, a baseline or a chart may say of it. */
function statisticsOf(events: readonly Recorded[]): readonly number[] {
  const samples = events.flatMap(event => (event.type === 'sample-taken' ? event.samples : []));
  return [...Map.groupBy(samples, ({signal}) => signal).values()].flatMap(own =>
    own.flatMap((_, from) => own.slice(from).flatMap((__, length) => statistics(own.slice(from, from + length + 1)))),
  );
}

/** Readings of one signal that follow each other. */
type Stretch = readonly {at: number; value?: number | undefined; error?: string | undefined}[];

/** What it grows by in an hour: the middle one of the growths between all pairs of readings (Theil and Sen). */
function growths(samples: Stretch): readonly number[] {
  const read = samples.flatMap(({at, value}) => (value === undefined ? [] : [{at, value}]));
  const all = read
    .flatMap((one, index) => read.slice(index + 1).map(other => [one, other] as const))
    .filter(([one, other]) => other.at > one.at)
    .map(([one, other]) => ((other.value - one.value) * 3_600_000) / (other.at - one.at))
    .sort((a, b) => a - b);
  const [low = 0, high = 0] = [all[Math.ceil(all.length / 2) - 1], all[Math.floor(all.length / 2)]];
  return all.length === 0 ? [] : [low, high, (low + high) / 2];
}

function statistics(samples: Stretch): readonly number[] {
  const values = samples.flatMap(({value}) => value ?? []).sort((a, b) => a - b);
  const failed = samples.filter(({error}) => error !== undefined).length;
  const at = (share: number) => values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / Math.max(1, values.length);
  const shares = [0.5, 0.9, 0.95, 0.99].map(at);
  return [(100 * failed) / samples.length, samples.length, sum, mean, ...shares, ...growths(samples)];
}
