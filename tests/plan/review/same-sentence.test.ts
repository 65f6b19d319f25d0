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
