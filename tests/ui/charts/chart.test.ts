import {describe, expect, test} from 'vitest';
import {displayWidth} from '../../../src/text/width.ts';
import {drawChart} from '../../../src/ui/charts/chart.ts';
import type {Reading} from '../../../src/ui/charts/chart-columns.ts';
import type {Marker} from '../../../src/ui/charts/moment-lines.ts';
import {plainText} from '../../../src/ui/logs/log-line.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {chart, minute, now, plainTheme, readings, steady, theme} from './sample-chart.ts';

const mark = (at: number, ...names: [string, ...string[]]): Marker => ({at, names, line: true, token: 'chart.deploy'});
const rowWith = (rows: readonly string[], text: string) => rows.findIndex(row => row.includes(text));

describe('whatever the data holds, the picture has exactly its size', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1e308, 1e308, 0, -0, 1e-300, -5, 745];
  const sizes = [0, 1, 2, 3, 4, 7, 15, 16, 17, 33, 80, 200];
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

  test.each(Array.from({length: 300}, (_, index) => index))('random chart %i', () => {
    const width = pick(sizes);
    const height = pick([0, 1, 2, 3, 5, 9, 20]);
    const values = Array.from({length: random(80)}, () => pick([...odd, 'error', undefined] as const));
    const rows = drawChart(
      chart({
        width,
        height,
        series: [{samples: readings(values)}],
        thresholds: Array.from({length: random(4)}, () => ({
          value: pick(odd),
          label: pick(['target', 'rollback', '目標', '']),
          kind: pick(['target', 'limit'] as const),
          bad: pick(['above', 'below'] as const),
        })),
        markers: Array.from({length: random(3)}, () => ({
          ...mark(now - random(400) * 1000, 'deploy 18:47', 'deploy'),
          line: random(2) === 0,
        })),
        ...(random(2) === 0 ? {baseline: pick(odd)} : {}),
        reduce: pick(['max', 'last'] as const),
        fromZero: random(2) === 0,
        glyphs: glyphsFor(random(2) === 0),
        theme: random(2) === 0 ? theme : plainTheme,
      }),
    );
    expect(rows).toHaveLength(height);
    expect(rows.map(displayWidth)).toEqual(rows.map(() => width));
  });
});

test('a flat line is one level line with its figure on the axis', () => {
  const rows = drawChart(chart({series: [{samples: steady(500)}]}));
  expect(rows[0]).toMatch(/ 500 ─{30,}$/);
  expect(rows.slice(1, -1).join('')).not.toContain('─');
});

test('one reading is drawn, and no more than the time it stands for', () => {
  const rows = drawChart(chart({series: [{samples: readings([500], 5000)}]}));
  const line = rows.join('').match(/─+/g) ?? [];
  expect(line).toHaveLength(1);
  expect(line[0]?.length).toBeLessThan(10);
});

test('without samples it says so in the middle and keeps its thresholds', () => {
  const rows = drawChart(chart({thresholds: [{value: 850, label: 'target', kind: 'target', bad: 'above'}]}));
  expect(rows.join('\n')).toContain('no samples yet');
  expect(rows[0]).toMatch(/ 850 ┈+ target$/);
});

test('failed measurements are marks in a row of their own, which says what they are, and never a value', () => {
  const rows = drawChart(
    chart({series: [{samples: readings(Array.from({length: 60}, () => 'error' as const))}], empty: 'no answer'}),
  );
  expect(rows.at(-2)).toMatch(/^fail ×{20,}/);
  expect(rows.join('')).not.toContain('─');
  expect(rows.join('')).toContain('no answer');
  const some = drawChart(chart({series: [{samples: readings([500, 500, 'error', 500, 'error', 500])}]}));
  expect(some.at(-3)).toMatch(/^ {3}0 /);
  expect(some.at(-2)).toMatch(/^fail +× +×\s*$/);
  expect(some.slice(0, -2).join('')).not.toContain('×');
});

test('without room for such a row, failed measurements are only gaps', () => {
  const values = Array.from({length: 60}, (_, index) => (index >= 20 && index < 40 ? ('error' as const) : 500));
  for (const height of [1, 2, 3, 4]) {
    const rows = drawChart(chart({height, series: [{samples: readings(values)}]}));
    expect(rows.join('')).not.toContain('×');
    expect(rows[0]).toMatch(/─ {6,}─/);
  }
});

test('every line through the chart is named, also close to the right end', () => {
  const rows = drawChart(
    chart({
      width: 34,
      series: [{samples: steady(500)}],
      markers: [mark(now - 2 * minute, 'deploy 18:47', 'deploy'), mark(now - 5000, 'trigger T+00:31', 'trigger')],
    }),
  );
  expect(rows.at(-1)).toMatch(/deploy┊ +trigger┊ ?$/);
});

