/** Where in a log errors and warnings stand, as a bar beside its lines, and which part of it is on the screen. */
import {useEffect, useState} from 'react';
import {ERROR_PATTERN} from '../../text/error-words.ts';
import type {LineDensity} from '../../text/log-text.ts';
import type {Spool} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {plainText} from './log-line.ts';
import {WARN_PATTERN} from './log-patterns.ts';
import {MERGED_SOURCE, mergedLogs} from './merged-log.ts';

/** Counted once for each log, and kept while the console is open. */
const known = new WeakMap<Spool, Map<string, LineDensity>>();

function densityOf(spool: Spool, source: string): LineDensity | undefined {
  const sources = known.get(spool) ?? new Map<string, LineDensity>();
  known.set(spool, sources);
  const density = sources.get(source) ?? spool.density(source, [ERROR_PATTERN, WARN_PATTERN]);
  if (density !== undefined) sources.set(source, density);
  return density;
}

const SHOWN_EVERY_MS = 250;

/** Counts on while lines come. `ids`: the logs that are shown, `total`: their lines. */
export function useLevels(spool: Spool, ids: readonly string[], total: number): void {
  const [, setShown] = useState(0);
  const key = ids.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines are to be counted when there are more
  useEffect(() => {
    const counting = key.split('\n').flatMap(id => densityOf(spool, id)?.advance() ?? []);
    if (counting.length === 0) return;
    const show = () => setShown(times => times + 1);
    const timer = setInterval(show, SHOWN_EVERY_MS);
    const stop = () => clearInterval(timer);
    void Promise.all(counting).then(() => {
      stop();
      show();
    });
    return stop;
  }, [spool, key, total]);
}

type Shares = {errors: number; warnings: number};

/** Estimates how many errors and warnings each of this many equal parts of the lines `from … to-1` has. */
function levelParts(spool: Spool, source: string, {from, to}: {from: number; to: number}, parts: number): Shares[] {
  const bounds = Array.from({length: parts + 1}, (_, part) => from + Math.floor(((to - from) * part) / parts));
  const merged = source === MERGED_SOURCE ? mergedLogs(spool) : undefined;
  const places = bounds.map(bound => merged?.before(bound) ?? new Map([[source, bound]]));
  return places.slice(1).map((end, part) => {
    const sum: Shares = {errors: 0, warnings: 0};
    for (const [id, last] of end) {
      const [errors = 0, warnings = 0] = densityOf(spool, id)?.between(places[part]?.get(id) ?? 0, last) ?? [];
      sum.errors += errors;
      sum.warnings += warnings;
    }
    return sum;
  });
}

const SIGNS = {errors: ['▏', '▎', '▌', '▊', '█'], warnings: ['░', '░', '▒', '▒', '▓']} as const;
const SIGNS_ASCII = {errors: ['+', '+', '*', '#', '@'], warnings: ['.', '.', '-', '-', '~']} as const;
/** Fewer than this are what the halves of one line make. */
const FEW = 0.05;

/** A sign for each row, already coloured: what is worst there, and how much of it against the fullest row. */
export function levelBar(
  spool: Spool,
  source: string,
  range: {from: number; to: number},
  {rows, writer}: {rows: number; writer: TextWriter},
): readonly string[] {
  if (range.to - range.from <= rows) return [];
  const parts = levelParts(spool, source, range, rows);
  const most: Shares = {
    errors: Math.max(...parts.map(({errors}) => errors)),
    warnings: Math.max(...parts.map(({warnings}) => warnings)),
  };
  const signs = writer.glyphs.ascii ? SIGNS_ASCII : SIGNS;
  return parts.map(part => {
    const level = part.errors > FEW ? 'errors' : part.warnings > FEW ? 'warnings' : undefined;
    if (level === undefined) return ' ';
    const sign = signs[level][Math.ceil((part[level] / most[level]) * signs[level].length) - 1] ?? ' ';
    return writer.theme.paint(LEVEL_COLOURS[level], sign);
  });
}

/** What the signs of the bar stand for, for the border below it; undefined for an empty bar. */
export function barFoot(bar: readonly string[]): (typeof FEET)[keyof Shares] | undefined {
  const signs = bar.map(plainText);
  const isError = (sign: string) =>
    SIGNS.errors.some(each => each === sign) || SIGNS_ASCII.errors.some(each => each === sign);
  if (signs.some(isError)) return FEET.errors;
  return signs.some(sign => sign.trim() !== '') ? FEET.warnings : undefined;
}

const FEET = {
  errors: {text: 'errors', token: 'log.error'},
  warnings: {text: 'warnings', token: 'log.warn'},
} as const;

const LEVEL_COLOURS: Readonly<Record<keyof Shares, ThemeToken>> = {errors: 'log.error', warnings: 'log.warn'};

/** The right border: heavier where the lines stand that are shown; of all when they fit. */
export function scrollEdge(
  shown: {from: number; to: number},
  range: {from: number; to: number},
  {rows, writer, focused, isDown}: {rows: number; writer: TextWriter; focused: boolean; isDown: boolean},
): readonly string[] {
  const all = range.to - range.from;
  if (all <= rows || shown.to <= shown.from) return [];
  const begin = Math.min(rows - 1, Math.floor(((shown.from - range.from) * rows) / all));
  const end = Math.max(begin + 1, Math.ceil(((shown.to - range.from) * rows) / all));
  const border = isDown ? 'border.danger' : focused ? 'border.focused' : 'border';
  const side = writer.write(border, writer.glyphs.vertical);
  const thumb = writer.write('title', writer.glyphs.thumb);
  return Array.from({length: rows}, (_, row) => (row >= begin && row < end ? thumb : side));
}
