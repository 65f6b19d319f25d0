import {describe, expect, test} from 'vitest';
import {mergeBindings, parseBindings, readFrontMatter} from '../../../src/plan/bindings-file/bindings.ts';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';

describe('readFrontMatter', () => {
  test('takes the same keys, counts lines in the document and gives the title', () => {
    const {bindings, problems, title} = readFrontMatter('title: Release\nhosts:\n  vps: {destination: local}\n', 2, {});
    expect({problems, title}).toEqual({problems: [], title: 'Release'});
    expect(bindings.hosts['vps']?.line).toBe(4);
  });

  test('leaves the keys of other tools alone', () => {
    expect(readFrontMatter('layout: page\ntags: [a]\n', 2, {}).problems).toEqual([]);
    expect(readFrontMatter('title: {{ page.title }}: [', 2, {}).problems).toEqual([]);
  });

  test('only warns about what does not fit, unless it says that it is meant', () => {
    expect(readFrontMatter('steps: 5\n', 2, {}).problems).toMatchObject([{severity: 'warning', line: 2}]);
    expect(readFrontMatter('tminus: 1\nsteps: 5\n', 2, {}).problems).toMatchObject([{severity: 'error', line: 3}]);
  });
});

describe('mergeBindings', () => {
  test('the second wins by name, and keeps what it does not name', () => {
    const base = parseBindings('values: {a: 1, b: 2}\nsteps: [{match: x, run: y}]\nrollback: {countdown: 9s}\n', {
      file: '/srv/tminus.yaml',
      env: {},
    }).bindings;
    const over = parseBindings('values: {b: 3}\nsteps: [{match: z, run: y}]\n', {env: {}}).bindings;
    const merged = mergeBindings(base, over);
    expect(merged.values).toMatchObject({a: {value: '1'}, b: {value: '3'}});
    expect(merged.steps.map(({match}) => match)).toEqual(['z', 'x']);
    expect(merged.rollback.countdownMs).toBe(9000);
    expect(merged.file).toBe('/srv/tminus.yaml');
    expect(mergeBindings(emptyBindings, over).values).toEqual(over.values);
  });
});
