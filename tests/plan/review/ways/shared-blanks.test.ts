/** One blank in the way back of several things is asked about: each may go back to its own version. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function asked(section: string, ...commands: readonly string[]): string[] {
  const {proposal} = planOf(
    '# Zoo',
    '',
    '## Deploy',
    '',
    '- `./ship.sh`',
    '',
    section,
    '',
    '```sh',
    ...commands,
    '```',
  );
  return (proposal?.doubts ?? []).flatMap(({message, proposed}) =>
    proposed === undefined && message.includes('each may have its own') ? [message] : [],
  );
}

test.each([
  ['## Rollback', 'helm rollback gate <revision>', 'helm rollback cages <revision>'],
  ['## Rückweg', 'nomad job revert tor <nummer>', 'nomad job revert kasse <nummer>'],
  [
    '## Marcha atrás',
    'kubectl rollout undo deploy/puerta --to-revision=<n>',
    'kubectl rollout undo deploy/caja --to-revision=<n>',
  ],
])('%s: %s, %s', (section, ...commands) => {
  expect(asked(section, ...commands)).toHaveLength(1);
});

test.each([
  ['## Rollback', 'helm rollback gate <gate-revision>', 'helm rollback cages <cages-revision>'],
  ['## Rollback', 'helm rollback gate <revision>'],
  ['## Release', 'helm upgrade gate . --version <version>', 'helm upgrade cages . --version <version>'],
])('nothing is asked: %s, %s', (section, ...commands) => {
  expect(asked(section, ...commands)).toEqual([]);
});
