import {describe, expect, test, vi} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import type {RunState} from '../../../src/run/state.ts';
import {localClock} from '../../../src/text/times.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {OutputPanel, shortPlace} from '../../../src/ui/output/output-panel.tsx';
import {PATIENT} from '../../helpers/eventually.ts';
import {exited, fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {script, smallPlan} from '../../helpers/small-plan.ts';
import {colours, drawPane, type PaneOptions} from '../draw-pane.tsx';

const many = (count: number, word = 'line') => Array.from({length: count}, (_, index) => `${word} ${index}`);
const draw = (session: ReturnType<typeof fakeSession>, options: PaneOptions = {}) =>
  drawPane(session, props => <OutputPanel {...props} />, options);

function running(stepId = 'L14') {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId, attempt: 1, outputFrom: 0});
  return session;
}

test('before anything ran it shows what the step would do, where, and the key that starts it', () => {
  const text = draw(fakeSession(), {cursor: 'L14'}).text();
  expect(text).toContain('2 vps:/srv/app');
  expect(text).toContain('Create git tag for current production');
  expect(text).toContain('$ git tag v1.0-pre');
  expect(text).toMatch(/Enter runs it/);
});

test('a step that cannot start yet says why', () => {
  expect(draw(fakeSession(), {cursor: 'L40', height: 20}).text()).toMatch(/▲ choose first: Deploy by one of these/);
});

test('a step that lacks a name says all of it, and offers no key that would be refused', () => {
  const plan: Plan = {
    ...smallPlan,
    steps: smallPlan.steps.map(step =>
      step.id === 'L14'
        ? {...step, action: script({id: 'local', place: {kind: 'local'}}, 'helm upgrade --version <chart-version>')}
        : step,
    ),
    placeholders: [{text: '<chart-version>', lines: [14], bound: false}],
  };
  const text = draw({...fakeSession(), plan}, {cursor: 'L14', width: 60, height: 20}).text();
  expect(text).toMatch(/unbound <chart-version>.*bindings file.*--value.*Space says it is done/s);
  expect(text).not.toContain('Enter');
});

test('a step that would be refused now offers no Enter, whatever refuses it', () => {
  const of = (changes: Partial<RunState>, cursor: string) => {
    const session = fakeSession();
    session.run.setState({...session.run.getState(), ...changes});
    return draw(session, {cursor, height: 20}).text();
  };
  const counting: Partial<RunState> = {
    rollback: {status: 'counting', requestedAt: 0, startsAt: 3000, because: 'asked for by ana'},
  };
  for (const cursor of ['L7', 'L14', 'nothing']) expect(of(counting, cursor), cursor).not.toContain('Enter');
  const held: Partial<RunState> = {phase: 'held', phaseBecause: 'held by ana'};
  expect(of(held, 'L14')).toMatch(/the run is held: held by ana.*s skips it/s);
  expect(of(held, 'L14')).not.toContain('Enter');
  // A person ticks what was done by hand also then.
  expect(of(held, 'L7')).toContain('Enter ticks it');
  expect(of({}, 'L40')).toMatch(/choose first: .*s skips it/s);
  expect(of({}, 'L40')).not.toContain('Enter');
});

test('a name that is bound to a secret reads [redacted], and is not called unbound', () => {
  const plan: Plan = {
    ...smallPlan,
    steps: smallPlan.steps.map(step =>
      step.id === 'L14'
        ? {...step, action: script({id: 'local', place: {kind: 'local'}}, 'docker login -p <registry-token>')}
        : step,
    ),
    placeholders: [{text: '<registry-token>', lines: [14], bound: true}],
  };
  const text = draw({...fakeSession(), plan}, {cursor: 'L14', width: 60, height: 20}).text();
  expect(text).toContain('$ docker login -p [redacted]');
  expect(text).not.toContain('unbound');
});

