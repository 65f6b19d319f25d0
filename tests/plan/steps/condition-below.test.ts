/** A condition at the end of an item is that of the items below it. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';

function conditions(...lines: readonly string[]): (string | undefined)[] {
  const {steps} = parsePlan(['# Boiler', '', '## Rollout', '', ...lines].join('\n'), emptyBindings);
  return steps.filter(step => commandsOf(step).length > 0).map(({condition}) => condition);
}

test.each([
  ['`df -h /` - needs at least 3 GB free. If not:', 'if not: df -h / - needs at least 3 GB free.'],
  ['`make pressure` muss 3 bar zeigen. Falls nicht:', 'falls nicht: make pressure muss 3 bar zeigen.'],
  ['`make queue`. **If more than ten jobs wait:**', 'if more than ten jobs wait'],
  ['`make lock` must answer. Sinon :', 'sinon: make lock must answer.'],
])('%s', (item, condition) => {
  expect(conditions(`- [ ] ${item}`, '    - [ ] `make vent`', '    - [ ] `make drain`', '- [ ] `make after`')).toEqual([
    undefined,
    condition,
    condition,
    undefined,
  ]);
});

test('the item itself is no longer asked about, and keeps what it must show', () => {
  const text = '# Boiler\n\n## Rollout\n\n- [ ] `df -h /` - needs at least 3 GB free. If not:\n    - [ ] `make vent`';
  const {steps, proposal} = parsePlan(text, emptyBindings);
  expect(steps[0]?.expectations.map(one => one.text)).toEqual(['needs at least 3 GB free']);
  const asked = (proposal?.doubts ?? []).filter(({code}) => code === 'condition-assumed');
  expect(asked.map(({line}) => line)).toEqual([6]);
});

test('a colon alone, and a case ahead of the command, are left as they are', () => {
  expect(conditions('- [ ] Start all:', '    - [ ] `make on`')).toEqual([undefined]);
  expect(conditions('- [ ] If the disk is full:', '    - [ ] `make clean`')).toEqual(['if the disk is full']);
});
