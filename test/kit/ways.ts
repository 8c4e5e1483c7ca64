import { inject } from 'vitest';
import { startServiceBehindNginx } from './service-behind-nginx.js';
import { startService, type ServiceOptions, type TestService } from './service.js';

type Start = (options: ServiceOptions) => Promise<TestService>;

/** How clients come to a service. */
const STARTS = {
  directly: startService,
  'behind nginx that strips a prefix': (options) =>
    startServiceBehindNginx(options, { prefix: '/vision', strips: true }),
  'behind nginx that keeps a prefix and rewrites the host': (options) =>
    startServiceBehindNginx(options, { prefix: '/apps/vision', strips: false, rewritesHost: true }),
} satisfies Record<string, Start>;

export type Way = keyof typeof STARTS;

/**
 * Directly, and by the proxy that changes most of a request: for suites that take minutes. Studio's keys and
 * its failures go by each way.
 */
export const SLOW_SUITES: readonly Way[] = [
  'directly',
  'behind nginx that keeps a prefix and rewrites the host',
];

/** Those of the ways that this machine has a proxy for. */
export function waysHere(ways: readonly Way[] = Object.keys(STARTS) as Way[]): Way[] {
  return inject('nginx') === null ? ways.filter((way) => way === 'directly') : [...ways];
}

/** Starts a service that is reached by a way: its `url` is the address to use. */
export function startByWay(way: Way, options: ServiceOptions = {}): Promise<TestService> {
  return STARTS[way](options);
}
