import { Router, type RequestHandler } from 'express';
import { graphqlUploadExpress } from 'graphql-upload-ts';
import { CodedError } from '../errors.js';
import type { GraphqlEngine } from './graphql-engine.js';
import { MAX_JSON_TEXT_BYTES } from './json-text.js';
import { readJson } from './json-body.js';

const MAX_FILES = 10;

/**
 * Reads a GraphQL request, JSON or multipart, into `request.body`, and refuses what would take too long to read.
 * @param uploadBytes the most that one image file may have
 */
export function readGraphqlRequest(
  uploadBytes: number,
  { checkLength }: Pick<GraphqlEngine, 'checkLength'>,
): RequestHandler {
  const read = Router();
  read.use(
    readJson(uploadBytes),
    refuseCompressedUploads,
    readUploads({ maxFileSize: uploadBytes, maxFiles: MAX_FILES, maxFieldSize: MAX_JSON_TEXT_BYTES }),
    checkBody(checkLength),
  );
  return read;
}

/** The multipart parser reads no compressed body, and would miss its end. */
const refuseCompressedUploads: RequestHandler = (request, _response, next) => {
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  const isCompressed = encoding.toLowerCase() !== 'identity' && request.is('multipart/form-data');
  next(isCompressed ? new CompressedUpload(encoding) : undefined);
};

class CompressedUpload extends Error {
  override readonly name = 'CompressedUpload';
  readonly status = 415;

  constructor(encoding: string) {
    super(
      `expected a multipart body as it is, and it came with 'Content-Encoding: ${encoding}'. Send it without; images are compressed already.`,
    );
  }
}

/** A multipart body that cannot be read is its sender's fault, also where the parser gives no status for it. */
function readUploads(options: Parameters<typeof graphqlUploadExpress>[0]): RequestHandler {
  const read = graphqlUploadExpress(options);
  return (request, response, next) => {
    read(request, response, (error?: unknown) => {
      if (error instanceof Error && !('status' in error)) Object.assign(error, { status: 400 });
      next(error);
    });
  };
}

/** What Apollo would take as it comes. */
const checkBody =
  (checkLength: GraphqlEngine['checkLength']): RequestHandler =>
  ({ body }: { body: unknown }, _response, next) => {
    const { query, extensions } = isRecord(body) ? body : {};
    if (typeof query === 'string') checkLength(query);
    const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
    if (isRecord(persisted) && persisted['version'] !== 1) {
      throw new CodedError(
        'PERSISTED_QUERY_NOT_SUPPORTED',
        'PersistedQueryNotSupported: expected version 1 of persisted queries. Send the query itself.',
      );
    }
    next();
  };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
