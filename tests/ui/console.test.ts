import {expect, test} from 'vitest';
import {readinessPiece} from '../../src/ui/bars/header-pieces.ts';
import {glyphsFor} from '../../src/ui/terminal/glyphs.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {exited, fakeSession, readiness} from '../helpers/fake-session.ts';
import {leftWords, show} from '../helpers/show-session.ts';
import {smallPlan} from '../helpers/small-plan.ts';

const SIZES = [
  [160, 45],
  [110, 35],
  [80, 24],
] as const;

test('the first picture shows the checklist, where the run is, and what to press', async () => {
  const screen = await show(fakeSession());
  const text = await screen.text();
  expect(text).toContain('T-MINUS');
  expect(text).toContain('not started');
  expect(text).toContain('ROLLBACK READY 2/2');
  expect(text).toContain('› ');
  expect(text).toContain('PR #3 reviewed and approved');
  expect(text).toMatch(/Enter tick {2}a run on/);
});

test.each(SIZES)('at %ix%i every row of the body ends with a border in the last column', async (columns, rows) => {
  const wide = smallPlan.steps.map(step => ({
    ...step,
    title: `漢字テスト ${step.title} 日本語の長い題名がここに続きます`,
  }));
  const session = fakeSession({plan: {...smallPlan, steps: wide}});
  session.print('output', '漢字'.repeat(200), 'x'.repeat(500));
  session.print('error', '日本語 ERROR '.repeat(60));
  const screen = await show(session, {columns, rows});
  const shown = await screen.rows();
  const body = shown.slice(columns >= 140 ? 1 : columns >= 100 ? 2 : 3, -2);
  expect(shown).toHaveLength(rows);
  for (const row of body) expect(row).toMatch(/[│╮╯]$/);
  expect(shown.join('\n')).toContain('…');
});

test('too small a terminal shows the facts only', async () => {
  const screen = await show(fakeSession(), {columns: 50, rows: 12});
  const text = await screen.text();
  expect(text).toContain('PREPARE 1/2');
  expect(text).toContain('ROLLBACK READY');
  expect(text).toContain('R roll back');
  expect(text).not.toContain('╭');
});

test('where the checklist is not shown no key acts on the step under the cursor', async () => {
  const session = fakeSession();
  const screen = await show(session, {columns: 50, rows: 12});
  expect(await screen.text()).toContain('next: PR #3 reviewed');
  for (const key of ['\r', ' ', 's', 'r']) await screen.type(key);
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('not shown here: enlarge the window first');
  await screen.type('R');
  expect(session.sent).toEqual([{type: 'roll-back'}]);
});

test('a resize draws the layout of the new size', async () => {
  const screen = await show(fakeSession());
  await screen.resize(80, 24);
  expect(await screen.text()).toContain('[1 Checklist]');
  await screen.resize(160, 45);
  const text = await screen.text();
  expect(text).toContain('1 Checklist');
  expect(text).toContain('4 error · vps');
});

test('with NO_COLOR there is no colour code at all, and the cursor is still seen', async () => {
  const screen = await show(fakeSession(), {env: {TERM: 'xterm', NO_COLOR: '1'}});
  await screen.type('?');
  await screen.type('\u0007jn');
  expect(screen.written().replaceAll('\u001B[0m', '')).not.toMatch(/\u001B\[[\d;]*m/);
  expect(await screen.text()).toContain('Note for the record');
});

test('with --ascii no other sign is written', async () => {
  const session = fakeSession();
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms – “slow” … ✗', samples: []});
  session.print('error', 'plain line');
  const screen = await show(session, {ascii: true});
  for (const key of ['\u0007', '?', '\u0007', 'i', '\u0007', ':', '\u0007', 'q', '\u0007', 'n']) await screen.type(key);
  expect(screen.written()).not.toMatch(/[^\u0000-\u007F]/);
});

test('a second that passes costs few bytes', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  const screen = await show(session);
  await screen.text();
  const before = screen.written().length;
  session.clock.at += 1000;
  await expect.poll(() => screen.written().length, PATIENT).toBeGreaterThan(before);
  await screen.text();
  expect(screen.written().length - before).toBeLessThan(300);
});

