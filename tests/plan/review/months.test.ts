/** A month beside commands says when they run; the run would not wait for it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]): number[] {
  const {proposal} = planOf('# Till', '## Deploy', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({code, message, line, proposed}) =>
    code === 'condition-assumed' && message.includes('would not wait') && proposed === undefined ? [line] : [],
  );
}

test.each([
  ['- [ ] Old directories: `rm -rf /opt/till-4` in January'],
  ['- [ ] `systemctl disable till-old`, not before March 3'],
  ['- [ ] Alten Stand löschen, im Januar: `rm -rf /opt/kasse-4`'],
  ['- [ ] En janvier : `systemctl disable caisse`'],
  ['- [ ] Op 4 januari: `systemctl disable kassa`'],
])('%s', item => {
  expect(asked(item)).toEqual([4]);
});

test.each([
  ['- [ ] This may in the end be slow: `make march`'],
  ['- [ ] Restart the January box: `systemctl restart january`'],
  ['- [ ] Nach dem Start im Mailprogramm: `make mail`'],
])('no month that says when: %s', item => {
  expect(asked(item)).toEqual([]);
});
