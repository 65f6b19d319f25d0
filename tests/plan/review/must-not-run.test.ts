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
type Case = {
  name: string;
  must: readonly string[];
  not: readonly string[];
  one: readonly (readonly string[])[];
  document: string;
};

const cases: readonly Case[] = readFileSync(new URL('../../fixtures/must-not-run.txt', import.meta.url), 'utf8')
  .split(/^@@ /m)
  .slice(1)
  .map(part => {
    const [head = '', ...body] = part.split('\n---\n');
    const [name = '', ...rows] = head.split('\n');
    const listed = (mark: string) =>
      rows.filter(row => row.startsWith(`${mark} `)).map(row => row.slice(mark.length + 1).split(' | '));
    return {
      name,
      must: listed('@must').flat(),
      not: listed('@not').flat(),
      one: listed('@one'),
      document: body.join('\n---\n'),
    };
  });

/** What still runs though it must not, once a person has passed over what stops before it. */
const WEAK: Readonly<Record<string, string>> = {
  '92-second-procedures': '"Maintenance mode" has the words of a deploy',
};

/** Where something of the deploy itself waits for an answer, and for which. */
const HELD: Readonly<Record<string, string>> = {
  '09-playbooks': 'which of the playbooks',
  '26-dutch-mislukt': 'a language without words',
  '27-italian-se-fallisce': 'a language without words',
  '28-chinese-rugo-shibai': 'a language without words',
  '29-chinese-alternatives': 'a language without words',
  '62-inline-comment-undo': 'the way back stands in its block',
  '71-chinese-plain-only': 'a language without words',
  '102-pick-one-list': 'items that no step says anything of',
  '116-comments-switch': 'the ways stand in its block',
  '119-commented-alternatives-trailing': 'the ways stand in its block',
  '122-emergency-note': 'words above a block that name no work',
  '123-instead-of': 'a command that a sentence asks for',
  '138-since-version': 'for which version',
  '144-trailing-only-if': 'a case stands in its block',
};

const LEADS = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])?\s*(?:\[[ x]\])?\s*\$?\s*/;

/** As `--auto` runs it, and as a person who passes over what stops it. */
function runOf({document}: Case, goesOn: boolean): (wanted: string) => boolean {
  const plan = parsePlan(document, emptyBindings);
  const {lines} = playPlan(plan, {accepted: true, goesOn});
  const texts = lines.map(line => (plan.source[line - 1] ?? '').replace(LEADS, ''));
  return wanted => texts.some(text => text === wanted || text.startsWith(`${wanted} `) || text.includes(`\`${wanted}`));
}

function wronglyRun(each: Case, goesOn: boolean): readonly string[] {
  const ran = runOf(each, goesOn);
  const both = each.one.map(ways => ways.filter(ran)).filter(({length}) => length > 1);
  return [...each.not.filter(ran), ...both.map(ways => ways.join(' and '))];
}

test.each(cases)('$name', each => {
  expect(playPlan(parsePlan(each.document, emptyBindings), {}).lines).toEqual([]);
  expect(wronglyRun(each, false)).toEqual([]);
  if (!(each.name in WEAK)) expect(wronglyRun(each, true)).toEqual([]);
});

test('what is known to be weak is just that', () => {
  const weak = cases.filter(each => wronglyRun(each, true).length > 0).map(({name}) => name);
  expect(weak.sort()).toEqual(Object.keys(WEAK).sort());
});

test('what belongs to the deploy runs, but for what is known to wait', () => {
  const held = cases.filter(each => !each.must.every(runOf(each, true))).map(({name}) => name);
  expect(held.sort()).toEqual(Object.keys(HELD).sort());
});
