import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {evolve, initialState} from '../../../src/run/evolve.ts';
import type {Sample, Standing} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {displayWidth} from '../../../src/ui/format.ts';
import {glyphsFor} from '../../../src/ui/glyphs.ts';
import {ChartsPanel} from '../../../src/ui/panels/charts.tsx';
import {baselineOf, headline} from '../../../src/ui/panels/charts-headline.ts';
import {type ChartKind, chartModels} from '../../../src/ui/panels/charts-model.ts';
import {penFor} from '../../../src/ui/widgets/pen.ts';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {colours, drawPane, noColours, type PaneOptions} from './draw-pane.tsx';

const now = RUN_START + 1_000_000;
const base = smallPlan.rules[0] as Rule;
const rule = (change: Partial<Rule>): Rule => {
  const {target: _, signal: __, ...rest} = base;
  return {...rest, signal: 'chat', ...change};
};
const planWith = (...rules: Rule[]): Plan => ({...smallPlan, rules});

function series(signal: string, value: (index: number) => number | 'error', count = 60): Sample[] {
  return Array.from({length: count}, (_, index) => {
    const reading = value(index);
    const at = now - (count - 1 - index) * 5000;
    return reading === 'error' ? {signal, at, error: 'connect ECONNREFUSED'} : {signal, at, value: reading};
  });
}

function stateWith(...all: Sample[][]): RunState {
  const signals = Object.fromEntries(
    all.map(samples => [samples[0]?.signal ?? '', {samples, baseline: [] as Sample[], lastAt: now}]),
  );
  return {...initialState, signals, lastAt: now};
}

function modelOf(kind: ChartKind, plan: Plan, state: RunState) {
  const model = chartModels(plan, state).find(each => each.kind === kind);
  if (model === undefined) throw new Error(`no ${kind} chart`);
  return model;
}

const head = (kind: ChartKind, plan: Plan, state: RunState, width = 60) =>
  headline(modelOf(kind, plan, state), now, width, penFor(noColours, glyphsFor(false), width));

describe('which signal is drawn', () => {
  test('latency is the signal of the rollback trigger, until another rule is in trouble', () => {
    const plan = planWith(
      rule({id: 'a', signal: 'health', value: 100}),
      rule({id: 'b', role: 'trigger', op: '>', value: 1500}),
    );
    const calm = stateWith(
      series('health', () => 20),
      series('chat', () => 700),
    );
    expect(modelOf('latency', plan, calm).signal).toBe('chat');
    const trouble: RunState = {
      ...calm,
      rules: {a: {standing: {kind: 'breached', times: 1}, n: 60, because: '', since: now}},
    };
    expect(modelOf('latency', plan, trouble).signal).toBe('health');
  });

  test('memory is found by the unit of its rule or by its name', () => {
    const slope = rule({
      id: 'm',
      signal: 'footprint',
      unit: 'MB/h',
      statistic: 'slope',
      role: 'trigger',
      op: '>',
      value: 500,
    });
    expect(modelOf('memory', planWith(slope), stateWith(series('footprint', () => 300)))).toMatchObject({
      signal: 'footprint',
      slope: {rule: {value: 500}},
    });
    expect(modelOf('memory', planWith(), stateWith(series('api_rss', () => 300))).signal).toBe('api_rss');
  });

  test('errors are those of the latency probe when nothing else counts them', () => {
    const state = stateWith(series('chat', index => (index % 4 === 0 ? 'error' : 700)));
    expect(modelOf('errors', planWith(rule({})), state)).toMatchObject({signal: 'chat', unit: '%'});
    expect(head('errors', planWith(rule({})), state)).toContain('25.0 %');
  });

  test('a signal about something else is no latency', () => {
    const plan = planWith(rule({id: 'cpu', signal: 'cpu', unit: '%', statistic: 'mean', value: 70}));
    expect(modelOf('latency', plan, stateWith(series('cpu', () => 30))).signal).toBeUndefined();
  });
});

