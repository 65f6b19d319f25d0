/** Filters of the log panel: looking through its lines piece by piece, and the row that names them. */
import {useEffect, useState} from 'react';
import {cut, displayWidth, spread} from '../../text/width.ts';
import {filterWord, type LogFilter} from '../view/log-view.ts';
import {grouped} from '../widgets/pane-words.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import type {LineFilter} from './line-filter.ts';
import type {MatchCount} from './use-lines.ts';

const NEXT_PIECE_MS = 16;
/** How much time of a frame it may take. */
const TURN_MS = 6;

/** Draws again, for the next piece of work, while some is left. */
export function usePieces(isLeft: boolean): void {
  const [, setPiece] = useState(0);
  useEffect(() => {
    if (!isLeft) return;
    const timer = setTimeout(() => setPiece(piece => piece + 1), NEXT_PIECE_MS);
    return () => clearTimeout(timer);
  });
}

export type Filtering = {filter: LineFilter; busy: boolean};

/** Looks through the lines `from … to-1` of a log for those that pass, one piece for each frame. */
export function useLineFilter(
  filter: LineFilter | undefined,
  {from: first, to}: {from: number; to: number},
): Filtering | undefined {
  const until = performance.now() + TURN_MS;
  let busy = filter?.advance(to, first) ?? false;
  while (busy && performance.now() < until) busy = filter?.advance(to, first) ?? false;
  usePieces(busy);
  return filter === undefined ? undefined : {filter, busy};
}

/** `&timeout  !health    412 hidden`: every filter, and what they hide. */
export function chipRow(
  filters: readonly LogFilter[],
  filtering: Filtering | undefined,
  total: number,
  writer: TextWriter,
): readonly string[] {
  if (filters.length === 0) return [];
  const words = filtering === undefined ? 'filters are off' : hiddenWords(filtering, total);
  const room = writer.width - displayWidth(words) - 2;
  const chips = filters.map(filter => writer.write(filter.off === true ? 'muted' : 'badge', chipText(filter)));
  return [spread(cut(chips.join(' '), room, writer.glyphs.ellipsis), writer.write('warn', words), writer.width)];
}

/** A sign and not only a colour says that a filter is off. */
function chipText(filter: LogFilter): string {
  return filter.off === true ? `(${filterWord(filter)})` : ` ${filterWord(filter)} `;
}

function hiddenWords({filter, busy}: Filtering, total: number): string {
  const hidden = `${grouped(filter.hidden())} hidden`;
  return busy && total > 0 ? `${hidden} so far, ${Math.floor((100 * filter.scanned()) / total)} %` : hidden;
}

/** The same of matches among the lines that pass. */
export function placeAmong(
  filtering: Filtering | undefined,
  current: number | undefined,
  total: number,
): MatchCount | undefined {
  if (filtering === undefined) return undefined;
  const {filter, busy} = filtering;
  const {to, numberOf} = filter.lines();
  const index = current === undefined ? -1 : filter.indexFrom(current);
  const isMatch = index >= 0 && index < to && numberOf?.(index) === current;
  // The oldest lines are looked through last, so that no place is known before.
  return {
    matches: to,
    place: isMatch && !busy ? index + 1 : 0,
    share: busy ? filter.scanned() / Math.max(1, total) : 1,
  };
}
