import {expect, test} from 'vitest';
import {exited, type FakeSession, fakeSession, readiness, sentTypes} from '../../helpers/fake-session.ts';
import {leftWords, show} from '../../helpers/show-session.ts';

const BACK = '\u0007';
const CTRL_C = '\u0003';
const CTRL_R = '\u0012';
const ENTER = '\r';

/** Everything prepared, the deploy may start. */
function prepared(): FakeSession {
  const session = fakeSession();
  for (const stepId of ['L7', 'L8', 'L13', 'L14']) session.tell({type: 'step-ticked', stepId});
  return session;
}

test('Enter ticks a manual step and runs one with commands', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type(ENTER);
  expect(session.sent).toEqual([{type: 'tick', stepId: 'L7'}]);
  session.tell({type: 'step-ticked', stepId: 'L8'}, {type: 'step-ticked', stepId: 'L13'});
  await screen.type(ENTER);
  expect(session.sent.at(-1)).toEqual({type: 'run-step', stepId: 'L14'});
});

test('a blank is asked for and filled', async () => {
  const session = fakeSession();
  session.tell({type: 'step-ticked', stepId: 'L7'}, {type: 'step-ticked', stepId: 'L8'});
  const screen = await show(session);
  await screen.type(ENTER);
  expect(await screen.text()).toContain('timestamp');
  await screen.type('13:02');
  await screen.type(ENTER);
  expect(session.sent).toEqual([{type: 'fill', stepId: 'L13', blankId: 'L13:1', value: '13:02'}]);
});

test('Space on a step that evidence ticks asks why, and never ticks it by hope', async () => {
  const session = fakeSession();
  for (const stepId of ['L7', 'L8', 'L13']) session.tell({type: 'step-ticked', stepId});
  const screen = await show(session);
  await screen.type(' ');
  expect(await screen.text()).toContain('Mark it done without running it: why?');
  await screen.type(`tagged by hand${ENTER}`);
  expect(session.sent).toEqual([{type: 'tick', stepId: 'L14', reason: 'tagged by hand'}]);
});

test('a step with an open choice says that Enter asks, and does not list the options twice', async () => {
  const session = prepared();
  session.tell(
    {type: 'step-ticked', stepId: 'L32'},
    {type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'},
    {type: 'step-ticked', stepId: 'L40'},
  );
  const screen = await show(session);
  const text = await screen.text();
  expect(text).toContain('Enter asks which one, and runs it');
  expect(text).not.toContain('choose one first');
});

test('alternatives are asked for before anything runs, and one is run', async () => {
  const session = prepared();
  session.tell(
    {type: 'step-ticked', stepId: 'L32'},
    {type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'},
  );
  session.tell({type: 'step-ticked', stepId: 'L40'});
  const screen = await show(session);
  await screen.type(ENTER);
  expect(await screen.text()).toContain('systemctl restart');
  expect(session.sent).toEqual([]);
  await screen.type('2');
  expect(session.sent).toEqual([
    {type: 'choose', choiceId: 'L41:or', armId: 'supervisor'},
    {type: 'run-step', stepId: 'L41'},
  ]);
});

test('a skip needs a reason', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('s');
  await screen.type(ENTER);
  expect(await screen.text()).toContain('a skipped step needs a reason');
  expect(session.sent).toEqual([]);
  await screen.type('not today');
  await screen.type(ENTER);
  expect(session.sent).toEqual([{type: 'skip', stepId: 'L7', reason: 'not today'}]);
});

test('a gate that is not complete asks for a reason and goes on with it', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type(':');
  await screen.type('Pull latest');
  await screen.type(ENTER);
  // The Enter that chose may still be held.
  await screen.type(ENTER);
  expect(await screen.text()).not.toContain('Esc cancel');
  session.clock.at += 1000;
  await screen.type(ENTER);
  expect(await screen.text()).toContain('not prepared yet');
  expect(await screen.text()).toContain('Esc cancel');
  await screen.type(`hotfix${ENTER}`);
  expect(session.sent).toEqual([{type: 'run-step', stepId: 'L32', override: 'hotfix'}]);
});

test('a refusal is said in the status line, and the prompt keeps what was typed', async () => {
  const session = fakeSession();
  const screen = await show(session);
  session.refuseNext('bo drives: only the driver may do this');
  await screen.type(' ');
  expect((await screen.rows()).at(-1)).toContain('refused: bo drives');
  await screen.type('n');
  session.refuseNext('the journal cannot be written');
  await screen.type(`keep me${ENTER}`);
  const text = await screen.text();
  expect(text).toContain('the journal cannot be written');
  expect(text).toContain('> keep me');
});

