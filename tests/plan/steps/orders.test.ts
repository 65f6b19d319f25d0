import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** Titles of the steps of a document. */
function titlesOf(...lines: readonly string[]): readonly string[] {
  return planOf('# Release', '', ...lines).steps.map(({title}) => title);
}

const DEPLOY = ['## Deploy', '', '```bash', './ship.sh', '```', ''];
const BACK = ['## Rollback', '', '```bash', './back.sh', '```', ''];

test.each([
  [...BACK, 'Then tell #support.'],
  [...BACK, 'Takes effect at once. Then tell #support.'],
  [...DEPLOY, 'Look at the dashboard and wait for the queue.'],
  [...DEPLOY, 'If that is fine, run it again with the other flag.'],
  [...DEPLOY, '- Tell the team channel.'],
  [...DEPLOY, 'If papers were signed after two: call the director first.'],
  ['## What happens', '', '```bash', './ship.sh', '```', '', 'Wait 3 minutes or until ping answers.', '', '## Verify'],
  ['## Deploy', '', 'Take a snapshot in the console.', '', '### Ship', '', '```bash', './ship.sh', '```'],
])('a sentence beside commands that asks for something is a step: %#', (...lines) => {
  expect(titlesOf(...lines)).toHaveLength(2);
});

test('each sentence above commands that asks for something before them is one', () => {
  const lines = ['## Deploy', '', 'Review the plan. Anything but "0 to destroy": stop and ask.', ''];
  expect(titlesOf(...lines, '```bash', './ship.sh', '```').slice(0, 2)).toEqual([
    'Review the plan.',
    'Anything but "0 to destroy": stop and ask.',
  ]);
});

test.each([
  [...DEPLOY, 'The old box stays as it is.'],
  [...DEPLOY, 'Log files are in /var/log.'],
  [...DEPLOY, 'Do not touch the old box.'],
  ['## Deploy', '', 'Take a snapshot of the ledger. It takes eight minutes.', '', '```bash', './snapshot.sh', '```'],
  [...DEPLOY, '- The old box stays.'],
  ['## Deploy', '', 'It starts by itself when you:', '', '- Push to main', ''].concat(DEPLOY.slice(2)),
  [...DEPLOY, '**What the script does:**', '', '1. Checks the disk', '2. Stops the service'],
  ['## Useful commands', '', '```bash', './ship.sh', '```', '', 'Restart it when it hangs.'].concat(DEPLOY),
])('what tells something, or leads to commands, is none: %#', (...lines) => {
  expect(titlesOf(...lines)).toHaveLength(1);
});

test('it hangs on what it says itself, and tells the rest of its paragraph', () => {
  const plan = planOf('# Release', '', ...BACK, 'If the cache is cold, warm it up. It takes a minute.');
  expect(plan.steps[1]).toMatchObject({
    line: 9,
    action: {kind: 'manual'},
    condition: expect.stringMatching(/cache is cold/),
    instructions: ['It takes a minute.'],
  });
  expect(plan.rollback?.steps).toEqual(plan.steps.map(({id}) => id));
});

test('bullets beside the tasks of an item are things to do', () => {
  expect(
    titlesOf(
      '## Deploy',
      '',
      '1. **Freeze**',
      '   - Stop it:',
      '     ```bash',
      '     ./stop.sh',
      '     ```',
      '   - Tell the team.',
    ),
  ).toEqual(['Freeze: Stop it', 'Tell the team.']);
});
