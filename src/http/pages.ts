/** The pages that browsers get: Studio at `/`, GraphiQL at `/graphql`, and the built assets of both. */
import { join } from 'node:path';
import express, { type Request, type RequestHandler } from 'express';
import staticGzip from 'express-static-gzip';
import { hasErrno } from '../platform/errno.js';
import { pagePolicy } from './page-policy.js';

export interface PageOptions {
  /** The folder of the built pages (`dist/studio`), as an absolute path. It may be missing. */
  readonly studioDir: string;
  /** Where results are shown from: this server's public address, which need not be the page's own, or a bucket. */
  readonly imageOrigin: () => Promise<string>;
}

/**
 * Serves `GET /`, `GET /graphql` to browsers, and `/studio/assets/*` to the pages; mount it at the application's
 * root, ahead of the GraphQL handler. Every other request, clients' own GET and POST `/graphql` among them,
 * falls through. Where the pages were not built, browsers get a 404 page that says so, and the API is unharmed.
 */
export function pageRoutes({ studioDir, imageOrigin }: PageOptions): express.Router {
  const router = express.Router();
  const policy = async () => pagePolicy(await imageOrigin());
  router.use(
    '/studio/assets',
    // The build has left each file compressed beside itself.
    staticGzip(join(studioDir, 'studio/assets'), {
      index: false,
      // A changed file has another hash in its name, so what was fetched once is never asked for again.
      serveStatic: { immutable: true, maxAge: '1y', redirect: false },
    }) as RequestHandler,
  );
  const studio = page({ file: 'index.html', title: 'Studio', studioDir, policy });
  const graphiql = page({ file: 'graphiql.html', title: 'GraphiQL', studioDir, policy });
  router.get('/', studio);
  router.get('/graphql', (request, response, next) => {
    response.vary('Accept');
    if (!prefersPage(request)) {
      next();
      return;
    }
    if (request.path.endsWith('/')) {
      // The page names its parts as lying beside it.
      response.redirect('../graphql');
      return;
    }
    return graphiql(request, response, next);
  });
  return router;
}

interface Page extends Pick<PageOptions, 'studioDir'> {
  readonly file: string;
  readonly title: string;
  readonly policy: () => Promise<string>;
}

function page({ file, title, studioDir, policy }: Page): RequestHandler {
  return async (_request, response, next) => {
    // The page names its assets by hash: kept without asking, it would outlive them at the next upgrade.
    response.set({ 'Cache-Control': 'no-cache', 'Content-Security-Policy': await policy() });
    response.sendFile(file, { root: studioDir, cacheControl: false }, (error) => {
      if (hasErrno(error, 'ENOENT', 'ENOTDIR')) {
        response.status(404).type('html').send(notBuiltPage(title));
      } else if (error && !hasErrno(error, 'ECONNABORTED') && !response.headersSent) {
        // A browser that went away (ECONNABORTED) is nobody's fault and needs no answer.
        next(error);
      }
    });
  };
}

/** The media types that clients of the API ask for, ahead of the browser's: on a draw the client gets an answer. */
const OFFERED = ['application/json', 'application/graphql-response+json', 'multipart/mixed', 'text/html'];

function prefersPage(request: Request): boolean {
  return request.query['query'] === undefined && request.accepts(OFFERED) === 'text/html';
}

/** The HTML that stands in for a page whose files were not built. */
export function notBuiltPage(title: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="color-scheme" content="light dark" />
  <title>Okulo · ${title}</title>
  <p>This page was not built. Run <code>npm run build</code> and load it again; the API itself works without it.</p>
</html>
`;
}
