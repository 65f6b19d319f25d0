import {expect, test} from 'vitest';
import type {FakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {BACK, ENTER, LATER_MS, press, sectionNamed, unreviewed} from '../review/review-session.ts';

test('a step that nobody has confirmed looks quieter, and says which key opens the review', async () => {
  const screen = await show(unreviewed());
  const text = await screen.text();
  expect(text).toMatch(/› +◌ Count the orders/);
  expect(text).toContain('section "Preparation" (line 3) is not confirmed');
  expect(text).toContain('o opens the review');
  expect(text).toMatch(/Rollback +not confirmed/);
  expect((await screen.rows()).join('\n')).not.toContain('a runs on');
});

test('Enter shows what it would run and what was assumed; the next one runs it, once', async () => {
  const session = unreviewed();
  const screen = await show(session);
  await press(session, screen, ENTER);
  const text = await screen.text();
  expect(text).toContain('Not confirmed yet');
  expect(text).toContain('$ wc -l orders');
  expect(text).toContain('Enter runs only this, once · c confirms the section');
  expect(session.sent).toEqual([]);
  await press(session, screen, ENTER);
  expect(session.sent).toEqual([{type: 'run-step', stepId: 'L4', assumed: true}]);
  expect(session.run.getState().steps['L4']?.status).toBe('running');
});

test('a held Enter never answers that question', async () => {
  const session = unreviewed();
  const screen = await show(session);
  session.clock.at += LATER_MS;
  await screen.type(ENTER.repeat(20));
  for (let repeat = 0; repeat < 20; repeat++) {
    session.clock.at += 100;
    await screen.type(ENTER);
  }
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('Not confirmed yet');
  await press(session, screen, BACK);
  expect(await screen.text()).not.toContain('Not confirmed yet');
});

test('c confirms the section and runs nothing', async () => {
  const session = unreviewed();
  const screen = await show(session);
  await press(session, screen, ENTER, 'c');
  expect(session.sent.map(({type}) => type)).toEqual(['confirm-section']);
  expect(session.run.getState().review?.confirmed).toHaveProperty(sectionNamed(session, 'Preparation'));
  expect(await screen.text()).not.toContain('Not confirmed yet');
  await press(session, screen, ENTER);
  expect(session.sent.at(-1)).toEqual({type: 'run-step', stepId: 'L4'});
});

test('what was assumed is said, and what else is in the way needs its reason too', async () => {
  const session = unreviewed();
  const screen = await show(session);
  session.tell({type: 'choice-made', choiceId: choiceIn(session), armId: armIn(session), because: 'ana'});
  await press(session, screen, ':', 'line 13', ENTER, ENTER);
  const text = await screen.text();
  expect(text).toContain('What was assumed:');
  expect(text).toContain('one of 2 alternatives');
  await press(session, screen, ENTER);
  expect(await screen.text()).toContain('Run it all the same: why?');
  await press(session, screen, 'hotfix', ENTER);
  expect(session.sent.at(-1)).toEqual({type: 'run-step', stepId: 'L13', override: 'hotfix', assumed: true});
});

function stageIn({plan}: FakeSession) {
  const action = plan.steps.find(({id}) => id === 'L13')?.action;
  const stage = action?.kind === 'script' ? action.stages.find(({kind}) => kind === 'alternatives') : undefined;
  if (stage?.kind !== 'alternatives') throw new Error('no alternatives');
  return stage;
}

const choiceIn = (session: FakeSession) => stageIn(session).id;
const armIn = (session: FakeSession) => stageIn(session).arms[0]?.id ?? '';
