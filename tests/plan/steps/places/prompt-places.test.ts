import {expect, test} from 'vitest';
import {actionOf, planOf} from '../../../helpers/plan-view.ts';

function placesOf(...lines: string[]): string[] {
  return planOf(...lines).steps.flatMap(step => {
    if (step.action.kind !== 'script') return [];
    const {place} = actionOf(step, 'script').context;
    return [place.kind === 'local' ? 'local' : place.destination];
  });
}

const FENCE = ['```', 'postgres@pg-a:~$ patronictl switchover --force main', '```'];

test('commands behind the prompt of a host that the document speaks of run there, and not here', () => {
  expect(placesOf('Nodes: pg-a (leader) and pg-b.', '## Switch over', ...FENCE)).toEqual(['<pg-a>']);
});

test('a prompt that nothing else in the document explains is that of whoever wrote it', () => {
  expect(placesOf('## Switch over', ...FENCE)).toEqual(['local']);
});

test('a login says more than a prompt', () => {
  const login = ['```', 'ssh root@db.example.net', '```'];
  expect(placesOf('Nodes: pg-a and pg-b.', '## Switch over', ...login, ...FENCE)).toEqual(['root@db.example.net']);
});
