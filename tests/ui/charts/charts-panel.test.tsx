import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {evolve, initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {chartModel} from '../../../src/ui/charts/chart-content.ts';
import {baselineOf, headline} from '../../../src/ui/charts/chart-headline.ts';
import {type ChartKind, chartList} from '../../../src/ui/charts/chart-list.ts';
import {ChartsPanel} from '../../../src/ui/charts/charts-panel.tsx';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {colours, drawPane, noColours, type PaneOptions} from '../draw-pane.tsx';

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
  return {...initialState, signals, deployStartedAt: now - 400_000, newVersionAt: now - 400_000, lastAt: now};
}

function modelOf(kind: ChartKind, plan: Plan, state: RunState) {
  const id = chartList(plan, state).find(each => each.kind === kind);
  return chartModel(plan, state, id ?? {kind});
}

const head = (kind: ChartKind, plan: Plan, state: RunState, width = 60) =>
  headline(modelOf(kind, plan, state), now, width, textWriter(noColours, glyphsFor(false), width));

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
    expect(head('latency', planWith(rule({})), {...state, signals: {chat}})).toBe(
      '✓ P95 745 ms  ▼ 63 % vs baseline  60 readings',
    );
  });

  test('takes the baseline of the document when none was sampled', () => {
    const plan: Plan = {
      ...planWith(rule({})),
      references: [{metric: 'chat', kind: 'baseline', value: 2000, unit: 'ms', line: 205}],
    };
    expect(baselineOf(modelOf('latency', plan, stateWith(series('chat', () => 745))))).toBe(2000);
  });

  test('counts only what was measured since the deploy began', () => {
    const state = {
      ...stateWith(series('chat', index => (index < 40 ? 2000 : 700))),
      deployStartedAt: now - 19 * 5000,
      newVersionAt: now - 19 * 5000,
    };
    expect(head('latency', planWith(rule({})), state)).toMatch(/^✓ P95 700 ms .*20 readings$/);
  });

  test('says how fast memory grows, and the limit', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    expect(head('memory', planWith(slope), stateWith(series('rss', index => 300 + index / 6)))).toMatch(
      /^✓ 310 MB {2}\+120 MB\/h \(\+1[12]\d to \+1[23]\d\), limit 500 {2}60 readings/,
    );
  });

  test('says how much more memory there is than before the deploy, once that is no chance', () => {
    const state = stateWith(series('rss', () => 460));
    const rss = (before: number) => ({
      ...state.signals['rss'],
      samples: series('rss', () => 460),
      baseline: series('rss', () => before),
      lastAt: now,
    });
    const line = (before: number) => head('memory', planWith(), {...state, signals: {rss: rss(before)}});
    expect(line(55)).toContain('▲ 736 % vs baseline');
    expect(line(450)).not.toContain('%');
  });

  test('leaves out what is further off before the sign and the bound in a narrow place', () => {
    const plan = planWith(rule({statistic: 'error-rate', unit: '%', role: 'trigger', op: '>', value: 5}));
    const failing = stateWith(series('chat', () => 'error'));
    const rules: RunState['rules'] = {
      a: {standing: {kind: 'tripped'}, n: 30, because: '', since: now},
    };
    expect(head('errors', planWith({...(plan.rules[0] as Rule), id: 'a'}), {...failing, rules}, 20)).toMatch(
      /^✗ 100 %/,
    );
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    const rising = stateWith(series('rss', index => 300 + index / 6));
    const rss = {samples: series('rss', index => 300 + index / 6), baseline: series('rss', () => 55), lastAt: now};
    expect(head('memory', planWith(slope), {...rising, signals: {rss}}, 36)).toContain('MB/h, limit 500');
  });

  test('makes no figure, and no alarm, of a slope that is not judged yet', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 500});
    const few = stateWith(series('rss', index => 300 + index * 10, 4));
    expect(head('memory', planWith(slope), few)).toMatch(
      /^○ 330 MB {2}growth known after \d+ more readings? {2}4 readings$/,
    );
  });

  test('gives a slope the colour of its own verdict', () => {
    const slope = rule({signal: 'rss', unit: 'MB/h', statistic: 'slope', role: 'trigger', op: '>', value: 50});
    const state = stateWith(series('rss', index => 300 + index / 6));
    const writer = textWriter(colours, glyphsFor(false), 80);
    const painted = (change: Partial<RunState>) =>
      headline(modelOf('memory', planWith(slope), {...state, ...change}), now, 80, writer);
    expect(painted({rollback: {status: 'running', because: '', startedAt: now, begun: []}})).toContain(
      writer.write('muted', '+120').slice(0, 8),
    );
    expect(painted({})).toContain(writer.write('bad', '+120').slice(0, 8));
  });

  test('before the deploy says how much of the baseline there is, and compares nothing with itself', () => {
    const {deployStartedAt: _, newVersionAt: __, ...before} = stateWith(series('chat', () => 745, 12));
    const chat = {
      ...before.signals['chat'],
      samples: series('chat', () => 745, 12),
      baseline: series('chat', () => 740, 12),
      lastAt: now,
    };
    const line = head('latency', planWith(rule({})), {...before, signals: {chat}});
    expect(line).toBe('– P95 745 ms  baseline: 12 of 20 readings');
  });

  test('a source that has failed for a while is said to be silent, with what it said, and is not green', () => {
    const samples = [
      ...series('chat', () => 745, 40),
      {signal: 'chat', at: now + 5000, error: 'connect ECONNREFUSED 127.0.0.1:5432'},
    ];
    const chat = {
      samples,
      baseline: [],
      lastAt: now + 5000,
      lastValueAt: now,
      failing: 'connect ECONNREFUSED 127.0.0.1:5432',
      failingSince: now + 5000,
    };
    const state = {...stateWith(samples), signals: {chat}, lastAt: now + 42_000};
    const writer = textWriter(colours, glyphsFor(false), 80);
    const model = modelOf('latency', planWith(rule({})), state);
    expect(headline(model, state.lastAt, 80, writer)).toBe(
      `${writer.write('muted', '? no reading for 42s: connect ECONNREFUSED 127.0.0.1:5432')}  ${writer.write('muted', 'was 745 ms')}`,
    );
  });

  test('after a rollback only what holds the old version against its baseline is drawn and quoted', () => {
    const plan = planWith(rule({id: 'd', role: 'trigger', op: '>', value: 1500}));
    const back = rule({id: 'back', text: 'back to baseline: chat', op: '<=', value: 2400});
    const state: RunState = {
      ...stateWith(series('chat', () => 2000)),
      rollback: {status: 'finished', result: 'rolled-back', because: '', left: [], at: now - 150_000},
      afterRollback: [back],
    };
    const model = modelOf('latency', plan, state);
    expect(model.thresholds.map(({value}) => value)).toEqual([2400]);
    expect(head('latency', plan, state)).toMatch(/P95 2000 ms .*\d\d readings$/);
  });

  test('a share of failures is a reading however often the source fails', () => {
    const samples = series('chat', () => 'error');
    const failing = {failing: 'status 500, expected 200', failingSince: now - 300_000};
    const state = {...stateWith(samples), signals: {chat: {samples, baseline: [], lastAt: now, ...failing}}};
    expect(head('errors', planWith(rule({})), state)).toMatch(/^100 % {2}60 of 60 failed/);
  });

  test('a share without a new measurement tells the last share, and the name is one of its own rules', () => {
    const share = rule({metric: 'error rate', statistic: 'error-rate', unit: '%', role: 'trigger', op: '>', value: 5});
    const plan = planWith(rule({id: 'p95', metric: 'checkout'}), share, {...share, id: 'other'});
    const finished = {status: 'finished', result: 'rolled-back', because: '', left: [], at: now + 1} as const;
    const state: RunState = {
      ...stateWith(series('chat', index => (index % 10 === 0 ? 'error' : 41))),
      rollback: finished,
    };
    expect(head('errors', plan, state)).toMatch(/^no .*; was 10(\.\d)? %$/);
    expect(modelOf('latency', plan, state).name).toBe('checkout');
    expect(modelOf('errors', plan, state).name).toBe('error rate');
  });

  test('a source that has gone silent without a word is late by its own cadence', () => {
    const plan: Plan = {
      ...planWith(rule({})),
      signals: {chat: {kind: 'http', unit: 'ms', everyMs: 15_000, what: 'POST /chat'}},
    };
    const state = stateWith(series('chat', () => 745));
    expect(head('latency', plan, {...state, lastAt: now + 40_000})).toMatch(/^✓ P95 745 ms/);
    expect(head('latency', plan, {...state, lastAt: now + 50_000})).toBe(
      '? no reading for 50s: nothing was measured  was 745 ms',
    );
  });

  test('a percentile stays while some answers fail, with the failures beside it', () => {
    const samples = series('chat', index => (index % 3 === 2 ? 'error' : 745));
    const last = samples.findLast(({value}) => value !== undefined)?.at ?? 0;
    const chat = {samples, baseline: [], lastAt: now, lastValueAt: last, failing: 'status 500', failingSince: now};
    const state = {...stateWith(samples), signals: {chat}};
    expect(head('latency', planWith(rule({})), state)).toMatch(/P95 745 ms .*20 failed/);
  });

  test('never makes a figure of failures alone', () => {
    expect(head('latency', planWith(rule({})), stateWith(series('chat', () => 'error')))).toBe(
      '✗ no answer for 5m, 60 of 60 failed',
    );
  });

  test('leaves out what does not fit', () => {
    const state = stateWith(series('chat', index => (index === 59 ? 'error' : 745)));
    for (let width = 8; width < 40; width++)
      expect(displayWidth(head('latency', planWith(rule({})), state, width))).toBeLessThanOrEqual(width);
  });
});

