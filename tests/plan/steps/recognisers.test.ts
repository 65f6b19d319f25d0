import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {readMarkdown} from '../../../src/plan/document/markdown.ts';
import {outline} from '../../../src/plan/outline/sections.ts';
import {RECOGNISERS, readSections} from '../../../src/plan/steps/reader.ts';

/** Names of the recognisers that read something of a document. */
function readersOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const things = readSections(outline(readMarkdown(lines), 'Release').nodes, lines, emptyBindings);
  return things.flatMap(thing => (thing.kind === 'read' ? [thing.by] : []));
}

test.each(RECOGNISERS.map(({name, example}) => [name, example]))('%s reads its example', (name, example) => {
  expect(readersOf(example)).toContain(name);
});

test('every recogniser has a name of its own', () => {
  const names = RECOGNISERS.map(({name}) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
