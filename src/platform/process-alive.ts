import { hasErrno } from './errno.js';

/** Whether a process of this machine runs, of whichever user. Ids are given out again, so that it may be another one. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrno(error, 'EPERM');
  }
}
