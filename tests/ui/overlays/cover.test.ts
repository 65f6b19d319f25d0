/** What is seen of the panels beside a dialog: a title that goes on under it says so. */
import {expect, test} from 'vitest';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import type {Screen} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';

const SIZES = [
  [200, 60],
  [160, 45],
  [110, 35],
  [80, 24],
] as const;

/** Keys that open a dialog, and its title. */
const DIALOGS: readonly [string, RegExp][] = [
  ['?', /─ Keys/],
  [':', /─ Find an action/],
  ['i', /─ Incident/i],
  ['q', /─ Leave the console/],
  ['R', /─ ROLL BACK\?/],
  ['n', /─ Note/],
];

function busy(): FakeSession {
  const session = fakeSession({
    sources: [
      {id: 'error', title: 'a log with quite a long name indeed, and a longer one still · vps'},
      {id: 'access', title: 'access · vps'},
    ],
  });
  session.tell({type: 'step-ticked', stepId: 'L14', reason: 'the tag is there'});
  session.print('error', ...Array.from({length: 80}, (_, index) => `line ${index}`));
  session.print('output', ...Array.from({length: 30}, (_, index) => `printed ${index}`));
  for (let count = 0; count < 30; count++) {
    session.clock.at += 1000;
    session.tell({
      type: 'sample-taken',
      samples: ['store_message', 'a signal with quite a long name', 'another signal of that kind'].map(signal => ({
        signal,
        at: session.clock.at,
        value: 450 + count,
      })),
    });
  }
  return session;
}

/** The words in the title rows of all panels, with the corner before them. */
function titles(rows: readonly string[]): string[] {
  return rows.flatMap(row => [...row.matchAll(/╭─ ([^─╭╮│]*)/g)].map(([, words = '']) => words.trimEnd()));
}

/** The words at their right ends. */
function ends(rows: readonly string[]): string[] {
  return rows.flatMap(row => [...row.matchAll(/([^─╭╮╰╯│]+) ─╮/g)].map(([, words = '']) => words.trim()));
}

/** What is seen beside the dialog of the panels that go on below it, between their borders and the dialog. */
function cutRows(rows: readonly string[], title: RegExp): string[] {
  const top = rows.findIndex(row => title.test(row));
  const name = rows[top]?.search(title) ?? 0;
  const [left, right] = [rows[top]?.lastIndexOf('╭', name) ?? 0, rows[top]?.indexOf('╮', name) ?? 0];
  const height = rows.slice(top).findIndex(row => row[left] === '╰' && row[right] === '╯');
  expect(height).toBeGreaterThan(0);
  return rows.slice(top, top + height + 1).flatMap(row => {
    const [before, after] = [row.slice(0, left), row.slice(right + 1)];
    return [before.slice(before.search(/[^│┃]*$/)), after.slice(0, Math.max(0, after.search(/[│┃]|$/)))].filter(
      text => !/[╭╮╰╯─]/.test(text),
    );
  });
}

async function settled(screen: Screen): Promise<string[]> {
  await screen.still();
  return await screen.rows();
}

test.each(SIZES)('at %ix%i every title beside a dialog is whole, or ends with …', async (columns, rows) => {
  const screen = await show(busy(), {columns, rows});
  const idle = await settled(screen);
  const [before, endsBefore] = [titles(idle), ends(idle)];
  for (const [key, title] of DIALOGS) {
    await screen.type(key);
    const shown = await settled(screen);
    expect(shown.join('\n')).toMatch(title);
    const [first] = shown.flatMap(row => row.match(title) ?? []);
    const others = titles(shown).filter(words => !first?.includes(words) && !title.test(`─ ${words}`));
    for (const words of others) {
      const isWhole = before.includes(words) || words === '';
      const isCut = words.endsWith('…') && before.some(each => each.startsWith(words.slice(0, -1)));
      expect(isWhole || isCut, `${key}: "${words}" of ${before.join(' | ')}\n${shown.join('\n')}`).toBe(true);
    }
    for (const beside of cutRows(shown, title)) expect(beside.trim(), `${key}\n${shown.join('\n')}`).toBe('');
    // What stands at the end of a title row is whole, or not there.
    for (const words of ends(shown.filter(row => !title.test(row))))
      expect(endsBefore, `${key} ${columns}`).toContain(words);
    for (let back = 0; back < 2; back++) await screen.type('\u0007');
    expect(titles(await settled(screen)), key).toEqual(before);
  }
});
