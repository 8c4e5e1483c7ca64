import { totalmem } from 'node:os';

/** Bytes that this process may use: its container's limit, or all that the machine has. */
export function memoryLimit(): number {
  // 0, or more than there is, stands for none.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
