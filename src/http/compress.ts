import compression from 'compression';
import { Router } from 'express';

/** An answer of fewer bytes fits a packet anyhow. */
const MIN_BYTES = 1000;

/**
 * Compresses the answers of the routes behind it with Brotli or gzip, unless the client declines or their type is
 * compressed in itself. It is done by threads of the system's pool, at levels that cost little.
 */
export function compressAnswers(): Router {
  return Router().use(
    compression({
      threshold: MIN_BYTES,
      filter: (request, response) =>
        // A part of a file is counted in the file's own bytes.
        response.statusCode !== 206 && compression.filter(request, response),
    }),
  );
}
