import {expect, test} from 'vitest';
import {recordHtml} from '../../../src/report/record/record-html.ts';
import {record} from '../../../src/report/record/record-markdown.ts';
import {readSeal} from '../../../src/report/record/seal.ts';
import {opened, plan, recorded, stateAfter} from '../builder.ts';

const events = recorded(opened);
const seal = {events: 12, checksum: '0123456789abcdef0123456789abcdef', program: 'tminus 1.2.0, commit abc'};
const source = {plan, state: stateAfter(events), events, seal};

test.each([
  ['Markdown', record(source)],
  ['HTML', recordHtml(source)],
])('a record in %s says what it belongs to, and shows every change of its text', (_, text) => {
  expect(readSeal(text)).toEqual({...seal, isIntact: true});
  for (const at of [0, Math.floor(text.length / 3), text.indexOf('Sealed: ') - 3]) {
    const changed = `${text.slice(0, at)}!${text.slice(at + 1)}`;
    expect(readSeal(changed)?.isIntact).toBe(false);
  }
  expect(readSeal(text.slice(0, text.indexOf('Sealed: ')))).toBeUndefined();
});

test('a line of the checklist that looks like a seal is none', () => {
  const text = `Sealed: 12 events, journal checksum ${seal.checksum}, written by x, checksum of all above ${'0'.repeat(64)}`;
  const forged = {...source, plan: {...plan, source: [...plan.source, text]}};
  expect(readSeal(record(forged))).toEqual({...seal, isIntact: true});
});
