import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { GraphqlClient } from '../kit/graphql-client.js';
import { operation } from '../kit/service-operations.js';
import { asksToComeAgain, pause } from './patience.js';

/** One state of a job as a subscriber was told it; `at` in milliseconds since 1970. */
export interface Sighting {
  readonly at: number;
  readonly status: string;
  readonly tilesDone: number;
  readonly tilesTotal: number;
}

/** All that one subscriber saw of a job. */
export interface Watch {
  readonly sightings: readonly Sighting[];
  /** What should not have happened to a subscriber. */
  readonly faults: readonly string[];
  /** Whether the subscription came to its end. */
  readonly ended: boolean;
  /** How often it connected, the first time included. */
  readonly connections: number;
}

const errorsShape = z.array(
  z.object({ message: z.string(), extensions: z.looseObject({ code: z.string() }) }),
);
const updateShape = z.object({
  jobUpdated: z.object({
    status: z.string(),
    progress: z.object({ tilesDone: z.number(), tilesTotal: z.number() }),
  }),
});
const resultShape = z.union([z.object({ errors: errorsShape }), z.object({ data: updateShape })]);

/** How one connection's worth of a subscription came to its end; text is what the service refused it with. */
type Ending = 'ended' | 'broken' | { readonly refused: string };

export function isTerminal(status: string): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
}

/**
 * Follows a job over a WebSocket of its own to its end, and connects again where the connection breaks.
 * @param signal gives up
 */
export async function watchJob(client: GraphqlClient, id: string, signal: AbortSignal): Promise<Watch> {
  const sightings: Sighting[] = [];
  const faults: string[] = [];
  let connections = 0;
  while (!signal.aborted) {
    connections += 1;
    const ending = await subscribe(client, id, signal, (sighting) => sightings.push(sighting));
    const isOver = sightings.some(({ status }) => isTerminal(status));
    if (typeof ending === 'object') faults.push(`refused: ${ending.refused}`);
    else if (ending === 'ended' && !isOver) faults.push('ended without a last state');
    // What breaks the connection after the last state takes nothing from the subscriber.
    if (isOver || ending !== 'broken') return { sightings, faults, connections, ended: true };
    await pause(signal);
  }
  return { sightings, faults, connections, ended: false };
}

async function subscribe(
  { address }: GraphqlClient,
  id: string,
  signal: AbortSignal,
  see: (sighting: Sighting) => void,
): Promise<Ending> {
  const socket = createClient({
    url: address.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const giveUp = () => socket.terminate();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    for await (const result of socket.iterate({ query: operation('job-updated'), variables: { id } })) {
      const answer = resultShape.parse(result);
      if ('errors' in answer) return refusal(answer);
      const { status, progress } = answer.data.jobUpdated;
      see({ at: Date.now(), status, ...progress });
    }
    return 'ended';
  } catch (reason) {
    if (reason instanceof z.ZodError) throw reason;
    // GraphQL errors are the service's answer; all else is the end of the connection.
    const errors = errorsShape.safeParse(reason);
    return errors.success ? refusal({ errors: errors.data }) : 'broken';
  } finally {
    signal.removeEventListener('abort', giveUp);
    await socket.dispose();
  }
}

function refusal(answer: { errors: z.infer<typeof errorsShape> }): Ending {
  return asksToComeAgain(answer) ? 'broken' : { refused: JSON.stringify(answer.errors) };
}
