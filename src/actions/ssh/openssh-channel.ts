/** A session of the system's ssh: one process of it, as a channel. */
import {Duplex, type Readable} from 'node:stream';
import type {LinkChannel} from './link-interface.ts';

/** As it was started. */
export type Child = PromiseLike<{exitCode?: number | undefined}> & {
  stdin: NodeJS.WritableStream;
  stdout: Readable;
  stderr: Readable;
  kill(signal: 'SIGTERM'): unknown;
};

/** What ssh ends with when the connection, and not the command, has failed. */
const LINK_LOST = 255;

export class ProcessChannel extends Duplex implements LinkChannel {
  readonly stderr: Readable;
  readonly #child: Child;

  constructor(child: Child) {
    super({allowHalfOpen: true});
    this.#child = child;
    this.stderr = child.stderr;
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.on('error', () => {});
    child.then(({exitCode}) => {
      if (exitCode === undefined || exitCode === LINK_LOST) this.emit('exit', null, 'the link');
      else this.emit('exit', exitCode);
      this.push(null);
      this.end();
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    if (this.#child.stdin.write(chunk)) done();
    else this.#child.stdin.once('drain', () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.kill('SIGTERM');
    done(error);
  }
}
