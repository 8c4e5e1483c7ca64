import type { OperationResult, OperationResultSource } from '@urql/core';
import { onEnd, pipe, subscribe } from 'wonka';

export interface Observer<Result> {
  next(result: Result): void;
  /** The source has ended by itself: nothing comes any more. */
  end(): void;
}

/**
 * Subscribes to the results of an operation, and to their end, which urql's own `subscribe` does not tell.
 * @returns what ends it from this side; nothing is called from then on
 */
export function observe<Data>(
  source: OperationResultSource<OperationResult<Data>>,
  observer: Observer<OperationResult<Data>>,
): () => void {
  let isOver = false;
  const subscription = pipe(
    source,
    onEnd(() => {
      if (isOver) return;
      isOver = true;
      observer.end();
    }),
    subscribe((result) => {
      if (!isOver && !isRepeated(result)) observer.next(result);
    }),
  );
  return () => {
    if (isOver) return;
    isOver = true;
    subscription.unsubscribe();
  };
}

/** As a subscription ends, urql gives its last result once more. */
function isRepeated({ operation, hasNext, error }: OperationResult): boolean {
  return operation.kind === 'subscription' && !hasNext && !error;
}
