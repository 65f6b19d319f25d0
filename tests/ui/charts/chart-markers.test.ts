import {expect, test} from 'vitest';
import {withOutages} from '../../../src/ui/charts/chart-markers.ts';

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
