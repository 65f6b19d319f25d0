import {expect, test} from 'vitest';
import {Merge} from '../../../src/ui/logs/merge-order.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

/** Lines are `TIME text`, or ` text` for one that belongs to the line above. */
function merging(logs: Record<string, string[]>) {
  const merge = new Merge({
    read: (source, from, count) => logs[source]?.slice(Math.max(0, from), from + count) ?? [],
    timeOf: (_, __, raw) => (raw.startsWith(' ') ? undefined : Number(raw.split(' ')[0])),
  });
  const advance = () => {
    while (merge.advance(Object.entries(logs).map(([id, lines]) => ({id, lines: lines.length}))));
    return merge;
  };
  return advance;
}

/** What all lines are in order of time, each log in its own order, with the lines that belong together. */
function sorted(logs: Record<string, string[]>): string[] {
  const events = Object.entries(logs).flatMap(([id, lines], source) => {
    const found: {time: number; source: number; lines: string[]}[] = [];
    for (const [number, line] of lines.entries()) {
      const text = `${id} ${number}`;
      if (line.startsWith(' ')) found.at(-1)?.lines.push(text);
      else found.push({time: Number(line.split(' ')[0]), source, lines: [text]});
    }
    return found;
  });
  return events.toSorted((a, b) => a.time - b.time || a.source - b.source).flatMap(({lines}) => lines);
}

function shown(merge: Merge, from = 0, to = merge.lines()): string[] {
  return Array.from({length: to - from}, (_, offset) => {
    const {source, line} = merge.at(from + offset) ?? {};
    return `${source} ${line}`;
  });
}

function randomLog(seed: number, count: number, step: number, away = 0): string[] {
  const random = seededRandom(seed);
  let time = away;
  return Array.from({length: count}, (_, index) => {
    if (index > 0 && random.below(5) === 0) return '  at this.stack()';
    // No two lines of two logs at the same time: their order would not be said.
    time += (1 + random.below(step)) * 10;
    return `${time + seed} line ${index}`;
  });
}

test('lines of several logs stand in order of time, and events stay whole', () => {
  const logs = {
    busy: randomLog(1, 30_000, 3),
    calm: randomLog(2, 40, 2000),
    bursts: [...randomLog(3, 3000, 1, 200_000), ...randomLog(3, 3000, 1, 400_000)],
  };
  const merge = merging(logs)();
  expect(merge.lines()).toBe(36_040);
  expect(shown(merge)).toEqual(sorted(logs));
});

test('every line has one place, in whatever piece it is read', () => {
  const logs = {one: randomLog(4, 5000, 5), other: randomLog(5, 3000, 8), third: randomLog(6, 10, 4000)};
  const merge = merging(logs)();
  const all = shown(merge);
  for (const [index, text] of all.entries()) {
    if (index % 97 > 2) continue;
    const [source = '', line] = text.split(' ');
    expect(merge.indexOf(source, Number(line))).toBe(index);
    const before = merge.before(index);
    for (const id of Object.keys(logs)) {
      const stand = all.slice(0, index).filter(each => each.startsWith(`${id} `)).length;
      expect(before.get(id), `${id} before ${index}`).toBe(stand);
    }
    const texts = all.slice(index, index + 30).map(each => {
      const [id = '', number] = each.split(' ');
      return logs[id as keyof typeof logs][Number(number)];
    });
    expect(merge.read(index, 30)).toEqual(texts);
  }
});

test('what comes later goes behind, a little late between the newest, and nothing older moves', () => {
  const [one, whole] = [randomLog(7, 4000, 5), randomLog(8, 4000, 5)];
  const timeOf = (line = '') => Number(line.split(' ')[0]);
  const newest = timeOf(one.findLast(line => !line.startsWith(' ')));
  // A log is in its own order: what it gets late is not older than what it has.
  const tooNew = whole.findIndex(line => !line.startsWith(' ') && timeOf(line) >= newest - 30);
  const logs = {one, other: tooNew === -1 ? whole : whole.slice(0, tooNew)};
  const count = one.length + logs.other.length;
  const advance = merging(logs);
  const before = shown(advance(), 0, 6000);
  logs.other.push(...Array.from({length: 20}, (_, index) => `${newest - 30 + index} late`));
  logs.one.push(...Array.from({length: 3000}, (_, index) => `${newest + 100 + index * 10} more`));
  const merge = advance();
  expect(merge.lines()).toBe(count + 3020);
  expect(shown(merge, 0, 6000)).toEqual(before);
  expect(shown(merge).slice(-8000)).toEqual(sorted(logs).slice(-8000));
});

test('a log of millions beside a quiet one takes few places', () => {
  const count = 2_000_000;
  const read = (source: string, from: number, length: number) =>
    Array.from({length}, (_, offset) => `${(from + offset) * (source === 'busy' ? 1 : count / 1000)} x`);
  let reads = 0;
  const merge = new Merge({
    read(source, from, length) {
      reads += length;
      return read(source, from, length);
    },
    timeOf: (_, __, raw) => Number(raw.split(' ')[0]),
  });
  const sources = [
    {id: 'busy', lines: count},
    {id: 'quiet', lines: 1000},
  ];
  while (merge.advance(sources));
  expect(merge.lines()).toBe(count + 1000);
  // Not every line is looked at.
  expect(reads).toBeLessThan(count);
  expect(merge.at(merge.indexOf('quiet', 500))).toEqual({source: 'quiet', line: 500});
  const {line = 0} = merge.at(merge.indexOf('quiet', 500) + 1) ?? {};
  expect(Math.abs(line - count / 2)).toBeLessThanOrEqual(1);
});

test('while older lines are put in order, no question puts all the others in order at once', () => {
  let reads = 0;
  const merge = new Merge({
    read(_, from, length) {
      reads += length;
      return Array.from({length}, (_, offset) => `${from + offset}`);
    },
    timeOf: (source, _, raw) => Number(raw) * 2 + Number(source),
  });
  const sources = ['0', '1'].map(id => ({id, lines: 1_000_000}));
  expect(merge.advance(sources)).toBe(true);
  const before = reads;
  expect(merge.indexOf('1', 999_999)).toBe(merge.lines());
  expect([...merge.before(merge.lines()).values()].reduce((sum, count) => sum + count)).toBe(merge.lines());
  expect(merge.at(merge.lines())).toBeUndefined();
  expect(reads).toBe(before);
});

test('of many finely interleaved logs each line is read about once', () => {
  const logs = 12;
  const lines = 20_000;
  let reads = 0;
  const merge = new Merge({
    read(_, from, length) {
      reads += length;
      return Array.from({length}, (_, offset) => `${from + offset}`);
    },
    timeOf: (source, _, raw) => Number(raw) * logs + Number(source),
  });
  const sources = Array.from({length: logs}, (_, source) => ({id: String(source), lines}));
  while (merge.advance(sources));
  expect(merge.lines()).toBe(logs * lines);
  expect(reads / (logs * lines)).toBeLessThan(1.2);
  expect(merge.at(100_001)).toEqual({source: String(100_001 % logs), line: Math.floor(100_001 / logs)});
});
