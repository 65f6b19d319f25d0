import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../src/plan/bindings.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {readingOf} from '../helpers/plan-reading.ts';

const corpus = new URL('../fixtures/corpus/', import.meta.url);
const names = readdirSync(corpus)
  .filter(name => name.endsWith('.md'))
  .sort();

describe('every document of the corpus reads as a person would read it', () => {
  test.each(names)('%s', name => {
    const reading = readingOf(parsePlan(readFileSync(new URL(name, corpus)), emptyBindings));
    const file = new URL(name.replace(/\.md$/, '.reading.txt'), corpus);
    if (process.env['UPDATE_READINGS'] === '1') writeFileSync(file, reading);
    expect(reading).toBe(readFileSync(file, 'utf8'));
  });
});
