import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../kit/graphql-client.js';

/** Codes by which the service asks to be tried again. */
const LATER = ['QUEUE_UNAVAILABLE', 'OVERLOADED', 'TIMEOUT'];
const PAUSE_MS = 250;

/** Waits a little, or until there is nothing to wait for any more. */
export async function pause(signal: AbortSignal, milliseconds = PAUSE_MS): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Whether an answer is the service's request to come again. */
export function asksToComeAgain({
  errors,
}: {
  readonly errors: readonly { readonly extensions: { readonly code: string } }[];
}): boolean {
  return errors.some(({ extensions }) => LATER.includes(extensions.code));
}

/**
 * Asks as a patient client does: again where the service is away, or says that it or its queue is.
 * @throws what keeps it from an answer, when the signal says that there is no more time
 */
export async function askUntilAnswered(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (;;) {
    const answer = await ask().catch(unlessUnreachable);
    if (!(answer instanceof Error) && !asksToComeAgain(answer)) return answer;
    if (signal.aborted) throw answer instanceof Error ? answer : new Error(JSON.stringify(answer.errors));
    await pause(signal);
  }
}

/** A connection that is refused or breaks off is a TypeError of fetch, in the middle of an answer too. */
function unlessUnreachable(reason: unknown): Error {
  if (reason instanceof TypeError || reason instanceof SyntaxError) return reason;
  throw reason;
}
