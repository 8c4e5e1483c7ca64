/** What a client may know of a code without reading a message. */
interface ErrorDescription {
  /** HTTP status of a request that ends with the code outside of a GraphQL field: REST, files, refused requests. */
  readonly status: number;
  /** What has happened. */
  readonly meaning: string;
  /** What the caller can do. */
  readonly remedy: string;
}

/**
 * Every code that a route of the service can answer with. The type `ErrorCode`, the statuses of HTTP and REST, and
 * docs/errors.md are made of this table.
 */
export const ERROR_DESCRIPTIONS = {
  BAD_IMAGE: {
    status: 400,
    meaning: 'The file cannot be read as an image, or its upload was interrupted.',
    remedy: 'Send a whole file of a format that the message names.',
  },
  IMAGE_TOO_LARGE: {
    status: 413,
    meaning:
      'The image has more bytes or pixels than are accepted, or the result more than fit into an answer.',
    remedy: 'Send a smaller image; ask for the `url` of a result in place of its `base64`.',
  },
  URL_FORBIDDEN: {
    status: 400,
    meaning:
      'The address of an image leads to a place that the service does not fetch from, such as a private network.',
    remedy: 'Send the file itself, or a public http(s) address.',
  },
  IMAGE_FETCH_FAILED: {
    status: 400,
    meaning: 'No image could be downloaded from the address in time.',
    remedy: 'Check that it can be downloaded elsewhere, or send the file itself.',
  },
  MODEL_NOT_FOUND: {
    status: 404,
    meaning: 'There is no model with that id.',
    remedy: 'Query `models` for the known ones.',
  },
  MODEL_UNAVAILABLE: {
    status: 503,
    meaning: 'The model is known, but not ready on this server.',
    remedy: 'Name another one; `unavailableReason` of `models` says what the operator can do.',
  },
  JOB_NOT_FOUND: {
    status: 404,
    meaning: 'There is no such job of yours, or its result has expired.',
    remedy: 'Send the image again as a new job.',
  },
  JOB_NOT_CANCELABLE: {
    status: 409,
    meaning: 'The job has ended already.',
    remedy: 'Query the job for its result.',
  },
  JOB_NOT_FINISHED: {
    status: 409,
    meaning: 'The job waits or runs, and only finished jobs can be deleted.',
    remedy: 'Cancel it first, or wait for its end.',
  },
  QUEUE_UNAVAILABLE: {
    status: 503,
    meaning: 'The job queue does not answer or refuses to store jobs.',
    remedy: 'Try again after `retryAfterMs`; the reason is in the log and in `/readyz`.',
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    meaning:
      'Files cannot be stored or fetched: the disk, the folder for temporary files or the bucket is full, missing, read-only or does not answer.',
    remedy: 'Try again after `retryAfterMs`; the reason is in the log and in `/readyz`.',
  },
  OVERLOADED: {
    status: 503,
    meaning: 'More work is waiting than can be done in time.',
    remedy: 'Try again after `retryAfterMs`.',
  },
  RATE_LIMITED: {
    status: 429,
    meaning: 'The owner of the key has sent too many requests in a short time.',
    remedy: 'Try again after `retryAfterMs`.',
  },
  QUERY_TOO_COSTLY: {
    status: 400,
    meaning:
      'The operation asks for too much: too many fields or levels, too high a cost, or too large an answer.',
    remedy: 'Select less, ask for shorter lists, or send several operations.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The service requires an API key, and the request has none or an invalid one.',
    remedy: 'Send the key as `Authorization: Bearer <key>`.',
  },
  FORBIDDEN: {
    status: 403,
    meaning:
      'Not allowed: the address of a file was changed, or (status 410) has expired; or what was asked for needs the key of an administrator.',
    remedy:
      "Query the result again for a fresh address; use a key that was made by 'okulo keys add --admin'.",
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    meaning:
      'The request or the WebSocket came from a page of another origin, which may not use the service.',
    remedy: 'The operator adds the origin to `ALLOWED_ORIGINS`, or sets `PUBLIC_URL` behind a proxy.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    meaning: 'The service asks for no key, and the name in the Host header is not known to be its own.',
    remedy: 'Use its own address; the operator adds the name to `ALLOWED_HOSTS`, or sets `PUBLIC_URL`.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'There is nothing at this address, or the file is no longer kept.',
    remedy: 'Check the address; run the operation again to make the file anew.',
  },
  BAD_USER_INPUT: {
    status: 400,
    meaning: 'A variable or an argument is not what the schema or its range asks for.',
    remedy: 'Send what the message expects.',
  },
  BAD_REQUEST: {
    status: 400,
    meaning:
      'The request cannot be read: no JSON, no proper multipart request, too much text beside the image (413), a content type or encoding that is not taken (415), a method that is not (405), a part that a file does not have (416), a list of operations, or one that any page could have sent (CSRF).',
    remedy: 'Send one operation in the form that the message names.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    meaning: 'The query is not valid GraphQL.',
    remedy: 'Correct it at the place in `locations`.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    meaning: 'The query does not fit the schema.',
    remedy: 'Compare it with `schema/schema.graphql`.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: 'The query has several operations, or none of the name in `operationName`.',
    remedy: 'Name one of them.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'The hash of the persisted query is not known.',
    remedy: 'Send the query along with its hash; clients with persisted queries do so by themselves.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 200,
    meaning: 'Persisted queries of that version are not supported.',
    remedy: 'Send the query itself.',
  },
  TIMEOUT: {
    status: 504,
    meaning:
      'The request took longer than is allowed, did not arrive completely in time (status 408), or its sender has gone.',
    remedy: 'Send a smaller image, or try again later.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    meaning: 'A defect of the service. It is logged; no details are shown.',
    remedy: 'Try again, and tell the operator if it happens again.',
  },
} as const satisfies Readonly<Record<string, ErrorDescription>>;

export type ErrorCode = keyof typeof ERROR_DESCRIPTIONS;

export const ERROR_CODES = Object.keys(ERROR_DESCRIPTIONS) as readonly ErrorCode[];