test('the cursor goes along with the run, and stays when somebody looks elsewhere', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type(' ');
  expect(await screen.text()).toMatch(/› +○ All CI\/CD checks/);
  await screen.type('k');
  session.tell({type: 'step-ticked', stepId: 'L8'});
  expect(await screen.text()).toMatch(/› +✓ PR #3 reviewed/);
});

test('readiness that is red says what is missing, at every width', async () => {
  for (const [columns, rows] of SIZES) {
    const session = fakeSession();
    session.tell(readiness(false));
    const screen = await show(session, {columns, rows});
    expect(await screen.text()).toContain('ROLLBACK NOT READY: tag');
  }
});

test('what the rollback lacks is an alarm once the deploy has begun, not before', async () => {
  const session = fakeSession();
  session.tell(readiness(false));
  const state = session.run.getState();
  const style = {room: 60, glyphs: glyphsFor(false), now: session.clock.at};
  expect(readinessPiece(smallPlan, state, style).token).toBe('badge.warn');
  const begun = {...state, deployStartedAt: session.clock.at};
  expect(readinessPiece(smallPlan, begun, style).token).toBe('badge.bad');
  // A badge has air on both sides, at the edge of the screen too.
  expect(readinessPiece(smallPlan, begun, style).text).toMatch(/^ ROLLBACK NOT READY: .*\S $/);
});

test('running on is shown while it lasts, and what ended it is said', async () => {
  const session = fakeSession();
  for (const stepId of ['L7', 'L8', 'L13']) session.tell({type: 'step-ticked', stepId});
  const screen = await show(session);
  await screen.type('a');
  expect(await screen.text()).toContain('› runs on');
  expect(await screen.text()).toMatch(
    /running on from the first open step, Create git tag .*, until something needs you or fails/,
  );
  session.report('L14', exited(1));
  expect(await screen.text()).toMatch(/stopped running on: .*exit 1/);
  expect(await screen.text()).not.toContain('› runs on');
});

test('while it watches, the header says when something happens next', async () => {
  const sections = smallPlan.sections.map(section =>
    section.role === 'monitor' ? {...section, window: {fromMs: 0, toMs: 900_000}} : section,
  );
  const session = fakeSession({plan: {...smallPlan, sections}});
  session.run.setState({phase: 'watching', deployStartedAt: session.clock.at - 60_000});
  const screen = await show(session);
  expect(await screen.text()).toContain('next window T+00:15:00');
});

test('while it watches, the header says quietly what a person is to do once more', async () => {
  const look = {kind: 'manual', action: {kind: 'manual'}, title: 'Look at the dashboard', everyMs: 60_000} as const;
  const [first] = smallPlan.steps;
  const section = smallPlan.sections.find(({role}) => role === 'monitor')?.id ?? '';
  const again = {...first, ...look, id: 'L99', line: 99, section} as (typeof smallPlan.steps)[number];
  const session = fakeSession({plan: {...smallPlan, steps: [...smallPlan.steps, again]}});
  session.run.setState({phase: 'watching', deployStartedAt: session.clock.at - 90_000});
  session.run.setState({steps: {L99: {status: 'passed', attempt: 0, at: session.clock.at - 80_000, by: 'ana'}}});
  const screen = await show(session);
  expect(await screen.text()).toContain('due again: Look at the dashboard');
});

test('a console that observes is hinted at no key that would be refused', async () => {
  const session = fakeSession();
  session.tell(
    {type: 'console-joined', console: {id: 'c2', user: 'bo', terminal: 'pts/2', name: 'bo', observer: false}},
    {type: 'baton-passed', to: 'c2'},
  );
  const screen = await show(session);
  const rows = await screen.rows();
  expect(rows.at(-1)).toMatch(/^ b baton {2}i look/);
  expect(rows.at(-1)).not.toMatch(/Enter|Space|roll back/);
  expect(rows.at(-2)).toContain('you observe · bo drives');
});

