/** GraphiQL, the page that a browser gets at `/graphql`, and the built assets of the service's pages. */
import { join } from 'node:path';
import express from 'express';
import { notBuiltPage, PAGE_POLICY } from './graphiql-page.js';

export interface GraphiqlOptions {
  /** The folder of the built pages (`dist/studio`), as an absolute path. It may be missing. */
  readonly studioDir: string;
}

/**
 * Serves `GET /graphql` to browsers and `/studio/assets/*` to the page; mount it at the application's root,
 * ahead of the GraphQL handler. Every other request, clients' own GET and POST `/graphql` among them, falls
 * through. Where the pages were not built, browsers get a 404 page that says so, and the API is unharmed.
 */
export function graphiqlRoutes(options: GraphiqlOptions): express.Router {
  const router = express.Router();
  router.use(
    '/studio/assets',
    express.static(join(options.studioDir, 'assets'), {
      // A changed file has another hash in its name, so what was fetched once is never asked for again.
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
    }),
  );
  router.get('/graphql', (request, response, next) => {
    response.vary('Accept');
    if (!prefersPage(request)) {
      next();
      return;
    }
    // The page names its assets by hash: kept without asking, it would outlive them at the next upgrade.
    response.set({ 'Cache-Control': 'no-cache', 'Content-Security-Policy': PAGE_POLICY });
    response.sendFile('graphiql.html', { root: options.studioDir, cacheControl: false }, (error) => {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        response.status(404).type('html').send(notBuiltPage('GraphiQL'));
      } else if (code !== undefined && code !== 'ECONNABORTED' && !response.headersSent) {
        // A browser that went away (ECONNABORTED) is nobody's fault and needs no answer.
        next(error);
      }
    });
  });
  return router;
}

/** The media types that clients of the API ask for, ahead of the browser's: on a draw the client gets an answer. */
const OFFERED = ['application/json', 'application/graphql-response+json', 'multipart/mixed', 'text/html'];

function prefersPage(request: express.Request): boolean {
  return request.query['query'] === undefined && request.accepts(OFFERED) === 'text/html';
}

/** The error's code, `''` for an error without one, undefined for no error. */
function codeOf(error: unknown): unknown {
  if (error === undefined || error === null) return undefined;
  return error instanceof Error && 'code' in error ? error.code : '';
}
