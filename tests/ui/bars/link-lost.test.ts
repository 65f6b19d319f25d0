import {expect, test} from 'vitest';
import {fakeSession, readiness} from '../../helpers/fake-session.ts';
import {leftWords, show} from '../../helpers/show-session.ts';

function cutBefore() {
  const session = fakeSession();
  session.tell({type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'});
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  session.clock.at += 5000;
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1, outputFrom: 0});
  session.tell({type: 'step-awaits-link', stepId: 'L41', attempt: 1, host: 'vps'});
  session.clock.at += 7000;
  return session;
}

function cutWhileRunning() {
  const session = fakeSession();
  session.print('error', '13:00:00 INFO up');
  session.tell({type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'});
  session.tell({type: 'step-started', stepId: 'L41', attempt: 1, outputFrom: 0});
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  session.clock.at += 12_000;
  return session;
}

test('a lost link is the first thing one reads: since when, what it means for the step, what happens next', async () => {
  const screen = await show(cutWhileRunning());
  const [header = '', alert = '', ...rest] = await screen.rows();
  expect(header).toContain('○ vps LOST');
  expect(header).toContain('ROLLBACK NOT PROVED: link to vps lost');
  expect(alert).toMatch(/LINK TO vps LOST 12 s ago/);
  expect(alert).toMatch(
    /: its step may still run, unseen +│ +reconnecting by itself: wait · R rolls back unproved · i look/,
  );
  const text = rest.join('\n');
  expect(leftWords(text)).toContain('the step may still run on vps; nobody sees it until the link is back');
  expect(text).toMatch(/◐ .*link lost/);
  expect(text).toMatch(/error · vps .*NOTHING SINCE \d\d:00:00/);
  expect(text).toContain('not proved, no link');
  expect(text).toMatch(/2 vps.*NOTHING SINCE \d\d:00:00/);
  expect(text).toMatch(/▲ link lost at \d\d:00:00 · the step may still run on vps/);
  expect(rest.at(-1)).toMatch(/^ i look {2}R roll back {2}e errors {2}4 logs {2}n note/);
});

test('at 80x24 the same stands in the rows under the header and at the step', async () => {
  const screen = await show(cutWhileRunning(), {columns: 80, rows: 24});
  const rows = await screen.rows();
  expect(rows[2]).toMatch(/ LINK TO vps LOST 12 s ago, at \d\d:00:00: its step may still run, unseen *$/);
  expect(rows[3]).toMatch(/^ +reconnecting by itself: wait · R rolls back unproved · i look *$/);
  expect(rows.join('\n')).toMatch(/◐ .*link lost, end unknown 00:12/);
});

test('without a running step the alert says what stands still, and it goes when the link is back', async () => {
  const session = fakeSession();
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  session.clock.at += 3000;
  const screen = await show(session);
  expect((await screen.rows())[1]).toMatch(/LINK TO vps LOST 3 s ago.*its logs and readings stand still/);
  session.tell({type: 'link-restored', host: 'vps', latencyMs: 4});
  expect(await screen.text()).not.toMatch(/LOST/);
});

test('the countdown of a rollback says that nothing is proved over a lost link', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1});
  session.tell(readiness(true), {type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  session.tell({type: 'rollback-requested', because: 'asked for by ana', startsAt: session.clock.at + 3000});
  expect(await (await show(session)).text()).toContain('Not proved: no link to vps now');
});

test('a host that is not trusted is named with what was seen, and nobody is told to wait', async () => {
  const session = fakeSession();
  const detail = '203.0.113.7: HOST KEY CHANGED to SHA256:abc, expected the one in /root/.ssh/known_hosts:3';
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  session.tell({type: 'link-lost', host: 'vps', detail, refused: true});
  const [header = '', alert = ''] = await (await show(session)).rows();
  expect(header).toContain('○ vps REFUSED');
  expect(alert).toContain(`vps: ${detail}`);
  expect(alert).toContain('it does not mend itself: look');
  const narrow = await (await show(session, {columns: 80, rows: 24})).text();
  expect(narrow).toContain('HOST KEY CHANGED');
  expect(narrow).not.toMatch(/reconnect/i);
  session.tell({type: 'link-restored', host: 'vps', latencyMs: 4});
  expect(await (await show(session)).text()).not.toMatch(/REFUSED|NO LINK/);
});

test('a step that was started over a lost link has not begun, and says that it waits for the link', async () => {
  const session = cutBefore();
  const wide = await show(session);
  const text = await wide.text();
  expect(text).toMatch(/LINK TO vps LOST 12 s ago.*: its step has not begun, it waits for the link /);
  expect(text).toMatch(/◐ .*not begun, no link/);
  expect(text).toMatch(/▲ link lost at \d\d:00:00 · not begun: the step waits for it/);
  expect(text).not.toMatch(/may still run|end unknown/);
  const rows = await (await show(session, {columns: 80, rows: 24})).rows();
  expect(rows[2]).toMatch(/ LINK TO vps LOST 12 s ago.*: its step has not begun, it waits for the link *$/);

  session.tell({type: 'step-awaits-link', stepId: 'L41', attempt: 1, host: 'vps', sent: true});
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  const sent = await (await show(session)).text();
  expect(leftWords(sent)).toContain('the step may still run on vps; nobody sees it until the link is back');
  expect(sent).not.toContain('not begun');
});

test('R is not offered as a first try after a rollback that failed', async () => {
  const session = fakeSession();
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  const over = {result: 'rollback-failed', verdict: 'failed', because: 'no link', left: []} as const;
  session.tell({type: 'rollback-finished', ...over});
  const text = await (await show(session)).text();
  expect(text).not.toContain('R rolls back unproved');
  expect(text).not.toMatch(/LINK TO vps LOST.*not started/);
});
