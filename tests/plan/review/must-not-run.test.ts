/** Documents that were written to make something run that must not: what runs of each once its reading was accepted. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {playPlan} from '../../run/play-plan.ts';

/**
 * Each begins with `@@ NAME`, then `@must` commands that belong to the deploy, `@not` those that must not run, `@one`
 * those of which at most one may; behind `---` stands the document.
 */
type Case = {name: string; not: readonly string[]; one: readonly (readonly string[])[]; document: string};

const cases: readonly Case[] = readFileSync(new URL('../../fixtures/must-not-run.txt', import.meta.url), 'utf8')
  .split(/^@@ /m)
  .slice(1)
  .map(part => {
    const [head = '', ...body] = part.split('\n---\n');
    const [name = '', ...rows] = head.split('\n');
    const listed = (mark: string) =>
      rows.filter(row => row.startsWith(`${mark} `)).map(row => row.slice(mark.length + 1).split(' | '));
    return {name, not: listed('@not').flat(), one: listed('@one'), document: body.join('\n---\n')};
  });

/** What still runs though it must not, and what would have to be read for it to be seen. */
const WEAK: Readonly<Record<string, string>> = {
  '19-for-example': 'an example behind a sentence that says two things',
  '41-spanish-opcion-bold': 'bold labels of two ways in a language whose labels are not parts',
  '94-placeholders-more': 'placeholders without any mark',
  '95-placeholders-explained': 'a sentence that explains which word is to be replaced',
  '96-endless-more': 'programs that nobody knows and that never end',
};

const LEADS = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])?\s*(?:\[[ x]\])?\s*\$?\s*/;

function wronglyRun({not, one, document}: Case): readonly string[] {
  const plan = parsePlan(document, emptyBindings);
  const {lines} = playPlan(plan, {accepted: true});
  const texts = lines.map(line => (plan.source[line - 1] ?? '').replace(LEADS, ''));
  const ran = (wanted: string) =>
    texts.some(text => text === wanted || text.startsWith(`${wanted} `) || text.includes(`\`${wanted}`));
  const both = one.map(ways => ways.filter(ran)).filter(({length}) => length > 1);
  return [...not.filter(ran), ...both.map(ways => ways.join(' and '))];
}

test.each(cases.filter(({name}) => !(name in WEAK)))('$name', each => {
  expect(playPlan(parsePlan(each.document, emptyBindings), {}).lines).toEqual([]);
  expect(wronglyRun(each)).toEqual([]);
});

test('what is known to be weak is just that', () => {
  const weak = cases.filter(each => wronglyRun(each).length > 0).map(({name}) => name);
  expect(weak.sort()).toEqual(Object.keys(WEAK).sort());
});
