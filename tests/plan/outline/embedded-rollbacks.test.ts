import {expect, test} from 'vitest';
import {kindOf} from '../../../src/plan/plan.ts';
import {commandTexts, planOf, stepAt} from '../../helpers/plan-view.ts';

test('what stands below "# ROLLBACK" in a code block is the rollback and no part of the step', () => {
  const plan = planOf(
    '## Deploy',
    '```bash',
    'helm upgrade shop',
    '',
    '# --- ROLLBACK ---',
    'helm rollback shop',
    '```',
    '- [ ] check it',
  );
  expect(commandTexts(stepAt(plan, 2))).toEqual(['helm upgrade shop']);
  expect(plan.rollback?.steps.flatMap(id => plan.steps.filter(step => step.id === id).flatMap(commandTexts))).toEqual([
    'helm rollback shop',
  ]);
  const after = plan.sections.find(({id}) => id === stepAt(plan, 8).section);
  expect(after).toMatchObject({title: 'Deploy', role: 'deploy'});
});

test.each([['# revert the temporary flag'], ['# no rollback from here on']])('"%s" is an ordinary comment', comment => {
  const plan = planOf('## Deploy', '```bash', 'make a', comment, 'make b', '```');
  expect(commandTexts(stepAt(plan, 2))).toEqual(['make a', 'make b']);
  expect(plan.rollback).toBeNull();
});

test('a rollback that is told in comments only stays a remark', () => {
  const plan = planOf('## Deploy', '```bash', 'make a', '# Rollback:', '# make back', '```');
  expect(commandTexts(stepAt(plan, 2))).toEqual(['make a']);
  expect(plan.rollback).toBeNull();
});

test.each([['Never do this in production:'], ['Do not run this:'], ['Previously we used:'], ['Example:']])(
  'nothing under "%s" is run',
  label => {
    const plan = planOf('## Deploy', '- [ ] tell', '', label, '', '```bash', 'rm -rf /data', '```');
    expect(plan.steps.flatMap(commandTexts)).toEqual([]);
    expect(plan.problems.map(({code}) => code)).toContain('reference-card');
  },
);

test('a ban that ends is none', () => {
  const plan = planOf('## Deploy', 'Never go on before this is green:', '', '```bash', 'make check', '```');
  expect(plan.steps.flatMap(commandTexts)).toEqual(['make check']);
});

test('what an item has for the case of failure is not run with it', () => {
  const plan = planOf(
    '## Deploy',
    '1. Run the migration: `make migrate`',
    '2. If it fails: `make unmigrate`',
    '3. Smoke test passes; otherwise run `make revertall`',
  );
  expect(stepAt(plan, 3)).toMatchObject({kind: 'shell', condition: 'if it fails'});
  expect(kindOf(stepAt(plan, 4).action)).toBe('manual');
  expect(stepAt(plan, 2)).not.toHaveProperty('condition');
});

test.each([['- Rollback:'], ['* Retour :'], ['- Back out (data first):']])(
  'commands below the item "%s" of a deploy are a way back, and what stands behind them is not',
  item => {
    const plan = planOf('## Deploy', '- [ ] `make up`', item, '  - `make down`', '- [ ] `make check`');
    const rollback = plan.rollback?.steps.flatMap(id => plan.steps.filter(step => step.id === id));
    expect(rollback?.flatMap(commandTexts)).toEqual(['make down']);
    const after = plan.sections.find(({id}) => id === stepAt(plan, 5).section);
    expect(after).toMatchObject({title: 'Deploy', role: 'deploy'});
  },
);
