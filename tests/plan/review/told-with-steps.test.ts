/** Commands that a text tells with those of a step, and that no step runs. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const askedIn = (...lines: string[]) => {
  const {proposal} = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    '1. Roll:',
    '',
    '   ```',
    '   ./roll.sh a',
    '   ```',
    '',
    ...lines,
    '',
  );
  return (proposal?.doubts ?? []).flatMap(({code, line, message, proposed}) =>
    message.includes('stands with') ? `${line} ${code} ${proposed ?? 'open'}` : [],
  );
};

test.each([
  ['p99 < 180 ms and no panics -> `nomad deployment promote 7`'],
  ['otherwise `nomad deployment fail 7` and we are in rollback'],
  ['Waage leer → `systemctl restart waage`'],
  ['one stuck: `systemctl restart pump@3` and it comes back'],
  ['si la cola crece: `systemctl restart cola`'],
])('an item below the block: %s', text => {
  expect(askedIn(`   - ${text}`)).toEqual(['11 not-read open']);
});

test('a line of text below the block', () => {
  expect(askedIn('   It may stall, normal. > 150 -> `systemctl stop pump`, and so on.')).toEqual(['11 not-read open']);
});

test('what only looks has a proposal, and a command of the step itself is only mentioned', () => {
  expect(askedIn('   - `systemctl status pump` tells how far it is')).toEqual(['11 note-assumed a person does it']);
  expect(askedIn('   - `./roll.sh a` takes an hour')).toEqual([]);
});
