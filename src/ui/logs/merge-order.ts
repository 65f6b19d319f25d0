/** Lines of several logs in one order, by time. Only places are kept: lines of several are put in order when they are read. */
import {countWhile} from '../../text/count-below.ts';
import {type Head, headsOf, merged, type Ordered, ReadAhead} from './read-ahead.ts';

/** The first `gone` lines are not kept any more. */
export type MergedSource = {id: string; lines: number; gone?: number};

export type MergeInput = {
  read(source: string, from: number, count: number): readonly string[];
  /** Epoch ms of a line; undefined for one that belongs to the line above it. */
  timeOf(source: string, line: number, raw: string): number | undefined;
};

/** For each log: how many of its lines come before. Its sum is the index. */
type Place = readonly number[];
const TURN_MS = 10;
/** How many lines are put in order at once. The newest of them stay open: late lines may still go between them. */
const PIECE = 512;
/** This many lines of one log alone are a piece that need not be put in order. */
const ALONE_MIN = 64;
const ORDERS_REMEMBERED_MAX = 8;
const LOOK_FOR_TIME_MAX = 500;
const LOOK_AT = 32;

/** Between two places there are either lines of one log alone, or a few lines of several. Events stay whole. */
export class Merge {
  readonly #input: MergeInput;
  #ids: readonly string[] = [];
  #places: Place[] = [];
  /** How many lines there are. */
  #end: Place = [];
  readonly #orders = new Map<string, readonly Ordered[]>();
  readonly #ahead: ReadAhead;

  constructor(input: MergeInput) {
    this.#input = input;
    this.#ahead = new ReadAhead((source, from, count) => this.#timed(source, from, count));
  }

