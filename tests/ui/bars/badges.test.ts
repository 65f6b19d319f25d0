import {expect, test} from 'vitest';
import {fakeSession} from '../../helpers/fake-session.ts';
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
  }
});
