/** A section that people make the rollback of a document without one is its rollback, and what they confirmed of it holds. */
import {expect, test} from 'vitest';
import {loadPlan} from '../../../src/engine/opening/load-plan.ts';
import {acceptUnseen, reviewOf, reviewsText, stateOf} from '../../../src/plan/parse-plan.ts';

/** Read, the section with that title made the rollback and all accepted, then read again with the file that came of it. */
function readAgain(title: string, ...lines: readonly string[]) {
  const given = {checklist: Buffer.from(lines.join('\n')), values: {}, env: {}};
  const {plan, standing} = loadPlan(given);
  const section = plan.sections.find(one => one.title === title)?.id ?? '';
  const before = {...stateOf(standing), uses: {[section]: 'rollback' as const}};
  const text = reviewsText([reviewOf(plan, acceptUnseen(plan, before, {by: 'ana', at: 0}))], 'deploy.md');
  const again = loadPlan({...given, review: {text, file: 'deploy.review.yaml'}});
  return {first: plan, ...again, section};
}

const ITALIAN = [
  '# Sostituzione del motore',
  '',
  'Da fare sabato notte, con il capoturno al telefono finché non è finito.',
  '',
  '## La notte',
  '',
  '```bash',
  'systemctl stop avm3',
  'systemctl start avm4',
  '```',
  '',
  '## Ritorno indietro',
  '',
  '```bash',
  'systemctl stop avm4',
  'systemctl start avm3',
  '```',
];

test('a document in a language without words', () => {
  const {first, plan, standing, section} = readAgain('Ritorno indietro', ...ITALIAN);
  expect(first.rollback).toBeNull();
  expect(plan.rollback).toMatchObject({heading: 'Ritorno indietro', line: 12});
  expect(plan.rollback?.steps).toEqual(plan.steps.filter(step => step.section === section).map(({id}) => id));
  expect(plan.problems.map(({code}) => code)).not.toContain('rollback-missing');
  expect(Object.keys(standing.confirmed)).toContain(section);
  expect(standing.reopened).toEqual({});
});

test('a title that says nothing of it', () => {
  const {plan} = readAgain('Plan B', '# Move', '', '## Deploy', '', '`make up`', '', '## Plan B', '', '`make down`');
  expect(plan.rollback?.heading).toBe('Plan B');
});

test('the rollback that the document has stays its rollback', () => {
  const lines = ['## Deploy', '', '`make up`', '', '## Rollback', '', '`make down`', '', '## Extra', '', '`make tidy`'];
  const {first, plan} = readAgain('Extra', '# Move', '', ...lines);
  expect(plan.rollback?.heading).toBe('Rollback');
  expect(plan.rollback).toEqual(first.rollback);
});
