import {expect, test} from 'vitest';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

/** Many palettes have it close to their page, some equal to it. */
const BRIGHT_BLACK = 8;

test('of sixteen colours no word is written in bright black', async () => {
  const session = fakeSession();
  session.print('error', '13:00:00 INFO up', '13:00:01 ERROR down');
  session.tell({type: 'step-skipped', stepId: 'L7', reason: 'done before'});
  const screen = await show(session, {env: {TERM: 'linux'}});
  for (const key of ['', '2', '3', '4', '?', '\u0007i', '\u0007:']) {
    await screen.type(key);
    const rows = await screen.rows();
    for (const [y, text] of rows.entries())
      for (const {index, 0: sign} of text.matchAll(/[A-Za-z0-9]/g))
        if (screen.colourAt(y, index) === BRIGHT_BLACK) expect(`${key}: "${sign}" at ${y},${index}`).toBe(text);
  }
});
