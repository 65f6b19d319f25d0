/** What the header and the alerts say at any width: a badge, a command and a key are whole. */
import {describe, expect, test} from 'vitest';
import type {Event} from '../../../src/run/event.ts';
import type {RunState} from '../../../src/run/state.ts';
import {headerRows} from '../../../src/ui/bars/header-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {exited, type FakeSession, fakeSession, readiness} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {noColours} from '../draw-pane.tsx';

const BO = {id: 'c2', user: 'bo', terminal: 'pts/2', name: 'Bo Alexandra Fitzgerald-Lopez', observer: false};

function running(session: FakeSession): void {
  session.tell({type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'});
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1, outputFrom: 0});
}

/** In the order of reading, without the keys at the right end of the first row. */
function saidIn(rows: readonly string[]): string {
  return rows.join(' ').replace('│ q leave', '').replace(/\s+/g, ' ');
}

describe('a lost engine', () => {
  const COMMAND = 'To go on: node dist/tminus.js resume 20260105-130000-a1';

  test.each([
    [200, 60],
    [160, 45],
    [110, 35],
    [80, 24],
    [60, 16],
    [50, 12],
  ])(
    'at %ix%i says without a key what has happened, what may still run, and the whole command to go on',
    async (columns, rows) => {
      const session = fakeSession();
      running(session);
      const screen = await show(session, {columns, rows});
      session.clock.at += 12_000;
      session.lose('the engine hung up');
      const shown = await screen.rows();
      const text = saidIn(shown);
      expect(text).toMatch(/ENGINE LOST at \d\d:00:12: the engine hung up\. Nothing new starts\./);
      expect(text).toMatch(/May still run on vps: Restart the application/);
      expect(text).toContain(columns < 60 ? COMMAND.slice(0, 30) : COMMAND);
      expect(text).toContain('q leave');
      // The command stands alone, so that a mouse copies nothing but it.
      if (columns >= 60) expect(shown.find(row => row.includes(COMMAND))?.trim()).toBe(COMMAND);
      expect(shown).toHaveLength(rows);
      if (columns >= 60) expect(shown.at(-1)).toContain('q leave');
    },
  );

  test.each<[string, (session: FakeSession) => void, RegExp]>([
    ['no step', () => {}, /Nothing new starts\.[\s\S]*No step was running\./],
    [
      'a request',
      session => session.tell({type: 'step-started', stepId: 'L46', attempt: 1}),
      /Sent, answer unknown: Check application is running\./,
    ],
    [
      'a step that waits for its link',
      session => {
        session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
        running(session);
        session.tell({type: 'step-awaits-link', stepId: 'L41', attempt: 1, host: 'vps'});
      },
      /Not begun: Restart the application/,
    ],
    [
      'a rollback that counts down',
      session => session.tell({type: 'rollback-requested', because: 'ana', startsAt: session.clock.at + 3000}),
      /The rollback has not begun\./,
    ],
  ])('in the middle of %s says so, and q leaves at once', async (_, begin, said) => {
    const session = fakeSession();
    const screen = await show(session, {columns: 80, rows: 24});
    begin(session);
    await screen.text();
    session.lose('the engine hung up');
    const text = await screen.text();
    expect(text).toMatch(said);
    // A countdown that nobody counts any more.
    expect(text).not.toContain('Rolling back in');
    await screen.type('q');
    expect(await screen.left).toEqual({kind: 'lost', detail: 'the engine hung up'});
  });

  test('of a run that was taken over says where it goes on, and how to see it', async () => {
    const session = fakeSession();
    const because = 'this run was taken over by the engine of bo@other.example.org (run 20260105-130000-a1, pid 4711)';
    session.tell({type: 'lease-lost', checklist: 'shop: deploy.md', because, takenOver: true});
    const screen = await show(session, {columns: 80, rows: 24});
    session.lose(because);
    const text = saidIn(await screen.rows());
    expect(text).toContain(because);
    expect(text).toContain('To go on: node dist/tminus.js attach 20260105-130000-a1');
  });

  test('hides nothing of itself under a dialog, and the panes below it still fill the screen', async () => {
    const session = fakeSession();
    running(session);
    const screen = await show(session, {columns: 80, rows: 24});
    session.lose('the engine hung up');
    await screen.type('?');
    const shown = await screen.rows();
    expect(shown.join('\n')).toContain(COMMAND);
    expect(shown.findIndex(row => row.includes('╭─ Keys'))).toBeGreaterThan(
      shown.findIndex(row => row.includes(COMMAND)),
    );
  });
});

