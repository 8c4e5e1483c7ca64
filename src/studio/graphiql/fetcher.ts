import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';

/**
 * Sends queries and mutations by POST, and subscriptions over graphql-ws, to `/graphql` of the server that the
 * page came from. What stands in GraphiQL's header editor goes with both: as HTTP headers, and as the
 * WebSocket's connection parameters, because a browser cannot set headers on a WebSocket.
 */
export function sameOriginFetcher(page: Pick<Location, 'protocol' | 'host'>): Fetcher {
  const webSocketProtocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return createGraphiQLFetcher({
    url: '/graphql',
    // The server refuses requests that a foreign page's plain form could have made; this header proves otherwise.
    headers: { 'apollo-require-preflight': 'true' },
    subscriptionUrl: `${webSocketProtocol}//${page.host}/graphql`,
    // The service has no @defer and no @stream, so no answer comes in parts.
    enableIncrementalDelivery: false,
  });
}