test('all arms of alternatives are shown until one is chosen', () => {
  const session = fakeSession();
  session.tell({type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'});
  expect(draw(session, {cursor: 'L41'}).text()).toMatch(/one of these:.*systemctl.*supervisorctl/s);
  session.tell({type: 'choice-made', choiceId: 'L41:or', armId: 'systemd', because: 'ana'});
  const chosen = draw(session, {cursor: 'L41'}).text();
  expect(chosen).toContain('systemctl');
  expect(chosen).not.toContain('supervisorctl');
});

test('why a step failed is broken, never cut, and what was found instead stands with what was expected', () => {
  const session = running();
  const because = `exit 3 from line 14: ${'a very long command '.repeat(6)}end`;
  const checks = [{text: `contains ${'x'.repeat(60)}`, result: 'unmet' as const, actual: 'something else'}];
  const verdict = {kind: 'failed' as const, because, checks};
  session.tell({type: 'step-finished', stepId: 'L14', attempt: 1, outcome: exited(3), verdict});
  const text = draw(session, {cursor: 'L14', width: 60, height: 20}).text();
  expect(text).toMatch(/✗ failed exit 3 from line 14.*end/s);
  expect(text).toMatch(/not met contains.*something else/s);
  expect(text).not.toContain('…');
});

test('the result of a step that printed nothing says whose it is', () => {
  const session = fakeSession();
  session.tell({type: 'step-ticked', stepId: 'L8'});
  expect(draw(session, {cursor: 'L8'}).text()).toMatch(/All CI\/CD checks.*result.*passed ticked/s);
});

test('a long place keeps its host and the end of its directory', () => {
  expect(shortPlace('vps:/tmp/tminus-rehearsal-Txs2Qp/srv/myhibachi-backend', 30, '…')).toBe(
    'vps:…2Qp/srv/myhibachi-backend',
  );
  expect(shortPlace('vps:/srv/app', 30, '…')).toBe('vps:/srv/app');
});

test('with neither output nor a step it says what will appear here', () => {
  expect(draw(fakeSession(), {cursor: 'nothing'}).text()).toMatch(/What the steps print appears here.*Enter runs it/s);
});

describe('following', () => {
  test('the end of the running step is on the screen, and grows', async () => {
    const session = running();
    session.print('output', ...many(50));
    const pane = draw(session, {cursor: 'L14'});
    expect(pane.rows()[0]).toContain(' following ');
    expect(pane.text()).toContain('line 49');
    session.print('output', 'the newest');
    await vi.waitFor(() => expect(pane.text()).toContain('the newest'), PATIENT);
  });

  test('scrolling up stops it: the view stands still and the banner counts what is new', async () => {
    const session = running();
    session.print('output', ...many(50));
    const pane = draw(session, {cursor: 'L14'});
    pane.act({type: 'scroll', source: 'output', to: {follow: false, top: 10}});
    await vi.waitFor(() => expect(pane.rows()[1]).toContain('line 10'), PATIENT);
    session.print('output', ...many(1204, 'later'));
    await vi.waitFor(() => expect(pane.rows()[0]).toContain(' scrolled up · 1 204 new · G follows '), PATIENT);
    expect(pane.rows()[1]).toContain('line 10');
    pane.act({type: 'scroll', source: 'output', to: {follow: true}});
    await vi.waitFor(() => expect(pane.text()).toContain('later 1203'), PATIENT);
    expect(pane.rows()[0]).toContain(' following ');
  });

  test('a paused pane stands still although it followed', async () => {
    const session = running();
    session.print('output', ...many(50));
    const pane = draw(session, {cursor: 'L14'});
    pane.act({type: 'toggle', what: 'paused'});
    await vi.waitFor(() => expect(pane.rows()[0]).toContain('PAUSED'), PATIENT);
    session.print('output', ...many(7, 'later'));
    await vi.waitFor(() => expect(pane.rows()[0]).toContain(' PAUSED · 7 new · p goes on '), PATIENT);
    expect(pane.text()).toContain('line 49');
    expect(pane.text()).not.toContain('later');
  });
});

test('a finished step under the cursor shows its own lines and its verdict only', () => {
  const session = running();
  session.print('output', '$ git tag v1.0-pre', 'fatal: tag exists');
  session.tell({
    type: 'step-finished',
    stepId: 'L14',
    attempt: 1,
    outcome: exited(1),
    verdict: {
      kind: 'failed',
      because: 'exit 1 from line 14',
      checks: [{text: 'no output', result: 'unmet', actual: 'fatal'}],
    },
    outputTo: 2,
  });
  session.print('output', 'of another step');
  const text = draw(session, {cursor: 'L14'}).text();
  expect(text).toMatch(/✗ failed exit 1 from line 14.*fatal: tag exists.*✗ not met no output · fatal/s);
  expect(text).not.toContain('of another step');
});

test('a SQL result is a table', () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1, outputFrom: 0});
  session.tell({
    type: 'step-finished',
    stepId: 'L14',
    attempt: 1,
    outcome: {
      kind: 'returned',
      durationMs: 12,
      tables: [
        {
          columns: ['name', 'calls'],
          rows: [
            ['ai_messages', '1204'],
            ['日本', null],
          ],
          rowCount: 2,
        },
      ],
    },
    verdict: {kind: 'passed', because: '2 rows', checks: []},
    outputTo: 0,
  });
  const rows = draw(session, {cursor: 'L14'}).rows();
  const at = rows.findIndex(row => row.includes('name'));
  expect(rows.slice(at, at + 5).map(row => row.slice(2, -2).trimEnd())).toEqual([
    'name         calls',
    '───────────  ─────',
    'ai_messages   1204',
    '日本          NULL',
    '2 rows',
  ]);
});

test('a lost link is said where the output would come', () => {
  const session = running();
  session.print('output', 'working');
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  const pane = draw(session, {cursor: 'L14', now: session.clock.at + 12_000, width: 110});
  expect(pane.text()).toContain(
    `▲ link lost at ${localClock(session.clock.at)} · the step may still run on vps, unseen meanwhile · read ECONNRESET`,
  );
});

