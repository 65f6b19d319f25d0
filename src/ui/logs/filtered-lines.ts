/** The lines of a source that pass the filters of a console: the pane shows them, and its keys move over the same. */
import type {Pattern} from '../../text/pattern.ts';
import type {Spool} from '../session.ts';
import type {LogFilter} from '../view/log-view.ts';
import {createLineFilter, type LineFilter} from './line-filter.ts';
import {compilePattern} from './log-patterns.ts';

/** The last few of each source are remembered: what is shown, what is searched in it, and what was there before. */
const REMEMBERED_MAX = 4;
const remembered = new WeakMap<Spool, Map<string, LineFilter>>();

/** Undefined where no filter is on. `line`: only the lines that match it, of the events that pass. */
export function passingLines(
  spool: Spool,
  source: string,
  filters: readonly LogFilter[],
  line?: Pattern,
): LineFilter | undefined {
  const on = filters.filter(({off}) => off !== true);
  if (on.length === 0) return undefined;
  const known = remembered.get(spool) ?? new Map<string, LineFilter>();
  remembered.set(spool, known);
  const key = JSON.stringify([source, line?.source, line?.flags, on.map(({kind, text}) => [kind, text])]);
  const filter = known.get(key) ?? filterFor(spool, source, on, line);
  // The one that was asked for last is dropped last.
  known.delete(key);
  known.set(key, filter);
  for (const oldest of known.keys()) if (known.size > REMEMBERED_MAX) known.delete(oldest);
  return filter;
}

/** A filter of its own, which remembers nothing of others. `on`: filters that are on. */
export function filterFor(
  spool: Spool,
  source: string,
  on: readonly LogFilter[],
  line: Pattern | undefined,
): LineFilter {
  const patterns = (kind: LogFilter['kind']) =>
    on.filter(each => each.kind === kind).flatMap(({text}) => compilePattern(text) ?? []);
  return createLineFilter((from, count) => spool.read(source, from, count), {
    keep: patterns('keep'),
    hide: patterns('hide'),
    line,
  });
}
