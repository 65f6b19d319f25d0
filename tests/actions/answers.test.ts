import {expect, test} from 'vitest';
import {keepAnswers} from '../../src/actions/remembered-answers.ts';
import type {NewQuestion, Reply} from '../../src/run/question.ts';

const question: NewQuestion = {kind: 'sudo', host: 'vps', text: 'password', secret: true};
const never = new AbortController().signal;

/** A person who answers when the test says so. */
function patient() {
  const asked: {signal: AbortSignal; reply(reply: Reply): void}[] = [];
  const answers = keepAnswers((_question, signal) => {
    const {promise, resolve} = Promise.withResolvers<Reply>();
    asked.push({signal, reply: resolve});
    return promise;
  });
  return {answers, asked};
}

test('one answer serves everybody who waits for it, and everybody after them', async () => {
  const {answers, asked} = patient();
  const waiting = [answers.about('key', question, never), answers.about('key', question, never)];
  asked[0]?.reply({answer: 'hunter22'});
  expect(await Promise.all(waiting)).toEqual([{answer: 'hunter22'}, {answer: 'hunter22'}]);
  expect(await answers.about('key', question, never)).toEqual({answer: 'hunter22'});
  expect(asked).toHaveLength(1);
});

test('what was wrong is asked again, unless somebody has told better meanwhile', async () => {
  const {answers, asked} = patient();
  const first = answers.about('key', question, never);
  asked[0]?.reply({answer: 'wrong'});
  await first;
  answers.forget('key', 'wrong');
  const again = answers.about('key', question, never);
  asked[1]?.reply({answer: 'right'});
  await again;
  answers.forget('key', 'wrong');
  expect(await answers.about('key', question, never)).toEqual({answer: 'right'});
  expect(asked).toHaveLength(2);
});

test('a question is withdrawn when the last one who waited has gone, and not before', async () => {
  const {answers, asked} = patient();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = answers.about('key', question, one.signal);
  const second = answers.about('key', question, other.signal);
  one.abort();
  expect(await first).toHaveProperty('unanswered');
  expect(asked[0]?.signal.aborted).toBe(false);
  other.abort();
  expect(await second).toHaveProperty('unanswered');
  expect(asked[0]?.signal.aborted).toBe(true);
  void answers.about('key', question, never);
  expect(asked).toHaveLength(2);
});

test('no answer is not kept, and neither is what is good only once', async () => {
  const {answers, asked} = patient();
  const refused = answers.about('key', question, never);
  asked[0]?.reply({unanswered: 'ana refused'});
  expect(await refused).toEqual({unanswered: 'ana refused'});
  const code = answers.once(question, never);
  asked[1]?.reply({answer: '123456'});
  expect(await code).toEqual({answer: '123456'});
  void answers.once(question, never);
  expect(asked).toHaveLength(3);
});

test('without a person there is no answer, and a reason', async () => {
  expect(await keepAnswers().about('key', question, never)).toEqual({unanswered: 'there is nobody to ask'});
});
