import {expect, test} from 'vitest';
import {stackedSizes} from '../../../src/ui/wall/big-letters.ts';
import {exited, type FakeSession, fakeSession, readiness} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const SIZES = [
  [200, 60],
  [160, 45],
  [80, 24],
] as const;

/** As the screen has it: the words in letters of any size. */
function holds(rows: readonly string[], words: string, ascii = false): boolean {
  const text = rows.join('\n');
  return stackedSizes([words], ascii).some(shape => shape.every(row => text.includes(row.trimEnd())));
}

function inTrouble(): FakeSession {
  const session = fakeSession();
  session.print('error', 'INFO fine', 'ERROR api.chat TypeError: cannot unpack');
  session.tell({type: 'phase-changed', phase: 'running', because: 'a step began'});
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at += 61_000;
  session.tell({type: 'phase-changed', phase: 'held', because: 'a trigger'});
  session.tell({
    type: 'trigger-fired',
    ruleId: 'p95',
    value: 2389,
    evidence: '2389 ms, past >1500, 3 times',
    samples: [],
  });
  return session;
}

test.each(SIZES)(
  'at %ix%i it says in large letters which rule tripped, its value now, the way back and the time',
  async (columns, rows) => {
    for (const ascii of [false, true]) {
      const screen = await show(inTrouble(), {columns, rows, wall: true, ascii});
      const shown = await screen.rows();
      const text = shown.join('\n');
      expect(shown).toHaveLength(rows);
      const subjects = ['ALARM: P95 response time >1500ms', 'P95 response time >1500ms', 'P95 response'];
      // Of signs five rows high, there is no room for two rows of words at 24 rows.
      const isLarge = subjects.some(subject => holds(shown, subject, ascii));
      expect(isLarge || (ascii && rows === 24 && text.includes('ALARM: P95 response time')), text).toBe(true);
      expect(holds(shown, 'now no reading', ascii), text).toBe(true);
      // The time and the value when it tripped stand once.
      expect(text).toMatch(/tripped at \d\d:01:01, 0s ago: 2389 ms, past >1500, 3 times/);
      expect(text.match(/2389/g)).toHaveLength(1);
      // Which run it is comes first, and nothing that is well is as large as what is wrong.
      const lines = rows === 24 ? ['production', 'HELD', 'ROLLBACK READY 2/2', 'T+00:01:01'] : [];
      for (const line of lines) expect(text).toContain(line);
      if (rows > 24) {
        expect(holds(shown.slice(0, 8), 'Phase 2A+2C Performance Optimization', ascii), text).toBe(true);
        const large = ['production - HELD: no new step starts', 'ROLLBACK READY 2/2', 'T+00:01:01'];
        // Letters of ASCII signs take more rows.
        for (const words of large) expect(holds(shown, words, ascii) || (ascii && rows === 45), words).toBe(true);
      }
      expect(text).toMatch(/q leaves {2}you drive/);
      if (rows > 24) expect(text).toContain('ERROR api.chat TypeError: cannot unpack');
      if (ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    }
  },
);

test('without trouble the state of the run is what is large', async () => {
  const shown = await (await show(fakeSession(), {wall: true})).rows();
  expect(holds(shown, 'PREPARE 1/2')).toBe(true);
  expect(shown.join('\n')).toContain('nothing is known to be wrong');
});

test('a step that failed, a lost link and a rollback that is not ready are said with why', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.report('L32', exited(1, '', [{line: 32, text: 'git pull', code: 1, durationMs: 5}]));
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'}, readiness(false));
  for (const [columns, rows] of SIZES) {
    const shown = await (await show(session, {columns, rows, wall: true})).rows();
    const text = shown.join('\n');
    expect(holds(shown, 'STEP FAILED'), text).toBe(true);
    expect(text).toContain('exit 1 from line 32: git pull');
    expect(text).toContain('and: Link to vps lost');
    expect(text).toContain('tag v1.0-pre not found in /srv/app');
  }
  session.lose('socket closed');
  const shown = await (await show(session, {wall: true})).rows();
  expect(shown.join('\n')).not.toContain('READY');
});

test('no key does anything but q, which leaves at once', async () => {
  const session = inTrouble();
  const screen = await show(session, {wall: true});
  const before = await screen.text();
  await screen.type(' \rasxrRHdAbc:?jk\u001B[200~R\u001B[201~\u0012');
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toBe(before);
  await screen.type('q');
  expect(await screen.left).toEqual({kind: 'detached'});
});