describe('thresholds', () => {
  test('come from the rules of the signal, the rollback first, each value once', () => {
    const plan = planWith(
      rule({id: 'a', value: 1000, target: 745}),
      rule({id: 'b', value: 850}),
      rule({id: 'c', value: 850, role: 'criterion'}),
      rule({id: 'd', role: 'trigger', op: '>', value: 1500}),
      rule({id: 'e', signal: 'health', value: 100}),
    );
    const {thresholds} = modelOf('latency', plan, stateWith(series('chat', () => 700)));
    expect(thresholds.map(({value, label, bad}) => `${value} ${label} ${bad}`)).toEqual([
      '1500 rollback above',
      '1000 limit above',
      '745 target above',
      '850 target above',
    ]);
  });

  test('a slope is no line on a chart of levels', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    expect(modelOf('memory', planWith(slope), stateWith(series('rss', () => 300))).thresholds).toEqual([]);
  });

  test('a share that must stay high is bad below', () => {
    const plan = planWith(rule({metric: 'failure-free share', op: '>', value: 99, unit: '%', statistic: 'last'}));
    expect(modelOf('errors', plan, stateWith(series('chat', () => 100))).thresholds[0]?.bad).toBe('below');
  });
});

describe('the headline', () => {
  test('quotes the statistic of the rule and the change against the time before the deploy', () => {
    const state = stateWith(series('chat', () => 745));
    const chat = {
      ...state.signals['chat'],
      samples: series('chat', () => 745),
      baseline: series('chat', () => 2000),
      lastAt: now,
    };
    expect(head('latency', planWith(rule({})), {...state, signals: {chat}})).toBe('745 ms  ▼ 63 % vs baseline  n=60');
  });

  test('takes the baseline of the document when none was sampled', () => {
    const plan: Plan = {
      ...planWith(rule({})),
      references: [{metric: 'chat', kind: 'baseline', value: 2000, unit: 'ms', line: 205}],
    };
    expect(baselineOf(modelOf('latency', plan, stateWith(series('chat', () => 745))))).toBe(2000);
  });

  test('counts only what was measured since the deploy began', () => {
    const state = {...stateWith(series('chat', index => (index < 40 ? 2000 : 700))), deployStartedAt: now - 19 * 5000};
    expect(head('latency', planWith(rule({})), state)).toMatch(/^700 ms .*n=20$/);
  });

  test('says how fast memory grows, and the limit', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    expect(head('memory', planWith(slope), stateWith(series('rss', index => 300 + index / 6)))).toMatch(
      /^310 MiB {2}\+120 of 500 MB\/h {2}n=60/,
    );
  });

  test('makes no figure, and no alarm, of a slope that is not judged yet', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    const few = stateWith(series('rss', index => 300 + index * 10, 4));
    expect(head('memory', planWith(slope), few)).toBe('330 MiB  no slope yet  n=4');
    const since = now;
    const warming = {standing: {kind: 'warming' as const, missing: 9}, n: 4, because: '', since};
    expect(head('memory', planWith(slope), {...few, rules: {[slope.id]: warming}})).toBe(
      '330 MiB  slope in 9 samples  n=4',
    );
  });

  test('gives a slope the colour of its own verdict', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 50});
    const state = stateWith(series('rss', index => 300 + index / 6));
    const pen = penFor(colours, glyphsFor(false), 60);
    const painted = (standing: Standing) => {
      const rules = {[slope.id]: {standing, n: 60, because: '', since: now}};
      return headline(modelOf('memory', planWith(slope), {...state, rules}), now, 60, pen);
    };
    expect(painted({kind: 'disarmed'})).toContain(pen.write('muted', '+120 of 50 MB/h'));
    expect(painted({kind: 'breached', times: 1})).toContain(pen.write('bad', '+120 of 50 MB/h'));
  });

  test('never makes a figure of failures alone', () => {
    expect(head('latency', planWith(rule({})), stateWith(series('chat', () => 'error')))).toBe('no reading, 60 failed');
  });

  test('leaves out what does not fit', () => {
    const state = stateWith(series('chat', index => (index === 59 ? 'error' : 745)));
    for (let width = 8; width < 40; width++)
      expect(displayWidth(head('latency', planWith(rule({})), state, width))).toBeLessThanOrEqual(width);
  });
});

