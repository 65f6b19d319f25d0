/** Commands that are only mentioned, blocks that are not to be run, lines that are no sequence: what is made of them. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {playPlan} from '../../run/play-plan.ts';

/**
 * Each begins with `@@ NAME`; then all lines that run once the proposals were accepted (`@runs LINE: TEXT`), all doubts
 * that stay open but those about places and users (`@open CODE:LINE`), and all steps of a person (`@hand`); behind
 * `---` stands the document.
 */
const cases = readFileSync(new URL('../../fixtures/code-in-prose.txt', import.meta.url), 'utf8')
  .split(/^@@ /m)
  .slice(1)
  .map(part => {
    const [head = '', ...body] = part.split('\n---\n');
    const [name = '', ...rows] = head.split('\n');
    const said = (mark: string) =>
      rows.filter(row => row.startsWith(`@${mark} `)).map(row => row.slice(mark.length + 2));
    return {name, runs: said('runs'), open: said('open'), hand: said('hand'), document: body.join('\n---\n')};
  });

test.each(cases)('$name', ({document, runs, open: asked, hand}) => {
  const plan = parsePlan(document, emptyBindings);
  const {lines} = playPlan(plan, {accepted: true, goesOn: true});
  const open = (plan.proposal?.doubts ?? []).filter(
    ({code, proposed}) => proposed === undefined && code !== 'place-assumed' && code !== 'user-assumed',
  );
  expect({
    runs: lines.map(line => `${line}: ${(plan.source[line - 1] ?? '').trim()}`),
    open: open.map(({code, line}) => `${code}:${line}`),
    hand: plan.steps.filter(({action}) => action.kind === 'manual').map(({title}) => title),
  }).toEqual({runs, open: asked, hand});
});