const ALERTS: readonly [string, (session: FakeSession) => void, readonly string[]][] = [
  [
    'not recorded',
    session => session.trouble.setState({text: 'ENOSPC: no space left on device, write journal.ndjson'}),
    ['NOT RECORDED: ENOSPC: no space left on device', 'Nothing new starts; R still rolls back.'],
  ],
  [
    'a lost link',
    session => {
      running(session);
      session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
    },
    ['vps LOST', 'R rolls back unproved'],
  ],
  [
    'a trigger',
    session => {
      running(session);
      session.tell({type: 'trigger-fired', ruleId: 'p95', value: 1720, evidence: '1720 ms, past >1500', samples: []});
    },
    ['P95 store_message 1720 ms', '1500 ms', 'R ROLL BACK', 'i look'],
  ],
  [
    'a failed step',
    session => {
      session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
      session.report('L14', exited(1, '', [{line: 14, text: 'git tag', code: 1, durationMs: 5}]));
    },
    ['FAILED Create git tag', 'i look'],
  ],
  [
    'a question of a host',
    session =>
      session.ask({
        id: 'q1',
        kind: 'host-key',
        host: 'vps',
        text: 'The key of vps (203.0.113.7) is SHA256:Lkjh87asdKJHGas76d5fasdf+asdfasdASDasd: is it right?',
        secret: false,
      }),
    ['vps asks', 'u answer'],
  ],
  [
    'a second person who is waited for',
    session => session.tell(approvalOf('c1')),
    ['waits for a second person (nobody of another account is attached)', 'x withdraw'],
  ],
];

function approvalOf(consoleId: string): Event {
  const intent = {type: 'run-step', stepId: 'L32'} as const;
  return {type: 'approval-asked', id: 'A9', stepId: 'L32', intent, consoleId, askedBy: 'ana', because: 'it is marked'};
}

test.each(ALERTS)('%s: at no width its command or its key is cut', async (_, come, whole) => {
  const session = fakeSession();
  come(session);
  const screen = await show(session, {columns: 60, rows: 20});
  for (const columns of [60, 61, 67, 80, 99, 100, 110, 139, 140, 160]) {
    await screen.resize(columns, 24);
    const shown = await screen.rows();
    const alert = shown
      .slice(columns >= 140 ? 1 : 2, 6)
      .join(' ')
      .replace(/\s+/g, ' ');
    for (const words of whole) if (words.length <= columns - 20) expect(alert, `${columns}`).toContain(words);
  }
});

test('at no width a badge of the header is cut', () => {
  const session = fakeSession();
  session.tell({type: 'console-joined', console: BO}, {type: 'baton-passed', to: 'c2'});
  session.tell({type: 'run-on-switched', on: false, because: 'a person ticks it'});
  const base = session.run.getState();
  const back = (result: 'rolled-back' | 'rollback-failed', verdict: 'verified' | 'unverified' | 'failed') =>
    ({status: 'finished', result, verdict, because: 'x', left: [], at: session.clock.at}) as RunState['rollback'];
  const states: Partial<RunState>[] = [
    {},
    {phase: 'held'},
    {phase: 'watching'},
    {phase: 'rollback-failed', rollback: back('rollback-failed', 'unverified')},
    {phase: 'rollback-failed', rollback: back('rollback-failed', 'failed')},
    {phase: 'rolled-back', rollback: back('rolled-back', 'verified')},
    {phase: 'rolling-back'},
  ];
  for (const change of states) {
    for (const rehearsal of [{rehearsal: true as const}, {}]) {
      const state = {...base, ...change, run: {...base.run, ...rehearsal}, deployStartedAt: session.clock.at - 72_000};
      const rowsAt = (columns: number) =>
        headerRows(smallPlan, state, {
          columns,
          rows: columns >= 140 ? 1 : 2,
          glyphs: glyphsFor(false),
          theme: noColours,
          now: session.clock.at,
          consoleId: 'c1',
        });
      const badges = [
        ...rowsAt(400)
          .join('')
          .matchAll(/\[[^\]]*\]/g),
      ].map(([badge]) => badge);
      const always = badges.filter(badge => badge !== '[T-MINUS]' && !/REVIEW|READ BY/.test(badge));
      expect(always.length).toBeGreaterThan(1);
      for (let columns = 60; columns <= 200; columns += 1)
        for (const badge of always) expect(rowsAt(columns).join('\n'), `${columns}`).toContain(badge);
    }
  }
});

test('at no width the reason why the rollback is not ready loses its head', () => {
  const session = fakeSession();
  session.tell(readiness(false));
  for (let columns = 60; columns <= 200; columns += 1) {
    const rows = headerRows(smallPlan, session.run.getState(), {
      columns,
      rows: columns >= 140 ? 1 : 2,
      glyphs: glyphsFor(false),
      theme: noColours,
      now: session.clock.at,
    });
    expect(rows.join('\n'), `${columns}`).toContain('ROLLBACK NOT READY: tag v1');
  }
});
