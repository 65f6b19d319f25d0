import {expect, test} from 'vitest';
import {recordHtml} from '../../../src/report/record/record-html.ts';
import {exited, finished, opened, plan, recorded, started, startedAt, stateAfter, steps} from '../builder.ts';

const attack = '<script>alert(1)</script><img src=x onerror="a">';
const samples = [
  {signal: 'store_message', at: startedAt - 5000, value: 2000},
  {signal: 'store_message', at: startedAt - 4000, value: 1900},
  {signal: 'store_message', at: startedAt + 1000, error: 'status 503'},
  {signal: 'store_message', at: startedAt + 2000, value: 700},
  {signal: 'store_message', at: startedAt + 3000, value: 720},
];
const events = recorded(
  opened,
  {type: 'step-ticked', stepId: steps.review.id, note: attack},
  {...started(steps.restart.id), at: startedAt, on: 'vps'},
  {
    ...finished(steps.restart.id, {kind: 'failed', because: attack}, exited(`echo '${attack}'`, 1)),
    at: startedAt + 1000,
  },
  {type: 'sample-taken', samples, at: startedAt + 4000},
  {type: 'note-added', text: attack, at: startedAt + 5000},
);
const hostile = {
  ...plan,
  title: `Shop ${attack}`,
  steps: plan.steps.map(step => ({...step, title: `${step.title} ${attack}`})),
};
const html = recordHtml({plan: hostile, state: stateAfter(events, hostile), events});

test('nothing that anybody wrote becomes markup', () => {
  expect(html).not.toMatch(/<script|<img|onerror="/);
  expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(5);
});

test('the file needs nothing from anywhere', () => {
  expect(html).not.toMatch(/<[^>]*\b(src=|href=(?!"#))|@import|url\(/);
  expect(html).toContain("default-src 'none'");
});

test('every element that is opened is closed', () => {
  const open: string[] = [];
  for (const [, slash, name = '', closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (closed === '/' || name === 'meta' || name === 'DOCTYPE') continue;
    if (slash === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test('a signal is drawn with its thresholds, the deploy, and a hole where a measurement failed', () => {
  const chart = html.slice(html.indexOf('<svg'), html.indexOf('</svg>'));
  expect(chart.match(/class="line"/g)).toHaveLength(2);
  expect(chart).toMatch(/class="marker good".*>deploy</);
  expect(chart).toContain('target &lt; 1000 ms');
  expect(chart).toContain('trigger &gt; 1500 ms');
  expect(chart).toContain('<title>status 503</title>');
  expect(chart).not.toMatch(/NaN|Infinity|undefined/);
});

test('a step shows its state in words and its evidence', () => {
  expect(html).toMatch(/<li class="passed"><span class="sign">✓ passed<\/span> Review approved/);
  expect(html).toMatch(/<li class="failed"><span class="sign">✗ failed<\/span> Restart:/);
});

test('a run of two days is drawn with a bounded number of points', () => {
  const many = Array.from({length: 34_560}, (_, index) => ({
    signal: 'store_message',
    at: startedAt + index * 5000,
    value: index % 900,
  }));
  const long = recorded(opened, {type: 'sample-taken', samples: many, at: startedAt + 200_000_000});
  const page = recordHtml({plan, state: stateAfter(long), events: long});
  expect(page.length).toBeLessThan(60_000);
  expect(page).toContain('class="band"');
});

test('what a long run has forgotten reading by reading is drawn all the same, its failures too', () => {
  const taken = (index: number) => {
    const at = startedAt + index * 15_000;
    const failed = {signal: 'store_message', at, error: 'status 503'};
    return index < 40 ? failed : {signal: 'store_message', at, value: index < 80 ? 4321 : 700};
  };
  const readings = Array.from({length: 11_520}, (_, index) => taken(index));
  const long = recorded(opened, {type: 'sample-taken', samples: readings, at: startedAt + 172_800_000});
  const state = stateAfter(long);
  expect(state.signals['store_message']?.samples.some(({value}) => value === 4321)).toBe(false);
  const page = recordHtml({plan, state, events: long});
  expect(page).toMatch(/<title>\d+ of \d+ failed<\/title>/);
  // The scale reaches up to the highest value there was.
  expect(page).toContain('>4000<');
  expect(page).toContain('>5000<');
});

test('a chart of nothing but zeros has a scale, and rules with the same bound share a label', () => {
  const zeros = Array.from({length: 5}, (_, index) => ({signal: 'errors', at: startedAt + index * 1000, value: 0}));
  const [first] = plan.rules;
  if (first === undefined) throw new Error('the plan has rules');
  const rule = {...first, signal: 'errors', op: '=', value: 0, unit: 'count', statistic: 'last'} as const;
  const twice = {...plan, rules: [{...rule, role: 'target'} as const, {...rule, id: 'R2', role: 'criterion'} as const]};
  const calm = recorded(opened, {type: 'sample-taken', samples: zeros, at: startedAt + 5000});
  const page = recordHtml({plan: twice, state: stateAfter(calm, twice), events: calm});
  const chart = page.slice(page.indexOf('<svg'), page.indexOf('</svg>'));
  const labels = [...chart.matchAll(/<text class="label[^>]*text-anchor="end">([^<]*)</g)].map(([, said]) => said);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.length).toBeGreaterThan(1);
  expect(chart).toContain('>criterion, target = 0<');
});

test('a rollback that failed is not marked as one that is over and good', () => {
  const ended = recorded(
    opened,
    {type: 'sample-taken', samples, at: startedAt + 4000},
    {type: 'rollback-requested', because: 'ana', startsAt: startedAt + 5000, at: startedAt + 5000},
    {type: 'rollback-finished', result: 'rollback-failed', because: 'exit 1', left: [], at: startedAt + 6000},
  );
  const page = recordHtml({plan, state: stateAfter(ended), events: ended});
  expect(page).toMatch(/class="label bad"[^>]*>rollback-failed</);
});
