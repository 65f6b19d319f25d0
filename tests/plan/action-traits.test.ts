import {expect, test} from 'vitest';
import {kindOf, wordOf} from '../../src/plan/action-traits.ts';
import type {Action} from '../../src/plan/plan.ts';

function script(place: 'here' | 'vps'): Action {
  const where = place === 'here' ? {kind: 'local' as const} : {kind: 'host' as const, host: 'vps', destination: 'vps'};
  return {kind: 'script', context: {id: place, place: where}, stages: []};
}

test('shell text is `shell` here and `ssh` on a host', () => {
  expect([kindOf(script('here')), kindOf(script('vps'))]).toEqual(['shell', 'ssh']);
  expect([wordOf(script('here')), wordOf(script('vps'))]).toEqual(['shell', 'ssh']);
});

test('what only bindings can ask is counted as http, and called by what it is', () => {
  const search: Action = {kind: 'log', source: 'error', absent: 'ERROR'};
  const query: Action = {kind: 'prometheus', url: 'https://prom.example.net', query: 'up'};
  expect([search, query].map(kindOf)).toEqual(['http', 'http']);
  expect([search, query].map(wordOf)).toEqual(['log', 'query']);
});
