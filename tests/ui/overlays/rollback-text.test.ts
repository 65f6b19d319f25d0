import {expect, test} from 'vitest';
import {statusText} from '../../../src/report/run-status.ts';
import type {RunState} from '../../../src/run/state.ts';
import {localClock} from '../../../src/text/times.ts';
import {phasePiece, readinessPiece} from '../../../src/ui/bars/header-pieces.ts';
import {readinessCount} from '../../../src/ui/checklist/unproved.ts';
import {rollbackLines} from '../../../src/ui/overlays/rollback-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {exited, fakeSession} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {noColours} from '../draw-pane.tsx';

const writer = textWriter(noColours, glyphsFor(false), 90);
const lines = (rollback: RunState['rollback']) =>
  rollbackLines(smallPlan, {...fakeSession().run.getState(), rollback}, writer, 0);

test('only looked at, the steps stand right under their heading', () => {
  const shown = lines({status: 'none'});
  const heading = shown.indexOf('What R would do, in this order:');
  expect(shown.indexOf('It does not undo:')).toBeLessThan(heading);
  expect(shown[heading + 1]).toMatch(/^○ /);
});

test('when it is over, what is left is said once, and what to press next', () => {
  const shown = lines({
    status: 'finished',
    result: 'rolled-back',
    because: 'verified by GET /health',
    left: ['by hand: tell the team'],
    at: 0,
  });
  expect(shown.slice(0, 4)).toEqual([
    'Rolled back, verified by GET /health',
    'Left to do:',
    '  by hand: tell the team',
    'Esc closes this; q then offers to close the run and to write the record.',
  ]);
});

test('of one that failed the last line is told that its step has printed', () => {
  const [first = ''] = smallPlan.rollback?.steps ?? [];
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: first, attempt: 1});
  const command = {line: 1, text: 'release-lock', durationMs: 5, code: 9};
  session.report(first, exited(9, '$ release-lock\nthe lock is held by pid 4711\n', [command]));
  const rollback = {
    ...({status: 'finished', result: 'rollback-failed', verdict: 'failed', because: 'exit 9'} as const),
    ...{left: [], at: 0},
  };
  const shown = rollbackLines(smallPlan, {...session.run.getState(), rollback}, writer, 0);
  expect(shown.slice(0, 2)).toEqual(['The rollback failed: exit 9', 'it printed last: the lock is held by pid 4711']);
});

test('a rollback that nothing verifies is not said to have failed, nor to be good', () => {
  const unverified = {
    result: 'rollback-failed',
    verdict: 'unverified',
    because: 'nothing verified the result',
  } as const;
  const shown = lines({status: 'finished', ...unverified, left: [], at: 0});
  expect(shown[0]).toBe('Rolled back, not verified: nothing verified the result');
  const state = {
    ...fakeSession().run.getState(),
    phase: 'rollback-failed',
    rollback: {status: 'finished', ...unverified, left: [], at: 0},
  } as const;
  expect(phasePiece(smallPlan, state).text).toBe(' ROLLED BACK, NOT VERIFIED ');
});

test.each([
  ['verified', 'rolled-back', 'OLD VERSION VERIFIED', 'ROLLED BACK', 'rolled-back: that is why'],
  [
    'unverified',
    'rollback-failed',
    'OLD VERSION NOT VERIFIED',
    'ROLLED BACK, NOT VERIFIED',
    'rolled back, NOT verified: that is why',
  ],
  ['failed', 'rollback-failed', 'OLD VERSION NOT PROVED', 'ROLLBACK FAILED', 'rollback-failed: that is why'],
] as const)(
  'after a rollback that is %s, header, checklist and record say one thing',
  (verdict, result, proof, phase, said) => {
    const item = {stepId: 'x', title: '', ready: true, detail: 'proved', arms: [], optional: false};
    const open: RunState = {
      ...fakeSession().run.getState(),
      phase: result,
      phaseBecause: 'that is why',
      rollback: {status: 'finished', result, verdict, because: 'that is why', left: [], at: 0},
      readiness: {at: 0, ready: true, items: [item], link: {up: true, detail: ''}},
    };
    const closed: RunState = {
      ...open,
      phase: 'closed',
      closed: {status: result, exitCode: 5, because: 'that is why', at: 0},
    };
    const glyphs = glyphsFor(false);
    for (const state of [open, closed]) {
      expect(readinessPiece(smallPlan, state, {room: 80, glyphs, now: 0}).text.trim()).toBe(proof);
      expect(statusText(state)).toBe(said);
    }
    expect(phasePiece(smallPlan, open).text.trim()).toBe(phase);
    expect(phasePiece(smallPlan, closed).text.trim()).toBe(`CLOSED: ${said.split(':')[0]?.toUpperCase()}`);
  },
);