test('in ASCII a box that is ticked is no section that is open', async () => {
  const session = fakeSession();
  session.tell({type: 'step-ticked', stepId: 'L7'});
  const screen = await show(session, {ascii: true});
  const text = await screen.text();
  expect(text).toMatch(/- 1\. Code Review/);
  expect(text).toMatch(/v PR #3 reviewed/);
  expect(text).toMatch(/\+ DEPLOYMENT STEPS/);
});

test('asked to run on where a person is needed, it says so at once', async () => {
  const screen = await show(fakeSession());
  await screen.type('a');
  expect(await screen.text()).toMatch(/needs you: PR #3 reviewed/);
});

test('the rollback section lists all that is not ready', async () => {
  const session = fakeSession();
  session.tell(readiness(false));
  const screen = await show(session);
  await screen.type('G');
  expect(await screen.text()).toContain('not ready: Restore the previous code: tag');
});

test('a failed step says why under the list', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.report('L14', exited(1, '', [{line: 14, text: 'git tag', code: 1, durationMs: 5}]));
  const screen = await show(session);
  await screen.type('gjjjjjj');
  const text = await screen.text();
  expect(text).toContain('✗ Create git tag');
  expect(text).toContain('failed: exit 1 from line 14');
});

test('a failed step stays under the header with its reason and the keys that help, until somebody decides', async () => {
  for (const [columns, rows] of SIZES) {
    const session = fakeSession();
    const screen = await show(session, {columns, rows});
    session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
    session.report('L14', exited(1, '', [{line: 14, text: 'git tag', code: 1, durationMs: 5}]));
    const top = async () => (await screen.rows()).slice(0, 4).join(' ');
    const here = /▲ FAILED Create git tag.* r RETRY {3}s skip · i look/;
    expect(await top()).toMatch(here);
    expect(await top()).toContain('WAITS FOR YOU');
    await screen.type('g');
    expect(await top()).toMatch(/▲ FAILED Create git tag.* u GO THERE {3}i look/);
    await screen.type('u');
    expect(await top()).toMatch(here);
    await screen.type('i');
    expect(await screen.text()).toMatch(
      /What is wrong[^│]*│[\s\S]*Create git tag for current production failed[\s\S]*exit 1 from line 14/,
    );
    session.tell({type: 'step-skipped', stepId: 'L14', reason: 'made by hand'});
    expect(await screen.text()).toContain('nothing is known to be wrong');
    expect(await top()).not.toContain('FAILED');
  }
});

test('a lost engine is said in so many words, and q leaves at once', async () => {
  const session = fakeSession();
  session.tell(readiness(true));
  session.tell({type: 'run-on-switched', on: false, because: 'PR #3 reviewed: a person ticks it'});
  const screen = await show(session);
  expect(await screen.text()).toContain('ROLLBACK READY');
  expect(await screen.text()).toContain('WAITS FOR');
  expect((await screen.rows()).at(-1)).toMatch(/Enter tick.*R roll back/);
  session.lose('socket closed');
  expect(await screen.text()).toMatch(/ENGINE LOST at \d\d:00:00: socket closed\./);
  // What nobody proves any more is not shown as proved.
  expect(await screen.text()).toContain('ROLLBACK NOT WATCHED');
  expect(await screen.text()).not.toMatch(/ROLLBACK READY|WAITS FOR|ready 2\/2/);
  expect(await screen.text()).toMatch(/ROLLBACK PROCEDURES +not watched/);
  // Nor is a key named that would only be refused.
  expect((await screen.rows()).at(-1)).toMatch(/^ Tab panels +\? help +q leave/);
  await screen.type('\r');
  expect(await screen.text()).toContain('not sent, the engine is gone');
  // Nothing is asked whose answer could not be sent, and no menu opens for it.
  for (const key of ['n', 'c', 'b', 's']) {
    await screen.type(key);
    expect(await screen.text()).not.toMatch(/Note for the record|A user complained|Pass the baton|Skip/);
  }
  expect(session.sent).toEqual([]);
  await screen.type('q');
  expect(await screen.left).toEqual({kind: 'lost', detail: 'socket closed'});
});

test('a hostile title reaches the terminal without its escape sequences', async () => {
  const steps = smallPlan.steps.map(step => ({...step, title: `\u001B]0;owned\u0007\u001B[2J${step.title}`}));
  const screen = await show(fakeSession({plan: {...smallPlan, steps}}));
  await screen.type('jjjj');
  expect(screen.written()).not.toContain('\u001B]0;');
  expect(screen.written()).not.toContain('\u001B[2J');
});

test('what waits for a person stays in the header, and u goes there from anywhere', async () => {
  for (const [columns, rows] of [...SIZES, [50, 12]] as const) {
    const session = fakeSession();
    const screen = await show(session, {columns, rows});
    expect(await screen.text()).not.toContain('WAITS FOR');
    await screen.type('a');
    session.clock.at += 3_600_000;
    await expect.poll(screen.text, PATIENT).toContain('WAITS FOR YOU');
    if (columns < 60) continue;
    await screen.type('jj');
    await expect.poll(async () => (await screen.rows()).at(-1), PATIENT).toMatch(/^ u what waits/);
    await screen.type('u');
    expect(await screen.text()).toMatch(/› +○ PR #3 reviewed/);
    expect((await screen.rows()).at(-1)).not.toContain('u what waits');
  }
});

test('an observer reads for whom the run waits', async () => {
  const session = fakeSession();
  session.tell({type: 'run-on-switched', on: false, because: 'PR #3 reviewed: a person ticks it'});
  session.tell(
    {type: 'console-joined', console: {id: 'c2', user: 'bo', terminal: 'pts/2', name: 'bo', observer: false}},
    {type: 'baton-passed', to: 'c2'},
  );
  expect(await (await show(session)).text()).toContain('WAITS FOR bo');
});

test('a rehearsal is called one at every size, all the time', async () => {
  for (const [columns, rows] of [...SIZES, [50, 12]] as const) {
    const session = fakeSession();
    const state = session.run.getState();
    session.run.setState({...state, run: {...state.run, rehearsal: true}}, true);
    session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
    const screen = await show(session, {columns, rows});
    expect(await screen.text()).toContain('REHEARSAL');
    await screen.type('R');
    if (columns >= 60) expect(await screen.text()).toMatch(/REHEARSAL[\s\S]*Rolling back/);
  }
});

test('the reason why the rollback is not ready gets the columns that are free', async () => {
  const session = fakeSession();
  const reason = 'tag v1.0-pre-phase2 not found in /srv/app: no such revision';
  const item = {stepId: 'L80', title: 'Restore', ready: false, detail: reason, arms: [], optional: false};
  session.tell({type: 'readiness-changed', ready: false, items: [item], link: {up: true, detail: ''}});
  for (const columns of [200, 160, 110]) {
    const screen = await show(session, {columns, rows: 45});
    const header = (await screen.rows()).slice(0, columns < 140 ? 2 : 1).join('\n');
    expect(header).toMatch(columns === 160 ? /tag v1\.0-pre-phase2 not found in \/srv\S*( no such)?.* ?$/ : reason);
    // No column is given away while the reason is cut.
    if (!header.includes(reason)) expect(header).not.toMatch(/\S {6,}\S/);
  }
});

test('the card drops an old refusal', async () => {
  const session = fakeSession();
  const screen = await show(session, {columns: 50, rows: 12});
  await screen.type(' ');
  expect(await screen.text()).toContain('not shown here');
  session.clock.at += 60_000;
  await expect.poll(screen.text, PATIENT).not.toContain('not shown here');
});

test('after a rollback the cursor stands on what is left to do, and R is not offered again', async () => {
  const session = fakeSession();
  const screen = await show(session);
  session.tell({type: 'rollback-requested', because: 'ana', startsAt: session.clock.at});
  session.tell({type: 'phase-changed', phase: 'rolling-back', because: 'ana'});
  session.tell({type: 'step-ticked', stepId: 'L80'});
  session.tell({
    type: 'rollback-finished',
    result: 'rolled-back',
    verdict: 'verified',
    because: 'x',
    left: ['by hand: y'],
  });
  await screen.type('\u0007');
  const rows = await screen.rows();
  expect(rows.join('\n')).toMatch(/› +○ Start and verify/);
  expect(rows[0]).toContain('OLD VERSION VERIFIED');
  expect(rows.at(-1)).not.toContain('roll back');
});

test.each(['rolled-back', 'rollback-failed'] as const)(
  'a console that is opened after the rollback (%s) stands on what is left to do, not on the deploy',
  async result => {
    const session = fakeSession();
    session.tell({type: 'rollback-requested', because: 'ana', startsAt: session.clock.at});
    session.tell({type: 'phase-changed', phase: 'rolling-back', because: 'ana'});
    session.tell({type: 'step-ticked', stepId: 'L80'});
    session.tell({type: 'rollback-finished', result, verdict: 'unverified', because: 'x', left: ['by hand: y']});
    const screen = await show(session);
    expect((await screen.rows()).join('\n')).toMatch(/› +○ Start and verify/);
  },
);

test('an observer is refused before anything is asked, and reads how to get the baton', async () => {
  for (const [user, way] of [
    ['ana', 'b takes over'],
    ['bo', 'ask for the baton'],
  ] as const) {
    const session = fakeSession();
    const driver = {id: 'c2', user, terminal: 'pts/2', name: user, observer: false};
    session.tell({type: 'console-joined', console: driver}, {type: 'baton-passed', to: 'c2'});
    const screen = await show(session);
    await screen.type('jjjj');
    for (const key of [' ', 's', 'n', 'c', 'a', 'x', 'r', 'd', '\r', 'H']) {
      await screen.type(key);
      const rows = await screen.rows();
      expect(rows.at(-1)).toContain(`refused: ${user} on pts/2 drives, you observe: ${way}`);
      expect(rows.join('\n')).not.toContain('why?');
    }
    expect(session.sent).toEqual([]);
  }
});

test('an observer sees what has tripped, and is offered nothing that would be refused', async () => {
  for (const [columns, rows] of SIZES) {
    const session = fakeSession();
    const driver = {id: 'c2', user: 'bo', terminal: 'pts/2', name: 'bo', observer: false};
    session.tell({type: 'console-joined', console: driver}, {type: 'baton-passed', to: 'c2'});
    const screen = await show(session, {columns, rows});
    session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
    const asked = await screen.text();
    expect(asked).toMatch(/A rollback trigger has tripped[\s\S]*› {2}l Close: who drives decides/);
    expect(asked).not.toMatch(/R {1,2}roll|dismiss/i);
    await screen.type('l');
    const text = await screen.text();
    expect(text).toContain('TRIPPED');
    expect(text).not.toMatch(/R roll|d dismiss/i);
  }
});

test('where the document has no rollback, none is offered', async () => {
  const session = fakeSession({plan: {...smallPlan, rollback: null}});
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.report('L14', exited(1));
  const screen = await show(session);
  await screen.type('jjjj\r');
  const text = await screen.text();
  expect(text).toContain('Retry');
  expect(text).not.toMatch(/roll back/i);
  await screen.type('\u0007');
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  expect(leftWords(await screen.text())).toContain('The document has no rollback section.');
});

test.each([
  [
    'the last error line',
    ['INFO fine', 'ERROR api.chat TypeError: cannot unpack', 'INFO fine again'],
    /│ error: ERROR api\.chat/,
  ],
  ['the failed step where no log has one', [], /│ failed step: Create git tag for current production: exit 1/],
])('the dialog of a trigger names %s, which it may cover', async (_, printed, said) => {
  const session = fakeSession();
  if (printed.length > 0) session.print('error', ...printed);
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.report('L14', exited(1));
  const screen = await show(session, {columns: 80, rows: 24});
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms', samples: []});
  expect(await screen.text()).toMatch(said);
  await screen.type('i');
  expect(await screen.text()).toContain('line 79, measured by store_message');
});

test('the dialog of a rollback shows what speaks for it, and no dialog covers what is picked from', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [80, 24],
    [60, 16],
  ] as const) {
    const session = fakeSession();
    session.print('error', 'ERROR api.chat TypeError: cannot unpack');
    session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
    session.report('L14', exited(1));
    const screen = await show(session, {columns, rows});
    session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms, past >1500', samples: []});
    const asked = await screen.text();
    expect(asked).toMatch(/P95 response time >1500ms[\s\S]*error: ERROR/);
    for (const item of [' R ROLL BACK ', 'i Look first', 'd Dismiss it', 'l Later']) expect(asked).toContain(item);
    await screen.type('R');
    const text = await screen.text();
    expect(text).toContain('Rolling back in 3 s');
    expect(text).toMatch(
      /│ P95 response time >1500ms: P95 1720 ms.*\n[\s\S]*│ failed step: Create git tag.*\n[\s\S]*│ ERROR api\.chat TypeError/,
    );
    expect(text).toMatch(/│ {2}R NOW {3}Esc cancel/);
  }
});

