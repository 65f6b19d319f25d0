/** A document of 2,600 lines, reviewed by keys alone on real terminals of three sizes. */
import {cpSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openQuestions} from '../../src/ui/review/review-questions.ts';
import {corpusPath} from '../helpers/documents.ts';
import {newOperator, type Operator, program} from '../helpers/program.ts';
import {openPty, type Pty} from '../helpers/pty.ts';
import {planOf, unreviewed} from '../ui/review/review-session.ts';

const DOCUMENT = corpusPath('data-centre-move.md');
const PLAN = planOf(readFileSync(DOCUMENT, 'utf8'));
const QUESTIONS = openQuestions(PLAN, unreviewed(PLAN).run.getState()).length;
const ENTER = '\r';

let directory: string;
let operator: Operator;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-keys-'));
  cpSync(DOCUMENT, join(directory, 'move.md'));
  operator = newOperator(directory, {}, {reviews: false});
});

afterAll(() => {
  operator?.stop();
  rmSync(directory, {recursive: true, force: true});
});

function open(columns: number, rows: number): Pty {
  rmSync(join(directory, 'move.review.yaml'), {force: true});
  return openPty([process.execPath, [program, 'review', 'move.md', '--as', 'ana']], {
    ...{columns, rows, cwd: directory},
    env: {TMINUS_HOME: operator.home},
  });
}

/** The line under the cursor, with its number in the margin. */
const cursorOn = (line: number) => new RegExp(`›. *${line} `);

/** Shown at this width, and not at the one before it: the screen has been drawn at its new size. */
const ONLY_AT: Readonly<Record<number, string>> = {
  160: 'procedure: whole document',
  110: 'for, and where',
  80: 'Tab ─',
};

test.each([
  [160, 45],
  [110, 35],
  [80, 24],
])('at %ix%i answers, jumps, a search and another size keep the place', async (columns, rows) => {
  const screen = open(columns, rows);
  await screen.shows('0 of 127');
  await screen.shows(`${QUESTIONS} questions left`);
  await screen.shows(cursorOn(77));
  await screen.shows('one question here, line 77');
  screen.type('y');
  await screen.shows(`${QUESTIONS - 1} questions left`);
  await screen.shows(cursorOn(77));
  screen.type(']');
  await screen.shows(cursorOn(81));
  screen.type(':1949');
  await screen.shows(':1949');
  screen.type(ENTER);
  await screen.shows(cursorOn(1949));
  await screen.shows('one question here, line 1949');
  const [otherColumns, otherRows] = columns === 80 ? [160, 45] : [80, 24];
  for (const [width, height] of [
    [otherColumns, otherRows],
    [columns, rows],
  ] as const) {
    screen.resize(width, height);
    await screen.shows(ONLY_AT[width] ?? '');
    await screen.shows(cursorOn(1949));
  }
  screen.type('/TIRED');
  await screen.shows('/TIRED');
  screen.type(ENTER);
  await screen.shows('"TIRED" is not in the document');
  await screen.shows(cursorOn(1949));
  screen.type('/tired');
  await screen.shows('/tired');
  screen.type(ENTER);
  await screen.shows(cursorOn(12));
  screen.type('\u000F');
  await screen.shows(cursorOn(1949));
  screen.type('u');
  await screen.shows('taken back: the answer in Option A: live migration');
  await screen.shows(cursorOn(77));
  await screen.shows(`${QUESTIONS} questions left`);
  screen.type('q');
  expect(await screen.exit).toBe(7);
});

test('answers are there when the review is opened again, and confirm nothing', async () => {
  const screen = open(110, 35);
  await screen.shows(cursorOn(77));
  screen.type('y');
  await screen.shows(`${QUESTIONS - 1} questions left`);
  screen.type('q');
  expect(await screen.exit).toBe(7);
  expect(readFileSync(join(directory, 'move.review.yaml'), 'utf8')).toMatch(
    /sections: \[\]\nbegun:\n +- section: \{title: "Option A/,
  );
  const again = openPty([process.execPath, [program, 'review', 'move.md']], {
    ...{cwd: directory},
    env: {TMINUS_HOME: operator.home},
  });
  await again.shows('0 of 127 sections confirmed');
  await again.shows(`${QUESTIONS - 1} questions left`);
  again.type('q');
  expect(await again.exit).toBe(7);
});
