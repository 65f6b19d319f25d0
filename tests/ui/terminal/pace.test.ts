import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {Pace} from '../../../src/ui/terminal/pace.ts';

const QUESTION = '\u001B[5n';
const PICTURE = 'x'.repeat(8000);

describe('a terminal', () => {
  let pace: Pace;
  let writes: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    pace = new Pace();
    writes = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Whether the next picture may come at once. The terminal takes it after so many ms. */
  function write(text: string, takesMs = 0): {isDone: boolean} {
    const picture = {isDone: false};
    pace.write(
      text,
      (whole, taken) => {
        writes.push(whole);
        vi.advanceTimersByTime(takesMs);
        taken();
      },
      () => {
        picture.isDone = true;
      },
    );
    return picture;
  }

  function answerAfter(ms: number): void {
    vi.advanceTimersByTime(ms);
    pace.answered();
  }

  test('is asked once how soon it shows a large picture, and nothing waits for that', () => {
    write('small');
    expect(write(PICTURE).isDone).toBe(true);
    expect(write(PICTURE).isDone).toBe(true);
    answerAfter(20);
    expect(write(PICTURE).isDone).toBe(true);
    expect(writes).toEqual(['small', PICTURE + QUESTION, PICTURE, PICTURE]);
  });

  test('that is slow gets a picture when it has shown the last one', () => {
    write(PICTURE);
    answerAfter(400);
    const next = write('next');
    expect(writes.at(-1)).toBe(`next${QUESTION}`);
    expect(next.isDone).toBe(false);
    answerAfter(300);
    expect(next.isDone).toBe(true);
  });

  test('that made a picture wait is slow until a large one is shown at once', () => {
    write(PICTURE);
    answerAfter(20);
    write(PICTURE, 200);
    const slow = write('small');
    expect(slow.isDone).toBe(false);
    answerAfter(10);
    expect(slow.isDone).toBe(true);
    write(PICTURE);
    answerAfter(20);
    write(PICTURE);
    expect(writes.at(-1)).toBe(PICTURE);
  });

  test('that does not answer is asked no more, and shows what it shows', () => {
    write(PICTURE);
    vi.advanceTimersByTime(3000);
    expect(write(PICTURE, 200).isDone).toBe(true);
    expect(write(PICTURE).isDone).toBe(true);
    expect(writes.slice(1)).toEqual([PICTURE, PICTURE]);
  });

  test('whose answers are lost on the way is not waited for for ever', () => {
    write(PICTURE);
    answerAfter(400);
    const next = write('next');
    vi.advanceTimersByTime(3000);
    expect(next.isDone).toBe(true);
  });
});