test('a time without samples stays empty', () => {
  const values = Array.from({length: 60}, (_, index) => (index >= 20 && index < 40 ? undefined : 500));
  const row = drawChart(chart({series: [{samples: readings(values)}]}))[0] ?? '';
  expect(row).toMatch(/─{8,} {6,}─{8,}$/);
});

test('a failed measurement breaks the line', () => {
  const values = Array.from({length: 60}, (_, index) => (index >= 28 && index < 34 ? ('error' as const) : 500));
  const row = drawChart(chart({series: [{samples: readings(values)}]}))[0] ?? '';
  expect(row).toMatch(/─ +─/);
});

test('probes rarer than columns still draw one line', () => {
  const row = drawChart(
    chart({
      width: 90,
      series: [
        {
          samples: readings(
            Array.from({length: 20}, () => 500),
            15_000,
          ),
        },
      ],
    }),
  )[0];
  expect(row).toMatch(/─{80,}$/);
});

test('a column shows its worst reading', () => {
  const values = Array.from({length: 60}, (_, index) => (index === 31 ? 2000 : 500));
  const rows = drawChart(chart({width: 20, series: [{samples: readings(values)}]}));
  expect(rows[0]).toContain('2000');
  expect(rows[0]).toMatch(/[╭╮─]/);
});

test('every threshold has its own row, its figure on the left and its name on the right', () => {
  const rows = drawChart(
    chart({
      series: [{samples: steady(300)}],
      thresholds: [
        {value: 1500, label: 'rollback', kind: 'limit', bad: 'above'},
        {value: 850, label: 'target', kind: 'target', bad: 'above'},
      ],
    }),
  );
  expect(rows[0]).toMatch(/^1500 ╌+ rollback$/);
  expect(rows[rowWith(rows, ' 850 ')]).toMatch(/^ 850 ┈+ target$/);
});

test('the name of a threshold makes room for the data', () => {
  const values = Array.from({length: 60}, (_, index) => (index < 30 ? 300 : 850));
  const rows = drawChart(
    chart({
      series: [{samples: readings(values)}],
      thresholds: [{value: 850, label: 'target', kind: 'limit', bad: 'above'}],
    }),
  );
  expect(rows[0]).toMatch(/╌ target ╌*╭─+$/);
});

test('the figure in the middle of the axis is as round as its row allows', () => {
  const limit = {value: 5, label: 'rollback', kind: 'limit', bad: 'above'} as const;
  const rows = drawChart(chart({height: 11, series: [{samples: steady(1)}], thresholds: [limit]}));
  expect(rows.slice(3, 7).join('')).toMatch(/\b3\b/);
  expect(rows.join('')).not.toMatch(/\d\.\d/);
});

test('two thresholds that share a row are both named', () => {
  const rows = drawChart(
    chart({
      width: 60,
      height: 4,
      series: [{samples: steady(2000)}],
      thresholds: [
        {value: 1000, label: 'limit', kind: 'limit', bad: 'above'},
        {value: 1010, label: 'target', kind: 'target', bad: 'above'},
      ],
    }),
  );
  expect(rows[rowWith(rows, 'limit')]).toMatch(/^1000 .* limit 1000, target 1010$/);
});

test('where rows are free, each of them has its name on a row of its own, with its number', () => {
  const thresholds = [
    {value: 1000, label: 'limit', kind: 'limit', bad: 'above'},
    {value: 980, label: 'target', kind: 'target', bad: 'above'},
  ] as const;
  const rows = drawChart(chart({height: 12, series: [{samples: steady(300)}], thresholds}));
  const limit = rowWith(rows, 'limit 1000');
  expect(rows[limit]).toMatch(/^1000 ╌+ limit 1000$/);
  expect(rows[limit + 1]).toMatch(/ target 980$/);
});

test('only what lies past a threshold has the colour of trouble', () => {
  const past = theme.paint('chart.past', 'x').split('x')[0] ?? '';
  const limit = {value: 850, label: 'limit', kind: 'limit', bad: 'above'} as const;
  const low = drawChart(chart({theme, series: [{samples: steady(300)}], thresholds: [limit]}));
  const high = drawChart(chart({theme, series: [{samples: steady(1600)}], thresholds: [limit]}));
  expect(low.join('')).not.toContain(past);
  expect(high.find(row => plainText(row).includes('──────'))).toContain(past);
});

test('a level on the row of a threshold but short of it is no trouble', () => {
  const past = theme.paint('chart.past', 'x').split('x')[0] ?? '';
  const rows = drawChart(
    chart({
      theme,
      series: [{samples: steady(0)}],
      thresholds: [
        {value: 0.1, label: 'limit', kind: 'limit', bad: 'above'},
        {value: 5, label: 'rollback', kind: 'limit', bad: 'above'},
      ],
    }),
  );
  expect(rows.join('')).not.toContain(past);
});

