/** What the last sentence of a long lead says is not lost behind the others. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const TOLD = 'The old cranes were all well known to the crew of the night, and nobody had to look for them. ';

test.each([
  ['The DBA runs on db1:', 0],
  ['The DBA runs on db1:', 5],
  ['The vendor restores the archive:', 8],
  ['Der DBA spielt auf db1 ein:', 6],
])('"%s" behind %i other sentences', (last, count) => {
  const {proposal} = planOf('# Port', '', '## Deploy', '', `${TOLD.repeat(count)}${last}`, '', '```', './go.sh', '```');
  const asked = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'role-assumed' && proposed === undefined,
  );
  expect(asked.map(({because}) => because)).toEqual([last.slice(0, -1)]);
});
