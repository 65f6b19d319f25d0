/** A person of a test who answers what hosts ask. */
import type {Ask, NewQuestion} from '../../src/run/question.ts';

export type Person = {
  ask: Ask;
  /** In order. */
  asked: NewQuestion[];
  /** Questions that were taken back before they were answered. */
  withdrawn: NewQuestion[];
};

/** Answers each question with what `answer` says; `undefined` leaves it open until it is withdrawn. */
export function person(answer: (question: NewQuestion, nth: number) => string | undefined): Person {
  const asked: NewQuestion[] = [];
  const withdrawn: NewQuestion[] = [];
  return {
    asked,
    withdrawn,
    ask: (question, signal) => {
      asked.push(question);
      const given = answer(question, asked.length);
      if (given !== undefined) return Promise.resolve({answer: given});
      return new Promise(resolve => {
        signal.addEventListener('abort', () => {
          withdrawn.push(question);
          resolve({unanswered: 'it was withdrawn'});
        });
      });
    },
  };
}
