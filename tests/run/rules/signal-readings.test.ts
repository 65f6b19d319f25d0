import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import {readingIn, readingsOf} from '../../../src/run/rules/signal-readings.ts';
import type {RunState} from '../../../src/run/state.ts';

const samples = [
  {signal: 'chat', at: 1, value: 900, parts: {dns: 5, 'first-byte': 700}},
  {signal: 'chat', at: 2, value: 950, parts: {'first-byte': 720}},
  {signal: 'chat', at: 3, error: 'refused'},
];

function stateWith(signals: RunState['signals']): RunState {
  return {...initialState, signals};
}

test('a signal is read as it is', () => {
  const chat = {samples, baseline: [], lastAt: 3, lastValueAt: 2};
  expect(readingsOf(stateWith({chat}), 'chat')).toBe(chat);
  expect(readingsOf(stateWith({chat}), 'booking')).toBeUndefined();
});

test('a part of its requests is read by NAME.PART, its baseline, too; a failed request failed in all parts', () => {
  const chat = {samples, baseline: samples.slice(0, 1), lastAt: 3, lastValueAt: 2, failing: 'refused', failingSince: 3};
  expect(readingsOf(stateWith({chat}), 'chat.first-byte')).toEqual({
    samples: [
      {signal: 'chat.first-byte', at: 1, value: 700},
      {signal: 'chat.first-byte', at: 2, value: 720},
      {signal: 'chat.first-byte', at: 3, error: 'refused'},
    ],
    baseline: [{signal: 'chat.first-byte', at: 1, value: 700}],
    lastAt: 3,
    lastValueAt: 2,
    failing: 'refused',
    failingSince: 3,
  });
  expect(readingsOf(stateWith({chat}), 'chat.dns')).toMatchObject({
    samples: [{value: 5}, {error: 'refused'}],
    lastValueAt: 1,
  });
});

test('a signal whose own name has a dot is no part of another', () => {
  const own = {samples: [], baseline: [], lastAt: 0};
  const state = stateWith({chat: {samples, baseline: [], lastAt: 3}, 'chat.dns': own});
  expect(readingsOf(state, 'chat.dns')).toBe(own);
});

test('a sample says nothing of other signals, nor of parts it does not have', () => {
  const [sample] = samples;
  if (sample === undefined) throw new Error('no sample');
  expect(readingIn(sample, 'booking.dns')).toBeUndefined();
  expect(readingIn(sample, 'chat.tls')).toBeUndefined();
  expect(readingIn(sample, 'chat')).toBe(sample);
});
