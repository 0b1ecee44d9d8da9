/** Items whose first one is asked for at once, and not when somebody comes for it. */
export function begun<T>(items: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | undefined = iterator.next();
  first.catch(() => {}); // whoever comes for it is told; if nobody does, the run has failed already
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const next = first ?? iterator.next();
        first = undefined;
        return next;
      },
      return: async (value) => (await iterator.return?.(value)) ?? { value, done: true },
    }),
  };
}
