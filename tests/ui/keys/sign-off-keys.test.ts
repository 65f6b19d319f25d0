import {expect, test} from 'vitest';
import {fakeSession} from '../../helpers/fake-session.ts';
import {renderOnScreen} from '../../helpers/screen.ts';

const ENTER = '\r';

async function opened() {
  const session = fakeSession();
  const screen = await renderOnScreen(session, {columns: 80, rows: 24, now: () => session.clock.at});
  await screen.type(':');
  await screen.type('sign off');
  session.clock.at += 10_000;
  await screen.type(ENTER);
  session.clock.at += 10_000;
  return {session, screen};
}

test('the dialog asks status, issues, notes and name, and signs', async () => {
  const {session, screen} = await opened();
  expect(await screen.text()).toContain('Final status');
  await screen.type('2');
  await screen.type(ENTER);
  await screen.type('a slow query');
  await screen.type(ENTER);
  await screen.type(ENTER);
  await screen.type('Ana Lopez');
  await screen.type(ENTER);
  expect(await screen.text()).toContain('Enter signs');
  await screen.type(ENTER);
  expect(session.sent).toEqual([
    {
      type: 'sign-off',
      status: 'successful with minor issues',
      issues: 'a slow query',
      name: 'Ana Lopez',
      answers: [],
    },
  ]);
  expect(session.run.getState().signOff).toMatchObject({name: 'Ana Lopez', issues: 'a slow query'});
  expect(await screen.text()).toContain('signed by Ana Lopez');
  await screen.leave();
});

test('what is missing is said, and the cursor goes there', async () => {
  const {session, screen} = await opened();
  for (let field = 0; field < 4; field += 1) await screen.type('\t');
  await screen.type(ENTER);
  expect(await screen.text()).toContain('choose the final status');
  expect(session.sent).toEqual([]);
  await screen.leave();
});

test('a run that ends by itself asks whoever drives for the sign-off; q leaves it unsigned', async () => {
  const session = fakeSession();
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  session.tell({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'every step is done'});
  const text = await screen.text();
  expect(text).toContain('(●) 1 successful');
  expect(text).toContain('the run is closed: succeeded');
  await screen.type('q');
  expect(await screen.left).toEqual({kind: 'closed'});
  expect(session.sent).toEqual([]);
});

test('after the end a name may begin with R', async () => {
  const session = fakeSession();
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  session.tell({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'every step is done'});
  for (let field = 0; field < 3; field += 1) await screen.type('\t');
  await screen.type('R');
  await screen.type('osa');
  await screen.type('\t');
  session.clock.at += 10_000;
  await screen.type(ENTER);
  expect(session.sent).toEqual([{type: 'sign-off', status: 'successful', name: 'Rosa', answers: []}]);
  await screen.type('q');
  await screen.left;
});
