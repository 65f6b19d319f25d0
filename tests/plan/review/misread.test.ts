/** Documents that were once read in a way that would have harmed production, and others like them: what each says. */
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {playPlan} from '../../run/play-plan.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

/**
 * Each begins with `@@ NAME`; a name with a colon is another document of the same kind, which stands behind `---`. All
 * that runs of it (`@runs`, each command), all that R runs (`@R`), every rule and every doubt that nothing settles by
 * itself (`@doubt CODE:LINE`) is said; `@asks` are doubts that hold a proposal, `@hand` steps of the run that a person
 * does, `@problem CODE:LINE`, `@before` the lines of steps that come before the deploy, `@blank` what has no value, `@weak` why it is
 * still read otherwise.
 */
type Case = {name: string; rows: readonly string[]; document: Uint8Array | string};

const cases: readonly Case[] = readFileSync(new URL('misread-alike.txt', fixtures), 'utf8')
  .split(/^@@ /m)
  .slice(1)
  .map(part => {
    const [head = '', ...body] = part.split(/^---\n/m);
    const [name = '', ...rows] = head.trim().split('\n');
    const document =
      body.length === 0 ? readFileSync(new URL(`misread/${name}.md`, fixtures)) : `${body.join('---\n').trim()}\n`;
    return {name, rows, document};
  });

const said = ({rows}: Case, mark: string): string[] =>
  rows.filter(row => row.startsWith(`@${mark} `)).map(row => row.slice(mark.length + 2));

function handsOf(plan: Plan): string[] {
  const run = new Set(plan.sections.filter(({use}) => use === 'run' || use === 'watch').map(({id}) => id));
  return plan.steps
    .filter(({section, action, condition}) => run.has(section) && action.kind === 'manual' && condition === undefined)
    .map(({title}) => title);
}

function readingOf(plan: Plan) {
  const back = new Set(plan.rollback?.steps ?? []);
  const doubts = (plan.proposal?.doubts ?? []).map(({code, line, proposed}) => ({
    id: `${code}:${line}`,
    isOpen: proposed === undefined,
  }));
  const taken = new Set(plan.steps.flatMap(({action}) => (action.kind === 'choice' ? (action.arms[0]?.id ?? []) : [])));
  const {lines} = playPlan(plan, {accepted: true, goesOn: true});
  return {
    runs: lines.map(line => plan.source[line - 1]?.trim()),
    R: plan.steps
      .filter(
        ({id, action, arm}) => back.has(id) && action.kind !== 'choice' && (arm === undefined || taken.has(arm.arm)),
      )
      .flatMap(step => {
        const commands = commandsOf(step).map(({text}) => text);
        return commands.length > 0 ? commands : [`by hand: ${step.title}`];
      }),
    rule: plan.rules.map(({role, metric, op, value, unit}) => `${role} ${metric} ${op} ${value} ${unit}`),
    doubt: doubts.filter(({isOpen}) => isOpen).map(({id}) => id),
    hand: handsOf(plan),
    asks: doubts.filter(({isOpen}) => !isOpen).map(({id}) => id),
    problem: plan.problems.map(({code, line}) => `${code}:${line}`),
    before: plan.sections.filter(({role}) => role === 'prepare').map(({line}) => String(line)),
    blank: plan.placeholders.filter(({bound}) => !bound).map(({text}) => text),
  };
}

test('every document of the folder has its reading said', () => {
  const names = new Set(cases.map(({name}) => `${name}.md`));
  expect(readdirSync(new URL('misread/', fixtures)).filter(name => !names.has(name))).toEqual([]);
});

function expectReading(each: Case): void {
  const plan = parsePlan(each.document, emptyBindings);
  expect(playPlan(plan, {}).lines).toEqual([]);
  const reading = readingOf(plan);
  for (const whole of ['runs', 'R', 'rule', 'doubt', 'hand'] as const)
    expect({[whole]: reading[whole]}).toEqual({[whole]: said(each, whole)});
  for (const part of ['asks', 'problem', 'before', 'blank'] as const)
    expect({[part]: reading[part]}).toEqual({[part]: expect.arrayContaining(said(each, part))});
}

test.each(cases.filter(each => said(each, 'weak').length === 0))('$name', expectReading);

test.each(cases.filter(each => said(each, 'weak').length > 0))('$name is still read wrong', each => {
  expect(() => expectReading(each)).toThrow();
});
