/**
 * Works through items, a few at a time, in their order.
 * @param work what is done with one; told of the signal
 */
export async function inOrder<T>(
  items: readonly T[],
  atOnce: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined && !signal.aborted; item = left.shift())
      await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
