import {expect, test} from 'vitest';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

test('the last row offers to run on until the run was rolled back', async () => {
  const session = fakeSession();
  const screen = await show(session);
  expect((await screen.rows()).at(-1)).toContain('a run on');
  session.tell({type: 'rollback-finished', result: 'rolled-back', verdict: 'verified', because: 'v1', left: []});
  session.tell({type: 'phase-changed', phase: 'rolled-back', because: 'v1'});
  const rows = await screen.rows();
  expect(rows[0]).toContain('ROLLED BACK');
  expect(rows.at(-1)).not.toContain('a run on');
});