test('a failed step offers retry, skip, mark done and roll back', async () => {
  const session = prepared();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  const screen = await show(session);
  session.report('L32', exited(1));
  await screen.type(ENTER);
  const text = await screen.text();
  for (const offer of ['Retry', 'Skip, with a reason', 'Mark done, with a reason', 'Roll back']) {
    expect(text).toContain(offer);
  }
  await screen.type('d');
  await screen.type(`did it by hand${ENTER}`);
  expect(session.sent).toEqual([{type: 'tick', stepId: 'L32', reason: 'did it by hand'}]);
});

test.each([
  ['nothing', ''],
  ['the help', '?'],
  ['the palette', ':'],
  ['the incident layout', 'i'],
  ['the leave dialog', 'q'],
  ['an empty prompt', 'n'],
  ['a search', '/'],
])('R rolls back over %s', async (_, key) => {
  const session = prepared();
  const screen = await show(session);
  if (key) await screen.type(key);
  await screen.type('R');
  expect(sentTypes(session)).toEqual(['roll-back']);
  expect(await screen.text()).toContain('ROLL BACK?');
  await screen.type('R');
  expect(sentTypes(session)).toEqual(['roll-back', 'roll-back']);
});

test('in a text that has begun R is a letter, and Ctrl-R rolls back', async () => {
  const session = prepared();
  const screen = await show(session);
  await screen.type('n');
  await screen.type('a R');
  expect(session.sent).toEqual([]);
  await screen.type(CTRL_R);
  expect(sentTypes(session)).toEqual(['roll-back']);
});

test('whoever types a word that begins with R calls the rollback off by typing on', async () => {
  const session = prepared();
  const screen = await show(session);
  await screen.type('n');
  await screen.type('Restarted');
  expect(sentTypes(session)).toEqual(['roll-back', 'cancel-roll-back']);
  expect(await screen.text()).toContain('> Restarted');
});

test('Esc calls the countdown off, and what was typed comes back', async () => {
  const session = prepared();
  const screen = await show(session);
  await screen.type('n');
  await screen.type('half a note');
  await screen.type(CTRL_R);
  expect(await screen.text()).toContain('Rolling back in 3 s');
  await screen.type(BACK);
  expect(sentTypes(session)).toEqual(['roll-back', 'cancel-roll-back']);
  expect(await screen.text()).toContain('> half a note');
});

test('the countdown shows the exact commands and what they do not undo', async () => {
  const screen = await show(prepared());
  await screen.type('R');
  // First the few lines that one reads in three seconds; the panels beside them stay in sight.
  const short = leftWords(await screen.text());
  expect(short).toContain('Not undone: git stash (line 40)');
  expect(short).toMatch(/R on vps: Restore the previous code/);
  expect(short).toMatch(/R NOW +Esc cancel · j its commands/);
  await screen.type('j');
  const text = await screen.text();
  expect(text).toContain('git checkout v1.0-pre   (overwrites'.slice(0, 21));
  expect(text).toContain('sudo systemctl start shop-api');
  expect(text).toContain('git stash (line 40)');
});

test('a tripped trigger asks once, and can be dismissed with a reason', async () => {
  const session = prepared();
  const screen = await show(session);
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms over 5 min', samples: []});
  const text = await screen.text();
  expect(text).toContain('A rollback trigger has tripped');
  const said = leftWords(text);
  expect(said).toContain('P95 response time >1500ms: P95 1720 ms over 5 min');
  expect(said).toContain('The rollback is ready, 2 of 2 proved.');
  expect(screen.written().split('\u0007')).toHaveLength(2);
  await screen.type('d');
  await screen.type(`a load test${ENTER}`);
  expect(session.sent).toEqual([{type: 'dismiss', ruleId: 'p95', reason: 'a load test'}]);
});

test('Enter on its way when a trigger trips rolls nothing back', async () => {
  const session = prepared();
  const screen = await show(session);
  session.tell({type: 'trigger-fired', ruleId: 'p95', evidence: 'P95 1720 ms over 5 min', samples: []});
  expect(await screen.text()).toContain('›  l Later: the run stays held');
  expect(leftWords(await screen.text())).toMatch(/ R ROLL BACK +counts down first.* i Look first.* d Dismiss it/);
  await screen.type(ENTER);
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain(' R ROLL BACK   i look · d dismiss');
});

test('pasted text fires no key, and goes into a prompt as text', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('\u001B[200~R\rq a\r\u001B[201~');
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('pasted text is not taken as keys');
  await screen.type('n');
  await screen.type('\u001B[200~Rolled\nout\u001B[201~');
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('> Rolled out');
});

test('Ctrl-C opens the leave dialog and aborts nothing', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type(CTRL_C);
  expect(await screen.text()).toContain('Leave the console');
  expect(session.sent).toEqual([]);
});

test('detaching leaves the run alone and gives the terminal back', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('q');
  await screen.type('d');
  expect(await screen.left).toEqual({kind: 'detached'});
  expect(session.sent).toEqual([]);
});

