/** The work's result, or a rejection with `late()` when there is none in time. The work itself goes on. */
export async function within<T>(work: Promise<T>, limitMs: number, late: () => Error): Promise<T> {
  const {promise, reject} = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), Math.max(0, limitMs));
  // Whoever loses the race must not end as an unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
