import { readFile } from 'node:fs/promises';
import { ProgramError } from './program.js';

/**
 * The most memory that a process has held so far, in bytes.
 * @throws ProgramError where there is no such process, or no /proc as on Linux
 */
export async function peakMemory(pid: number): Promise<number> {
  const path = `/proc/${pid}/status`;
  try {
    return peakIn(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ProgramError(`Peak memory is read from ${path}, as Linux has it, and it cannot be read.`, {
      cause,
    });
  }
}

/** Reads the high-water mark of the resident set, in bytes, out of a process's status. */
export function peakIn(status: string): number {
  return bytesOf('VmHWM', status);
}

/** As `peakIn`, what is resident now. */
export function residentIn(status: string): number {
  return bytesOf('VmRSS', status);
}

function bytesOf(name: string, status: string): number {
  const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  if (kibibytes === undefined) throw new ProgramError(`Expected a line ${name}, and there is none.`);
  return Number(kibibytes) * 1024;
}