describe('the panel', () => {
  const draw = (state: RunState, layout: 'column' | 'strip', options: PaneOptions, plan = planWith(rule({}))) => {
    const session = fakeSession({plan});
    session.run.setState({...session.run.getState(), ...state, run: session.run.getState().run}, true);
    return drawPane(session, props => <ChartsPanel {...props} layout={layout} />, {now, ...options});
  };
  const full = stateWith(
    series('chat', index => 600 + index),
    series('rss', () => 300),
  );

  test('fills exactly its place in every layout and size', () => {
    for (const [layout, width, height] of [
      ['column', 40, 41],
      ['column', 80, 19],
      ['column', 40, 19],
      ['column', 60, 10],
      ['strip', 100, 9],
      ['strip', 60, 9],
      ['strip', 30, 5],
    ] as const) {
      const rows = draw(full, layout, {width, height, theme: colours}).rows();
      expect(rows, `${layout} ${width}x${height}`).toHaveLength(height);
      expect(rows.map(displayWidth)).toEqual(rows.map(() => width));
    }
  });

  test('a column shows three charts, a low one keeps the selected chart', () => {
    expect(draw(full, 'column', {width: 40, height: 41}).text()).toMatch(
      /3 Latency · chat.*Memory · rss.*Errors · chat/s,
    );
    const selected = draw(full, 'column', {width: 40, height: 10, actions: [{type: 'chart', selected: 1}]}).text();
    expect(selected).toContain('Memory · rss');
    expect(selected).not.toContain('Latency');
  });

  test('a chart that nothing feeds is blind, one that waits says for what', () => {
    expect(draw({...initialState, lastAt: now}, 'column', {width: 50, height: 41}).text()).toMatch(
      /no samples yet · probe chat.*blind: no probe bound/s,
    );
  });

  test('an errors chart with too few samples for a share says how many are missing', () => {
    const few = stateWith(series('chat', () => 700, 3));
    expect(draw(few, 'column', {width: 60, height: 41}).text()).toMatch(/0\.0 % {2}n=3.*drawn after 7 more samples/s);
  });

  test('a rule judged on half a minute still gets a picture of two', () => {
    const plan = planWith(rule({windowMs: 30_000}));
    expect(draw(full, 'column', {width: 60, height: 41}, plan).text()).toContain('-2m');
  });

  test('a window without a sample is not called a signal without samples', () => {
    const old = {...full, lastAt: now + 600_000};
    const text = draw(old, 'column', {width: 60, height: 41, now: now + 600_000}).text();
    expect(text).toContain('nothing measured in the last 5m');
    expect(text).not.toContain('no samples yet');
  });

  test('zooming shows less time', () => {
    expect(draw(full, 'column', {width: 60, height: 41}).text()).toContain('-5m');
    expect(draw(full, 'column', {width: 60, height: 41, actions: [{type: 'chart', zoom: 1}]}).text()).toContain(
      '-2.5m',
    );
  });

  test('in ASCII everything is ASCII', () => {
    expect(draw(full, 'column', {width: 60, height: 41, ascii: true}).text()).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

test('samples of a real run find their way into the chart', () => {
  const told = {
    type: 'sample-taken' as const,
    samples: series('store_message', () => 745),
    seq: 1,
    at: now,
    by: 'engine',
  };
  expect(head('latency', smallPlan, evolve(smallPlan, initialState, told))).toMatch(/^745 ms/);
});
