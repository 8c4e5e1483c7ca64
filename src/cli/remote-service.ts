import { WebSocket } from 'ws';
import { connect } from '../client/connection.js';
import type { Patience } from '../client/outage.js';
import { patientFetch } from '../client/patient-fetch.js';
import { Fault, reasonOf } from './fault.js';
import type { VisionService } from './service.js';
import { UsageError } from './usage-error.js';

/** Leaves a server's threads busy while pictures are on their way. */
const AT_A_TIME = 4;
/** A service that is started again within half a minute is caught up with. */
const PATIENCE: Patience = { forMs: 40_000, longestPauseMs: 2000 };
const HANDSHAKE_LIMIT_MS = 10_000;

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
  const onState = onLoss(() => tell(`The connection to ${title} is lost; trying again.`));
  const ask = patientFetch({ patience: PATIENCE, onState: (state) => onState('requests', state) });
  const connection = connect({
    url,
    key: () => key,
    webSocket: TimedWebSocket,
    fetch: ask,
    patience: PATIENCE,
    onSocket: (state) => onState('updates', state),
  });
  const notFetched = (reason: string): Fault =>
    new Fault('RESULT_NOT_FETCHED', `The result cannot be fetched from ${title}: ${reason}. ${AGAIN}`);
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
      const response = await ask(address, { signal }).catch(lost);
      if (!response.ok) throw notFetched(`HTTP status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

const AGAIN = 'Repeat the command: what has been made already is made only once.';

/** A server that takes a connection and says nothing is none. */
class TimedWebSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols, { handshakeTimeout: HANDSHAKE_LIMIT_MS });
  }
}

/** Each attempt that fails, of requests and of updates, is a loss of its own; people are told of the first. */
function onLoss(tell: () => void): (what: 'requests' | 'updates', state: 'open' | 'lost') => void {
  const lost = new Set<string>();
  return (what, state) => {
    if (state === 'open') lost.delete(what);
    else {
      if (lost.size === 0) tell();
      lost.add(what);
    }
  };
}

/** What sends requests would repeat a key that it cannot send in its complaint: it is not to come to that. */
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
