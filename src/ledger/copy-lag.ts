/** How far the ledger has got with a run, and whom to tell when it is behind. */

/** `copied`: the last event that the ledger has. `because`: what went wrong last. */
export type Behind = {copied: number; because: string};

type Options = {
  /** The last event that is on disk. */
  seq: number;
  /** Told when the ledger is behind, and (undefined) when it has everything again. */
  show(behind: Behind | undefined): void;
  /** Copying takes a moment: nobody is told that it is behind before this. */
  tellAfterMs: number;
};

export class CopyLag {
  /** The last event that is on disk. */
  onDisk: number;
  /** The last event that the ledger is known to have. */
  #copied = 0;
  #behindSince: number | undefined = performance.now();
  #because: string | undefined;
  #told: string | undefined;
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.onDisk = options.seq;
  }

  /** How many events the ledger has not got. */
  left(): number {
    return Math.max(0, this.onDisk - this.#copied);
  }

  upTo(seq: number): void {
    this.#copied = seq;
    this.tell();
  }

  failed(because: string): void {
    this.#because = because;
    this.tell();
  }

  /** Says each cause once: that it is behind is an event itself, which has to be copied, too. */
  tell(): void {
    const {show, tellAfterMs} = this.#options;
    if (this.left() === 0) {
      if (this.#told !== undefined) show(undefined);
      this.#behindSince = undefined;
      this.#because = undefined;
      this.#told = undefined;
      return;
    }
    this.#behindSince ??= performance.now();
    const because = this.#because ?? 'it takes long to answer';
    if (performance.now() - this.#behindSince < tellAfterMs || because === this.#told) return;
    this.#told = because;
    show({copied: this.#copied, because});
  }
}
