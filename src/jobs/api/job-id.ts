import { createHash } from 'node:crypto';
import { RENDERING } from '../shared/contract.js';

/** Whether a text can be the id of a job at all; others must not reach the queue, some of which choke on them. */
export function isJobId(text: string): boolean {
  return /^sr-[0-9a-f]{32}$/.test(text);
}

/** What makes two requests the same job. */
export interface JobIdentity {
  readonly owner: string;
  readonly imageSha256: string;
  readonly modelDigest: string;
  readonly format: string;
  readonly idempotencyKey: string | undefined;
}

/** The same owner and key, or else the same owner, image, model and options, have the same id. */
export function jobIdOf({ owner, idempotencyKey, imageSha256, modelDigest, format }: JobIdentity): string {
  const identity =
    idempotencyKey === undefined
      ? ['content', RENDERING, owner, imageSha256, modelDigest, format]
      : ['key', owner, idempotencyKey];
  // A letter in front: the queue takes an id of digits alone for one of its own.
  return `sr-${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)}`;
}
