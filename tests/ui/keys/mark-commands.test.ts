import {expect, test, vi} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const ENTER = '\r';

/** Two logs with a line each second in turn, and one that says no time. */
function logs() {
  const session = fakeSession({
    sources: [
      {id: 'api', title: 'api.log · vps'},
      {id: 'web', title: 'web.log · vps'},
      {id: 'jobs', title: 'jobs · vps'},
    ],
  });
  const clock = (second: number) =>
    `2026-01-05 13:${String(second / 60 + 10).slice(0, 2)}:${String(second % 60).padStart(2, '0')}`;
  for (let second = 0; second < 200; second += 2) {
    const isError = second === 50 || second === 150;
    session.print('api', `${clock(second)} ${isError ? 'ERROR' : 'INFO'} api ${second}.`, '  with a second line');
    session.print('web', `${clock(second + 1)} INFO web ${second + 1}.`);
  }
  session.print('jobs', 'job without a time');
  return session;
}

test('all logs stand in one order of time, each line with the name of its log, and back at the same line', async () => {
  const screen = await show(logs());
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
  const screen = await show(logs());
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
  const screen = await show(logs());
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

test('a bookmark is set, is seen in all logs as well, and is taken away; what the run did is marked, too', async () => {
  const session = logs();
  session.clock.at += 60_000;
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at += 5000;
  session.print('api', '2026-01-05 13:20:00 INFO since the deploy');
  const screen = await show(session);
  await screen.type('4z');
  await screen.type('E');
  await screen.type('m');
  expect(await screen.text()).toMatch(/│◆13:12:30 › ERROR api 150\./);
  expect(await screen.text()).toContain('is marked');
  await screen.type("G'");
  await vi.waitFor(async () => expect(await screen.text()).toContain('bookmark'), PATIENT);
  await screen.type("'");
  await vi.waitFor(async () => expect(await screen.text()).toContain('the deploy began'), PATIENT);
  expect(await screen.text()).toMatch(/│D13:20:00 .*since the deploy/);
  await screen.type('M');
  await vi.waitFor(async () => expect(await screen.text()).toContain('scrolled up'), PATIENT);
  await screen.type('"');
  await vi.waitFor(async () => expect(await screen.text()).toMatch(/│◆api {2}13:12:30 .*ERROR api 150\./), PATIENT);
  await screen.type('m');
  expect(await screen.text()).toContain('is no longer marked');
  expect(await screen.text()).not.toContain('◆');
});

test('a bar beside the lines shows where errors and warnings stand, and which lines are seen', async () => {
  const session = fakeSession();
  session.print('error', ...Array.from({length: 400}, (_, line) => (line > 300 && line < 320 ? 'ERROR here' : 'fine')));
  session.print('error', ...Array.from({length: 20}, () => 'WARNING soon'));
  const screen = await show(session, {env: {TERM: 'xterm', NO_COLOR: '1'}});
  await screen.type('4zg');
  await vi.waitFor(async () => expect(await screen.text()).toMatch(/█[│┃]\n/), PATIENT);
  const rows = (await screen.rows()).filter(row => /^│/.test(row));
  const ends = rows.map(row => row.slice(-2));
  const errors = ends.flatMap((end, row) => (/[▏▎▌▊█]/.test(end) ? [row / ends.length] : []));
  expect(Math.min(...errors)).toBeGreaterThan(0.6);
  expect(Math.max(...errors)).toBeLessThan(0.8);
  expect(ends.at(-1)).toMatch(/[░▒▓]│/);
  expect(ends[0]).toBe(' ┃');
  expect(ends[Math.floor(ends.length / 2)]).toBe(' │');
});
