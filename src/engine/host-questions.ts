/** Questions of hosts that wait for a person, in memory only. Written down is that one was asked, and who answered it. */
import {randomUUID} from 'node:crypto';
import {type Console, personOf} from '../run/console.ts';
import {driverOf} from '../run/deciding/baton.ts';
import type {Event} from '../run/event.ts';
import type {Ask, Question, Reply} from '../run/question.ts';
import type {RunState} from '../run/state.ts';

export type HostQuestions = {
  ask: Ask;
  /** For a console that attaches. */
  open(): readonly Question[];
  /** Without `text` the console says that it does not answer. Returns why that is not taken, or nothing. */
  answer(console: Console, id: string, text: string | undefined): string | undefined;
};

export type QuestionParts = {
  state(): RunState;
  record(events: readonly Event[], by: string): void;
  /** The answer is a secret: from now on it appears nowhere. */
  hide(secret: string): void;
  show(question: Question): void;
  withdraw(id: string): void;
  timeoutMs?: number;
};

const TIMEOUT_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
/** Hosts and connections that ask at one time; no run has as many. */
const QUESTIONS_MAX = 32;

type Waiting = {question: Question; end(reply: Reply, by: string): void};

export function createHostQuestions(parts: QuestionParts): HostQuestions {
  const {timeoutMs = TIMEOUT_MS} = parts;
  const waiting = new Map<string, Waiting>();

  function put(question: Question, signal: AbortSignal, resolve: (reply: Reply) => void): void {
    const {id, kind, host, text} = question;
    const timer = setTimeout(() => end({unanswered: silence(parts.state(), timeoutMs)}, 'engine'), timeoutMs);
    const onAbort = () => end({unanswered: 'it is not needed any more'}, 'engine');
    function end(reply: Reply, by: string): void {
      if (!waiting.delete(id)) return;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      // Before anybody can use it.
      if ('answer' in reply && question.secret) parts.hide(reply.answer);
      parts.withdraw(id);
      const closed = {type: 'question-closed', questionId: id, kind, host, text} as const;
      const because = 'answer' in reply ? {answered: true} : {answered: false, because: reply.unanswered};
      parts.record([{...closed, ...because}], by);
      resolve(reply);
    }
    waiting.set(id, {question, end});
    signal.addEventListener('abort', onAbort, {once: true});
    parts.record([{type: 'question-asked', questionId: id, kind, host, text}], 'engine');
    parts.show(question);
  }

  return {
    ask: (question, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve({unanswered: 'it is not needed any more'});
        if (waiting.size >= QUESTIONS_MAX) return resolve({unanswered: 'too many questions are open'});
        put({...question, id: randomUUID().slice(0, 8)}, signal, resolve);
      }),
    open: () => [...waiting.values()].map(({question}) => question),
    answer(console, id, text) {
      const driver = driverOf(parts.state());
      if (driver === undefined) return 'nobody drives: press b to take the baton, then answer';
      if (driver.id !== console.id) return `${personOf(driver)} drives, and answers`;
      const one = waiting.get(id);
      if (one === undefined) return 'that is not asked any more';
      const by = personOf(console);
      one.end(text === undefined ? {unanswered: `${by} did not answer`} : {answer: text}, by);
      return undefined;
    },
  };
}

function silence(state: RunState, timeoutMs: number): string {
  const within = timeoutMs < MINUTE_MS ? `${timeoutMs / 1000} s` : `${timeoutMs / MINUTE_MS} min`;
  return driverOf(state) === undefined
    ? `no console was attached to answer within ${within}`
    : `nobody answered within ${within}`;
}
