import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {corpusNames, corpusPath} from '../helpers/documents.ts';

/**
 * What a person who had not seen the reader would do with each command of a document of the corpus: `run` (once, in the
 * deployment), `alternative` (one arm of a group), `conditional`, `watch`, `rollback`, `other` (another procedure) or
 * `never`. They say what a reading is worth, beside the goldens that only say whether it has changed.
 */
type Labels = {
  document: string;
  commands: readonly {line: number; use: string; place?: string; group?: string; when?: string}[];
};

const USES = ['run', 'alternative', 'conditional', 'watch', 'rollback', 'other', 'never'];

test.each(corpusNames)('the labels of %s name lines that hold something', name => {
  const lines = readFileSync(corpusPath(name), 'utf8').split(/\r\n|\n|\r/);
  const text = readFileSync(corpusPath(`labels/${name.replace(/\.md$/, '.yaml')}`), 'utf8');
  const {document, commands} = parse(text) as Labels;
  expect(document).toBe(name);
  const numbers = commands.map(({line}) => line);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(commands.filter(({line}) => (lines[line - 1] ?? '').trim() === '')).toEqual([]);
  expect(commands.filter(({use}) => !USES.includes(use))).toEqual([]);
  expect(commands.filter(({use, place}) => use !== 'never' && place === undefined)).toEqual([]);
  expect(commands.filter(({use, group}) => use === 'alternative' && group === undefined)).toEqual([]);
});
