import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

const titles = (plan: Plan) => (plan.rollback?.steps ?? []).map(id => plan.steps.find(step => step.id === id)?.title);

describe('the rollback', () => {
  test('is told by a bold label as well as by a heading', () => {
    const plan = planOf('## Deploy', '- [ ] go', '', '**Rollback:**', '', '- [ ] `helm rollback web`');
    expect(plan.rollback).toMatchObject({heading: 'Rollback', line: 4});
    expect(stepAt(plan, 6).section).not.toBe(stepAt(plan, 2).section);
  });

  test('may be one sentence behind its label', () => {
    const plan = planOf('## Deploy', '- [ ] go', '', '**Rollback:** run the job "previous" once more');
    expect(titles(plan)).toEqual(['Rollback']);
    expect(plan.steps.at(-1)?.instructions).toEqual(['run the job "previous" once more']);
  });

  test('takes what verifies it for a part of it', () => {
    const plan = planOf(
      '## Rollback',
      '```bash',
      'make undo',
      '```',
      '## Post-Rollback Verification',
      '- [ ] all well',
    );
    expect(plan.rollback?.steps).toEqual(['L2', 'L6']);
    expect(plan.rollbacks).toBeUndefined();
  });

  test('is not its preparation, its log or a notice about it', () => {
    const plan = planOf(
      '## Rollback Preparation',
      '- [ ] tag the old version',
      '## Rollback Decision Log',
      '- [ ] who decided: ____',
      '## Template 5: Rollback Notice',
      '```bash',
      'make mail',
      '```',
    );
    expect(plan.rollback).toBeNull();
    expect(plan.steps.some(step => kindOf(step.action) === 'shell')).toBe(false);
  });

  test('parts for components of one system are all of it', () => {
    const plan = planOf('## Rollback', '### Backend', '- [ ] `make b`', '### Database', '- [ ] `make d`');
    expect(plan.rollback?.steps).toEqual(['L3', 'L5']);
  });

  test('a command that a step names for later is not run with it', () => {
    const plan = planOf('## Deploy', '- [ ] Rollback: `helm rollback web`', '- [ ] `helm upgrade web .`');
    expect(plan.steps.map(step => kindOf(step.action))).toEqual(['manual', 'shell']);
  });
});

describe('several rollbacks', () => {
  const phases = [
    '## Phase 1: Schema',
    '- [ ] `make schema`',
    '## Phase 2: Code',
    '- [ ] `make code`',
    '## Rollback',
    '### Rollback of phase 1',
    '- [ ] `make schema-back`',
    '### Rollback of phase 2',
    '- [ ] `make code-back`',
    '- [ ] tell the team',
  ];

  test('are offered by the phase that they take back, the last of them first', () => {
    const plan = planOf(...phases);
    expect(plan.rollbacks?.map(({heading, phase}) => [heading, phase])).toEqual([
      ['Phase 1: Schema › Rollback of phase 1', 'phase-1-schema'],
      ['Phase 2: Code › Rollback of phase 2', 'phase-2-code'],
    ]);
    expect(plan.rollback?.line).toBe(8);
  });

  test('one for the whole goes before those of the phases', () => {
    const plan = planOf(...phases, '## Full rollback', '- [ ] `make all-back`');
    expect(plan.rollback).toMatchObject({heading: 'Full rollback'});
    expect(plan.rollbacks).toHaveLength(3);
  });

  test('the bindings may name the one to run', () => {
    const bindings = {...emptyBindings, choices: {Rollback: 'phase 1'}};
    expect(parsePlan(phases.join('\n'), bindings).rollback?.line).toBe(6);
  });

  test('each asks for what it needs itself, whatever another makes', () => {
    const plan = planOf(...phases);
    expect(plan.rollbacks?.map(({steps}) => steps)).toEqual([['L7'], ['L9', 'L10']]);
  });

  test('branches of one are rollbacks of their own, and what follows is done after the last', () => {
    const plan = planOf(
      '## Rollback',
      'If the canary fails:',
      '',
      '- [ ] `make undo`',
      '',
      'If the database is broken:',
      '',
      '- [ ] `make restore`',
      '### Post-rollback',
      '- [ ] tell the customers',
    );
    expect(plan.rollbacks?.map(({heading, steps}) => [heading, steps])).toEqual([
      ['If the canary fails', ['L4']],
      ['If the database is broken', ['L8', 'L10']],
    ]);
  });

  test('how far the work had come parts a rollback as well', () => {
    const plan = planOf(
      '## Rollback',
      '### Before the switch',
      '- [ ] `make a`',
      '### After the switch',
      '- [ ] `make b`',
    );
    expect(plan.rollbacks?.map(({steps}) => steps)).toEqual([['L3'], ['L5']]);
  });
});
