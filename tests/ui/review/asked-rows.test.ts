/** What is asked in the pane of commands, at several sizes. */
import {expect, test} from 'vitest';
import type {Doubt} from '../../../src/plan/doubt.ts';
import {compact} from '../../../src/text/compact.ts';
import {openQuestions} from '../../../src/ui/review/review-questions.ts';
import {runPane} from '../../../src/ui/review/run-pane.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {reviewAt} from '../../../src/ui/view/review-view.ts';
import {noColours} from '../draw-pane.tsx';
import {CHECKLIST, planOf, unreviewed} from './review-session.ts';

const LONG =
  'nothing says where line 9 runs: taken for here, though the document works on ops@jump-d, ops@lb-b, ops@accounts-01 ' +
  'and 71 more as well, and a person who reads only the half of it would say yes to something else than what it asks';

function asked(
  size: {width: number; height: number},
  change: {[K in keyof Doubt]?: Doubt[K] | undefined},
  text = CHECKLIST,
): string {
  const read = planOf(text);
  const section = read.sections.find(({title}) => title === 'Check the build');
  const [step] = read.steps.filter(each => each.section === section?.id);
  const doubt = {
    ...{id: 'place-assumed:9', code: 'place-assumed', line: 9, section: section?.id ?? '', steps: [step?.id ?? '']},
    ...{message: LONG, because: 'make test', settle: 'set the place', proposed: 'it is here', ...change},
  };
  const plan = {...read, proposal: {readings: read.proposal?.readings ?? [], doubts: [compact(doubt) as Doubt]}};
  const state = unreviewed(plan).run.getState();
  expect(openQuestions(plan, state)).toHaveLength(1);
  const view = reviewAt(section?.id ?? '', 9, 'run', 0);
  const style = {...size, glyphs: glyphsFor(false), theme: noColours, isDriver: true};
  const {rows} = runPane(plan, state, view, style);
  expect(rows).toHaveLength(size.height);
  return rows.join('\n');
}

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

test.each([
  [76, 7],
  [76, 9],
  [40, 40],
])('in %ix%i the whole question is seen, and a row of the commands', (width, height) => {
  const many = CHECKLIST.replace('make test', Array.from({length: 30}, (_, at) => `make test-${at}`).join('\n'));
  const text = flat(asked({width, height}, {message: LONG.slice(0, 140)}, many));
  expect(text).toContain(LONG.slice(0, 140).trim());
  expect(text).toContain('this machine');
  expect(text).toMatch(/y yes: it is here/);
});

test('where there are few commands a long question takes the rows that they leave', () => {
  const text = flat(asked({width: 44, height: 24}, {}));
  expect(text).toContain(LONG);
  expect(text).toContain('set the place');
});

test('whether a section is a part of the deploy: each answer says what then happens', () => {
  const change = {code: 'role-assumed', steps: [], message: 'taken for a part of the deployment'} as const;
  const text = asked({width: 70, height: 24}, {...change, proposed: undefined});
  expect(text).toMatch(/y +yes: the run works through it/);
  expect(text).toMatch(/b +it is part of the rollback/);
  expect(text).toMatch(/x +it is another procedure, and does not run/);
  expect(text).toMatch(/n +nothing of it runs/);
  expect(text).not.toContain('nothing runs for it');
  expect(flat(asked({width: 76, height: 9}, change))).toContain('x other procedure n never runs');
});

test('of a line that was read into no step the answer says that nothing runs for it', () => {
  const text = asked({width: 70, height: 24}, {code: 'not-read', steps: [], proposed: undefined});
  expect(text).toContain('I have looked at it: nothing runs for it');
});
