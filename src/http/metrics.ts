import { Router } from 'express';
import type { Keyring } from '../auth/keyring.js';
import type { Metrics } from '../observability/metrics.js';
import { authenticate } from './authenticate.js';

/**
 * `GET /metrics`, in the text format that Prometheus reads.
 * @param readers who may read them; undefined: everybody
 */
export function metricsRoutes(
  metrics: Pick<Metrics, 'text' | 'mediaType'>,
  readers: Pick<Keyring, 'holderOf'> | undefined,
): Router {
  const router = Router();
  router.get('/metrics', authenticate(readers), async (_request, response) => {
    response.set({ 'Content-Type': metrics.mediaType, 'Cache-Control': 'no-store' });
    response.send(await metrics.text());
  });
  return router;
}
