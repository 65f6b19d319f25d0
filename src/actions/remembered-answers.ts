/** Answers of a person, kept in memory for as long as the world is open: nobody is asked the same twice. */
import type {Ask, NewQuestion, Reply} from '../run/question.ts';

export type Answers = {
  /**
   * What is kept under `key`, or what a person answers. Whoever needs the same meanwhile waits for the same answer.
   * An abort of `signal` ends the wait; the question is withdrawn when nobody waits any more.
   */
  about(key: string, question: NewQuestion, signal: AbortSignal): Promise<Reply>;
  /** A one-time password is never kept and never shared. */
  once(question: NewQuestion, signal: AbortSignal): Promise<Reply>;
  /** It was wrong. A newer answer under the same key stays. */
  forget(key: string, answer: string): void;
};

type Pending = {reply: Promise<Reply>; waiting: number; withdraw: AbortController};

const NOBODY: Ask = async () => ({unanswered: 'there is nobody to ask'});
const WITHDRAWN: Reply = {unanswered: 'no longer asked'};

export function keepAnswers(ask: Ask = NOBODY): Answers {
  const kept = new Map<string, string>();
  const pending = new Map<string, Pending>();

  function begin(key: string, question: NewQuestion): Pending {
    const withdraw = new AbortController();
    const reply = ask(question, withdraw.signal).then(reply => {
      end(key, begun);
      if ('answer' in reply) kept.set(key, reply.answer);
      return reply;
    });
    const begun: Pending = {reply, waiting: 0, withdraw};
    pending.set(key, begun);
    return begun;
  }

  function end(key: string, one: Pending): void {
    if (pending.get(key) === one) pending.delete(key);
  }

  return {
    async about(key, question, signal) {
      const known = kept.get(key);
      if (known !== undefined) return {answer: known};
      const mine = pending.get(key) ?? begin(key, question);
      mine.waiting += 1;
      const reply = await unlessAborted(mine.reply, signal);
      mine.waiting -= 1;
      if (mine.waiting === 0) {
        end(key, mine);
        mine.withdraw.abort();
      }
      return reply;
    },
    async once(question, signal) {
      return signal.aborted ? WITHDRAWN : await ask(question, signal);
    },
    forget(key, answer) {
      if (kept.get(key) === answer) kept.delete(key);
    },
  };
}

async function unlessAborted(reply: Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  if (signal.aborted) return WITHDRAWN;
  const {promise, resolve} = Promise.withResolvers<Reply>();
  const onAbort = () => resolve(WITHDRAWN);
  signal.addEventListener('abort', onAbort, {once: true});
  try {
    return await Promise.race([reply, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
