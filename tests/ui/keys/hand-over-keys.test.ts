import {expect, onTestFinished, test, vi} from 'vitest';
import {handOverSummary} from '../../../src/run/people/hand-over.ts';
import {exited, type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import {renderOnScreen} from '../../helpers/screen.ts';

/** As somebody at another console has left it: a step has failed, and the note says what to do. */
function handedOver(): FakeSession {
  const session = fakeSession();
  session.tell(
    {type: 'step-ticked', stepId: 'L7'},
    {type: 'step-started', stepId: 'L14', attempt: 1},
    {
      type: 'step-finished',
      stepId: 'L14',
      attempt: 1,
      outcome: exited(3),
      verdict: {kind: 'failed', because: 'exit 3', checks: []},
    },
    {type: 'complaint-counted', text: 'the cart is empty'},
  );
  const summary = handOverSummary(session.plan, session.run.getState(), session.clock.at);
  const errors = ['error.log: 502 from upstream'];
  session.tell({type: 'handed-over', id: 'H9', consoleId: 'c0', note: 'Cleo frees the lock by 03:00', errors, summary});
  return session;
}

test.each([
  [160, 45],
  [80, 24],
])('is the first thing that is seen, on one screen of %d x %d', async (columns, rows) => {
  const session = handedOver();
  const screen = await renderOnScreen(session, {columns, rows, now: () => session.clock.at});
  const text = await screen.text();
  const order = ['Hand-over from ana', 'NOTE', 'Cleo frees the lock by 03:00', 'TIME', 'NEXT', 'OPEN (3)'];
  const places = [...order, 'failed: exit 3', 'the cart is empty', 'LOOK AT (1)', '502 from upstream'].map(said =>
    text.indexOf(said),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(text).toMatch(/NEXT +See the note; then decide about/);
  expect(text).toContain('proved');
  expect(text).toContain('YOU    You are ana. You drive: Enter says that you have read this.');
  expect(text).toMatch(/WHERE +.*of the whole run/);
  expect(text.match(/You drive|drives/g)).toEqual(['You drive']);
  const keys = text.split('\n').filter(row => row.includes('Enter understood'));
  expect(keys).toEqual([expect.stringMatching(/u step +r retry +s skip +j k scroll +R roll back +Esc later/)]);
  await screen.leave();
});

test('where a note was left, no key dismisses the trigger before it was read', async () => {
  const session = fakeSession();
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  const summary = handOverSummary(session.plan, session.run.getState(), session.clock.at);
  session.tell({type: 'handed-over', id: 'H9', consoleId: 'c0', note: 'no false alarm: do not dismiss it', summary});
  const screen = await renderOnScreen(session, {columns: 80, rows: 24, now: () => session.clock.at});
  const text = await screen.text();
  expect(text).toMatch(/NEXT +See the note; then decide about the trigger "P95/);
  expect(text).toMatch(/TRIGGER FIRED 13:00:00Z: P95/);
  expect(text).not.toMatch(/d dismiss/);
  await screen.leave();
});

test('what does not fit is counted in the last row of a low screen, and j shows it', async () => {
  const session = handedOver();
  const screen = await renderOnScreen(session, {columns: 80, rows: 20, now: () => session.clock.at});
  expect(await screen.text()).toMatch(/\d+ more lines below: j/);
  await screen.type('j'.repeat(20));
  expect(await screen.text()).toContain('the end; k goes back');
  await screen.leave();
});

test('a key that it names takes the run over, and decides about the step that failed', async () => {
  const session = handedOver();
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  await screen.type('s');
  expect(session.sent).toEqual([{type: 'take-hand-over', id: 'H9'}]);
  expect(await screen.text()).toContain('Skip');
  await screen.type('not needed');
  session.clock.at += 10_000;
  await screen.type('\r');
  expect(session.sent.at(-1)).toMatchObject({type: 'skip', stepId: 'L14'});
  await screen.leave();
});

test.each([
  ['UTC', 'written 13:00Z, 60 s ago; it is 13:01Z now'],
  ['America/New_York', 'written 08:00 local (13:00Z), 60 s ago; it is 08:01 local (13:01Z) now'],
])('the time of the hand-over and of now have their zone in %s', async (zone, said) => {
  vi.stubEnv('TZ', zone);
  onTestFinished(() => void vi.unstubAllEnvs());
  const session = handedOver();
  session.clock.at += 60_000;
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  expect(await screen.text()).toContain(said);
  await screen.leave();
});

test('an Enter that was pressed for something else takes nothing over; the next one does', async () => {
  const session = handedOver();
  session.clock.at += 60_000;
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  await screen.type('\r');
  expect(session.sent).toEqual([]);
  session.clock.at += 10_000;
  await screen.type('\r');
  expect(session.sent).toEqual([{type: 'take-hand-over', id: 'H9'}]);
  expect(session.run.getState().handOver?.taken).toMatchObject({by: 'ana'});
  expect(await screen.text()).toContain('taken over: you drive');
  await screen.leave();
});

test('what was settled meanwhile, and what is new, is told apart', async () => {
  const session = handedOver();
  session.tell(
    {type: 'step-skipped', stepId: 'L14', reason: 'not needed'},
    {type: 'link-lost', host: 'vps', detail: 'timed out'},
  );
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  const text = await screen.text();
  expect(text).toContain('OPEN (2)');
  expect(text).toMatch(/settled since: .*failed: exit 3/);
  expect(text).toContain('NEW: Link to vps lost: nothing runs on vps now');
  await screen.leave();
});

test('on a narrow screen it says whom to call, each person once, and what R runs and leaves to people', async () => {
  const session = handedOver();
  const plan = {
    ...session.plan,
    contacts: ['Developer', 'On-Call', 'DevOps'].map((role, line) => ({
      role,
      name: role === 'On-Call' ? 'Eva, 555-0100' : 'Bo',
      line,
      blank: false,
    })),
  };
  const screen = await renderOnScreen({...session, plan}, {columns: 80, rows: 24, now: () => session.clock.at});
  const text = await screen.text();
  expect(text).toContain('CALL   Developer, DevOps: Bo · On-Call: Eva, 555-0100');
  expect(text).toMatch(/BACK +.*R runs \d+ commands/);
  await screen.leave();
});

test('of what was only worth a look, what is over is counted', async () => {
  const session = handedOver();
  const {handOver} = session.run.getState();
  if (handOver === undefined) throw new Error('nothing was handed over');
  const {errors: _, summary} = handOver;
  const look = ['P95', 'memory'].map(id => ({id, tone: 'warn' as const, text: `${id} near its bound`}));
  session.tell({type: 'handed-over', id: 'H10', consoleId: 'c0', summary: {...summary, look}});
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  expect(await screen.text()).toContain('settled since: 2 things to look at');
  await screen.leave();
});

test('leaving offers it; the summary is written by itself, and a note may be added', async () => {
  const session = fakeSession();
  session.print('error', '14:02 ERROR out of memory');
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  await screen.type('q');
  expect(await screen.text()).toContain('Hand over: leave a summary');
  await screen.type('h');
  expect(await screen.text()).toContain('The summary is written by itself');
  await screen.type('back at eight');
  session.clock.at += 10_000;
  await screen.type('\r');
  expect(await screen.left).toEqual({kind: 'detached'});
  expect(session.sent).toEqual([
    {type: 'hand-over', note: 'back at eight', errors: ['error · vps: 14:02 ERROR out of memory']},
  ]);
});

test('Esc puts it off, and the palette shows it again', async () => {
  const session = handedOver();
  const screen = await renderOnScreen(session, {now: () => session.clock.at});
  await screen.type('\u0007');
  await screen.type(':');
  await screen.type('hand over');
  session.clock.at += 10_000;
  await screen.type('\r');
  expect(await screen.text()).toContain('Hand-over from ana');
  expect(session.sent).toEqual([]);
  await screen.leave();
});
