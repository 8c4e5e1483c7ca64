import { Router } from 'express';
import { messageOf } from '../errors.js';
import { isSystemError } from '../platform/errno.js';
import type { Lifecycle } from './lifecycle.js';

/**
 * `/healthz` says that the process is alive; `/readyz` that it should be sent requests. A load balancer asks
 * the second, whatever restarts a stuck process the first.
 * @param checks what else has to work, by name; each rejects with the reason when it does not
 */
export function healthRoutes(
  lifecycle: Lifecycle,
  checks: Readonly<Record<string, () => Promise<void>>>,
): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const { phase } = lifecycle;
    const failing = phase.name === 'ready' ? await failures(checks) : {};
    const ready = phase.name === 'ready' && Object.keys(failing).length === 0;
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ready ? 'ready' : phase.name === 'ready' ? 'failing' : phase.name, failing });
  });
  return router;
}

/** Tells clients of a process that is stopping to come by another connection, which leads elsewhere. */
export function closeWhenStopping(lifecycle: Lifecycle): Router {
  return Router().use((_request, response, next) => {
    if (lifecycle.phase.name === 'stopping') response.set('Connection', 'close');
    next();
  });
}

/** The words that clients are shown as well, and the system's own name for it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return isSystemError(cause) ? `${messageOf(error)} (${cause.code})` : messageOf(error);
}

async function failures(
  checks: Readonly<Record<string, () => Promise<void>>>,
): Promise<Record<string, string>> {
  const results = await Promise.all(
    Object.entries(checks).map(([name, check]) =>
      check().then(
        () => [],
        (error: unknown) => [[name, reasonOf(error)] as const],
      ),
    ),
  );
  return Object.fromEntries(results.flat());
}
