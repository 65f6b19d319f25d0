import {expect, test, vi} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

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
