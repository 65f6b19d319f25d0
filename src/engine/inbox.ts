/** Everything that may change a run arrives here, in order, and is taken out by one loop. */
export type Inbox<T> = AsyncIterable<T> & {
  push(item: T): void;
  /** Ends the loop after what is already in it. */
  close(): void;
};

export function createInbox<T>(): Inbox<T> {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  return {
    push(item) {
      if (closed) return;
      items.push(item);
      wake?.();
    },
    close() {
      closed = true;
      wake?.();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const item = items.shift();
        if (item !== undefined) {
          yield item;
        } else if (closed) {
          return;
        } else {
          await new Promise<void>(resolve => {
            wake = resolve;
          });
          wake = undefined;
        }
      }
    },
  };
}
