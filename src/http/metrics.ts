import { Router } from 'express';
import type { Metrics } from '../observability/metrics.js';

/** `GET /metrics`, in the text format that Prometheus reads. */
export function metricsRoutes(metrics: Pick<Metrics, 'text' | 'mediaType'>): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    response.set({ 'Content-Type': metrics.mediaType, 'Cache-Control': 'no-store' });
    response.send(await metrics.text());
  });
  return router;
}
