import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {signalsLines} from '../../../src/ui/signals/signals-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {colours, noColours} from '../draw-pane.tsx';

const now = RUN_START + 1_000_000;
const {signal: _, target: __, ...base} = smallPlan.rules[0] as Rule;
const rule = (change: Partial<Rule>): Rule => ({...base, ...change});

const series = (signal: string, value: number, from = now - 200_000): Sample[] =>
  Array.from({length: 40}, (_, index) => ({signal, at: from + index * 5000, value}));

const plan: Plan = {
  ...smallPlan,
  rules: [
    rule({id: 'calm', metric: 'booking', signal: 'booking', value: 420}),
    rule({
      id: 'trigger',
      metric: 'response time',
      signal: 'chat',
      role: 'trigger',
      op: '>',
      value: 1500,
      tie: {by: 'guess', because: 'the only probe that answers'},
    }),
    rule({id: 'unseen', text: 'Pool below 50 %', metric: 'pool', line: 190}),
  ],
  references: [{metric: 'booking', kind: 'expected', value: 305, unit: 'ms', line: 200}],
  signals: {
    booking: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'GET https://api.example.net/booking'},
    chat: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'POST https://api.example.net/chat', on: 'vps'},
  },
};

const state: RunState = {
  ...initialState,
  deployStartedAt: now - 190_000,
  newVersionAt: now - 190_000,
  lastAt: now,
  signals: {
    booking: {samples: series('booking', 310), baseline: series('booking', 620, now - 900_000), lastAt: now - 5000},
    chat: {samples: series('chat', 2100), baseline: [], lastAt: now - 5000},
  },
};

const lines = (width = 76, change: Partial<RunState> = {}, ascii = false, of = plan) =>
  signalsLines({plan: of, state: {...state, ...change}, now, writer: textWriter(noColours, glyphsFor(ascii), width)});

describe('the table of signals', () => {
  test('holds now against the baseline and what the document expects', () => {
    expect(lines().join('\n')).toMatch(/signal +now +change +baseline +expected +trend +read/);
    expect(lines().join('\n')).toMatch(/✓ booking +310 ms +▼ 50 % +620 ms +305 +\S+ +5s/);
  });

  test('gives up the least telling columns where there is no room, and keeps its width', () => {
    for (const width of [40, 52, 62, 71, 76, 120]) {
      for (const line of lines(width)) expect(displayWidth(line), `${width}: ${line}`).toBeLessThanOrEqual(width);
    }
    expect(lines(40).join('\n')).toMatch(/booking +310 ms/);
    expect(lines(40).join('\n')).not.toContain('expected');
  });

  test('says for how long a source is silent and why, and shows none of it green', () => {
    const failing = {
      failing: 'connect ECONNREFUSED 127.0.0.1:5432',
      failingSince: now - 40_000,
      lastValueAt: now - 45_000,
    };
    const signals = {
      ...state.signals,
      booking: {...state.signals['booking'], samples: series('booking', 310), baseline: [], lastAt: now, ...failing},
    };
    expect(lines(76, {signals}).join('\n')).toMatch(
      /\? booking.*\n {4}no reading for 45s: connect ECONNREFUSED 127\.0\.0\.1:5432/,
    );
    const writer = textWriter(colours, glyphsFor(false), 76);
    const row = signalsLines({plan, state: {...state, signals}, now, writer}).find(line => line.includes('booking'));
    const [green] = writer.write('standing.ok', '|').split('|');
    expect(row).not.toContain(green);
  });

  test('names where the readings come from', () => {
    expect(lines().join('\n')).toMatch(/chat +POST https:\/\/api\.example\.net\/chat on vps every 5\.0s/);
  });
});

describe('the verdicts below it', () => {
  test('stand with the most urgent first and say how far the others are from tripping', () => {
    const all = lines();
    const at = (text: string) => all.findIndex(line => line.includes(text));
    expect(at('P95 response time 2100 ms')).toBeLessThan(at('P95 booking 310 ms ok'));
    expect(at('P95 response time 2100 ms')).toBeGreaterThan(0);
    expect(all[at('P95 booking 310 ms ok')]).toContain('26 % left');
  });

  test('show a guess as one', () => {
    expect(lines(110).join(' ')).toContain('a guess: the only probe that answers');
  });

  test('list what is blind apart, and say what would open its eyes', () => {
    const text = lines().join('\n');
    expect(text).toMatch(/1 rule that nothing measures.*\? {2}Pool below 50 % +line 190.*probe: NAME/s);
  });

  test('survive hundreds of rules', () => {
    const rules = Array.from({length: 600}, (_, index) => rule({id: `r${index}`, metric: `metric ${index}`}));
    expect(lines(76, {}, false, {...plan, rules}).length).toBeGreaterThan(600);
  });
});

test('without any probe it says so, and is not empty', () => {
  const bare: Plan = {...smallPlan, rules: []};
  expect(lines(76, {signals: {}}, false, bare).join('\n')).toMatch(/no probe is bound.*no rules in this checklist/s);
});

test('in ASCII it is ASCII', () => {
  expect(lines(76, {}, true).join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
});
