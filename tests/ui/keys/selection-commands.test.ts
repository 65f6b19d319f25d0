import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import {copiedText} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';

const BACK = '\u0007';

function withLog(count: number): FakeSession {
  const session = fakeSession();
  session.print(
    'error',
    ...Array.from({length: count}, (_, line) => `line ${line} ${line % 10 === 0 ? 'ERROR' : 'INFO'}`),
  );
  return session;
}

test('V selects lines, the moves select more, V again begins there, and y copies them', async () => {
  const session = withLog(100);
  const screen = await show(session);
  await screen.type('4');
  await screen.type('V');
  expect(await screen.text()).toMatch(/1 line selected/);
  expect(await screen.text()).toMatch(/› line 99 INFO +[│┃]/);
  await screen.type('kkk');
  expect(await screen.text()).toMatch(/4 lines selected/);
  // It stands still while more comes.
  session.print('error', 'later');
  await screen.type('V');
  await screen.type('j');
  expect(await screen.text()).toMatch(/2 lines selected/);
  expect(await screen.text()).toContain('y copy  w save');
  await screen.type('y');
  expect(copiedText(screen)).toBe('line 96 INFO\nline 97 INFO');
  expect(await screen.text()).toContain('copied 2 lines');
  expect(await screen.text()).not.toContain('selected');
});

test('the cursor of the selection stays in sight, and Esc ends the selection before anything else', async () => {
  const screen = await show(withLog(300), {columns: 80, rows: 24});
  await screen.type('4V');
  for (let page = 0; page < 4; page++) await screen.type('\u001B[5~');
  expect(await screen.text()).toMatch(/› line 2\d\d /);
  await screen.type('g');
  expect(await screen.text()).toMatch(/› line 0 ERROR/);
  expect(await screen.text()).toContain('300 lines selected');
  await screen.type(BACK);
  expect(await screen.text()).not.toContain('selected');
});

test('of selected lines only those are copied that the filters let through', async () => {
  const screen = await show(withLog(100));
  await screen.type('&ERROR\r');
  await screen.type('V');
  await screen.type('kk');
  await screen.type('y');
  expect(copiedText(screen)).toBe('line 70 ERROR\nline 80 ERROR\nline 90 ERROR');
});

test('w saves all lines that the filters let through, and never over a file without asking', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'save-'));
  const path = join(directory, 'errors.log');
  const session = withLog(50_000);
  const screen = await show(session);
  await screen.type('4');
  await screen.type('&ERROR\r');
  await screen.type('w');
  expect(await screen.text()).toContain('Save error · vps to a file');
  expect(await screen.text()).toContain('the lines that the filters let through, of 50 000');
  await screen.type(`${path}\r`);
  await expect.poll(screen.text, PATIENT).toContain(`5 000 lines saved to ${path}`);
  const lines = readFileSync(path, 'utf8').split('\n');
  expect([lines.length, lines[0], lines[4999], lines[5000]]).toEqual([5001, 'line 0 ERROR', 'line 49990 ERROR', '']);

  writeFileSync(path, 'precious\n');
  session.clock.at += 1000;
  await screen.type(`w${path}\r`);
  await expect.poll(screen.text, PATIENT).toContain('errors.log is there already');
  await screen.type(BACK);
  expect(readFileSync(path, 'utf8')).toBe('precious\n');
  session.clock.at += 1000;
  await screen.type(`w${path}\r`);
  await expect.poll(screen.text, PATIENT).toContain('errors.log is there already');
  await screen.type('o');
  await expect.poll(() => readFileSync(path, 'utf8').length, PATIENT).toBeGreaterThan(1000);
});

test('a name that cannot be written stays in the prompt, with the reason', async () => {
  const screen = await show(withLog(10));
  await screen.type('4w/no/such/place\r');
  await expect.poll(screen.text, PATIENT).toContain('cannot write /no/such/place: no such file or directory');
  expect(await screen.text()).toContain('> /no/such/place');
  expect(existsSync('/no')).toBe(false);
});
