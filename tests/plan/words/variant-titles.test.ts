import {describe, expect, test} from 'vitest';
import {rowOfLabel, rowOfTitle} from '../../../src/plan/words/variant-titles.ts';

describe('two labels are of one row', () => {
  test.each([
    ['With an outage:', 'Without an outage:'],
    ['Con corte de servicio:', 'Sin corte de servicio:'],
    ['For the primary', 'For a replica'],
    ['Coming from 1.x:', 'Coming from 2.x:'],
    ['one node:', 'several nodes:'],
    ['Modo manual', 'Modo automático'],
    ['Debian', 'on Red Hat:'],
    ['Since version 2', 'Before version 2'],
    ['Rolling', 'All at once'],
  ])('%s · %s', (one, other) => {
    expect(rowOfLabel(one)).toBeDefined();
    expect(rowOfLabel(other)).toBe(rowOfLabel(one));
    expect(rowOfTitle(other)).toBe(rowOfTitle(one));
  });
});

test.each([
  'Build the docker image:',
  'For each node:',
  'With the new config in place, restart:',
  'Before 18:00',
  'Backend:',
  'Update helm repositories',
])('no way among others: %s', label => {
  expect(rowOfLabel(label)).toBeUndefined();
});
