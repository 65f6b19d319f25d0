import {expect, test} from 'vitest';
import {linesOfCodes} from '../../../src/plan/steps/inline-commands.ts';

const read = (raw: string) => {
  const codes = [...raw.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  return linesOfCodes(raw, codes, () => 1).map(line =>
    line.kind === 'comment' ? 'OR' : line.kind === 'blank' ? '' : 'text' in line ? line.text : '',
  );
};

test.each([
  ['Restart with `make a` or `make b`', ['make a', 'OR', 'make b']],
  ['Restart (`make a` / `make b`)', ['make a', 'OR', 'make b']],
  ['`make a`, oder auf alten Rechnern `make b`', ['make a', 'OR', 'make b']],
  ['`make a` and `make b`', ['make a', '', 'make b']],
  ['`make a`, then for the others `make b`', ['make a', '', 'make b']],
  ['`make a` or `make b`, then `make c`', ['make a', 'OR', 'make b', '', 'make c']],
])('%s', (raw, expected) => {
  expect(read(raw)).toEqual(expected);
});
