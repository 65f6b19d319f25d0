/** Bold cases inside a way back: R runs none of them before somebody has chosen. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function openAt(...rollback: readonly string[]): number[] {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', '- `./sail.sh`', '', '## Rollback', '', ...rollback);
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    code === 'rollback-assumed' && proposed === undefined ? [line] : [],
  );
}

const cases = (one: string, other: string) => [one, '', '- [ ] `./one.sh`', '', other, '', '- [ ] `./other.sh`'];

test.each([
  ['letters', '**Case A, before the switch.** Nobody has seen it.', '**Case B, after the switch.**'],
  ['letters in German', '**Fall A, vor dem Ablegen.** Keiner hat es gesehen.', '**Fall B, danach.**'],
  ['letters in French', '**Situation A, à quai.**', '**Situation B, en mer.**'],
  ['opposites', '**Mirror ran**', '**Mirror did not run**'],
])('%s', (_, one, other) => {
  expect(openAt(...cases(one, other))).toEqual([9, 13]);
});

test('parts of one way back are no cases', () => {
  expect(openAt(...cases('**Part A: the app**', '**Part B: the data**'))).toEqual([]);
});
