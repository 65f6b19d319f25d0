/** Conditions over a rollback: R does not ask them, so no doubt may promise that, and none may be cut. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const block = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];
const DEPLOY = ['# Change', '', '## Deploy', ...block('./install.sh'), '## Rollback', ''];

function doubtOf(...rollback: string[]) {
  const {proposal} = planOf(...DEPLOY, ...rollback);
  return proposal?.doubts.find(({code}) => code === 'condition-assumed');
}

test.each([
  ['If any check in 4 fails, before 19:00. Now the app:', 'if any check in 4 fails, before 19:00'],
  ['If any of the pumps stays silent:', 'if any of the pumps stays silent'],
  ['If any (and only then) is red until 18:30:', 'if any'],
])('"%s" is read whole', (lead, whole) => {
  expect(doubtOf(lead, ...block('./remove.sh'))?.message).toContain(`only ${whole}`);
});

test.each([
  ['If the smoke test fails, before 19:00:', '19:00'],
  ['If any gauge is wrong by 7 pm:', '7 pm'],
  ['Falls eine Prüfung scheitert, vor 18:30:', '18:30'],
])('the time of "%s" is asked about, for no rollback looks at the clock', (lead, time) => {
  const doubt = doubtOf(lead, ...block('./remove.sh'));
  expect(doubt?.message).toContain(`a rollback does not ask, nor does it look whether it is past ${time}`);
  expect(doubt?.proposed).toBeUndefined();
});

test.each(['If the smoke test fails:', 'If needed:', 'If any pump is off:'])(
  'of "%s" no doubt promises that it is asked',
  lead => {
    const doubt = doubtOf(lead, ...block('./remove.sh'));
    expect(doubt).toMatchObject({proposed: 'every rollback does it, without asking'});
  },
);

test('in the deploy a condition is asked when its time comes', () => {
  const {proposal} = planOf('## Deploy', '', 'If the cache is old:', ...block('./clear.sh'));
  const doubt = proposal?.doubts.find(({code}) => code === 'condition-assumed');
  expect(doubt?.proposed).toBe('it is asked when its time comes');
});
