/** A terminal on a slow line gets its next picture when it has shown the last one: what is under way is old when it comes. */

/** A terminal that keeps up takes a picture at once. */
const SLOW_WRITE_MS = 100;
/** By how soon a picture of this size is answered the terminal is known, in characters: a far one is not taken for a slow one. */
const TELLING_LENGTH = 2000;
const SLOW_PER_MS = 30;
const FAST_PER_MS = 100;
/** Who has not answered by then does not know the question: nearly every terminal does. */
const ANSWER_MS_MAX = 3000;
/** Whether all is well; it is answered when everything before it has been shown. */
const QUESTION = '\u001B[5n';

type Write = (text: string, taken: () => void) => void;

export class Pace {
  #speed: 'unknown' | 'fast' | 'slow' = 'unknown';
  #answers = true;
  #onAnswer: (() => void) | undefined;

  /**
   * Writes a picture, and calls `done` when the next one may come: when this one was taken, or, where the terminal is
   * slow, when it has been shown. Otherwise pictures would wait somewhere on the way to the screen, where they cannot
   * be replaced.
   */
  write(text: string, write: Write, done: () => void): void {
    const isTelling = this.#speed === 'unknown' && text.length >= TELLING_LENGTH;
    const asks = this.#answers && this.#onAnswer === undefined && (isTelling || this.#speed === 'slow');
    const waits = asks && this.#speed === 'slow';
    const startedAt = performance.now();
    if (asks) this.#await(text.length, startedAt, waits ? done : () => {});
    write(asks ? text + QUESTION : text, () => {
      if (performance.now() - startedAt > SLOW_WRITE_MS) this.#speed = 'slow';
      if (!waits) done();
    });
  }

  isAsked(): boolean {
    return this.#onAnswer !== undefined;
  }

  /** The terminal has answered. */
  answered(): void {
    this.#onAnswer?.();
  }

  #await(length: number, startedAt: number, then: () => void): void {
    const end = () => {
      clearTimeout(timer);
      this.#onAnswer = undefined;
      then();
    };
    const timer = setTimeout(() => {
      this.#answers = false;
      end();
    }, ANSWER_MS_MAX).unref();
    this.#onAnswer = () => {
      const perMs = length / (performance.now() - startedAt);
      if (this.#speed === 'unknown') this.#speed = perMs < SLOW_PER_MS ? 'slow' : 'fast';
      else if (length >= TELLING_LENGTH && perMs >= FAST_PER_MS) this.#speed = 'fast';
      end();
    };
  }
}
