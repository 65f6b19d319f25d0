/** What several checks need of one document is made once, and for another document anew. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {readMarkdown} from '../../../src/plan/document/markdown.ts';
import {isKnownDocument} from '../../../src/plan/outline/prose.ts';
import {partsIn} from '../../../src/plan/outline/text-parts.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {sentencesOf} from '../../../src/plan/review/general/sentences.ts';
import {allLabels} from '../../../src/plan/review/order/labels.ts';
import {actsOf} from '../../../src/plan/rollback/acts.ts';
import {rowAt} from '../../../src/plan/steps/tables/row-at.ts';

const text = [
  '## Deploy',
  '',
  '1. Stop the workers. Skip it after 04:00.',
  '2. Copy it: `cp /srv/a /srv/b`',
  '',
  '| Step | Status |',
  '|---|---|',
  '| `make a` | open |',
  '| `make b` | done |',
].join('\n');
const source = text.split('\n');
const blocks = readMarkdown(source);
const plan = parsePlan(text, emptyBindings);

describe('is the same the second time:', () => {
  test.each([
    ['the sentences', () => sentencesOf(blocks)],
    ['the parts', () => partsIn(blocks)],
    ['the labels', () => allLabels(plan)],
    ['the columns of a table', () => rowAt(9, source)?.heads],
    ['what a command makes', () => actsOf(plan.steps)[0]],
  ])('%s', (_, read) => {
    expect(read()).toBeDefined();
    expect(read()).toBe(read());
  });
});

test('rows of one table have the same columns, whichever row is asked for first', () => {
  const [first, second] = [8, 9].map(line => rowAt(line, source));
  expect(first?.heads).toBe(second?.heads);
  expect(first?.heads.map(({head}) => head)).toEqual(['Step', 'Status']);
  expect(rowAt(3, source)).toBeUndefined();
  expect(rowAt(8, [...source])?.heads).not.toBe(first?.heads);
});

test('the language is that of each document', () => {
  const foreign = Array.from({length: 12}, () => 'Ota yhteys palvelimeen ja pysäytä sovellus ennen kuin jatkat.');
  expect([isKnownDocument(foreign), isKnownDocument(source), isKnownDocument(foreign)]).toEqual([false, true, false]);
});
