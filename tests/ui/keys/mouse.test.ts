import {expect, test} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import type {Screen} from '../../helpers/screen.ts';
import {copiedText} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';

const ON = '\u001B[?1002h\u001B[?1006h';
const OFF = '\u001B[?1002l\u001B[?1006l';

/** Rows and columns count from 0. */
const report = (button: number, {row, column}: At, end = 'M') => `\u001B[<${button};${column + 1};${row + 1}${end}`;
type At = {row: number; column: number};

async function find(screen: Screen, text: string): Promise<At> {
  const rows = await screen.rows();
  const row = rows.findIndex(each => each.includes(text));
  expect(row, text).toBeGreaterThanOrEqual(0);
  return {row, column: rows[row]?.indexOf(text) ?? 0};
}

async function click(screen: Screen, at: At): Promise<void> {
  await screen.type(report(0, at));
  await screen.type(report(0, at, 'm'));
}

async function withMouse(session: FakeSession, size: {columns?: number; rows?: number} = {}): Promise<Screen> {
  const screen = await show(session, size);
  expect(screen.written()).not.toContain(ON);
  await screen.type('T');
  await expect.poll(screen.written, PATIENT).toContain(ON);
  return screen;
}

const lines = (count: number) => Array.from({length: count}, (_, line) => `line ${line} of the log`);

test('a click chooses a step, a panel, a log; nothing is ever started by it', async () => {
  const session = fakeSession({
    sources: [
      {id: 'error', title: 'err'},
      {id: 'access', title: 'requests'},
    ],
  });
  session.print('error', ...lines(100));
  const screen = await withMouse(session);
  await click(screen, await find(screen, 'All CI/CD checks'));
  await expect.poll(screen.text, PATIENT).toMatch(/› +○ All CI\/CD checks/);
  // Twice and three times is no more than once.
  for (let times = 0; times < 3; times++) await click(screen, await find(screen, 'All CI/CD checks'));
  await click(screen, await find(screen, 'requests'));
  await expect.poll(screen.text, PATIENT).toContain('[requests]');
  await click(screen, await find(screen, '3 Latency'));
  // The keys of the charts are named then.
  await expect.poll(screen.text, PATIENT).toContain('samples');
  expect(session.sent).toEqual([]);
});

test('at 80 columns a click on a tab opens its panel', async () => {
  const screen = await withMouse(fakeSession(), {columns: 80, rows: 24});
  await click(screen, await find(screen, 'Logs'));
  await expect.poll(screen.text, PATIENT).toContain('[4 Logs]');
});

test('the wheel scrolls what is under the pointer, and the focus stays', async () => {
  const session = fakeSession();
  session.print('error', ...lines(100));
  const screen = await withMouse(session);
  const at = await find(screen, 'line 99 of the log');
  await screen.type(report(64, at) + report(64, at));
  await expect.poll(screen.text, PATIENT).toMatch(/scrolled up · .*G follows/);
  expect(await screen.text()).not.toContain('line 99 of the log');
  await screen.type('j');
  // The keys still move the cursor of the checklist.
  expect(await screen.text()).toMatch(/› +○ All CI\/CD checks/);
  for (let turn = 0; turn < 3; turn++) await screen.type(report(65, at));
  await expect.poll(screen.text, PATIENT).toContain('line 99 of the log');
});

test('dragging in a row copies its text, without borders; over several rows whole lines', async () => {
  const session = fakeSession();
  session.print('error', ...lines(100), `long ${'x'.repeat(300)} end`);
  const screen = await withMouse(session);
  const at = await find(screen, 'line 98 of the log');
  await screen.type(report(0, at));
  await screen.type(report(32, {...at, column: at.column + 6}));
  await screen.type(report(0, {...at, column: at.column + 6}, 'm'));
  await expect.poll(() => copiedText(screen), PATIENT).toBe('line 98');
  expect(await screen.text()).toContain('copied 1 line');

  const from = await find(screen, 'line 99 of the log');
  await screen.type(report(0, from));
  await screen.type(report(32, {...from, row: from.row + 1}));
  expect(await screen.text()).toContain('2 lines selected');
  await screen.type(report(0, {...from, row: from.row + 1}, 'm'));
  await expect.poll(() => copiedText(screen), PATIENT).toBe(`line 99 of the log\nlong ${'x'.repeat(300)} end`);
});

test('over a list the wheel moves in it, and a click answers nothing', async () => {
  const session = fakeSession();
  const screen = await withMouse(session);
  await screen.type('q');
  const at = await find(screen, 'Leave the console');
  await click(screen, at);
  await screen.type(report(65, at));
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('Leave the console');
});

test('the mouse is off until it is asked for, its reports are no keys then, and leaving turns it off', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await click(screen, await find(screen, 'All CI/CD checks'));
  expect(await screen.text()).not.toMatch(/› +○ All CI\/CD checks/);
  await screen.type('T');
  await expect.poll(screen.written, PATIENT).toContain(ON);
  await screen.type('T');
  await expect.poll(screen.written, PATIENT).toContain(OFF);
});

test('a setting turns the mouse on from the start', async () => {
  const values = {
    theme: 'midnight',
    mouse: 'on',
    times: 'clock',
    ascii: 'off',
    title: 'on',
    alerts: 'on',
    'sign-key': '',
  };
  const screen = await show(fakeSession(), {settings: {values}});
  await expect.poll(screen.written, PATIENT).toContain(ON);
});

test('of two logs one above the other, a click gives the keys to one, and dragging copies its lines', async () => {
  const session = fakeSession({
    sources: [
      {id: 'error', title: 'error · vps'},
      {id: 'access', title: 'access · vps'},
    ],
  });
  session.print('error', ...lines(100));
  session.print('access', ...Array.from({length: 100}, (_, line) => `request ${line}`));
  const screen = await withMouse(session);
  await screen.type('4S');
  await expect.poll(screen.text, PATIENT).toContain('request 99');
  for (const words of ['request 97', 'line 97 of the log']) {
    const at = await find(screen, words);
    await screen.type(report(0, at));
    await screen.type(report(32, {...at, row: at.row + 1}));
    await screen.type(report(0, {...at, row: at.row + 1}, 'm'));
    await expect.poll(() => copiedText(screen), PATIENT).toContain(words);
    expect(copiedText(screen).split('\n')).toHaveLength(2);
  }
  expect(session.sent).toEqual([]);
});
