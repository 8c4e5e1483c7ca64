import type { RequestHandler } from 'express';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_URL_PATH,
} from '@opentelemetry/semantic-conventions';
import { enterServerSpan } from '../observability/tracing.js';
import { GRAPHQL_PATH, REST_PATHS } from '../routes.js';
import { whenOver } from './exchange.js';

const METHODS = ['GET', 'POST', 'OPTIONS', 'HEAD'];

/** A span for each request that may have an operation; whoever calls may have begun its trace. */
export const traceRequests: RequestHandler = (request, response, next) => {
  const { method, path, headers } = request;
  const isTraced = path.startsWith(GRAPHQL_PATH) || (REST_PATHS as readonly string[]).includes(path);
  if (!isTraced) {
    next();
    return;
  }
  const known = METHODS.includes(method) ? method : '_OTHER';
  const name = `${known} ${path.startsWith(GRAPHQL_PATH) ? GRAPHQL_PATH : path}`;
  // Paths beneath are those of tasks; anything else there is nobody's.
  const attributes = { [ATTR_HTTP_REQUEST_METHOD]: known, [ATTR_URL_PATH]: path.slice(0, MAX_PATH) };
  const span = enterServerSpan(name, headers, attributes, next);
  if (!span) return;
  whenOver(request, response, () => {
    const { statusCode, writableFinished } = response;
    if (writableFinished) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, statusCode);
    if (statusCode >= 500 || !writableFinished) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
};

const MAX_PATH = 60;
