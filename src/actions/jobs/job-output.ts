/** The output of a job as it arrives, over one link after the other, and whether all of it is here. */
import type {JobRecord} from './job-record.ts';

export class JobOutput {
  readonly #pass: (chunk: Buffer) => void;
  #bytes = 0;

  constructor(pass: (chunk: Buffer) => void) {
    this.#pass = pass;
  }

  /** Where the next stay takes up. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What a process left behind prints after the end is not the job's. */
  take(chunk: Buffer, {done}: JobRecord): void {
    const left = done?.outputBytes === undefined ? chunk.length : done.outputBytes - this.#bytes;
    const mine = chunk.subarray(0, Math.max(0, left));
    if (mine.length === 0) return;
    this.#bytes += mine.length;
    this.#pass(mine);
  }

  /**
   * Whether nothing more is to come: that its process is gone says nothing of what is still on its way here. What its
   * host has no longer is not waited for, and of what was stopped nothing is judged.
   */
  isWhole({done, gone, bytesThere, stopped}: JobRecord): boolean {
    if (gone === 'missing' || gone === 'killed') return true;
    if (stopped === true && done !== undefined && done.code !== 0) return true;
    const size = Math.min(done?.outputBytes ?? Number.POSITIVE_INFINITY, bytesThere ?? Number.POSITIVE_INFINITY);
    return this.#bytes >= size;
  }

  bytesMissing({done}: JobRecord): number {
    return Math.max(0, (done?.outputBytes ?? 0) - this.#bytes);
  }
}
