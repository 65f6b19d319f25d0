import {expect, test} from 'vitest';
import {drawChart} from '../../../src/ui/charts/chart.ts';
import type {Threshold} from '../../../src/ui/charts/chart-layers.ts';
import {chart, readings} from './sample-chart.ts';

const bound = (value: number, label: string): Threshold => ({value, label, kind: 'limit', bad: 'above'});

test('bounds that share a row are named in the order of their values, the highest on top', () => {
  for (const thresholds of [
    [bound(980, 'target'), bound(1000, 'limit')],
    [bound(1000, 'limit'), bound(980, 'target')],
  ]) {
    const drawn = chart({height: 9, thresholds, series: [{samples: readings([2400])}]});
    expect(drawChart(drawn).join('\n')).toMatch(/limit 1000[\s\S]*\n[\s\S]*target 980/);
  }
});