test('a step that runs where no link is: still running there, whatever readiness cannot see', () => {
  const session = fakeSession();
  const [first = ''] = smallPlan.rollback?.steps ?? [];
  const state: RunState = {
    ...session.run.getState(),
    rollback: {status: 'running', because: 'asked for', startedAt: 0, begun: [first]},
    steps: {[first]: {status: 'running', attempt: 1, startedAt: 0, by: 'ana', outputFrom: 0}},
    links: {vps: {up: false, detail: 'read ECONNRESET', since: 0}},
    readiness: {
      at: 0,
      ready: false,
      items: [{stepId: first, title: '', ready: false, detail: 'read ECONNRESET', arms: [], optional: false}],
      link: {up: false, detail: 'read ECONNRESET'},
    },
  };
  const shown = rollbackLines(smallPlan, state, writer, 12_000);
  expect(shown).toContain(`  link lost at ${localClock(0)} · the step may still run on vps, unseen meanwhile`);
  expect(shown.join()).not.toContain('ECONNRESET');
});

test('quoted in another place than its dialog, it names no key of the dialog', () => {
  const finished = {status: 'finished', because: 'why', left: [], at: 0} as const;
  const states: RunState['rollback'][] = [
    {status: 'none'},
    {...finished, result: 'rolled-back'},
    {...finished, result: 'rollback-failed'},
  ];
  for (const rollback of states) {
    const state = {...fakeSession().run.getState(), rollback};
    expect(rollbackLines(smallPlan, state, writer, 0).join()).toMatch(/Esc closes|R tries again/);
    const quoted = rollbackLines(smallPlan, state, writer, 0, {isQuoted: true});
    expect(quoted.join()).not.toMatch(/Esc closes|R tries again|f force/);
    expect(quoted.length).toBeGreaterThan(3);
  }
});

test('what may be missing is not counted among what must be proved', () => {
  const item = {stepId: 'x', title: '', ready: true, detail: '', arms: [], optional: false};
  const of = (items: NonNullable<RunState['readiness']>['items']) => {
    const state = {
      ...fakeSession().run.getState(),
      readiness: {at: 0, ready: true, items, link: {up: true, detail: ''}},
    };
    return [
      readinessPiece(smallPlan, state, {room: 80, glyphs: glyphsFor(false), now: 0}).text.trim(),
      readinessCount(smallPlan, state).right,
    ];
  };
  const missing = {...item, ready: false, optional: true};
  expect(of([item, item, missing])).toEqual(['ROLLBACK READY 2/2 · 0s', 'ready 2/2']);
  expect(of([item, item, {...item, optional: true}])).toEqual(['ROLLBACK READY 3/3 · 0s', 'ready 3/3']);
  expect(of([missing])).toEqual(['ROLLBACK READY 0/1 · 0s', 'ready 0/1']);
});

test('tried again, the countdown names what is not repeated, and what is lost by what is', () => {
  const steps = (smallPlan.rollback?.steps ?? []).filter(id => {
    const step = smallPlan.steps.find(one => one.id === id);
    return step?.action.kind === 'script';
  });
  const [first = ''] = steps;
  const title = smallPlan.steps.find(({id}) => id === first)?.title ?? '';
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: first, attempt: 1});
  session.report(first, exited(0));
  const before = {
    ...({status: 'finished', result: 'rollback-failed', verdict: 'failed', because: 'exit 9'} as const),
    ...{left: [], at: 0, begun: [first]},
  };
  const counting = {status: 'counting', requestedAt: 0, startsAt: 3000, because: 'asked for by ana', before} as const;
  const told = (rollback: RunState['rollback'], plan = smallPlan) =>
    rollbackLines(plan, {...session.run.getState(), rollback}, writer, 0).join('\n');
  expect(told(counting)).toContain(`Goes on with what is left. Not repeated: ${title}`);
  expect(told(counting)).toContain('w all of it anew');
  expect(told({...counting, anew: true})).not.toContain('Not repeated');
  const destroying = {
    ...smallPlan,
    steps: smallPlan.steps.map(step => (step.id === first ? {...step, destructive: 'drops a table'} : step)),
  };
  expect(told({...counting, anew: true}, destroying)).toMatch(/Repeats [\s\S]*what was written since is\s+lost/);
});
