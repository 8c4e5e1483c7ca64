import { describe, expect, it } from 'vitest';
import { hasEnded, progressWords, timeLeft, type JobToDescribe } from '../../src/client/job-words.js';

const job = (changes: Partial<JobToDescribe>): JobToDescribe => ({
  status: 'RUNNING',
  position: null,
  estimatedSecondsLeft: null,
  progress: { tilesDone: 0, tilesTotal: 0 },
  ...changes,
});

describe('a job in words', () => {
  it.each([
    [job({ status: 'QUEUED', position: 0, estimatedSecondsLeft: 8 }), 'Next in the queue'],
    [job({ status: 'QUEUED', position: 1 }), 'Waiting for 1 job'],
    [job({ status: 'QUEUED', position: 7, estimatedSecondsLeft: 300 }), 'Waiting for 7 jobs'],
    [job({ estimatedSecondsLeft: 3 }), 'Getting ready'],
    [job({ progress: { tilesDone: 0, tilesTotal: 12 }, estimatedSecondsLeft: 3 }), '0 of 12 tiles'],
    [
      job({ progress: { tilesDone: 3, tilesTotal: 12 }, estimatedSecondsLeft: 0.4 }),
      '3 of 12 tiles, about a second left',
    ],
    [job({ status: 'COMPLETED' }), 'Done'],
    [job({ status: 'FAILED' }), 'It failed'],
    [job({ status: 'CANCELED' }), 'It was canceled'],
  ])('%o', (described, words) => {
    expect(progressWords(described)).toBe(words);
  });

  it('tells seconds from minutes', () => {
    expect([1, 2, 89, 120].map(timeLeft)).toEqual([
      'about a second left',
      'about 2 seconds left',
      'about 89 seconds left',
      'about 2 minutes left',
    ]);
  });

  it('knows its end', () => {
    expect((['QUEUED', 'RUNNING'] as const).some(hasEnded)).toBe(false);
    expect((['COMPLETED', 'FAILED', 'CANCELED'] as const).every(hasEnded)).toBe(true);
  });
});
