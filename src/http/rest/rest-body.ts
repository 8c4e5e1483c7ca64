import { z } from 'zod';
import { CodedError } from '../../errors.js';

const shape = z.object({
  /** An image file in base64. */
  image: z.string(),
  /** The least score of a detection, 0..1. */
  confidence: z.number().min(0).max(1).optional(),
});

/** What every route is asked with. */
export type RestBody = z.infer<typeof shape>;

const EXPECTED = 'Expected JSON like {"image": "<base64>"}, sent as application/json';

/** @throws CodedError BAD_USER_INPUT */
export function readRestBody(value: unknown): RestBody {
  // Without the header there is no body to read.
  if (value === undefined) throw new CodedError('BAD_USER_INPUT', `${EXPECTED}; no such body came.`);
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  const where = fault === undefined || fault.path.length === 0 ? 'the body' : `'${fault.path.join('.')}'`;
  throw new CodedError('BAD_USER_INPUT', `${EXPECTED}; in ${where}: ${fault?.message ?? 'unreadable'}.`);
}
