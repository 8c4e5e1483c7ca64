import { WebSocket } from 'ws';
import { connect, type SocketState } from '../client/connection.js';
import { Fault, reasonOf } from './fault.js';
import type { VisionService } from './service.js';
import { UsageError } from './usage-error.js';

/** Leaves a server's threads busy while pictures are on their way. */
const AT_A_TIME = 4;

/**
 * A server as a service; nothing is sent yet.
 * @param tell told when the connection to it is lost, once until it is there again
 * @throws UsageError when the address is none, or the key can be none
 */
export function remoteService(
  server: string,
  key: string | undefined,
  tell: (line: string) => void,
): VisionService {
  refuseUnsendable(key);
  const url = endpointOf(server);
  const title = `the server at ${url}`;
  const connection = connect({
    url,
    key: () => key,
    webSocket: WebSocket,
    onSocket: onLoss(() => tell(`The connection to ${title} is lost; trying again.`)),
  });
  return {
    client: connection.client,
    close: () => connection.close(),
    title,
    concurrency: AT_A_TIME,
    download: async (address, signal) => {
      // Signed: the address itself is the permission.
      const lost = (error: unknown): never => {
        signal.throwIfAborted();
        throw notFetched(reasonOf(error));
      };
      const response = await fetch(address, { signal }).catch(lost);
      if (!response.ok) throw notFetched(`HTTP status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer().catch(lost));
    },
  };
}

function notFetched(reason: string): Fault {
  return new Fault('RESULT_NOT_FETCHED', `The result can not be fetched: ${reason}.`);
}

/** Each attempt that fails is a loss of its own; people are told of the first. */
function onLoss(tell: () => void): (state: SocketState) => void {
  let isLost = false;
  return (state) => {
    if (state === 'lost' && !isLost) tell();
    isLost = state === 'lost';
  };
}

/** What sends requests would repeat a key that it can not send in its complaint: it is not to come to that. */
function refuseUnsendable(key: string | undefined): void {
  if (key === undefined || /^[!-~]*$/.test(key)) return;
  throw new UsageError(
    'The key holds a character that no key has. Give it by --key or OKULO_KEY as it was printed, without ' +
      'blanks and line ends.',
  );
}

/** Where a server's GraphQL is: its address with or without `/graphql`. */
export function endpointOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const isAddress = url !== undefined && /^https?:$/.test(url.protocol);
  // What came is not repeated where a password may be in it: `http://na/me:pw@host` is read as an address without one.
  if (server.includes('@')) {
    throw new UsageError(
      'Expected the address of a server like http://127.0.0.1:4000, and one with a name or a password in it ' +
        'came. Leave them out: who asks is told by --key or OKULO_KEY.',
    );
  }
  if (!isAddress) {
    throw new UsageError(
      `Expected the address of a server like http://127.0.0.1:4000, and '${server}' came.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/graphql') ? path : `${path}/graphql`;
  return url.href;
}