/** The colours before the first corner, in any order. */
function codes(row: string): string {
  const before = row.slice(0, row.indexOf('╭'));
  return [...before.matchAll(/\[([\d;]+)m/g)]
    .flatMap(([, code = '']) => code.split(';'))
    .sort()
    .join(' ');
}

describe('the panel', () => {
  const draw = (state: RunState, layout: 'column' | 'strip', options: PaneOptions, plan = planWith(rule({}))) => {
    const session = fakeSession({plan});
    const {run} = session.run.getState();
    const {bindings} = state.run;
    const opened = bindings === undefined ? run : {...run, bindings};
    session.run.setState({...session.run.getState(), ...state, run: opened}, true);
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
      /3 Latency · store_message [─═]* ok [─═]╮.*Memory · rss.*Errors · store_message/s,
    );
    const selected = draw(full, 'column', {width: 40, height: 10, actions: [{type: 'chart', selected: 1}]}).text();
    expect(selected).toContain('Memory · rss');
    expect(selected).not.toContain('Latency');
  });

  test('a chart that waits for its first sample says so', () => {
    expect(draw({...initialState, lastAt: now}, 'column', {width: 50, height: 41}).text()).toMatch(
      /no samples yet.*no samples yet/s,
    );
  });

  test('an errors chart is drawn from the first sample on, on a scale that shows it', () => {
    const few = stateWith(series('chat', () => 'error', 1));
    const rows = draw(few, 'column', {width: 60, height: 41}, planWith()).rows();
    const from = rows.findIndex(row => row.includes('Errors · chat'));
    expect(rows[from + 1]).toMatch(/100 % {2}1 of 1 failed/);
    expect(rows[from + 2]).toMatch(/ 100 .*─/);
  });

  test('the frame says the verdict in a word and in its colour, and the name is the one of the rule', () => {
    const plan = planWith(rule({id: 'a', metric: 'checkout', role: 'trigger', op: '>', value: 500}));
    const standings = [
      [{kind: 'tripped'}, 'TRIPPED', 'border.danger'],
      [{kind: 'breached', times: 1}, 'past limit', 'border.danger'],
      [{kind: 'grey'}, 'watch', 'warn'],
    ] as const;
    for (const [standing, word, token] of standings) {
      const rules = {a: {standing, n: 60, because: '', since: now}};
      const assessed = {...stateWith(series('chat', () => 700)), rules};
      const frame = draw(assessed, 'column', {width: 60, height: 14, theme: colours}, plan).rows()[0] ?? '';
      expect(frame).toContain('Latency · checkout');
      expect(frame).toContain(word);
      expect(codes(frame)).toBe(codes(colours.paint(token, '╭')));
      const narrow = draw(assessed, 'column', {width: 30, height: 14}, plan).rows()[0] ?? '';
      expect(narrow).toContain(word);
      expect(narrow).toContain('Latency');
    }
  });

  test('an empty picture leaves no scale behind that flattens the first readings', () => {
    const session = fakeSession({plan: planWith()});
    const told = (state: RunState) =>
      session.run.setState({...session.run.getState(), ...state, run: session.run.getState().run}, true);
    told(stateWith(series('rss', () => 'error', 3)));
    const pane = drawPane(session, props => <ChartsPanel {...props} layout="column" />, {now, width: 60, height: 20});
    expect(pane.text()).toContain('Memory · rss');
    told(stateWith(series('rss', () => 540, 3)));
    pane.again({now: now + 1});
    expect(pane.text()).not.toMatch(/^│ +0 /m);
  });

  test('a rule judged on half a minute still gets a picture of two', () => {
    const plan = planWith(rule({windowMs: 30_000}));
    expect(draw(full, 'column', {width: 60, height: 41}, plan).text()).toMatch(/2 m.*-2m/s);
  });

  test('a window without a sample is not called a signal without samples', () => {
    const old = {...full, lastAt: now + 600_000};
    const text = draw(old, 'column', {width: 60, height: 41, now: now + 600_000}).text();
    expect(text).toContain('nothing measured in the last 5m');
    expect(text).not.toContain('no samples yet');
  });

  test('zooming shows less time or more of it, in steps that have names', () => {
    const zoomed = (zoom: number) =>
      draw(full, 'column', {width: 60, height: 41, actions: [{type: 'chart', zoom}]}).text();
    expect(zoomed(0)).toMatch(/5 m.*-5m/s);
    expect(zoomed(1)).toMatch(/2 m.*-2m/s);
    expect(zoomed(-1)).toMatch(/15 m.*-15m/s);
    expect(zoomed(-3)).toMatch(/2 h.*-2h/s);
    expect(zoomed(-9)).toContain('all ─');
  });

  test('the whole run is drawn from what is kept of it, failures included', () => {
    const history = Array.from({length: 100}, (_, index) => ({
      ...{at: now - (100 - index) * 60_000, n: 12, errors: index === 50 ? 12 : 0},
      ...(index === 50 ? {} : {min: 400, max: 600, mean: 500, last: 500}),
    }));
    const samples = series('chat', () => 500, 12);
    const state: RunState = {...full, signals: {chat: {samples, baseline: [], history, lastAt: now}}};
    const session = {...state, run: {...initialState.run, openedAt: now - 6_000_000}};
    const rows = (zoom: number) =>
      draw(session, 'column', {width: 100, height: 10, actions: [{type: 'chart', zoom}]}).rows();
    const drawn = (zoom: number) =>
      rows(zoom)
        .slice(2, -1)
        .join('')
        .match(/[─╮╯╰╭]/g)?.length ?? 0;
    expect(drawn(0)).toBeGreaterThan(10);
    expect(drawn(-3)).toBeGreaterThan(70);
    expect(rows(-3).join('')).toContain('×');
  });

  test('where nothing is measured one panel says what is missing and which command begins it', () => {
    const plan: Plan = {
      ...planWith(rule({id: 'a', signal: 'x'})),
      placeholders: [{text: 'your-host', lines: [3], bound: false}],
    };
    const blind: Plan = {...plan, rules: plan.rules.map(({signal: _, ...rest}) => rest)};
    const {signals: _, ...none} = initialState;
    const text = draw({...none, signals: {}, lastAt: now}, 'column', {width: 60, height: 41}, blind).text();
    expect(text).toMatch(/Nothing is measured: 1 rule of the checklist cannot/);
    for (const line of ['health: { http:', 'memory: { on:', 'errors: { log:']) expect(text).toContain(line);
    expect(text).toMatch(/node dist\/tminus\.js init checklist\.md/);
    expect(text.match(/╭/g)).toHaveLength(1);
    const opened = {...none, run: {...initialState.run, bindings: '/srv/tminus.yaml'}};
    const bound = draw({...opened, signals: {}, lastAt: now}, 'column', {width: 60, height: 41}, blind).text();
    expect(bound).toMatch(/\/srv\/tminus\.yaml.*takes probes:.*next run/s);
    expect(bound).not.toContain('init');
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
  expect(head('latency', smallPlan, evolve(smallPlan, initialState, told))).toMatch(/^– P95 745 ms/);
});
