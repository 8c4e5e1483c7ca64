import { WebSocket } from 'ws';
import { connect } from '../client/connection.js';
import { messageOf } from '../errors.js';
import { Fault } from './fault.js';
import type { VisionService } from './service.js';
import { UsageError } from './usage-error.js';

/** Leaves a server's threads busy while pictures are on their way. */
const AT_A_TIME = 4;

/**
 * A server as a service; nothing is sent yet.
 * @throws UsageError when the address is none
 */
export function remoteService(server: string, key: string | undefined): VisionService {
  const url = endpointOf(server);
  const connection = connect({ url, key: () => key, webSocket: WebSocket });
  return {
    client: connection.client,
    close: () => connection.close(),
    title: `the server at ${url}`,
    concurrency: AT_A_TIME,
    download: async (address, signal) => {
      // Signed: the address itself is the permission.
      const response = await fetch(address, { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw new Fault('RESULT_NOT_FETCHED', `The result can not be fetched: ${messageOf(error)}.`);
      });
      if (!response.ok)
        throw new Fault(
          'RESULT_NOT_FETCHED',
          `The result can not be fetched: HTTP status ${response.status}.`,
        );
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** Where a server's GraphQL is: its address with or without `/graphql`. */
export function endpointOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      `Expected the address of a server like http://127.0.0.1:4000, and '${server}' came.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/graphql') ? path : `${path}/graphql`;
  return url.href;
}
