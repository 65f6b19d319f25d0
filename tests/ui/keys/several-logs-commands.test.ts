import {expect, test, vi} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {severalLogs} from '../../helpers/several-logs.ts';
import {show} from '../../helpers/show-session.ts';

const ENTER = '\r';

test('all logs stand in one order of time, each line with the name of its log, and back at the same line', async () => {
  const screen = await show(severalLogs());
  await screen.type('4Mz');
  await vi.waitFor(async () => expect(await screen.text()).toContain('[all by time]'), PATIENT);
  await vi.waitFor(
    async () =>
      expect(await screen.text()).toMatch(
        /api {2}13:13:18 INFO api 198\..*\n.*api {13}with a second line.*\n.*web {2}13:13:19 INFO web 199\./,
      ),
    PATIENT,
  );
  await screen.type('/');
  await screen.type(`second line${ENTER}`);
  expect(await screen.text()).toContain('/second line 100/100');
  await screen.type('\u0007');
  await screen.type('\u0007');
  for (const line of [150, 50]) {
    await screen.type('E');
    await vi.waitFor(async () => expect(await screen.text()).toContain(`› ERROR api ${line}.`), PATIENT);
  }
  expect(await screen.text()).toMatch(/web {2}13:10:51 INFO web 51\./);
  await screen.type('M');
  await vi.waitFor(async () => expect(await screen.text()).not.toContain('web 51.'), PATIENT);
  expect(await screen.text()).toContain('[api.log · vps]');
  expect(await screen.text()).toContain('ERROR api 50.');
});

test('filters hold for all logs at once, and keep events whole', async () => {
  const screen = await show(severalLogs());
  await screen.type('4Mz&');
  await screen.type(`150\\.|151\\.${ENTER}`);
  await vi.waitFor(
    async () =>
      expect(await screen.text()).toMatch(/ERROR api 150\..*\n.*with a second line.*\n.*INFO web 151\..*\n[^.]*\n/),
    PATIENT,
  );
});

test('with one log there is nothing to merge or to split, and the key says so', async () => {
  const session = fakeSession();
  session.print('error', 'a line');
  const screen = await show(session);
  await screen.type('M');
  expect(await screen.text()).toContain('there is no second log to show with it');
  await screen.type('S');
  expect(await screen.text()).toContain('there is no second log to show below');
});

test('two logs stand one above the other, keys act on the one that has the focus, and Tab goes between them', async () => {
  const screen = await show(severalLogs());
  await screen.type('4Sz');
  const titles = async () => (await screen.rows()).filter(row => row.startsWith('╭'));
  expect(await titles()).toEqual([
    expect.stringContaining('4 [api.log · vps]'),
    expect.stringContaining('[web.log · vps]'),
  ]);
  await screen.type(']');
  expect((await titles())[1]).toContain('[jobs · vps]');
  await screen.type('[');
  await screen.type('g');
  expect(await screen.text()).toContain('13:10:01 INFO web 1.');
  expect(await screen.text()).toContain('INFO api 198.');
  await screen.type('\u001B[Z');
  await screen.type('g');
  expect(await screen.text()).toContain('13:10:00 INFO api 0.');
  await screen.type('\t\t');
  expect(await screen.text()).toContain('3 ');
  await screen.type('4S');
  expect((await titles()).filter(row => row.includes('[web.log'))).toEqual([]);
});
