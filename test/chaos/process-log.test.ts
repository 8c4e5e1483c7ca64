import { describe, expect, it } from 'vitest';
import { readLog } from './process-log.js';

const JOB = { jobId: 'sr-1', task: 'super-resolution:sr-1' };

describe('a log', () => {
  it('is read for what is about work, in the order that it was told in', () => {
    const lines = [
      { level: 30, time: '2026-01-01T00:00:00.000Z', msg: 'stopping' },
      { time: '2026-01-01T00:00:00.001Z', msg: 'task taken', ...JOB },
      { level: 20, time: '2026-01-01T00:00:00.002Z', msg: 'tile done', jobId: 'sr-1', tile: '0_0_8_8' },
    ];
    const start = Date.parse('2026-01-01T00:00:00.000Z');
    expect(readLog(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([
      { at: start + 1, what: 'task taken', ...JOB, tile: undefined },
      { at: start + 2, what: 'tile done', jobId: 'sr-1', task: undefined, tile: '0_0_8_8' },
    ]);
  });

  it('may end in half a line, and hold lines that are none of its own', () => {
    expect(readLog('Error: no such thing\n{"time":"2026-01-01T00:00:00.000Z","msg":"task ta')).toEqual([]);
  });
});
