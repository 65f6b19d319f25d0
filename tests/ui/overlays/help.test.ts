import {expect, test} from 'vitest';
import {KEYS, keyLabel} from '../../../src/ui/view/keymap.ts';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const BACK = '\u0007';

test('at 160x45 the help shows every key, and nothing is hidden', async () => {
  const screen = await show(fakeSession());
  await screen.type('?');
  const text = await screen.text();
  expect(text).not.toContain('more below');
  for (const {keys} of KEYS) expect(text).toContain(` ${keyLabel(keys[0])} `);
  expect(text).toContain('past its limit often enough');
});

test('a filter narrows the help, Enter does what is chosen, and the first Esc takes the filter away', async () => {
  const screen = await show(fakeSession());
  await screen.type('?/fills the');
  const narrowed = await screen.text();
  expect(narrowed).toContain('> fills the');
  expect(narrowed).toMatch(/› z +the focused panel fills the screen/);
  expect(narrowed).not.toContain('previous log source');
  await screen.type(BACK);
  expect(await screen.text()).toContain('previous log source');
  await screen.type('/fills the\r');
  const zoomed = await screen.text();
  expect(zoomed).not.toContain('Keys');
  expect(zoomed).toContain('1 Checklist');
  expect(zoomed).not.toContain('3 Latency');
});

test('the arrows lead through the columns, and what is chosen is told in full', async () => {
  const screen = await show(fakeSession());
  await screen.type('?');
  await screen.type('j');
  expect(await screen.text()).toMatch(/│ Space tick the step: done, and seen by you \(checklist\)/);
  await screen.type('\u001B[C');
  expect(await screen.text()).toMatch(/ › (?:\d|\/) {5}/);
  await screen.type('G');
  expect(await screen.text()).toContain('│ q Ctrl-C leave: detach');
});

test('R rolls back from the help, and is a letter while its filter is typed', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('?/a');
  await screen.type('R');
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('> aR');
  await screen.type(BACK);
  await screen.type('R');
  await expect.poll(() => session.sent, PATIENT).toEqual([{type: 'roll-back'}]);
});

test('the Enter that chose in the help runs no step while it is held', async () => {
  const session = fakeSession();
  const screen = await show(session);
  await screen.type('?/wrap long');
  await screen.type('\r\r\r');
  expect(session.sent).toEqual([]);
});

test('the palette finds logs, themes and settings, and keeps what was changed', async () => {
  const kept: string[] = [];
  const session = fakeSession({
    sources: [
      {id: 'error', title: 'error · vps'},
      {id: 'access', title: 'access · vps'},
    ],
  });
  session.print('access', 'GET /');
  const keep = async (name: string, value: string) => {
    kept.push(`${name} ${value}`);
    return {kept: '/home/ana/config.yaml'};
  };
  const screen = await show(session, {settings: {keep}});
  await screen.type(':log access\r');
  expect(await screen.text()).toMatch(/4 .*\[access · vps\]/);
  const before = screen.colourAt(0, 1);
  session.clock.at += 1000;
  await screen.type(':theme daylight\r');
  await expect.poll(() => screen.colourAt(0, 1), PATIENT).not.toBe(before);
  session.clock.at += 1000;
  await screen.type(':keep theme\r');
  expect(await screen.text()).toContain('theme daylight is kept in /home/ana/config.yaml');
  expect(kept).toEqual(['theme daylight']);
  session.clock.at += 1000;
  await screen.type(':keep theme');
  expect(await screen.text()).not.toContain('keep theme daylight');
});