test('aborting needs a reason and is sent as such', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('q');
  await screen.type('a');
  await screen.type(`wrong branch${ENTER}`);
  expect(session.sent).toEqual([{type: 'finish', because: 'wrong branch', abort: true}]);
  session.tell({type: 'run-closed', status: 'aborted', exitCode: 6, because: 'wrong branch'});
  expect(await screen.left).toEqual({kind: 'abort'});
});

test('finishing a run that is over leaves the console when the record is written', async () => {
  const session = prepared();
  session.tell({type: 'phase-changed', phase: 'watching', because: 'all done'});
  const screen = await show(session);
  await screen.type('q');
  expect(await screen.text()).toMatch(/› f {2}Finish/);
  await screen.type('f');
  expect(session.sent.at(-1)).toMatchObject({type: 'finish', abort: false});
  session.tell({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'finished'});
  expect(await screen.left).toEqual({kind: 'closed'});
});

test('an engine that goes when its run is closed is no alarm, and keys say so', async () => {
  const session = prepared();
  const screen = await show(session);
  session.tell({type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'finished'});
  session.lose('the engine hung up');
  await screen.type(BACK);
  await screen.type('a');
  const text = await screen.text();
  expect(text).not.toContain('ENGINE LOST');
  expect(text).toContain('the run is closed, nothing changes it any more');
  await screen.type('q');
  expect(await screen.left).toEqual({kind: 'closed'});
});

test('a rollback without proof says so, changes nothing unless it is forced, and f forces it with a reason', async () => {
  const session = prepared();
  session.tell(readiness(false));
  const screen = await show(session);
  await screen.type('R');
  const text = leftWords(await screen.text());
  expect(text).toContain('NOT PROVED Restore the previous code: tag v1.0-pre not found');
  expect(text).toContain('Unless it is forced, it changes nothing.');
  await screen.type('f');
  expect(sentTypes(session)).toEqual(['roll-back', 'cancel-roll-back']);
  await screen.type(`it burns${ENTER}`);
  expect(session.sent.at(-1)).toEqual({type: 'roll-back', force: 'it burns'});
  expect(await screen.text()).toContain('Rolling back in 3 s');
});

test('a rollback that changed nothing for lack of proof can still be forced', async () => {
  const session = prepared();
  session.tell(readiness(false));
  const screen = await show(session);
  await screen.type('R');
  session.tell(
    {type: 'rollback-finished', result: 'rollback-failed', because: 'nothing was changed: tag', left: []},
    {type: 'phase-changed', phase: 'rollback-failed', because: 'nothing was changed: tag'},
  );
  expect(await screen.text()).toContain('R tries again · f force it, with a reason');
  await screen.type('f');
  await screen.type(`it burns${ENTER}`);
  expect(session.sent.at(-1)).toEqual({type: 'roll-back', force: 'it burns'});
});

test('keys that mean nothing say so', async () => {
  const screen = await show(fakeSession());
  await screen.type('Q');
  expect(await screen.text()).toContain('Q does nothing here; ? lists the keys');
  await screen.type('\u0013');
  expect(await screen.text()).toContain('Ctrl-S does nothing here');
});

test('keys in the output move over what the step printed, however much was printed after it', async () => {
  const session = fakeSession();
  session.print('output', ...Array.from({length: 100}, (_, line) => `early ${line}`));
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1, outputFrom: 0});
  session.tell({
    type: 'step-finished',
    stepId: 'L14',
    attempt: 1,
    outcome: exited(0),
    verdict: {kind: 'passed', because: 'exit 0', checks: []},
    outputTo: 100,
  });
  session.print('output', ...Array.from({length: 5000}, (_, line) => `late ${line}`));
  const screen = await show(session);
  await screen.type('jjjj');
  expect(await screen.text()).toContain('early 99');
  await screen.type('2kkkkk');
  expect(await screen.text()).toMatch(/early 9[0-6](?!\d)/);
  expect(await screen.text()).not.toContain('early 99');
  await screen.type('/');
  await screen.type(`late${ENTER}`);
  expect(await screen.text()).toContain('no line with "late" in what this step printed');
});

test('who looks at another step sees it from its left end, at its end', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('2llll');
  expect(await screen.text()).not.toContain('Enter ticks it');
  await screen.type('1j');
  expect(await screen.text()).toContain('Enter ticks it');
});

test('a search jumps to its line, and going up stops following', async () => {
  const session = fakeSession();
  session.print('error', ...Array.from({length: 300}, (_, line) => `line ${line}${line === 42 ? ' needle' : ''}`));
  const screen = await show(session);
  await screen.type('/');
  await screen.type(`needle${ENTER}`);
  expect(await screen.text()).toContain('line 42 needle');
  await screen.type('G');
  expect(await screen.text()).toContain('line 299');
  await screen.type('k');
  session.print('error', 'one more');
  const text = await screen.text();
  expect(text).not.toContain('one more');
  expect(text).toContain('line 298');
});
