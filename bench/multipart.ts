import { randomUUID } from 'node:crypto';

/** A GraphQL request with a file, ready to be sent. */
export interface Upload {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Puts a GraphQL multipart request together.
 * @param query takes the file as `$image: ImageInput!`
 * @see https://github.com/jaydenseric/graphql-multipart-request-spec
 */
export function uploadOf(query: string, file: Uint8Array): Upload {
  const boundary = randomUUID();
  const part = (headers: string) => `--${boundary}\r\nContent-Disposition: form-data; ${headers}\r\n\r\n`;
  const operations = JSON.stringify({ query, variables: { image: { upload: null } } });
  const map = JSON.stringify({ file: ['variables.image.upload'] });
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Without it the service takes a multipart request for one that a foreign page made a browser send.
      'apollo-require-preflight': 'true',
    },
    body: Buffer.concat([
      Buffer.from(`${part('name="operations"')}${operations}\r\n${part('name="map"')}${map}\r\n`),
      Buffer.from(part('name="file"; filename="image"')),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
