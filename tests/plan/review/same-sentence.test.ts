/** Of two doubts about one sentence one is shown, and the steps of both wait for its answer. */
import {expect, test} from 'vitest';
import {DoubtList} from '../../../src/plan/review/doubt-list.ts';
import {type FoundDoubt, lineIndexOf} from '../../../src/plan/review/found-doubt.ts';
import {planOf} from '../../helpers/plan-view.ts';

const PLAN = planOf('# Port', '', '## Deploy', '', '- [ ] `make a`', '- [ ] `make b`');
const [FIRST = '', SECOND = ''] = PLAN.steps.map(({id}) => id);

function about(code: FoundDoubt['code'], step: string, proposed?: string): FoundDoubt {
  const said = {code, line: 5, steps: [step], message: 'it is not clear', because: 'a', settle: 'say so'};
  return proposed === undefined ? said : {...said, proposed};
}

test.each([
  ['the sentence is open', undefined, 'nobody looks', 'not-read'],
  ['the expectation is open', 'a person knows it', undefined, 'expectation-assumed'],
  ['both have a proposal', 'a person knows it', 'nobody looks', 'expectation-assumed'],
])('%s', (_, ofSentence, ofExpectation, code) => {
  const list = new DoubtList(lineIndexOf(PLAN));
  list.add([about('not-read', FIRST, ofSentence), about('expectation-assumed', SECOND, ofExpectation)]);
  expect(list.sorted().map(one => [one.code, one.steps.toSorted()])).toEqual([[code, [FIRST, SECOND].toSorted()]]);
});

test.each([
  ['two open questions about one line are both shown', undefined, undefined, 'it is not clear; nor is it whole'],
  ['the open question takes the steps of the answered one', 'they are done', undefined, 'nor is it whole'],
])('%s', (_, first, second, message) => {
  const list = new DoubtList(lineIndexOf(PLAN));
  const other = {...about('role-assumed', SECOND, second), because: 'b', message: 'nor is it whole'};
  list.add([about('role-assumed', FIRST, first), other]);
  expect(list.sorted().map(one => [one.message, one.steps.toSorted()])).toEqual([
    [message, [FIRST, SECOND].toSorted()],
  ]);
});

test('a question about the whole section still holds all of it beside one about a step', () => {
  const list = new DoubtList(lineIndexOf(PLAN));
  list.add([{...about('not-read', FIRST), steps: []}, about('not-read', SECOND)]);
  expect(list.sorted().map(({steps}) => steps)).toEqual([[]]);
});

test('letters that one line explains are asked about in each section that has them', () => {
  const legend = ['# Farm', '', '## Before', '', 'NN is the turbine, two figures: `ping gwNN`', ''];
  const stop = ['## Stop', '', '- [ ] `ssh root@hub stop-gw gwNN`', ''];
  const {steps, proposal} = planOf(...legend, ...stop, '## Start', '', '- [ ] `ssh root@hub start-gw gwNN`');
  const asked = (proposal?.doubts ?? []).filter(one => one.code === 'value-assumed' && one.message.includes('NN'));
  const own = steps.filter(({action}) => action.kind === 'script');
  const held = own.filter(({id, section}) => asked.some(one => one.section === section && one.steps.includes(id)));
  expect(held.map(({line}) => line)).toEqual([9, 13]);
});
