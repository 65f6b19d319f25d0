import {expect, test} from 'vitest';
import {hintsFor} from '../../../src/ui/bars/status-bar.tsx';
import {actionFor, KEYS, keyTableMarkdown} from '../../../src/ui/view/keymap.ts';
import {REVIEW_KEYS} from '../../../src/ui/view/review-keys.ts';
import {PANELS} from '../../../src/ui/view/view-state.ts';

/** As the specification lists them. */
const PROMISED = 'j k up down enter space a x r s n c tab 1 2 3 [ ] / N & ! e E f p W z g G y b i : ? q R ctrl+c'.split(
  ' ',
);

test('every promised key does something in some panel', () => {
  for (const key of PROMISED) {
    expect(
      PANELS.some(panel => actionFor(key, panel) !== undefined),
      key,
    ).toBe(true);
  }
});

test('no key means two things in one panel', () => {
  for (const panel of PANELS) {
    const live = KEYS.filter(({where}) => where === undefined || where.includes(panel)).flatMap(({keys}) => keys);
    expect(
      live.filter((key, index) => live.indexOf(key) !== index),
      panel,
    ).toEqual([]);
  }
});

test('n is a note on the checklist and the next match in a log', () => {
  expect(actionFor('n', 'checklist')).toBe('note');
  expect(actionFor('n', 'logs')).toBe('match-next');
});

test('Ctrl-C opens leave and R rolls back in every panel', () => {
  for (const panel of PANELS) {
    expect(actionFor('ctrl+c', panel)).toBe('leave');
    expect(actionFor('R', panel)).toBe('roll-back');
    expect(hintsFor(panel).map(({id}) => id)).toContain('roll-back');
  }
});

test('the table for the README has a row per key', () => {
  const rows = keyTableMarkdown().split('\n');
  expect(rows).toHaveLength(KEYS.length + REVIEW_KEYS.length + 2);
  expect(rows).toContainEqual(expect.stringContaining('| `R` `Ctrl-R` | roll back'));
});
