import {expect, test} from 'vitest';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

test('without colours a badge stands in brackets, so that it is told from the words beside it', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [80, 24],
  ] as const) {
    const screen = await show(fakeSession(), {columns, rows, env: {TERM: 'xterm', NO_COLOR: '1'}});
    const header = (await screen.rows()).slice(0, 2).join('\n');
    expect(header).toMatch(/\[T-MINUS\].*\[PREPARE 1\/2\]/);
    expect(header).toMatch(/\[ROLLBACK READY 2\/2 · 0s\]/);
    const wall = await show(fakeSession(), {columns, rows, wall: true, env: {TERM: 'xterm', NO_COLOR: '1'}});
    expect((await wall.rows())[0]).toMatch(/^\[T-MINUS\]/);
  }
});

test('beside the age of the last look stands that of the host of a group whose turn is longest ago', async () => {
  const session = fakeSession();
  session.tell({type: 'readiness-confirmed', oldestAt: RUN_START - 75_000});
  const screen = await show(session, {columns: 160, rows: 45});
  expect((await screen.rows())[0]).toContain('ROLLBACK READY 2/2 · 0s · oldest host 75s');
  session.tell({type: 'readiness-confirmed'});
  expect((await screen.rows())[0]).not.toContain('oldest');
});