test('Enter and the row of keys say one word for what Enter does', async () => {
  const session = fakeSession();
  const screen = await show(session);
  const hint = async () => ((await screen.rows()).at(-1) ?? '').split('  ')[0]?.trim();
  expect(await hint()).toBe('Enter tick');
  await screen.type('k');
  expect(await hint()).toBe('Enter fold');
  await screen.type('jjjj');
  expect(await hint()).toBe('Enter fill in');
  await screen.type('/');
  const [inPrompt, inRow] = [await screen.text(), (await screen.rows()).at(-1)];
  expect(inPrompt).toMatch(/│ (?:typing replaces it · )?Enter search · Esc cancel/);
  expect(inRow).toMatch(/^ Enter search {2}/);
});

test('without colours the focus is seen by the lines of its panel', async () => {
  for (const [ascii, line] of [
    [false, '═'],
    [true, '='],
  ] as const) {
    const screen = await show(fakeSession(), {ascii, env: {TERM: 'xterm', NO_COLOR: '1'}});
    for (const title of ['1 Checklist', '2 output', '3 Latency', '4 error']) {
      const rows = await screen.rows();
      const doubled = rows.filter(row => row.includes(`${ascii ? '+' : '╭'}${line}`));
      expect(doubled).toHaveLength(1);
      const [before = ''] = (doubled[0] ?? '').split(title);
      expect(before.endsWith(`${line} `), title).toBe(true);
      await screen.type(title.startsWith('1') ? '2' : title.startsWith('2') ? '3' : '4');
    }
  }
});

