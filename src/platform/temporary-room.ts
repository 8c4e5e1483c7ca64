import { statfs } from 'node:fs/promises';

/** Bytes of the largest upload for which there was no room since there was room last. */
let wanted = 0;

/** Notes that an upload did not fit, so that readiness does not rest on a probe that is smaller than pictures are. */
export function noteLackOfRoom(bytes: number): void {
  wanted = Math.max(wanted, bytes);
}

/**
 * Whether what did not fit would fit now.
 * @throws an ENOSPC error when it would not
 */
export async function checkRoom(folder: string): Promise<void> {
  if (wanted === 0) return;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < wanted) {
    const message = `ENOSPC: there are ${bavail * bsize} bytes left, and an upload of ${wanted} bytes did not fit`;
    throw Object.assign(new Error(message), { code: 'ENOSPC', syscall: 'statfs' });
  }
  wanted = 0;
}
