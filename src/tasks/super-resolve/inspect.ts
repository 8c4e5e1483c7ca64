import { createHash } from 'node:crypto';
import { readToEnd } from '../../imaging/codec/decode.js';

/** What has to be known of an image before a job is made of it. */
export interface Inspection {
  /** Hex SHA-256 of the image file. */
  readonly sha256: string;
  /** Whether some of it is not opaque. */
  readonly transparent: boolean;
}

/**
 * Looks an image file through.
 * @throws CodedError BAD_IMAGE
 */
export async function inspect(bytes: Uint8Array): Promise<Inspection> {
  const { transparent } = await readToEnd(bytes);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), transparent };
}
