import {afterEach, expect, test, vi} from 'vitest';
import {createHostQuestions, type HostQuestions} from '../../src/engine/host-questions.ts';
import type {Console} from '../../src/run/console.ts';
import type {Event} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {NewQuestion, Question} from '../../src/run/question.ts';
import type {RunState} from '../../src/run/state.ts';

const ANA: Console = {id: 'a', user: 'root', name: 'ana', observer: false};
const BO: Console = {id: 'b', user: 'root', name: 'bo', observer: false};
const question: NewQuestion = {kind: 'passphrase', host: 'vps', text: 'Passphrase of the key /k', secret: true};
const never = new AbortController().signal;

/** What consoles see, what the journal gets and what is redacted, in the order in which it happens. */
function engine({driver = 'a', timeoutMs = 60_000}: {driver?: string | null; timeoutMs?: number} = {}) {
  const seen: string[] = [];
  const recorded: {event: Event; by: string}[] = [];
  const state: RunState = {...initialState, consoles: {a: ANA, b: BO}, driver};
  const shown: Question[] = [];
  const questions: HostQuestions = createHostQuestions({
    state: () => state,
    record(events, by) {
      for (const event of events) recorded.push({event, by});
    },
    hide: secret => seen.push(`hidden ${secret}`),
    show(one) {
      shown.push(one);
      seen.push('shown');
    },
    withdraw: () => seen.push('withdrawn'),
    timeoutMs,
  });
  return {questions, seen, recorded, shown, state};
}

afterEach(() => {
  vi.useRealTimers();
});

test('the driver answers; the answer is hidden before it is used, and stands in no event', async () => {
  const {questions, seen, recorded, shown} = engine();
  const reply = questions.ask(question, never).then(given => {
    seen.push('used');
    return given;
  });
  const [{id}] = questions.open() as [Question];
  expect(shown).toEqual([{...question, id}]);
  expect(questions.answer(ANA, id, 'correct horse')).toBeUndefined();
  expect(await reply).toEqual({answer: 'correct horse'});
  expect(seen).toEqual(['shown', 'hidden correct horse', 'withdrawn', 'used']);
  const asked = {questionId: id, kind: 'passphrase', host: 'vps', text: question.text};
  expect(recorded).toEqual([
    {event: {type: 'question-asked', ...asked}, by: 'engine'},
    {event: {type: 'question-closed', ...asked, answered: true}, by: 'ana (root)'},
  ]);
  expect(questions.open()).toEqual([]);
});

test('nobody but the driver answers', async () => {
  const {questions, recorded} = engine();
  void questions.ask(question, never);
  const [{id}] = questions.open() as [Question];
  expect(questions.answer(BO, id, 'mine')).toBe('ana (root) drives, and answers');
  expect(questions.answer({...BO, id: 'stranger'}, id, undefined)).toBe('ana (root) drives, and answers');
  expect(questions.open()).toHaveLength(1);
  expect(recorded).toHaveLength(1);
  const idle = engine({driver: null});
  void idle.questions.ask(question, never);
  expect(idle.questions.answer(ANA, idle.questions.open()[0]?.id ?? '', 'x')).toContain('nobody drives');
});

test('an answer that is no secret is not taken out of what is shown, and one that comes late is refused', async () => {
  const {questions, seen} = engine();
  const reply = questions.ask({...question, kind: 'host-key', secret: false}, never);
  const [{id}] = questions.open() as [Question];
  questions.answer(ANA, id, 'yes');
  expect(await reply).toEqual({answer: 'yes'});
  expect(seen).toEqual(['shown', 'withdrawn']);
  expect(questions.answer(ANA, id, 'yes')).toBe('that is not asked any more');
});

test('the driver may say that there will be no answer', async () => {
  const {questions, recorded} = engine();
  const reply = questions.ask(question, never);
  questions.answer(ANA, questions.open()[0]?.id ?? '', undefined);
  expect(await reply).toEqual({unanswered: 'ana (root) did not answer'});
  expect(recorded[1]?.event).toMatchObject({answered: false, because: 'ana (root) did not answer'});
});

test.each([
  ['a', 'nobody answered within 1 min'],
  [null, 'no console was attached to answer within 1 min'],
])('a question that waits too long ends by itself, driver %s', async (driver, because) => {
  vi.useFakeTimers();
  const {questions, seen} = engine({driver});
  const reply = questions.ask(question, never);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await reply).toEqual({unanswered: because});
  expect(seen).toEqual(['shown', 'withdrawn']);
});

test('a question that is not needed any more is withdrawn', async () => {
  const {questions, seen, recorded} = engine();
  const need = new AbortController();
  const reply = questions.ask(question, need.signal);
  need.abort();
  expect(await reply).toHaveProperty('unanswered');
  expect(seen).toEqual(['shown', 'withdrawn']);
  expect(recorded.at(-1)?.by).toBe('engine');
  expect(await questions.ask(question, need.signal)).toHaveProperty('unanswered');
  expect(recorded).toHaveLength(2);
});

test('there is an end to how many are open', async () => {
  const {questions} = engine();
  for (let count = 0; count < 32; count += 1) void questions.ask(question, never);
  expect(await questions.ask(question, never)).toEqual({unanswered: 'too many questions are open'});
  expect(questions.open()).toHaveLength(32);
});