test('matches of a search are marked, without colours by a sign', () => {
  const session = running();
  session.print('output', 'one fish', 'two Fish', 'three');
  const actions = [{type: 'search', pattern: 'fish'} as const];
  expect(draw(session, {cursor: 'L14', actions}).text()).toMatch(/· one fish.*· two Fish.*[^·] three/s);
  const painted = draw(session, {cursor: 'L14', actions, theme: colours}).text();
  expect(painted).toMatch(/two \x1b\[1m(?:\x1b\[[0-9;]+m)*\x1b\[48;5;\d+mFish/);
});

test('nothing from a log but text and colours reaches the screen', () => {
  const session = running();
  session.print('output', 'a\x1b]52;c;aGk=\x07b', '\x1b[31mred\x1b[0m', '\x1b[2Jgone', 'x\x9b1Ay');
  const sequences = (text: string) => text.match(/\x1b.[^m]*m?|\x9b/g) ?? [];
  expect(sequences(draw(session, {cursor: 'L14'}).text())).toEqual([]);
  expect(
    sequences(draw(session, {cursor: 'L14', theme: colours}).text()).filter(one => !/^\x1b\[[\d;]*m$/.test(one)),
  ).toEqual([]);
});

test('no row is wider or narrower than the panel, wrapped or scrolled, whatever the lines hold', () => {
  const session = running();
  session.print(
    'output',
    '日本語テキスト'.repeat(20),
    '👩‍👩‍👧 '.repeat(30),
    '\x1b[31m'.repeat(50),
    'x'.repeat(5000),
    '\t\t\ttabs',
    'e\u0301'.repeat(90),
  );
  for (const width of [20, 41, 80]) {
    for (const actions of [
      [],
      [{type: 'toggle', what: 'wrap'} as const],
      [{type: 'scroll', source: 'output', to: {column: 9}} as const],
    ]) {
      const rows = draw(session, {cursor: 'L14', width, height: 12, theme: colours, actions}).rows();
      expect(rows.map(displayWidth)).toEqual(rows.map(() => width));
      expect(rows).toHaveLength(12);
    }
  }
});

test('in ASCII everything is ASCII, log text included', () => {
  const session = running();
  session.print('output', 'naïve – 日本 ✓');
  expect(draw(session, {cursor: 'L14', ascii: true}).text()).toMatch(/^[\x20-\x7e\n]*$/);
  expect(draw(fakeSession(), {cursor: 'L41', ascii: true, height: 20}).text()).toMatch(/^[\x20-\x7e\n]*$/);
});

test('a step that failed offers its keys in the order that the alert advises', () => {
  for (const [before, keys] of [
    [2200, /│ i look {2}r retry {2}s skip with a reason *│$/m],
    [210, /│ R roll back {2}i look {2}r retry {2}s skip with a reason *│$/m],
  ] as const) {
    const session = fakeSession();
    for (let count = 0; count < 30; count++) {
      session.clock.at = RUN_START + 1000 * count;
      session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: before}]});
    }
    session.tell({type: 'step-started', stepId: 'L32', attempt: 1, outputFrom: 0});
    session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2383, evidence: '2383 ms, past >1500', samples: []});
    session.report('L32', exited(1));
    expect(draw(session, {cursor: 'L32', width: 70, height: 20}).text(), `${before}`).toMatch(keys);
  }
});

test('a step that failed offers nothing of that once its run was rolled back', () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1, outputFrom: 0});
  session.report('L32', exited(1));
  session.tell({type: 'rollback-finished', result: 'rolled-back', verdict: 'verified', because: 'v1', left: []});
  expect(draw(session, {cursor: 'L32', width: 70, height: 20}).text()).not.toMatch(/r retry|s skip/);
});

test('of what a failed step has printed, its title and its commands are not counted', () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1, outputFrom: 0});
  session.print(
    'output',
    '\u001B[1m── Pull latest main branch locally\u001B[0m',
    '$ git checkout main',
    'Switched',
    'one more',
  );
  const verdict = {kind: 'failed' as const, because: 'exit 1', checks: []};
  session.tell({type: 'step-finished', stepId: 'L32', attempt: 1, outcome: exited(1), verdict, outputTo: 4});
  expect(draw(session, {cursor: 'L32', width: 70, height: 24}).text()).toContain('2 lines of output below');
});

test('after a rollback nothing says that the run runs on, and a is refused with why', () => {
  const session = fakeSession();
  expect(draw(session, {cursor: 'L8', width: 70, height: 20}).text()).toContain('a runs on');
  session.tell({type: 'rollback-finished', result: 'rolled-back', verdict: 'verified', because: 'v1', left: []});
  session.tell({type: 'phase-changed', phase: 'rolled-back', because: 'v1'});
  expect(draw(session, {cursor: 'L8', width: 70, height: 20}).text()).not.toContain('a runs on');
});
