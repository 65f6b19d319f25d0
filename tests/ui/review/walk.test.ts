/** A long document walked by keys alone: the cursor, its section and the screen never part. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {ConsoleContext} from '../../../src/ui/keys/console-context.ts';
import {press as pressKey} from '../../../src/ui/keys/handle-key.ts';
import {sectionAtLine} from '../../../src/ui/review/document-position.ts';
import {documentRows} from '../../../src/ui/review/document-rows.ts';
import {openQuestions, workLeft} from '../../../src/ui/review/review-questions.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {reviewBox, reviewLayout} from '../../../src/ui/view/layout.ts';
import {createView} from '../../../src/ui/view-store.ts';
import {corpusPath} from '../../helpers/documents.ts';
import {noColours} from '../draw-pane.tsx';
import {LATER_MS, planOf, unreviewed} from './review-session.ts';

const text = readFileSync(corpusPath('data-centre-move.md'), 'utf8');
const plan = planOf(text);

/** A console without a terminal: keys in, its view out. */
function console(columns: number, rows: number) {
  const session = unreviewed(plan);
  const view = createView(session);
  const size = {columns, rows};
  // The keys of the review need no more of it.
  const context = {
    ...{session, view, now: () => session.clock.at, size: () => size},
    ...{leave: () => {}, copy: async () => '', redraw: () => {}},
  } as unknown as ConsoleContext;
  const review = () => {
    const {overlay} = view.getState();
    if (overlay?.kind !== 'review') throw new Error('the review is closed');
    return overlay;
  };
  const press = async (...keys: string[]) => {
    for (const name of keys) {
      session.clock.at += LATER_MS;
      pressKey(context, name.length === 1 ? {name, text: name} : {name});
      // Intents are answered on the next turn.
      await new Promise(setImmediate);
    }
  };
  /** What a person would see: the numbers of the lines on the screen, and the row of the cursor. */
  const seen = () => {
    const box = reviewBox(reviewLayout(size, review(), 0), 'document');
    if (box === undefined) throw new Error('the document is not shown');
    const style = {width: box.width - 4, height: box.height - 2, glyphs: glyphsFor(false), theme: noColours};
    const shown = documentRows(plan, session.run.getState(), review(), style);
    return {...shown, cursors: shown.rows.filter(row => row.startsWith('›'))};
  };
  const holds = () => {
    const {line, section} = review();
    const {from, to, cursors} = seen();
    expect({line, isSeen: from <= line && line <= to}).toEqual({line, isSeen: true});
    expect(cursors).toHaveLength(1);
    expect(cursors[0]).toMatch(new RegExp(`^›. *${line} `));
    expect(sectionAtLine(plan, line)?.id).toBe(section);
  };
  return {session, press, review, holds};
}

/** Lines at the start that are walked one by one; pages walk the rest. */
const LINES = 500;

test('j goes from line to line through all sections, and stays at the end', async () => {
  const {press, review, holds} = console(110, 35);
  await press('o', 'g');
  for (let line = 2; line <= LINES; line += 1) {
    await press('j');
    expect(review().line).toBe(line);
    if (line % 7 === 0) holds();
  }
  await press('G', 'j');
  expect(review().line).toBe(plan.source.length);
  holds();
});

test.each([
  [160, 45],
  [110, 35],
  [80, 24],
  [60, 16],
])('at %ix%i pages, sections and questions show where the cursor is', async (columns, rows) => {
  const {press, review, holds, session} = console(columns, rows);
  const questions = openQuestions(plan, session.run.getState());
  await press('o');
  while (review().pane !== 'document') await press('tab');
  for (const [key, times] of [
    ['pagedown', 300],
    ['K', 60],
    ['pageup', 40],
    [']', 90],
    ['k', 30],
  ] as const) {
    for (let time = 0; time < times; time += 1) {
      await press(key);
      if (time % 3 === 0) holds();
    }
  }
  expect(openQuestions(plan, session.run.getState())).toEqual(questions);
});

test('Enter, y and m alone lead through every section, each announced before it is shown', async () => {
  const {session, press, review, holds} = console(160, 45);
  const state = () => session.run.getState();
  await press('o');
  for (let presses = 0; workLeft(plan, state()).length > 0; presses += 1) {
    expect(presses).toBeLessThan(1500);
    const {section} = review();
    const before = openQuestions(plan, state()).length;
    await press('enter');
    const asked = openQuestions(plan, state()).length;
    if (asked === before && review().section === section) await press('y');
    holds();
  }
  expect(Object.keys(state().review?.confirmed ?? {}).length).toBeGreaterThanOrEqual(115);
  expect(new Set(session.sent.map(({type}) => type))).toEqual(new Set(['confirm-section', 'settle-doubt']));
});
