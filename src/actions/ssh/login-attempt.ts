/** One attempt at a login: it has a clock of its own, which stands still while a person is asked. */
import {LinkError} from '../link-error.ts';
import type {Attempt} from './auth.ts';
import type {Target} from './ssh-config.ts';

export class LoginAttempt implements Attempt {
  readonly tried: string[] = [];
  means = '';
  readonly unneeded: AbortSignal;
  opening?: Promise<unknown>;
  onFail: (error: LinkError) => void = () => {};
  readonly #target: Target;
  readonly #gone = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #asking = 0;
  /** A person may have been asked, or an agent: for a password, a passphrase, a touch. */
  hasAsked = false;

  constructor(target: Target, unneeded: AbortSignal) {
    this.#target = target;
    this.unneeded = unneeded;
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  readonly #drop = () => this.fail(new LinkError('unreachable', `${this.#target.host} is not needed any more`));

  open(): void {
    this.#begin();
    this.unneeded.addEventListener('abort', this.#drop, {once: true});
  }

  #begin(): void {
    const {host, port, connectTimeoutMs} = this.#target;
    const words = `no answer from ${host}:${port} within ${connectTimeoutMs / 1000} s`;
    this.#timer = setTimeout(() => this.fail(new LinkError('unreachable', words)), connectTimeoutMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.unneeded.removeEventListener('abort', this.#drop);
    this.#gone.abort();
  }

  fail(error: LinkError): void {
    this.onFail(error);
  }

  readonly whileAsking = async <T>(work: Promise<T>): Promise<T> => {
    clearTimeout(this.#timer);
    this.hasAsked = true;
    this.#asking += 1;
    try {
      return await work;
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0 && !this.gone.aborted) this.#begin();
    }
  };
}
