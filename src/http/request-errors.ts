import type { ErrorRequestHandler } from 'express';
import type { ErrorCode } from '../errors.js';
import type { Logger } from '../observability/logger.js';

/**
 * What goes wrong before GraphQL sees a request (a body that is too large, is no JSON, or is no proper
 * multipart request), told in GraphQL's own form.
 */
export function requestErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code, message } = verdict(error);
    if (status >= 500) log.error({ err: error }, 'request failed');
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}

function verdict(error: unknown): { status: number; code: ErrorCode; message: string } {
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    const { status } = error;
    // 413 is also what too many files are answered with, however small they are.
    if ('type' in error && error.type === 'entity.too.large') {
      const message = 'The request is larger than is accepted. Send a smaller image.';
      return { status, code: 'IMAGE_TOO_LARGE', message };
    }
    return { status, code: 'BAD_USER_INPUT', message: `The request can not be read: ${error.message}` };
  }
  const message = 'Something went wrong in the service. It has been logged.';
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message };
}
