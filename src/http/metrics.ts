import { Router } from 'express';
import type { Keyring } from '../auth/keyring.js';
import type { Metrics } from '../observability/metrics.js';
import { authenticate } from './authenticate.js';

/** `GET /metrics`, in the text format that Prometheus reads. */
export function metricsRoutes(
  metrics: Pick<Metrics, 'text' | 'mediaType'>,
  keyring: Keyring | undefined,
): Router {
  const router = Router();
  router.get('/metrics', authenticate(keyring), async (_request, response) => {
    response.set({ 'Content-Type': metrics.mediaType, 'Cache-Control': 'no-store' });
    response.send(await metrics.text());
  });
  return router;
}
