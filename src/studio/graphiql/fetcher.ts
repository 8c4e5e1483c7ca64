import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';

/**
 * Sends queries and mutations by POST, and subscriptions over graphql-ws, to the service that the page
 * came from. What stands in GraphiQL's header editor goes with both: as HTTP headers, and as the
 * WebSocket's connection parameters, because a browser cannot set headers on a WebSocket.
 */
export function serviceFetcher(url: string): Fetcher {
  return createGraphiQLFetcher({
    url,
    // The server refuses requests that a foreign page's plain form could have made; this header proves otherwise.
    headers: { 'apollo-require-preflight': 'true' },
    subscriptionUrl: url.replace(/^http/, 'ws'),
    // The service has no @defer and no @stream, so no answer comes in parts.
    enableIncrementalDelivery: false,
  });
}
