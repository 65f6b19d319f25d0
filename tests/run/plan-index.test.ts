import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Plan, Section, Step} from '../../src/plan/plan.ts';
import {sectionById, sectionSteps, stepById} from '../../src/run/plan-index.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const sections = fc.array(fc.record({id: ids, parent: fc.option(ids, {nil: undefined})}), {maxLength: 8});
const steps = fc.array(fc.record({id: ids, section: ids}), {maxLength: 12});

function planOf(parts: {sections: readonly object[]; steps: readonly object[]}): Plan {
  return {sections: parts.sections as readonly Section[], steps: parts.steps as readonly Step[]} as Plan;
}

test('what is found by its id is what a search from the top finds', () => {
  fc.assert(
    fc.property(sections, steps, ids, (allSections, allSteps, id) => {
      const plan = planOf({sections: allSections, steps: allSteps});
      for (const _ of ['first', 'again']) {
        expect(stepById(plan, id)).toBe(plan.steps.find(step => step.id === id));
        expect(sectionById(plan, id)).toBe(plan.sections.find(section => section.id === id));
      }
    }),
  );
});

test('a section has its own steps and those of the sections below it, in the order of the document', () => {
  const plan = planOf({
    sections: [{id: 'a'}, {id: 'b', parent: 'a'}, {id: 'c', parent: 'b'}, {id: 'd'}],
    steps: [
      {id: '1', section: 'd'},
      {id: '2', section: 'c'},
      {id: '3', section: 'a'},
      {id: '4', section: 'b'},
    ],
  });
  expect(sectionSteps(plan, 'a').map(({id}) => id)).toEqual(['2', '3', '4']);
  expect(sectionSteps(plan, 'b').map(({id}) => id)).toEqual(['2', '4']);
  expect(sectionSteps(plan, 'd').map(({id}) => id)).toEqual(['1']);
  expect(sectionSteps(plan, 'b').map(({id}) => id)).toEqual(['2', '4']);
});

test('plans do not lend each other what they hold', () => {
  const [one, other] = ['first', 'second'].map(title =>
    planOf({sections: [], steps: [{id: 'a', section: 's', title}]}),
  );
  expect([one, other].map(plan => plan && stepById(plan, 'a')?.title)).toEqual(['first', 'second']);
});
