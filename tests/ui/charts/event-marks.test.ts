import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import {timelineEntry} from '../../../src/run/timeline.ts';
import {chartMarkers, withOutages} from '../../../src/ui/charts/event-marks.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

test('an outage of a restart is named on the charts of what it interrupted, and on no other', () => {
  const downtime = {signal: 'health', stepId: 'restart', from: 0, outFrom: 2000, to: 16_000, n: 9};
  const deploy = {at: 0, names: ['deploy'], line: true, token: 'chart.deploy'} as const;
  const marked = withOutages([deploy], [downtime, {...downtime, outFrom: 90_000, to: 93_000, n: 1}]);
  expect([...marked.keys()]).toEqual(['health']);
  expect(marked.get('health')?.map(({at, names}) => [at, names[0]])).toEqual([
    [0, 'deploy'],
    [2000, 'outage 14 s, 9 requests'],
    [90_000, 'outage 3 s, 1 request'],
  ]);
  expect(withOutages([deploy]).size).toBe(0);
});

test.each([
  ['rolled-back', 'verified', 'rolled back'],
  ['rollback-failed', 'unverified', 'not verified'],
  ['rollback-failed', 'failed', 'rollback failed'],
  ['cancelled', undefined, undefined],
] as const)('a rollback that ended %s, %s is marked as %s', (result, verdict, name) => {
  const told = {type: 'rollback-finished', result, because: 'the restart was cancelled', left: []} as const;
  const entry = timelineEntry(smallPlan, {...told, ...(verdict && {verdict}), seq: 9, at: 60_000, by: 'engine'});
  const state = {...initialState, timeline: entry === undefined ? [] : [entry]};
  const [marker] = chartMarkers(state, glyphsFor(false));
  expect(marker?.names[1]).toBe(name);
});