  /** Puts more lines in order, for a few milliseconds. Returns true while some are left. */
  advance(sources: readonly MergedSource[]): boolean {
    if (sources.length !== this.#ids.length || sources.some(({id}, index) => id !== this.#ids[index])) {
      this.#ids = sources.map(({id}) => id);
      this.#places = [sources.map(({gone = 0}) => gone)];
      this.#orders.clear();
      this.#ahead.clear();
    }
    this.#end = sources.map((one, index) => Math.max(one.lines, this.#last[index] ?? 0));
    const until = performance.now() + TURN_MS;
    while (this.#isBehind() && performance.now() < until) this.#placeNext();
    return this.#isBehind();
  }

  /** How many lines are in order. While older lines are put in order, the newest are not there yet. */
  lines(): number {
    return this.#isBehind() ? sum(this.#last) : sum(this.#end);
  }

  read(from: number, count: number): string[] {
    const texts: string[] = [];
    const to = Math.min(from + count, this.lines());
    for (let index = Math.max(0, from); index < to; ) {
      const first = this.#at(index);
      if (first === undefined) break;
      let length = 1;
      // Neighbours of one log are read in one go.
      for (; index + length < to; length += 1) {
        const next = this.#at(index + length);
        if (next?.source !== first.source || next.line !== first.line + length) break;
      }
      const piece = this.#input.read(this.#ids[first.source] ?? '', first.line, length);
      for (let offset = 0; offset < length; offset += 1) texts.push(piece[offset] ?? '');
      index += length;
    }
    return texts;
  }

  at(index: number): {source: string; line: number} | undefined {
    const found = this.#at(index);
    return found && {source: this.#ids[found.source] ?? '', line: found.line};
  }

  /** For a line that is not in order yet: where the first of these will stand. */
  indexOf(id: string, line: number): number {
    const source = this.#ids.indexOf(id);
    const piece = lastWhere(this.#places, place => (place[source] ?? 0) <= line);
    const [from = [], to = this.#end] = [this.#places[piece], this.#places[piece + 1]];
    // Otherwise all that is left would be put in order at once.
    if (to === this.#end && this.#isBehind()) return sum(from);
    if (aloneIn(from, to) === source) return sum(from) + line - (from[source] ?? 0);
    const offset = this.#order(from, to).findIndex(one => one.source === source && one.line === line);
    return sum(from) + Math.max(0, offset);
  }

  /** How many lines of each log stand before this index. */
  before(index: number): ReadonlyMap<string, number> {
    const {from, to} = this.#pieceAt(index);
    const counts = [...from];
    const source = aloneIn(from, to);
    const offset = index - sum(from);
    if (source !== undefined) counts[source] = Math.min(to[source] ?? 0, (counts[source] ?? 0) + offset);
    else if (offset > 0) for (const one of this.#order(from, to).slice(0, offset)) counts[one.source] = one.line + 1;
    return new Map(this.#ids.map((id, place) => [id, counts[place] ?? 0]));
  }

  get #last(): Place {
    return this.#places.at(-1) ?? [];
  }

  #isBehind(): boolean {
    return sum(this.#end) - sum(this.#last) > 2 * PIECE;
  }

  #at(index: number): Ordered | undefined {
    if (index < 0 || index >= this.lines()) return undefined;
    const {from, to} = this.#pieceAt(index);
    const offset = index - sum(from);
    const source = aloneIn(from, to);
    return source === undefined ? this.#order(from, to)[offset] : {source, line: (from[source] ?? 0) + offset};
  }

  /** The piece that holds this index, from which place to which. */
  #pieceAt(index: number): {from: Place; to: Place} {
    const piece = lastWhere(this.#places, place => sum(place) <= index);
    return {from: this.#places[piece] ?? [], to: this.#places[piece + 1] ?? this.#end};
  }

  #placeNext(): void {
    const from = this.#last;
    const spare = sum(this.#end) - sum(from) - PIECE;
    const heads = this.#ids.flatMap((_, source) => this.#head(source, from[source] ?? 0, true) ?? []);
    const [next, other] = heads.toSorted((a, b) => a.time - b.time);
    if (next === undefined) return;
    const limit = Math.min(this.#end[next.source] ?? 0, next.line + spare);
    const othersTime = other?.time ?? Number.POSITIVE_INFINITY;
    // Mostly what was read already shows that it does not go on alone for long.
    const soon = this.#ahead.timeAt(next.source, next.line + ALONE_MIN - 1);
    const isShort = soon !== undefined && soon > othersTime;
    const until = isShort ? next.line : this.#aloneUntil(next, othersTime, limit);
    if (until - next.line >= ALONE_MIN) {
      this.#places.push(from.map((line, source) => (source === next.source ? until : line)));
      return;
    }
    this.#places.push(this.#placedFrom(from, Math.min(PIECE, spare)));
  }

  /** The place that many lines further on: each line is read once, however many logs there are. */
  #placedFrom(from: Place, most: number): Place {
    const to = [...from];
    let placed = 0;
    while (placed < most) {
      let best: Head | undefined;
      for (const [source, line] of to.entries()) {
        const head = this.#head(source, line, line === from[source]);
        if (head !== undefined && (best === undefined || head.time < best.time)) best = head;
      }
      if (best === undefined) break;
      const {source} = best;
      let line = best.line;
      do {
        line += 1;
        placed += 1;
      } while (placed < 2 * PIECE && this.#head(source, line, false)?.isStart === false);
      to[source] = line;
    }
    return to;
  }

  /** `isFirst`: of its piece. */
  #head(source: number, line: number, isFirst: boolean): Head | undefined {
    return this.#ahead.head(source, line, {end: this.#end[source] ?? 0, isFirst});
  }

  #timed(source: number, from: number, count: number): readonly (number | undefined)[] {
    const id = this.#ids[source] ?? '';
    return this.#input.read(id, from, count).map((raw, offset) => this.#input.timeOf(id, from + offset, raw));
  }

  /** How far the log goes on before `until`, at most to `limit`: lines of one log do not go back in time for long. */
  #aloneUntil({source, line}: Ordered, until: number, limit: number): number {
    let low = line;
    let step = ALONE_MIN;
    let high = low + step;
    const isLater = (at: number) => (this.#timeFrom(source, at)?.time ?? Number.NEGATIVE_INFINITY) > until;
    while (high < limit && !isLater(high)) {
      low = high;
      step *= 2;
      high = low + step;
    }
    high = Math.min(high, limit);
    if (!isLater(high - 1) && high === limit) return limit;
    const first = low + 1;
    const later = first + countWhile(high - first, offset => !isLater(first + offset));
    return Math.min(limit, this.#timeFrom(source, later)?.line ?? later);
  }

  /** The first line with a time at or after this one. */
  #timeFrom(source: number, line: number): {line: number; time: number} | undefined {
    const id = this.#ids[source] ?? '';
    const to = Math.min(this.#end[source] ?? 0, line + LOOK_FOR_TIME_MAX);
    for (let at = line; at < to; at += LOOK_AT) {
      for (const [offset, raw] of this.#input.read(id, at, Math.min(LOOK_AT, to - at)).entries()) {
        const time = this.#input.timeOf(id, at + offset, raw);
        if (time !== undefined) return {line: at + offset, time};
      }
    }
    return undefined;
  }

  /** The lines of all logs between two places, in order. */
  #order(from: Place, to: Place): readonly Ordered[] {
    const key = `${from.join()} ${to.join()}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const queues = this.#ids.map((_, source) => {
      const first = from[source] ?? 0;
      return headsOf(source, first, this.#timed(source, first, (to[source] ?? 0) - first));
    });
    const all = merged(queues);
    if (this.#orders.size >= ORDERS_REMEMBERED_MAX) this.#orders.clear();
    this.#orders.set(key, all);
    return all;
  }
}

/** The last place for which it holds, where it holds for the first ones and not for the last. */
function lastWhere(places: readonly Place[], holds: (place: Place) => boolean): number {
  return Math.max(0, countWhile(places.length, index => holds(places[index] ?? [])) - 1);
}

/** The only log that goes on between two places, if it is one. */
function aloneIn(from: Place, to: Place): number | undefined {
  const grown = to.flatMap((line, source) => (line > (from[source] ?? 0) ? [source] : []));
  return grown.length === 1 ? grown[0] : undefined;
}

function sum(place: Place): number {
  return place.reduce((total, lines) => total + lines, 0);
}