test('what was measured before the deploy is not held against the thresholds', () => {
  const limit = {value: 850, label: 'limit', kind: 'limit', bad: 'above'} as const;
  const drawn = (judgedFrom: number) =>
    drawChart(chart({theme, series: [{samples: steady(2000)}], thresholds: [limit], judgedFrom})).join('');
  const [past] = theme.paint('chart.past', '|').split('|');
  expect(drawn(0)).toContain(past);
  expect(drawn(Number.POSITIVE_INFINITY)).not.toContain(past);
});

test('the deploy marker stands in the column of its time and is named below', () => {
  const rows = drawChart(
    chart({width: 65, series: [{samples: steady(300)}], markers: [mark(now - 2.5 * minute, 'deploy')]}),
  );
  const column = rows[3]?.indexOf('┊') ?? -1;
  expect(Math.abs(column - (5 + 30))).toBeLessThanOrEqual(1);
  expect(rows.at(-1)?.indexOf('deploy')).toBe(column - 'deploy'.length);
  expect(rows.at(-1)).toMatch(/ -5m .* now$/);
});

test('a marker from before the picture is no line in it, but named where it has gone', () => {
  const rows = drawChart(chart({markers: [mark(now - 6 * minute, 'deploy 18:47', 'deploy')]}));
  expect(rows.join('')).not.toContain('┊');
  expect(rows.at(-1)).toMatch(/ -5m {2}‹ deploy 18:47 +now$/);
});

test('a marker is named in the longest words that fit, beside its line', () => {
  const named = (width: number) =>
    drawChart(chart({width, markers: [mark(now - minute, 'rollback T+01:00', 'rollback')]})).at(-1);
  expect(named(80)).toContain('rollback T+01:00┊');
  expect(named(26)).toMatch(/rollback┊/);
  expect(named(26)).not.toContain('T+');
});

test('the deploy is named from its first second on', () => {
  const rows = drawChart(chart({width: 40, markers: [mark(now - 1000, 'deploy 18:47', 'deploy')]}));
  expect(rows.at(-1)).toMatch(/deploy 18:47┊ ?$/);
});

test('small events are a word or a sign on the axis, and no line', () => {
  const note = {...mark(now - minute, 'note', 'n'), line: false};
  const rows = drawChart(chart({width: 60, markers: [note]}));
  expect(rows.slice(0, -1).join('')).not.toContain('┊');
  expect(rows.at(-1)).toContain('note');
  expect(drawChart(chart({width: 30, markers: [note, {...note, at: note.at - 5000}]})).at(-1)).toMatch(/ n /);
});

test('the first series lies over the second', () => {
  const rows = drawChart(
    chart({theme, series: [{samples: steady(500)}, {samples: steady(500), token: 'chart.baseline'}]}),
  );
  expect(rows[0]).toContain(theme.paint('chart.line', '─'.repeat(41)));
});

test('a reading that stands for a longer stretch of time is drawn over all of it', () => {
  const [first] = readings([300]);
  const long = {at: now - 4 * minute, value: 300, forMs: 2 * minute};
  const line = (samples: readonly Reading[]) =>
    drawChart(chart({series: [{samples}]}))
      .join('')
      .match(/─/g)?.length ?? 0;
  expect(line([long])).toBeGreaterThan(30);
  expect(line([{...first, at: now - 4 * minute}])).toBeLessThan(10);
});

test('the picture does not tremble as the clock runs inside one column', () => {
  const samples = readings(Array.from({length: 60}, (_, index) => 300 + ((index * 37) % 200)));
  // 41 columns of 60 s / 41: the first two moments lie in one column's span, the third does not.
  const spanMs = (5 * minute) / 41;
  const at = (moment: number) =>
    drawChart(chart({series: [{samples}], now: moment, fromMs: moment - 5 * minute})).slice(0, -1);
  const edge = Math.ceil(now / spanMs) * spanMs;
  expect(at(Math.floor(edge - spanMs + 100))).toEqual(at(Math.floor(edge - 100)));
  expect(at(Math.floor(edge - 100))).not.toEqual(at(Math.floor(edge + 100)));
});

test('in ASCII there is nothing but ASCII, and thresholds still differ from the line', () => {
  const rows = drawChart(
    chart({
      glyphs: glyphsFor(true),
      series: [{samples: readings([300, 900, 'error', 400, 'error'], 20_000)}],
      thresholds: [{value: 850, label: 'target', kind: 'target', bad: 'above'}],
      markers: [mark(now - minute, 'deploy')],
      baseline: 600,
    }),
  );
  expect(rows.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
  expect(rows[rowWith(rows, 'target')]).toContain(':::');
});

test('without colours there is no escape sequence', () => {
  const rows = drawChart(
    chart({series: [{samples: steady(900)}], thresholds: [{value: 850, label: 'x', kind: 'limit', bad: 'above'}]}),
  );
  expect(rows.join('')).not.toContain('\x1b');
});
