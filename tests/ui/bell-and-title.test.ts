import {expect, test} from 'vitest';
import {PATIENT} from '../helpers/eventually.ts';
import {exited, fakeSession} from '../helpers/fake-session.ts';
import type {Screen} from '../helpers/screen.ts';
import {show} from '../helpers/show-session.ts';

const XTERM = {TERM: 'xterm-256color'};
const titles = (screen: Screen) =>
  [...screen.written().matchAll(/\u001B\]2;([^\u001B]*)\u001B\\/g)].map(([, text]) => text);
const notices = (screen: Screen) =>
  [...screen.written().matchAll(/\u001B\]9;([^\u001B]*)\u001B+\\/g)].map(([, text]) => text);
const bells = (screen: Screen) => screen.written().split('\u0007').length - 1;

test('the title says where the run is, and that it waits; it is put back at the end', async () => {
  const session = fakeSession();
  const screen = await show(session, {environment: XTERM});
  await expect
    .poll(() => titles(screen), PATIENT)
    .toEqual(['PREPARE 1/2 · Phase 2A+2C Performance Optimization · production']);
  expect(screen.written()).toContain('\u001B[22;2t');
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  await expect.poll(() => titles(screen).at(-1), PATIENT).toMatch(/^! /);
});

test('each event that needs a person rings once and is notified once, with what it is', async () => {
  const session = fakeSession();
  const screen = await show(session, {environment: XTERM});
  await expect.poll(() => titles(screen).length, PATIENT).toBe(1);
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  await expect.poll(() => notices(screen), PATIENT).toHaveLength(1);
  expect(notices(screen)[0]).toMatch(/^T-Minus: tripped: .*P95 1720 ms$/);
  await screen.type('\u0007jjj');
  session.tell({type: 'note-added', text: 'x'});
  session.clock.at += 60_000;
  // A step that a person started fails: nothing goes on before somebody has decided.
  for (const stepId of ['L7', 'L8']) session.tell({type: 'step-ticked', stepId});
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.report('L14', exited(1));
  await expect.poll(() => notices(screen).length, PATIENT).toBe(2);
  expect(notices(screen)[1]).toContain('failed: Create git tag for current production');
  await screen.type('jk');
  expect([notices(screen).length, bells(screen)]).toEqual([2, 2]);
  // The same step fails again: that is another event.
  session.clock.at += 60_000;
  session.tell({type: 'step-started', stepId: 'L14', attempt: 2});
  session.report('L14', exited(1));
  await expect.poll(() => notices(screen).length, PATIENT).toBe(3);
});

test('an observer is told of a trigger, and not of steps that wait for somebody else', async () => {
  const session = fakeSession();
  session.tell({type: 'baton-passed', to: null});
  const screen = await show(session, {environment: XTERM});
  await expect.poll(() => titles(screen).length, PATIENT).toBe(1);
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.report('L14', exited(1));
  await screen.text();
  expect(bells(screen)).toBe(0);
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  await expect.poll(() => bells(screen), PATIENT).toBe(1);
});

test('inside tmux a notification is wrapped for it', async () => {
  const session = fakeSession();
  const screen = await show(session, {environment: {TERM: 'tmux-256color', TMUX: '/tmp/x,1,0'}});
  await expect.poll(() => titles(screen).length, PATIENT).toBe(1);
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  await expect.poll(screen.written, PATIENT).toContain('\u0007\u001BPtmux;\u001B\u001B]9;T-Minus: tripped');
});

test('a terminal that would print it gets nothing but the bell, and the settings turn all of it off', async () => {
  const trip = {type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []} as const;
  const console = fakeSession();
  const onLinux = await show(console, {environment: {TERM: 'linux'}});
  console.tell(trip);
  await expect.poll(() => bells(onLinux), PATIENT).toBe(1);
  expect(onLinux.written()).not.toContain('\u001B]');
  const values = {
    theme: 'midnight',
    mouse: 'off',
    times: 'clock',
    ascii: 'off',
    title: 'off',
    alerts: 'off',
    'sign-key': '',
  };
  const quiet = fakeSession();
  const screen = await show(quiet, {environment: XTERM, settings: {values}});
  quiet.tell(trip);
  await expect.poll(screen.text, PATIENT).toContain('TRIPPED');
  expect([titles(screen), notices(screen), bells(screen)]).toEqual([[], [], 0]);
});

test('the keys to begin with are named once for each person, until one is pressed', async () => {
  let known = 0;
  const session = fakeSession();
  const settings = {
    isFirstTime: true,
    known: () => {
      known += 1;
    },
  };
  for (const [columns, rows] of [
    [160, 45],
    [80, 24],
  ] as const) {
    const screen = await show(session, {settings, columns, rows});
    expect((await screen.rows()).at(-1)).toContain('New here? Enter runs or ticks a step; R rolls back, from anywhere');
    await screen.type('j');
    await screen.type('k');
    expect(await screen.text()).not.toContain('New here');
  }
  expect(known).toBe(2);
});

test('what is wrong with the settings is said, and the console opens', async () => {
  const problem = '/home/ana/.config/tminus/config.yaml line 3: there is no setting "muse"; did you mean mouse?';
  const screen = await show(fakeSession(), {settings: {problem}});
  expect((await screen.rows()).at(-1)).toContain(problem);
});