test('before a host has answered, the header says that it is being connected to', async () => {
  const session = fakeSession();
  const state = session.run.getState();
  session.run.setState({...state, links: {}, readiness: null}, true);
  for (const [columns, rows] of SIZES)
    expect(await (await show(session, {columns, rows})).text()).toContain('connecting to vps …');
});

test('the same time is not said twice', async () => {
  const session = fakeSession();
  const last = (await (await show(session)).rows()).at(-1) ?? '';
  const isUtc = new Date(session.clock.at).getTimezoneOffset() === 0;
  expect(last.includes('local')).toBe(!isUtc);
  expect(last).toContain('13:00:00Z');
});

test('help explains the words of the verdicts', async () => {
  const screen = await show(fakeSession(), {columns: 110, rows: 60});
  await screen.type('?');
  for (let page = 0; page < 8; page++) await screen.type(' ');
  expect(await screen.text()).toMatch(/measuring +too few readings for a verdict/);
});

test('moving about changes no box, and the log has the rows that the output does not use', async () => {
  for (const [columns, rows] of [...SIZES, [200, 60], [120, 36]] as const) {
    const session = fakeSession();
    session.print('error', ...Array.from({length: 80}, (_, index) => `line ${index}`));
    const screen = await show(session, {columns, rows});
    const boxes = async () =>
      (await screen.rows()).map(row => [...row.matchAll(/[╭╮╰╯]/g)].map(({index}) => index).join()).join('\n');
    const before = await boxes();
    for (const key of ['j', 'j', 'j', 'j', 'j', 'G', 'k', 'k', 'g']) {
      await screen.type(key);
      expect(await boxes(), `${columns}x${rows} ${key}`).toBe(before);
    }
    if (columns < 100) continue;
    // Of 80 lines, more are seen than of an output that is four rows long.
    const seen = (await screen.rows()).filter(row => /│ line \d+ /.test(row)).length;
    expect(seen).toBeGreaterThan(rows / 3 - (columns < 140 ? 8 : 0));
  }
});

test('the link to a host and the proof of the rollback there never tell two truths', async () => {
  for (const [columns, rows] of SIZES) {
    const session = fakeSession();
    const header = async () => (await (await show(session, {columns, rows})).rows()).slice(0, 2).join('\n');
    session.clock.at += 1000;
    session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
    expect(await header()).toContain('link to vps lost');
    expect(await header()).not.toContain('READY 2/2');
    session.clock.at += 1000;
    session.tell({type: 'link-restored', host: 'vps', latencyMs: 9});
    session.clock.at += 1000;
    const link = {up: false, detail: 'vps does not answer'};
    session.tell({type: 'readiness-changed', ready: false, items: [], link});
    expect(await header()).toContain('vps does not answer');
    expect(await header()).not.toContain('● vps');
  }
});
