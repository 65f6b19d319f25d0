/** A command behind a question is for one answer only. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function isAsked(item: string): boolean {
  const {proposal} = planOf('# Lock', '', '## Deploy', '', item);
  return (proposal?.doubts ?? []).some(
    ({code, line, proposed}) => code === 'condition-assumed' && line === 5 && proposed === undefined,
  );
}

test.each([
  '- [ ] stuck? note the gate, then `systemctl stop lock`',
  '- [ ] Still leaking? Close it by hand with `lock close --all`',
  '- [ ] Klemmt es noch? Tor notieren, dann `systemctl stop schleuse`',
  '- [ ] Toujours bloqué ? noter la porte, puis `systemctl stop ecluse`',
])('%s', item => {
  expect(isAsked(item)).toBe(true);
});

test.each(['- [ ] Is it up? Ask with `systemctl status lock`', '- [ ] Stop the lock: `systemctl stop lock`'])(
  'no question hangs on an answer: %s',
  item => {
    expect(isAsked(item)).toBe(false);
  },
);

test('a long word costs no more than a short one', () => {
  expect(isAsked(`- [ ] ${'gate'.repeat(100)} \`systemctl stop lock\``)).toBe(false);
});
