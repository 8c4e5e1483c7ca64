import { platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { peakIn, peakMemory, residentIn } from '../../bench/peak-memory.js';

describe('peak memory', () => {
  it('is the high-water mark of the resident set, in bytes', () => {
    expect(peakIn('Name:\tnode\nVmPeak:\t 1048576 kB\nVmHWM:\t   52344 kB\nVmRSS:\t   49000 kB\n')).toBe(
      52_344 * 1024,
    );
  });

  it('could not be downloaded of a process that has ended', () => {
    expect(() => peakIn('Name:\tnode\nState:\tZ (zombie)\n')).toThrow('VmHWM');
  });

  it('of no process is an error that says where it was looked for', async () => {
    await expect(peakMemory(0)).rejects.toThrow('/proc/0/status');
  });

  it.skipIf(platform() !== 'linux')('of this process is more than nothing', async () => {
    expect(await peakMemory(process.pid)).toBeGreaterThan(1e7);
  });
});

it('reads what is resident, which is not the most that ever was', () => {
  expect(residentIn('Name:\tnode\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n')).toBe(1_048_576);
});
